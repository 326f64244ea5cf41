"""Whatever a file holds, there are issues and no crash; ten times as much is ten times the work."""

from __future__ import annotations

import subprocess
import sys
from cProfile import Profile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workspace_files import SMALL, write_small

from allocator.inputs.inspection import from_tables, inspect
from allocator.inputs.schema import TABLES

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
_SIGNS = "\n,;:-[]{}|>#%\t\r\0é\ufeff~'\""
_WORDS = "name tasks FRA 1 -1 lines any_of lead task west =1 null ... --- \\ud800"
PIECES = st.sampled_from(
    [*_SIGNS, *_WORDS.split(), ": ", "- ", "  ", "&a ", "*a", "!t ", "? ", "---\n"]
)
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(),
    st.lists(st.text(max_size=3), max_size=3), st.dictionaries(st.text(max_size=3), st.integers()),
)  # fmt: skip
ANYTHING = st.recursive(
    CELLS,
    lambda below: st.one_of(st.lists(below), st.dictionaries(st.text(max_size=8), below)),
    max_leaves=10,
)


@QUICK
@given(file=st.sampled_from([*SMALL]), data=st.binary(max_size=200))
def test_arbitrary_bytes(file: str, data: bytes) -> None:
    _assert_no_crash(file, data)


@QUICK
@given(file=st.sampled_from([*SMALL]), pieces=st.lists(PIECES, max_size=40))
def test_arbitrary_pieces_of_text(file: str, pieces: list[str]) -> None:
    _assert_no_crash(file, "".join(pieces).encode("utf-8", "replace"))


@QUICK
@given(file=st.sampled_from([*SMALL]), piece=PIECES, data=st.data())
def test_a_good_file_with_a_piece_too_much(file: str, piece: str, data: st.DataObject) -> None:
    text = SMALL[file]
    at = data.draw(st.integers(0, len(text)))
    _assert_no_crash(file, (text[:at] + piece + text[at:]).encode("utf-8", "replace"))


@QUICK
@given(table=st.sampled_from([*TABLES]), data=st.data())
def test_arbitrary_cells(table: str, data: st.DataObject) -> None:
    columns = st.sampled_from([*TABLES[table].model_fields])
    rows = data.draw(st.lists(st.dictionaries(columns, CELLS), max_size=3))
    _assert_orderly(from_tables({table: rows}, []))


@QUICK
@given(model=st.dictionaries(st.sampled_from(["name", "tasks", "horizon", "x"]), ANYTHING))
def test_arbitrary_models(model: dict[str, Any]) -> None:
    _assert_orderly(from_tables({}, [model]))


def _assert_no_crash(file: str, data: bytes) -> None:
    with TemporaryDirectory() as folder:
        _assert_orderly(inspect(write_small(Path(folder), {file: data})))


def _assert_orderly(inspected: tuple[Any, Any]) -> None:
    workspace, issues = inspected
    assert (workspace is None) == any(issue.is_error for issue in issues)
    for issue in issues:
        assert str(issue).isprintable()
        str(issue).encode()


def _table_of(rows: int, nation: str) -> str:
    lines = [f"{nation.format(i)},mech,{i % 7 + 1},1-4,estimate" for i in range(rows)]
    return "\n".join(["nation,capability,quantity,periods,basis", *lines])


FEW, MANY = 1_000, 10_000
MOST_TIMES = 11
"""Ten times the rows may take so many times the calls: ten is what they should, a hundred what
they would where every row is held against every other."""


def _counted(folder: Path) -> tuple[Any, Any, int]:
    """Read a workspace; also the calls it took, of Python's functions and of C's: no clock, and so
    the same beside whatever else the machine does."""
    profile = Profile()
    workspace, issues = profile.runcall(inspect, folder)
    return workspace, issues, sum(entry.callcount for entry in profile.getstats())


def _many_rows(folder: Path, rows: int) -> Path:
    caveats = [f"c{i},GBR,west,,,,ceasefire and joins(FRA),estimate" for i in range(rows)]
    header = SMALL["inputs/caveats.csv"].splitlines()[0]
    availability = _table_of(rows, "GBR") + "\nGBR,medical,1,,estimate\nFRA,mech,9,,estimate"
    edits = {"inputs/availability.csv": availability}
    edits["inputs/caveats.csv"] = "\n".join([header, *caveats])
    return write_small(folder / f"rows-{rows}", edits)


def test_ten_thousand_rows_take_some_ten_times_the_calls_of_a_thousand(tmp_path: Path) -> None:
    inspect(write_small(tmp_path / "first", {}))  # what is made once does not count
    _, _, few = _counted(_many_rows(tmp_path, FEW))
    workspace, issues, many = _counted(_many_rows(tmp_path, MANY))
    assert {issue.code for issue in issues} == {"W533"}  # Its rows are alike.
    assert len(workspace.caveats) == MANY
    assert many < MOST_TIMES * few


@pytest.mark.parametrize("nation", ["FRB", "N{}", "=F{}"])
def test_ten_thousand_faults_are_all_listed(nation: str, tmp_path: Path) -> None:
    inspect(write_small(tmp_path / "first", {}))
    (_, _, few), (_, issues, many) = (
        _counted(
            write_small(
                tmp_path / f"rows-{rows}", {"inputs/availability.csv": _table_of(rows, nation)}
            )
        )
        for rows in (FEW, MANY)
    )
    assert len(issues) == MANY
    assert many < MOST_TIMES * few


def test_nothing_heavy_is_imported() -> None:
    program = (
        "import sys; from allocator.inputs.inspection import inspect; inspect('.'); "
        "heavy = {'pandas', 'numpy', 'ortools', 'openpyxl', 'xlsxwriter', 'rich'}; "
        "print(sorted(heavy & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
