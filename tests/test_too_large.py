"""Figures whose sums leave 64 bits are refused by name, not by a traceback."""

from __future__ import annotations

import re
from typing import Any

import pytest
from click.testing import CliRunner

import allocator
from allocator.cli import main
from allocator.errors import UsageError
from allocator.inputs.inspection import from_tables
from allocator.inputs.largest import largest_figure
from allocator.planner import Planner
from tests.inputs.workspace_files import write_small

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


def _small(task: dict[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    tables = {
        "nations": [{"nation": "FRA", "name": "France"}],
        "capabilities": [{"capability": "bn", "name": "bn", "domain": "land", "unit": "unit"}],
        "availability": [{"nation": "FRA", "capability": "bn", "quantity": 5, "basis": "estimate"}],
    }
    return tables, [{"name": "m", "tasks": [task]}]


def _text(what: str) -> str:
    """Whose figures they are, and where the largest stands."""
    return re.escape(
        f"the figures of {what} add up beyond what 64-bit integers hold; the largest is 10,000,000 "
        "in inputs/availability.csv:2 quantity; use larger units"
    )


def _large() -> Planner:
    """A rule of each task alone: shares multiply people by a thousand. No sum and no guess says
    that one nation by itself is too few."""
    return _planner(100, lead={"min_share": 0.333}, max_share=0.9)


def test_a_plan_names_its_model() -> None:
    with pytest.raises(UsageError, match=_text("model m")):
        _planner(1).solve()


def test_where_a_task_by_itself_is_too_large_a_plan_names_the_task() -> None:
    with pytest.raises(UsageError, match=_text("task t0")):
        _large().solve()


@pytest.mark.parametrize("command", ["blockers", "packages", "fragility"])
def test_a_question_about_a_task_names_it(command: str) -> None:
    planner = _large()
    asked = "t1" if command == "fragility" else ["t1"]
    with pytest.raises(UsageError, match=_text("task t1")):
        getattr(planner, command)(asked)


def test_the_largest_figure_is_named_as_it_is_written(tmp_path: Any) -> None:
    """Of those that the task uses: another capability's does not matter."""
    files = {
        "inputs/capabilities.csv": ("800,2\n", "9999991,2\nidle,Idle,land,unit,9999999,1\n"),
        "inputs/availability.csv": (
            "FRA,mech,6,,estimate\n",
            "GBR,idle,10000000,,estimate\n" + "FRA,mech,9999991,,estimate\n" * 200,
        ),
        "models/small.yaml": ("axis: presence", "max_share: 0.333\n    priority: 2"),
    }
    planner = allocator.load(write_small(tmp_path, dict(files)))
    with pytest.raises(UsageError, match=r"is 9,999,991 in inputs/capabilities\.csv:2 personnel;"):
        planner.solve(world="truce")


@pytest.mark.parametrize("column", ["minimum", "any_of"])
def test_a_figure_of_a_model_is_named_too(column: str) -> None:
    large = 9_000_001
    needs = {"any_of": {"bn": 1}, "minimum": 1}
    needs[column] = {"bn": large} if column == "any_of" else large
    tables, models = _small({"task": "t", "lines": [{"line": "l", **needs}]})
    workspace, issues = from_tables(tables, models)
    assert workspace is not None, issues
    found = largest_figure(workspace, "task", "t")
    assert found is not None
    path = "any_of.bn" if column == "any_of" else column
    assert (found[0], found[1].column) == (large, f"tasks[t].lines[l].{path}")
    assert largest_figure(workspace, "model", "m") == found
    assert largest_figure(workspace, "task", "u") is None


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
