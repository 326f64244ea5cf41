"""Figures whose sums leave 64 bits are refused by name, not by a traceback."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

import allocator
from allocator.cli import main
from allocator.errors import UsageError
from allocator.inputs.inspection import from_tables
from allocator.planner import Planner

PEOPLE = {"bn": 9_999_991, "hq": 9_999_973}
"""Primes: no common divisor makes the figures smaller."""


def _planner(rows: int, **more: Any) -> Planner:
    """So many rows of the most units a row may have, of the most people."""
    nation: dict[str, Any] = {"nation": "FRA", "name": "France"}
    tables: dict[str, list[dict[str, Any]]] = {
        "nations": [nation | {"active_personnel": 1}],
        "capabilities": [
            {"capability": c, "name": c, "domain": "land", "unit": "unit", "personnel": people}
            for c, people in PEOPLE.items()
        ],
        "availability": [
            {"nation": "FRA", "capability": c, "quantity": 10**7, "basis": "estimate"}
            for c in PEOPLE
        ]
        * rows,
        "preconditions": [],
        "caveats": [],
        "commitments": [],
        "worlds": [],
    }
    needs = {"line": "l", "any_of": dict.fromkeys(PEOPLE, 1), "minimum": 1}
    model = {
        "name": "m",
        "default": "true",
        "horizon": {"periods": 8, "months_per_period": 6},
        "tasks": [{"task": f"t{n}", "lines": [needs], **more} for n in range(3)],
    }
    workspace, issues = from_tables(tables, [model])
    assert workspace is not None, [str(issue) for issue in issues]
    return Planner(workspace)


def _text(what: str) -> str:
    return f"^the figures of {what} add up beyond what 64-bit integers hold; use larger units$"


def _large() -> Planner:
    """A rule of each task alone: shares multiply people by a thousand. No sum and no guess says
    that one nation by itself is too few."""
    return _planner(100, lead={"min_share": 0.333}, max_share=0.9)


def test_a_plan_names_its_model() -> None:
    with pytest.raises(UsageError, match=_text("model m")):
        _planner(1).solve()
    with pytest.raises(UsageError, match=_text("model m")):
        _large().solve()


@pytest.mark.parametrize("command", ["blockers", "packages", "fragility"])
def test_a_question_about_a_task_names_it(command: str) -> None:
    planner = _large()
    asked = "t1" if command == "fragility" else ["t1"]
    with pytest.raises(UsageError, match=_text("task t1")):
        getattr(planner, command)(asked)


def test_a_task_alone_may_be_within_bounds() -> None:
    """What the joint plan cannot add up, a single verdict need not."""
    run = _planner(1).blockers(["t1"])
    assert [record.verdict for record in run.result.tasks] == ["ready"]


def test_what_sums_and_guesses_answer_is_not_refused() -> None:
    """The program is built where an engine is to search it, and not before."""
    planner = _planner(100, lead={"min_share": 0.333})
    run = planner.blockers(["t1"])
    assert [record.verdict for record in run.result.tasks] == ["ready"]
    assert planner.fragility("t1").verdict == "ready"


def test_the_command_says_so_in_a_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(allocator, "load", lambda path=".": _large())
    done = CliRunner().invoke(main, ["blockers", "t2"])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Error: the figures of task t2 add up beyond")
    assert "Traceback" not in done.output
