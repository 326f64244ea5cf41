"""A workbook with a byte or a piece that is something else is read in order, or refused so."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbook_files import part_of, small_workbook, with_parts

from allocator.inputs.inspection import inspect
from allocator.inputs.issues import Issue


def _found(path: Path, data: bytes) -> tuple[Any, tuple[Issue, ...]]:
    path.write_bytes(data)
    return inspect(path)


QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
PIECES = ("<v>", "</v>", "<c>", "</row>", "<f>1</f>", "&amp;", "&x;", "r=", "NaN", "-1", "1e999")


def _assert_orderly(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        workspace, issues = _found(Path(folder) / "plan.xlsx", data)
    assert (workspace is None) == any(issue.is_error for issue in issues)
    assert all(str(issue).isprintable() for issue in issues)


@QUICK
@given(at=st.integers(0), bits=st.integers(1, 255))
def test_a_byte_that_is_not_what_it_was(at: int, bits: int) -> None:
    data = bytearray(small_workbook())
    data[at % len(data)] ^= bits
    _assert_orderly(bytes(data))


@QUICK
@given(
    part=st.sampled_from(["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "tasks"]),
    at=st.integers(0),
    piece=st.one_of(st.sampled_from(PIECES), st.text(max_size=3)),
    over=st.integers(0, 6),
)
def test_a_piece_of_a_part_that_is_something_else(
    part: str, at: int, piece: str, over: int
) -> None:
    def spoil(data: bytes) -> bytes:
        start = at % len(data)
        return data[:start] + piece.encode("utf-8", "replace") + data[start + over :]

    name = part_of(part) if part == "tasks" else part
    _assert_orderly(with_parts({name: spoil}))
