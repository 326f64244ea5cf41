"""Steps never show a no where the answer is yes, and show most noes that no sum shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from allocator.checker.rows import Rows
from allocator.checker.steps import steps_faults
from allocator.deadline import Deadline
from allocator.inputs.problem import Problem, World
from allocator.results.certificate import Step
from allocator.search.feasibility.steps import proof_by_steps
from tests import oracle
from tests.generator import question

SEEDS = range(120)


def asked_worlds(seed: int) -> Iterator[tuple[Problem, World, str, bool]]:
    """Tiny questions with their answers by brute force: a task in a world of a workspace, with
    some of the open preconditions met."""
    asked = question(seed, composed=seed % 2 == 1)
    for task, table in oracle.ready_tables(asked.problem, asked.world):
        for met, ready in table.items():
            yield asked.problem, asked.problem.meeting(asked.world, met), task.id, ready


@pytest.fixture(scope="module")
def proofs() -> list[tuple[Problem, World, str, tuple[Step, ...]]]:
    """What steps show of the questions of all seeds, by brute force none of them a yes."""
    found = []
    answers: Counter[str] = Counter()
    for seed in SEEDS:
        for problem, world, task, ready in asked_worlds(seed):
            proof = proof_by_steps(problem, world, task, problem.nations, Deadline(60))
            answers[f"{'yes' if ready else 'no'}, {'shown' if proof else 'not shown'}"] += 1
            if proof is not None:
                assert not ready, f"seed {seed}: {task} can be staffed, steps say it cannot"
                found.append((problem, world, task, proof.steps))
    assert answers["yes, not shown"] > 300, answers
    assert answers["no, shown"] > 0.9 * (answers["no, shown"] + answers["no, not shown"]), answers
    return found


def test_every_proof_stands_and_uses_many_rules(
    proofs: list[tuple[Problem, World, str, tuple[Step, ...]]],
) -> None:
    rules: Counter[str] = Counter()
    for problem, world, task, steps in proofs:
        assert [*steps_faults(Rows(problem, world, task, problem.nations), steps)] == []
        rules.update({step.rule for step in steps})
    expected = {"cases", *(f"R{n}" for n in (1, 2, 3, 5, 6, 7, 8, 9, 10))}
    assert set(rules) == expected, rules


def test_no_proof_stands_where_the_answer_is_yes() -> None:
    """Proofs of poorer worlds put to richer ones, in which the task can be staffed."""
    refused = 0
    for seed in SEEDS:
        cases = [*asked_worlds(seed)]
        for problem, world, task, ready in cases:
            proof = (
                None
                if ready
                else proof_by_steps(problem, world, task, problem.nations, Deadline(60))
            )
            for _, richer, other, yes in cases if proof else ():
                if yes and other == task:
                    rows = Rows(problem, richer, task, problem.nations)
                    assert any(steps_faults(rows, proof.steps)), f"seed {seed}: {task}"
                    refused += 1
    assert refused > 300


def test_a_step_that_goes_further_than_its_row_is_refused(
    proofs: list[tuple[Problem, World, str, tuple[Step, ...]]],
) -> None:
    rng = Random(7)
    spoiled = 0
    for problem, world, task, steps in proofs:
        rows = Rows(problem, world, task, problem.nations)
        for number, step in enumerate(steps):
            wrong = step.model_copy(update={"period": step.period + 50})
            changes = [wrong]
            if step.at is not None:
                further = step.units + (1 if step.bound == "at least" else -1)
                changes.append(step.model_copy(update={"units": further}))
            for other in changes:
                assert any(steps_faults(rows, (*steps[:number], other, *steps[number + 1 :])))
                spoiled += 1
        cut = rng.randrange(len(steps))
        assert any(steps_faults(rows, steps[:cut])), "a proof without its end stands"
    assert spoiled > 1000
