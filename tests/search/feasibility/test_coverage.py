"""In which worlds an allocation stands: world by world, as the checker says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from allocator.checker import violations
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.model.scope import alone
from allocator.results.result import Allocation
from allocator.search.blockers.verdict import relevant_preconditions
from allocator.search.feasibility.coverage import Coverage
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.feasibility.passing import Passing
from allocator.search.minimal_sets.families import Answer
from allocator.search.minimal_sets.world_sets import WorldSpace
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import plenty


def _questions(asked: Problem, world: World, task: str) -> StaffingOracle:
    names = relevant_preconditions(asked, world, task)
    scope = replace(alone(asked, world, task), preconditions=names)
    return StaffingOracle(asked, scope, Settings(), plenty())


def _stands(questions: StaffingOracle, allocation: Allocation) -> list[int]:
    """The worlds in which the table says that it passes."""
    worlds = WorldSpace(len(questions.elements))
    found = Coverage(questions.problem, questions.scope, worlds, questions.elements).of(allocation)
    return [] if found is None else worlds.within(found, range(1 << worlds.size))


def _passes(questions: StaffingOracle, allocation: Allocation) -> list[int]:
    """The worlds in which the checker passes it."""
    asked, scope = questions.problem, questions.scope
    return [
        on
        for on in range(questions.everything + 1)
        if not violations(
            asked,
            asked.meeting(scope.world, questions.names(on)),
            allocation,
            only=scope.tasks,
        )
    ]


def _altered(allocation: Allocation, asked: Problem, rng: Random) -> Iterator[Allocation]:
    """The allocation with one figure wrong, or with more released than it needs."""
    if allocation.units:
        key = rng.choice(sorted(allocation.units))
        yield replace(allocation, units={**allocation.units, key: allocation.units[key] + 1})
        yield replace(allocation, units={k: u for k, u in allocation.units.items() if k != key})
    for commitment in asked.commitments:
        for period, units in enumerate(commitment.quantity, 1):
            for more in (units, units + 1):
                if more:
                    released = {**allocation.released, (commitment.id, period): more}
                    yield replace(allocation, released=released)


@pytest.mark.parametrize("first", range(2000, 2080, 20))
def test_an_allocation_stands_where_the_checker_passes_it(first: int) -> None:
    """Found by the engines for the best world, then spoilt; some stand in some worlds only."""
    some = none = 0
    for seed in range(first, first + 20):
        made = question(seed)
        for task in made.problem.tasks:
            questions = _questions(made.problem, made.world, task.id)
            if questions.ask(questions.everything) is not Answer.YES:
                continue
            witness = questions.witness
            assert witness is not None
            for allocation in (
                witness,
                *_altered(witness, made.problem, Random(seed)),
            ):
                passes = _passes(questions, allocation)
                assert _stands(questions, allocation) == passes, f"seed {seed}: {task.id}"
                some += 0 < len(passes) <= questions.everything
                none += not passes
    assert some > 5
    assert none > 5


def _by_hand(requires: str) -> tuple[StaffingOracle, Allocation]:
    """One French unit, released from a commitment, and a British one behind a caveat."""
    asked = problem(
        [{"task": "t", "lines": [line(2)], "requires": requires}],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
        commitments=[
            {"nation": "FRA", "capability": "bn", "quantity": 1, "release_requires": "one"}
        ],
        caveats=[{"nation": "GBR", "requires": "two and joins(FRA)"}],
        preconditions=["one", "two", "three"],
    )
    sent = {(nation, "t", "l", "bn", 1): 1 for nation in ("FRA", "GBR")}
    allocation = Allocation(frozenset({"t"}), sent, {("c0", 1): 1})
    scope = replace(alone(asked, asked.world(), "t"), preconditions=("one", "three", "two"))
    return StaffingOracle(asked, scope, Settings(), plenty()), allocation


@pytest.mark.parametrize(
    ("requires", "met"),
    [
        ("always", {"one", "two"}),
        ("three", {"one", "two", "three"}),
        ("joins(FRA)", {"one", "two"}),
    ],
)
def test_what_an_allocation_needs(requires: str, met: set[str]) -> None:
    """The release, the caveat, and the task's own condition."""
    questions, allocation = _by_hand(requires)
    found = _stands(questions, allocation)
    assert found == [on for on in range(8) if set(questions.names(on)) >= met]
    assert found == _passes(questions, allocation)


@pytest.mark.parametrize(
    "released", [{("c0", 1): 2}, {("c0", 1): 1, ("c0", 2): 1}, {("c0", 1): 1, ("gone", 1): 1}]
)
def test_no_condition_makes_up_for_too_much_released(released: dict[tuple[str, int], int]) -> None:
    """More than is committed, in a period that is none, of a commitment that is none."""
    questions, allocation = _by_hand("always")
    assert _stands(questions, replace(allocation, released=released)) == []


def test_nobody_joins_with_no_units() -> None:
    """A figure of nought is no company."""
    questions, allocation = _by_hand("always")
    units = {**allocation.units, ("FRA", "t", "l", "bn", 1): 0, ("GBR", "t", "l", "bn", 1): 2}
    spoilt = replace(allocation, units=units)
    assert _stands(questions, spoilt) == _passes(questions, spoilt) == []


def test_where_a_failed_allocation_stands_is_told_of_no_other() -> None:
    """Asked about in a world where it fails, it stands in a richer one: its worlds are no
    witness's."""
    asked = problem(
        [{"task": "t", "lines": [line(1)], "requires": "p or q"}],
        {("A", "bn"): 1},
        preconditions=("p", "q"),
    )
    scope = replace(alone(asked, asked.world(), "t"), preconditions=("p", "q"))
    elements = (("precondition", "p"), ("precondition", "q"))
    passing = Passing(asked, scope, "t", elements)
    passing.cover(WorldSpace(2))
    sent = Allocation(frozenset({"t"}), {("A", "t", "l", "bn", 1): 1})
    assert passing.passes(0b01, sent)
    assert passing.likewise([0b10, 0b11]) == [0b10, 0b11]
    assert not passing.passes(0b00, sent)
    assert passing.likewise([0b10, 0b11]) == []
