"""A question searched again with less time keeps what it knew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.model.scope import alone
from allocator.results.blocking import CheapestWay
from allocator.search.blockers.verdict import relevant_preconditions
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.minimal_sets.families import Families
from tests.generator import question


@pytest.mark.parametrize("seconds", [0.0, 1e-6])
def test_a_second_search_without_time_takes_nothing_back(seconds: float) -> None:
    """What a first turn found stays, complete or cut off; every set in it was certain."""
    seen = 0
    for seed in range(60):
        asked = question(seed)
        for task in asked.problem.tasks:
            relevant = relevant_preconditions(asked.problem, asked.world, task.id)
            scope = replace(alone(asked.problem, asked.world, task.id), preconditions=relevant)
            questions = StaffingOracle(asked.problem, scope, Settings(), Deadline(30))
            for limit in (1, None):
                first = questions.search(Deadline(30), limit=limit)
                again = questions.search(Deadline(seconds), limit=limit)
                seen += bool(first.minimal)
                assert set(first.minimal) <= set(again.minimal)
                assert set(first.blocking) <= set(again.blocking)
                assert again.complete >= first.complete
    assert seen > 20


def test_a_complete_search_stands_by_itself() -> None:
    """The whole family needs no earlier one beside it."""
    whole = Families([1], [1], complete=True)
    assert whole.beside(Families([1], [], complete=False)) is whole
    cut = Families([2], [], complete=False, undecided=[4])
    joined = cut.beside(Families([1], [3], complete=False))
    assert (joined.minimal, joined.blocking, joined.complete) == ([1, 2], [3], False)
    assert joined.undecided == [4]


def test_the_cheapest_way_keeps_the_better_of_two_turns() -> None:
    """Neither a way nor a bound that is known is given up for a worse one."""
    first = CheapestWay(("a", "b"), 7, 5)
    assert CheapestWay((), None, 0).beside(first) == first
    assert CheapestWay(("a",), 6, 4).beside(first) == CheapestWay(("a",), 6, 5)
    assert CheapestWay(("c",), 9, 6).beside(first) == CheapestWay(("a", "b"), 7, 6)
    assert first.beside(None) is first
