"""A question searched again with less time keeps what it knew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.model.scope import alone
from allocator.results.blocking import CheapestWay
from allocator.search.blockers.verdict import relevant_preconditions
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.feasibility.world_sums import WorldSums
from allocator.search.minimal_sets.families import Families
from allocator.search.minimal_sets.world_sets import WorldSet
from tests.generator import question


def _questions(problem: Problem, world: World, task: str) -> StaffingOracle:
    """Those of the task alone, with the open preconditions that matter as switches."""
    relevant = relevant_preconditions(problem, world, task)
    scope = replace(alone(problem, world, task), preconditions=relevant)
    return StaffingOracle(problem, scope, Settings(), Deadline(30))


@pytest.mark.parametrize("seconds", [0.0, 1e-6])
def test_a_second_search_without_time_takes_nothing_back(seconds: float) -> None:
    """What a first turn found stays, complete or cut off; every set in it was certain."""
    seen = 0
    for seed in range(60):
        asked = question(seed)
        for task in asked.problem.tasks:
            questions = _questions(asked.problem, asked.world, task.id)
            for limit in (1, None):
                first = questions.search(Deadline(30), limit=limit)
                again = questions.search(Deadline(seconds), limit=limit)
                seen += bool(first.minimal)
                assert set(first.minimal) <= set(again.minimal)
                assert set(first.blocking) <= set(again.blocking)
                assert again.complete >= first.complete
    assert seen > 20


def test_sums_and_tables_are_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """A first turn whose sums are cut off, and which is to find no set: the second one sums up the
    rest, asks only what is open, and comes to the same families."""
    summed: list[object] = []
    cut_off: list[object] = []
    shared_out = WorldSums._shared_out

    def once(self: WorldSums, *given: Any) -> WorldSet:
        if self not in cut_off and len(self._left) == 1:
            cut_off.append(self)
            raise TimeUpError
        summed.append(given)
        return shared_out(self, *given)

    again = 0
    for seed in range(60):
        asked = question(seed)
        for task in asked.problem.tasks:
            ask = asked.problem, asked.world, task.id
            whole = _questions(*ask).search(Deadline(30))
            with monkeypatch.context() as patch:
                patch.setattr(WorldSums, "_shared_out", once)
                questions = _questions(*ask)
                first, number = questions.search(Deadline(30), limit=0), len(summed)
                second = questions.search(Deadline(30))
                again += len(summed) > number
            assert set(first.minimal) <= set(second.minimal)
            assert sorted(second.minimal) == sorted(whole.minimal)
            assert sorted(second.blocking) == sorted(whole.blocking)
            assert second.complete
    assert len(cut_off) > 50
    assert again > 10


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
