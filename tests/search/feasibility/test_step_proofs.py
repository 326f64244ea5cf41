"""Proofs by steps cost no more than there is time for."""

from __future__ import annotations

import pytest

from allocator.checker.rows import Rows
from allocator.checker.steps import steps_faults
from allocator.deadline import TimeUpError
from allocator.inputs.problem import Problem, World
from allocator.search.feasibility import steps as under_test
from allocator.search.feasibility.steps import MOST_SHORTENED, proof_by_steps
from tests.handmade import line, problem

NATIONS = ("N1", "N2", "N3")


def kept_out(horizon: int) -> tuple[Problem, World]:
    """Two nations are asked for, and caveats keep all but one out of each of the periods: the
    proof has steps for every one of them."""
    found = problem(
        [{"task": "t", "min_nations": 2, "lines": [line(1)]}],
        {(nation, "bn"): 5 for nation in NATIONS},
        preconditions=("talks",),
        caveats=[
            {"nation": nation, "requires": "talks", "max_personnel": 0} for nation in NATIONS[:-1]
        ],
        horizon=horizon,
    )
    return found, found.world("today")


@pytest.fixture
def taken_again(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of steps of the proofs that are taken again while one is shortened."""
    numbers: list[int] = []

    def counting(rows: Rows, steps: tuple[object, ...]) -> object:
        numbers.append(len(steps))
        return steps_faults(rows, steps)  # type: ignore[arg-type]

    monkeypatch.setattr(under_test, "steps_faults", counting)
    return numbers


def test_a_long_proof_is_not_shortened(taken_again: list[int]) -> None:
    """It took half a minute for 1,700 steps, whatever time there was."""
    asked, world = kept_out(MOST_SHORTENED)
    proof = proof_by_steps(asked, world, "t", NATIONS)
    assert proof is not None
    assert len(proof.steps) > MOST_SHORTENED
    assert taken_again == []
    assert [*steps_faults(Rows(asked, world, "t", NATIONS), proof.steps)] == []


def test_a_proof_stands_where_the_time_ends_while_it_is_shortened(taken_again: list[int]) -> None:
    asked, world = kept_out(4)

    def check() -> None:
        if taken_again:
            raise TimeUpError("the time is up")

    proof = proof_by_steps(asked, world, "t", NATIONS, check)
    assert proof is not None
    assert len(taken_again) == 1
    assert [*steps_faults(Rows(asked, world, "t", NATIONS), proof.steps)] == []
