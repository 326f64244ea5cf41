"""The journal of a sweep: whole lines, whatever ends it, and nothing asked twice."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import allocator
from allocator.analysis.sweeping.journal import JournalError, open_journal
from allocator.analysis.sweeping.lanes import CaseSolver
from allocator.planner import Planner
from allocator.results.sweep import CaseRecord
from tests.inputs.workspace_files import write_small

SPEC: dict[str, Any] = {
    "worlds": ["today", "truce"],
    "changes": [{"name": "a"}, {"name": "b", "without": ["GBR"]}, {"name": "c", "with": ["peace"]}],
    "plan": "false",
}
RECORD = CaseRecord(tasks={"west": "ready"})


@pytest.fixture
def planner(tmp_path: Path) -> Planner:
    return allocator.load(write_small(tmp_path / "plan"))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that are asked from now on."""
    found: list[str] = []
    real = CaseSolver.record

    def record(self: CaseSolver, text: str, deadline: Any) -> CaseRecord:
        found.append(text)
        return real(self, text, deadline)

    monkeypatch.setattr(CaseSolver, "record", record)
    return found


def test_what_is_in_the_journal_is_not_asked_again(
    planner: Planner, tmp_path: Path, asked: list[str]
) -> None:
    journal = tmp_path / "j"
    whole = planner.sweep(SPEC, journal=journal)
    assert len(asked) == 6
    again = planner.sweep(SPEC, journal=journal, resume=True)
    assert len(asked) == 6
    assert again.cases == whole.cases
    assert (whole.before, again.before) == (0, 6)
    wider = {**SPEC, "worlds": ["truce", {"with": ["ceasefire@2"]}, "today"]}
    planner.sweep(wider, journal=journal, resume=True)
    assert len(asked) == 9
    assert len(journal.read_bytes().splitlines()) == 1 + 9


def test_a_changed_input_is_never_a_stale_row(
    planner: Planner, tmp_path: Path, asked: list[str]
) -> None:
    journal = tmp_path / "j"
    planner.sweep(SPEC, journal=journal)
    fewer = planner.change("availability", nation="FRA", capability="mech", quantity=0)
    fewer = fewer.change("availability", nation="GBR", capability="mech", quantity=0)
    found = fewer.sweep(SPEC, journal=journal, resume=True)
    assert len(asked) == 12
    assert set(found.sweep_verdicts["verdict"]) == {"short"}
    assert planner.sweep(SPEC, journal=journal, resume=True).before == 6


@pytest.mark.parametrize("torn", [b'{"key":"abc","rec', b"{", b'{"key":1}\n{"key":2}', b"\xff\xfe"])
def test_a_torn_line_is_dropped_and_asked_again(
    planner: Planner, tmp_path: Path, asked: list[str], torn: bytes
) -> None:
    journal = tmp_path / "j"
    whole = planner.sweep(SPEC, journal=journal)
    lines = journal.read_bytes().splitlines(keepends=True)
    for cut in (0, 1, len(lines[-1]) // 2, len(lines[-1]) - 1):
        journal.write_bytes(b"".join(lines[:-1]) + lines[-1][:cut])
        before = len(asked)
        assert planner.sweep(SPEC, journal=journal, resume=True).cases == whole.cases
        assert len(asked) == before + 1
        assert sorted(journal.read_bytes().splitlines(keepends=True)) == sorted(lines)
    journal.write_bytes(b"".join(lines) + torn)
    assert planner.sweep(SPEC, journal=journal, resume=True).before == 6
    for line in journal.read_bytes().splitlines():
        json.loads(line)


def test_cut_at_any_byte_the_table_is_the_same(planner: Planner, tmp_path: Path) -> None:
    journal = tmp_path / "j"
    whole = planner.sweep(SPEC, journal=journal)
    data = journal.read_bytes()
    for cut in range(0, len(data), 97):
        journal.write_bytes(data[:cut])
        assert planner.sweep(SPEC, journal=journal, resume=True).cases == whole.cases


def test_without_resume_work_in_the_journal_is_not_lost(planner: Planner, tmp_path: Path) -> None:
    journal = tmp_path / "j"
    planner.sweep(SPEC, journal=journal)
    planner.sweep(SPEC, journal=journal)  # It was whole: begun anew.
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:4]))
    with pytest.raises(JournalError, match="holds 3 of 6 cases of this sweep; go on with --resume"):
        planner.sweep(SPEC, journal=journal)
    assert journal.read_bytes() == b"".join(lines[:4])


@pytest.mark.parametrize("resume", [True, False])
def test_a_file_of_somebodys_own_is_left_alone(
    planner: Planner, tmp_path: Path, resume: bool
) -> None:
    journal = tmp_path / "notes.txt"
    journal.write_text("keep\nthis")
    with pytest.raises(JournalError, match=r"notes.txt is no journal of a sweep"):
        planner.sweep(SPEC, journal=journal, resume=resume)
    assert journal.read_text() == "keep\nthis"


