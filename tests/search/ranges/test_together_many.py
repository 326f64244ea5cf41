"""Figures off together where sets of them are many, or many figures share a pool."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.inspection import from_tables
from allocator.inputs.problem import Problem, build
from allocator.inputs.problem.figures import at
from allocator.inputs.problem.ranges import Unit, units, with_ranges
from allocator.results.ranges import Together
from allocator.search.feasibility.question import Question
from allocator.search.minimal_sets.families import Answer
from allocator.search.ranges.together import TogetherSearch
from tests import oracle

Row = dict[str, Any]


def tables(availability: list[Row], commitments: list[Row]) -> dict[str, list[Row]]:
    nations = sorted({row["nation"] for row in availability})
    return {
        "nations": [{"nation": n, "name": n} for n in nations],
        "capabilities": [
            {"capability": "bn", "name": "Battalion", "domain": "land", "unit": "bn",
             "personnel": 10, "rotation": 1}
        ],
        "availability": [{"capability": "bn", "basis": "estimate", **row} for row in availability],
        "commitments": [
            {"commitment": f"k{number}", "capability": "bn", "to": "nato", "purpose": "plans",
             "release_requires": "never", "release_risk": 1, "basis": "estimate", **row}
            for number, row in enumerate(commitments)
        ],
        "preconditions": [],
        "caveats": [],
    }  # fmt: skip


def ranged(minimum: int, availability: list[Row], commitments: list[Row]) -> Problem:
    """One task of one line in one period."""
    model = {
        "name": "m",
        "horizon": {"periods": 1, "months_per_period": 6},
        "tasks": [{"task": "t", "lines": [{"line": "l", "any_of": {"bn": 1}, "minimum": minimum}]}],
    }
    workspace, issues = from_tables(tables(availability, commitments), [model])
    assert workspace is not None, [str(issue) for issue in issues]
    return with_ranges(workspace, build(workspace, "m"))


def told(problem: Problem, deadline: Deadline, *, harmful: bool) -> tuple[Together, Question]:
    question = Question(problem.world("today"), "t", Settings())
    search = TogetherSearch(problem, question, units(problem.ranges), harmful=harmful)
    return search.run(deadline), question


def at_ends(problem: Problem, off: tuple[Unit, ...], *, harmful: bool) -> Problem:
    ends = [unit.harmful() if harmful else unit.helpful() for unit in off]
    return at(problem, {figure: value for moves in ends for figure, value in moves.items()})


def test_thirteen_of_thirty_nations_are_found_among_all_their_sets() -> None:
    """Each has 4 and may have 5; 133 are asked for, 13 more than there are."""
    nations = [{"nation": f"N{n:02}", "quantity": 4, "low": 4, "high": 5} for n in range(30)]
    problem = ranged(133, nations, [])
    found, question = told(problem, Deadline(120), harmful=False)
    assert (found.number, found.bound) == (13, 13)
    here = at_ends(problem, found.units, harmful=False)
    assert question.ask(here, Deadline(120)) is Answer.YES


@pytest.mark.parametrize("harmful", [True, False])
def test_a_pool_with_more_figures_than_combinations_are_looked_at(harmful: bool) -> None:
    """Eight commitments of one nation, each a unit more or less; three of them turn the task."""
    held = [{"nation": "AAA", "quantity": 1, "low": 0, "high": 2} for _ in range(8)]
    others = [{"nation": "BBB", "quantity": 2}, {"nation": "AAA", "quantity": 12}]
    problem = ranged(4 if harmful else 9, others, held)
    deadline = Deadline(120)
    found, question = told(problem, deadline, harmful=harmful)
    assert (found.number, found.bound) == (3, 3)
    there = at_ends(problem, found.units, harmful=harmful)
    assert oracle.ready(there, problem.world("today"), "t") is not harmful
    assert not deadline.faults
    assert not question.faults
