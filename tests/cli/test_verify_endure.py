"""`allocator verify` of what a plan endures: what is there is confirmed, a forgery is found out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commanding import run
from tests.cli.test_endure import MODEL, TABLES

Said = dict[str, Any]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of an answer, in the workspace where one stands."""
    for name, text in TABLES.items():
        path = tmp_path / "inputs" / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "m.yaml").write_text(MODEL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("endure", "--world", "well", "--how-long", "--out", "kept").exit_code == 0
    return tmp_path / "kept" / "machine/endure.json"


def test_what_was_found_is_confirmed(kept: Path) -> None:
    done = run("verify", "kept", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["faults"] == found["undecided"] == found["changed"] == []
    assert found["confirmed"]["by sum"] >= 2
    assert found["confirmed"]["by condition"] >= 2
    assert found["confirmed"]["bounds by a second engine"] >= 5


def _task(said: Said, lost: str, task: str, period: int = 2) -> Said:
    events = said["events"]
    event = next(e for e in events if (e["lost"], e["period"]) == (lost, period))
    found: Said = next(one for one in event["tasks"] if one["task"] == task)
    return found


def _event(said: Said, lost: str, period: int = 2) -> Said:
    found: Said = next(e for e in said["events"] if (e["lost"], e["period"]) == (lost, period))
    return found


def _repair_is_a_fall(said: Said) -> None:
    _task(said, "POL", "works").update(state="falls", proof={"by": "engines"})


def _fall_holds(said: Said) -> None:
    _task(said, "POL", "watch").update(state="holds", proof=None)


def _edit_is_gone(said: Said) -> None:
    _task(said, "POL", "works")["edits"].pop()


def _bound_is_better(said: Said) -> None:
    for level in _event(said, "POL")["levels"]:
        if level["objective"] == "changed_units":
            level["bound"] += 1


def _sum_is_wrong(said: Said) -> None:
    _task(said, "POL", "watch")["proof"]["need"] += 1


def _another_task_falls_by_engines(said: Said) -> None:
    """By condition it does; by the sum of nothing it does not."""
    _task(said, "truce", "works")["proof"].update(by="sum", lines=["eng"], periods=[2])


def _nothing_helps(said: Said) -> None:
    _task(said, "truce", "works")["unlocking"]["sets"] = []


def _not_for_ever(said: Said) -> None:
    one = said["how_long"][1]
    one.update(for_ever=False, repeats=None, periods=2, impossible=3, proved_by="two engines")
    one["plan"]["allocation"] = [c for c in one["plan"]["allocation"] if c["period"] <= 2]


def _a_unit_less(said: Said) -> None:
    said["how_long"][0]["plan"]["allocation"].pop()


def _it_ends(said: Said) -> None:
    said["how_long"][1].update(ended=True, for_ever=False, repeats=None, plan=None)


def _fewer_together(said: Said) -> None:
    said["how_long"][0]["tasks"].pop()


def _more_than_anybody_looks_at(said: Said) -> None:
    one = said["how_long"][0]
    one.update(for_ever=False, repeats=None, periods=10**9)
    one["plan"]["allocation"] = [
        cell | {"period": period}
        for cell in one["plan"]["allocation"]
        if cell["period"] == 2
        for period in range(1, 401)
    ]


def _proved_without_a_next_one(said: Said) -> None:
    said["how_long"][0]["proved_by"] = "two engines"


FORGED: dict[str, tuple[Callable[[Said], None], str]] = {
    "a repair that is a fall": (_repair_is_a_fall, "the plan after the event staffs it"),
    "a fall that holds": (_fall_holds, "it is said to be: holds; 1 rows break"),
    "an edit that is gone": (_edit_is_gone, "its edits are not the difference"),
    "a bound beyond the value": (_bound_is_better, "better than its bound"),
    "a sum": (_sum_is_wrong, "the sum says"),
    "that nothing helps": (_nothing_helps, "asked again, it is yes"),
    "that it ends": (_not_for_ever, "asked again, a plan has as many"),
    "a plan of less": (_a_unit_less, "repeated, the plan breaks R1"),
    "that there is nothing to keep up": (_it_ends, "it is said to end"),
    "all together": (_fewer_together, "of all tasks of the plan together"),
    "a number beyond all": (_more_than_anybody_looks_at, "too many to be looked at"),
    "a number as proved": (_proved_without_a_next_one, "no longer is said to be proved"),
    "another proof": (_another_task_falls_by_engines, "the sum says"),
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_forgery_is_found_out(kept: Path, forged: str) -> None:
    change, told = FORGED[forged]
    said = json.loads(kept.read_text(encoding="utf-8"))
    change(said)
    kept.write_text(json.dumps(said), encoding="utf-8")
    done = run("verify", "kept")
    assert done.exit_code == 1, done.output
    assert told in " ".join(done.output.split())


def test_a_farther_plan_is_not_called_the_nearest(kept: Path) -> None:
    """Both are valid; that there is a nearer one only a search sees."""
    said = json.loads(kept.read_text(encoding="utf-8"))
    event = _event(said, "POL")
    for level in event["levels"]:
        if level["objective"] == "changed_rows":
            level["bound"] -= 1
            level["status"] = "feasible"
    event["nearest"] = False
    kept.write_text(json.dumps(said), encoding="utf-8")
    found = json.loads(run("verify", "kept", "--json").stdout)
    assert any("how near the plan after it is" in one for one in found["known_now"])