def test_two_sweeps_do_not_write_one_journal(planner: Planner, tmp_path: Path) -> None:
    with open_journal(tmp_path / "j"), pytest.raises(JournalError, match="another sweep"):
        planner.sweep(SPEC, journal=tmp_path / "j", resume=True)


@pytest.mark.parametrize("room", [0, 1, 30, 150])
def test_a_full_disk_leaves_whole_lines_and_says_so(
    planner: Planner, tmp_path: Path, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file takes so many bytes of a line, then none."""
    journal = tmp_path / "j"
    whole = planner.sweep(SPEC)
    with open_journal(journal) as kept:
        kept.begin("2026-01-01")
        kept.add([("known", RECORD)])
        before = journal.read_bytes()
        kept._file = Filling(kept._file, room)  # type: ignore[assignment]
        with pytest.raises(JournalError, match=r"No space left.*1 finished cases.*--resume"):
            kept.add([("more", RECORD), ("and more", RECORD)])
        assert journal.read_bytes() == before
    assert planner.sweep(SPEC, journal=journal, resume=True).cases == whole.cases
    assert journal.read_bytes().startswith(before)


class Filling:
    """A file on a disk that fills up."""

    def __init__(self, file: Any, room: int) -> None:
        self._file, self._room = file, room

    def write(self, data: bytes) -> int:
        part = data[: self._room]
        self._room -= len(part)
        if not part:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return int(self._file.write(part))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


LIMITED = """
import resource, sys
from pathlib import Path
import allocator
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
allocator.load(sys.argv[1]).sweep(sys.argv[2], journal=sys.argv[2] + ".j", on=sys.argv[4])
"""


@pytest.mark.parametrize("on", ["threads", "processes"])
def test_a_file_that_may_not_grow_ends_the_sweep_and_resuming_completes_it(
    planner: Planner, tmp_path: Path, on: str
) -> None:
    spec, journal = tmp_path / "s.yaml", tmp_path / "s.yaml.j"
    spec.write_text("worlds: [truce]\nplan: false\ndraws: {number: 30, spread: {estimate: 40}}\n")
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "plan"), str(spec), "1500", on],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ended.returncode
    assert "cannot be written: File too large" in ended.stderr
    assert "JournalError" in ended.stderr
    assert journal.stat().st_size <= 1500
    lines = journal.read_bytes().splitlines(keepends=True)
    assert len(lines) > 3
    assert all(json.loads(line) for line in lines)
    resumed = planner.sweep(spec, journal=journal, resume=True)
    assert resumed.before == len(lines) - 1
    assert resumed.cases == planner.sweep(spec).cases


@pytest.mark.parametrize("where", ["build", "judge"])
def test_what_is_lost_is_a_row_but_not_finished(
    planner: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """The memory is used up before the search, or within it."""
    journal = tmp_path / "j"

    def lacks(*_: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(f"allocator.analysis.sweeping.solving.{where}", lacks)
        found = planner.sweep(SPEC, journal=journal)
    assert found.states["fault"] == 6
    assert set(found.sweep["fault"]) == {"the memory is used up"}
    again = planner.sweep(SPEC, journal=journal, resume=True)
    assert again.states["decided"] == 6


@pytest.mark.parametrize(("limit", "state"), [(30, "waiting"), (90, "open")])
def test_what_had_less_than_its_own_time_is_asked_again(
    planner: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, state: str
) -> None:
    """A case ends before the whole does, its verdicts by a share of the little that was left."""
    real = CaseSolver.record
    monkeypatch.setattr(CaseSolver, "record", lambda *_: CaseRecord(tasks={"west": "unknown"}))
    found = planner.sweep(SPEC, journal=tmp_path / "j", workers=1, time_limit=limit)
    assert set(found.sweep["state"]) == {state}
    monkeypatch.setattr(CaseSolver, "record", real)
    again = planner.sweep(SPEC, journal=tmp_path / "j", resume=True)
    assert again.before == (0 if state == "waiting" else 6)


def test_a_sweep_that_goes_on_keeps_to_its_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers = "offer,nation,capability,quantity,status,valid_until,basis\n"
    offers += "o,FRA,mech,6,firm,2026-03-01,estimate\no2,GBR,medical,2,firm,,estimate\n"
    planner = allocator.load(write_small(tmp_path / "plan", {"inputs/offers.csv": offers}))
    spec = {"worlds": ["truce", "today"], "count": "firm", "plan": "false"}
    journal = tmp_path / "j"

    def on(day: str, **how: Any) -> str:
        class Today(date):
            @classmethod
            def today(cls) -> date:  # type: ignore[override]
                return date.fromisoformat(day)

        monkeypatch.setattr("allocator.analysis.sweeping.sweep.date", Today)
        return str(planner.sweep(spec, **how).sweep_verdicts["verdict"][0])

    assert on("2026-02-20", journal=journal) == "ready"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:2]))
    with pytest.raises(JournalError, match="holds 1 of 2"):
        on("2026-04-01", journal=journal)
    assert on("2026-04-01") != "ready"
    assert on("2026-04-01", journal=journal, resume=True) == "ready"
    assert on("2026-04-01", journal=journal) != "ready"
