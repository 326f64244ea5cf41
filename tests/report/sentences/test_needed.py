"""What is needed whichever way is taken, where a way has it by another name."""

from __future__ import annotations

import io
from functools import cache

import pytest

from allocator.inputs.inspection import from_tables
from allocator.planner import Planner
from allocator.report.page import page
from allocator.report.sentences.asked import asked_for
from allocator.report.sentences.needed import in_words
from allocator.report.sentences.overview import most_asked_for
from allocator.report.tables.run import table
from allocator.report.terminal import run as terminal
from allocator.report.terminal.console import rendered
from allocator.results.result import Family, TaskRecord
from allocator.results.run import RunRecord

TOLD = "ceasefire (itself, or with peace_agreement)"


@cache
def run(command: str = "solve") -> RunRecord:
    """Peace implies a ceasefire: {ceasefire, vote} and {peace_agreement, vote} unlock the task."""
    names = {"ceasefire": "", "peace_agreement": "ceasefire", "vote": ""}
    tables = {
        "nations": [{"nation": "FRA", "name": "FRA"}],
        "capabilities": [
            {"capability": "bn", "name": "bn", "domain": "land", "unit": "bn", "personnel": 10}
        ],
        "availability": [{"nation": "FRA", "capability": "bn", "quantity": 1, "basis": "estimate"}],
        "preconditions": [
            {"precondition": n, "name": n, "kind": "political", "status": "open", "implies": other}
            for n, other in names.items()
        ],
        "caveats": [],
        "commitments": [],
        "worlds": [],
    }
    needs = {"line": "l", "any_of": {"bn": 1}, "minimum": 1}
    task = {"task": "t", "requires": "ceasefire and vote", "lines": [needs]}
    model = {
        "name": "m",
        "horizon": {"periods": 1, "months_per_period": 6},
        "tasks": [task],
    }
    workspace, issues = from_tables(tables, [model])
    assert workspace is not None, [str(issue) for issue in issues]
    planner = Planner(workspace)
    return planner.solve() if command == "solve" else planner.blockers()


def test_the_ways_are_as_the_case_says() -> None:
    record = run()["t"]
    assert record.unlocking.sets == (("ceasefire", "vote"), ("peace_agreement", "vote"))
    assert record.necessary == ("ceasefire", "vote")


def test_what_another_brings_about_is_said_so_everywhere() -> None:
    """No rendering calls it needed beside a way without it."""
    found = run()
    assert in_words(found.problem, found.world, found["t"]) == (TOLD, "vote")
    for show in (terminal.show_solve, terminal.show_blockers):
        told = rendered(lambda console: show(run(), console, terminal.Follow()), io.StringIO())  # noqa: B023
        assert "itself, or with peace_agreement" in " ".join(told.split())
    assert f"needed whichever way is taken: {TOLD}, vote" in page(found)
    assert f"{TOLD} (1 task)" in most_asked_for(found.problem, found.world, found.result.tasks)
    rows = {row[1]: row[-1] for row in table(found, "necessary").rows}
    assert rows == {"ceasefire": "peace_agreement", "vote": None}
    cells = [row for row in table(found, "decision").rows if row[0] == "necessary"]
    assert cells[0][4] == f"{TOLD}; vote"
    cells = [row for row in table(found, "findings").rows if row[3] == "Needed"]
    assert cells[0][4].startswith(TOLD)


def test_of_a_search_that_was_cut_off_everything_that_implies_it_is_named() -> None:
    """A way by it may be among those that are not known yet."""
    found = run()
    ways = Family(complete=False, sets=(("ceasefire", "vote"),))
    record = TaskRecord(task="t", verdict="blocked", unlocking=ways, necessary=("ceasefire",))
    assert in_words(found.problem, found.world, record) == (TOLD,)
    (asked,) = (a for a in asked_for(found.problem, found.world, [record]) if a.name == "ceasefire")
    assert (asked.needed_by, asked.in_a_way_of) == ("at least 1 task", "at least 1 task")
    (vote,) = (a for a in asked_for(found.problem, found.world, [record]) if a.name == "vote")
    assert (vote.needed_by, vote.in_a_way_of) == ("not known", "at least 1 task")


@pytest.mark.parametrize("complete", [True, False])
def test_a_precondition_of_no_way_is_in_a_way_of_none(complete: bool) -> None:
    """Needed, though every way that is listed has it by implication."""
    found = run()
    ways = Family(complete=complete, sets=(("peace_agreement", "vote"),))
    record = TaskRecord(task="t", verdict="blocked", unlocking=ways, necessary=("ceasefire",))
    asked = {a.name: a for a in asked_for(found.problem, found.world, [record])}["ceasefire"]
    assert (asked.needed, asked.named) == (1, 0)
