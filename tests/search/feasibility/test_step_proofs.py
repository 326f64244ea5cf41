"""Proofs by steps cost no more than there is time for, and are looked for once."""

from __future__ import annotations

import pytest

from allocator.checker.rows import Rows
from allocator.checker.steps import steps_faults
from allocator.deadline import Deadline, TimeUpError
from allocator.inputs.problem import Problem, World
from allocator.model.scope import alone
from allocator.search.feasibility import steps as under_test
from allocator.search.feasibility.steps import MOST_SHORTENED, proof_by_steps
from allocator.search.feasibility.written_proofs import FEW_CASES, WrittenProofs
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
    proof = proof_by_steps(asked, world, "t", NATIONS, Deadline(60))
    assert proof is not None
    assert len(proof.steps) > MOST_SHORTENED
    assert taken_again == []
    assert [*steps_faults(Rows(asked, world, "t", NATIONS), proof.steps)] == []


def test_a_proof_stands_where_the_time_ends_while_it_is_shortened(taken_again: list[int]) -> None:
    asked, world = kept_out(4)

    class Ending(Deadline):
        def check(self) -> None:
            if taken_again:
                raise TimeUpError("the time is up")

    proof = proof_by_steps(asked, world, "t", NATIONS, Ending(60))
    assert proof is not None
    assert len(taken_again) == 1
    assert [*steps_faults(Rows(asked, world, "t", NATIONS), proof.steps)] == []


def test_a_search_that_goes_on_looks_for_no_proof_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Certificates are made anew in each turn of a search: what was shown in the first counted
    again towards the most that are, and the last turn was left with none."""
    monkeypatch.setattr("allocator.search.feasibility.written_proofs.MOST_SHOWN", 3)
    asked, world = kept_out(2)
    proofs = WrittenProofs(asked, alone(asked, world, "t"), (("precondition", "talks"),))
    found = [proofs.proof(0, Deadline(60)) for _ in range(5)]
    assert found[0] is not None
    assert all(proof is found[0] for proof in found)


def test_what_there_was_no_time_for_is_looked_for_again() -> None:
    asked, world = kept_out(2)
    proofs = WrittenProofs(asked, alone(asked, world, "t"), (("precondition", "talks"),))
    assert proofs.proof(0, Deadline(0)) is None
    assert proofs.proof(0, Deadline(60)) is not None


def test_a_known_proof_is_taken_where_it_shows_the_no_and_nowhere_else() -> None:
    """Of one no for the next, whose rows decide; where talks are held there is no proof."""
    asked, world = kept_out(2)
    first = proof_by_steps(asked, world, "t", NATIONS, Deadline(60))
    assert first is not None
    again = proof_by_steps(asked, world, "t", NATIONS[:2], Deadline(60), [first])
    assert again is first
    talks = asked.meeting(world, ["talks"])
    assert proof_by_steps(asked, talks, "t", NATIONS, Deadline(60), [first]) is None


def test_after_some_that_are_not_shown_few_cases_are_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each that takes all cases and is not shown after all takes seconds."""
    most: list[int | None] = []

    def unshown(*asked: object) -> None:
        most.append(asked[-1])  # type: ignore[arg-type]

    monkeypatch.setattr("allocator.search.feasibility.written_proofs.proof_by_steps", unshown)
    votes = ("talks", "vote", "law", "treaty")
    asked = problem([{"task": "t", "lines": [line(9)]}], {("N1", "bn"): 5}, preconditions=votes)
    elements = tuple(("precondition", vote) for vote in votes)
    proofs = WrittenProofs(asked, alone(asked, asked.world("today"), "t"), elements)
    monkeypatch.setattr(
        "allocator.search.feasibility.written_proofs.proof_by_splits", lambda *asked: None
    )
    assert [proofs.proof(on, Deadline(60)) for on in range(5)] == [None] * 5
    assert most == [None, None, None, FEW_CASES, FEW_CASES]
