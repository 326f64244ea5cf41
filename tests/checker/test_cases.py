"""Cases told apart, neither of which can hold: they show noes, and never one where the answer is
yes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from allocator.checker.rows import Rows
from allocator.checker.steps import MOST_NESTED, steps_faults
from allocator.deadline import Deadline
from allocator.inputs.problem import Problem, World
from allocator.report.sentences.steps import told
from allocator.results.certificate import Step
from allocator.search.feasibility import steps as under_test
from allocator.search.feasibility.steps import proof_by_steps
from tests import oracle
from tests.generator import question
from tests.handmade import line, problem

Asked = tuple[Problem, World, str]
Proved = list[tuple[Asked, tuple[Step, ...]]]


def questions(seed: int) -> Iterator[tuple[Asked, bool]]:
    asked = question(seed, composed=seed % 2 == 1)
    for task, table in oracle.ready_tables(asked.problem, asked.world):
        for met, ready in table.items():
            yield (asked.problem, asked.problem.meeting(asked.world, met), task.id), ready


def rows_of(asked: Asked) -> Rows:
    asked_problem, world, task = asked
    return Rows(asked_problem, world, task, asked_problem.nations)


def test_no_yes_is_refuted_by_cases() -> None:
    """Lines that take units of a weight of their own: what they need is easily counted."""
    answers: Counter[str] = Counter()
    for seed in range(150):
        asked, ready = counted(seed)
        proof = proof_by_steps(asked, asked.world(), "t", asked.nations, Deadline(60))
        assert not (ready and proof), f"seed {seed}"
        if proof is not None:
            rows = Rows(asked, asked.world(), "t", asked.nations)
            assert [*steps_faults(rows, proof.steps)] == []
            answers["by cases"] += bool(proof.steps[-1].cases)
        answers[f"{'yes' if ready else 'no'}, {'shown' if proof else 'not shown'}"] += 1
    assert answers["yes, not shown"] > 30, answers
    assert answers["no, not shown"] < 0.1 * answers["no, shown"], answers
    assert answers["by cases"] > 10, answers


def counted(seed: int) -> tuple[Problem, bool]:
    """About as many units as the lines need; and whether they are enough."""
    rng = Random(seed)
    lines, needed = [], 0
    for number in range(rng.randint(2, 4)):
        minimum, weight = rng.randint(2, 7), rng.choice((2, 3))
        needed += -(-minimum // weight)
        weights = {"bn": weight, "hq": weight}
        lines.append(line(minimum) | {"line": f"l{number}", "any_of": weights})
    units = max(2, needed + rng.randint(-1, 1))
    first = rng.randint(1, units - 1)
    held = {("A", "bn"): first, ("B", "hq"): units - first}
    return problem([{"task": "t", "lines": lines}], held), units >= needed


def undecided(units: int = 5) -> Problem:
    """Three lines that take two units each, and could do with one and a half."""
    lines = [line(3) | {"line": name, "any_of": {"bn": 2, "hq": 2}} for name in ("l1", "l2", "l3")]
    return problem([{"task": "t", "lines": lines}], {("A", "bn"): units - 2, ("B", "hq"): 2})


def test_what_holds_in_fractions_alone_takes_cases() -> None:
    asked = undecided()
    proof = proof_by_steps(asked, asked.world(), "t", asked.nations, Deadline(60))
    assert proof is not None
    end = proof.steps[-1]
    assert len(end.cases) == 2
    assert type(proof).model_validate_json(proof.model_dump_json()) == proof
    assert told(asked, asked.world(), "t", asked.nations, proof.steps) == ()
    richer = undecided(6)
    assert proof_by_steps(richer, richer.world(), "t", richer.nations, Deadline(60)) is None


def test_no_more_cases_are_told_apart_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = undecided()
    monkeypatch.setattr(under_test, "MOST_CASES", 1)
    assert proof_by_steps(asked, asked.world(), "t", asked.nations, Deadline(60)) is None


def test_a_case_that_is_left_out_or_open_is_refused() -> None:
    """One case less, a case told apart elsewhere, a case without its end."""
    asked = undecided()
    rows = Rows(asked, asked.world(), "t", asked.nations)
    proof = proof_by_steps(asked, asked.world(), "t", asked.nations, Deadline(60))
    assert proof is not None
    *before, end = proof.steps
    assert end.at is not None
    low, high = end.cases
    elsewhere = end.at.model_copy(update={"line": "third"})
    for change in (
        {"cases": (low,)},
        {"cases": (low, high, high)},
        {"cases": (low, low[:-1])},
        {"cases": ((), high)},
        {"at": None},
        {"at": elsewhere},
        {"units": end.units + 7},
        {"units": end.units - 7},
    ):
        wrong = end.model_copy(update=change)
        assert [*steps_faults(rows, (*before, wrong))], change


def test_cases_within_cases_come_to_an_end() -> None:
    """A certificate from outside may be as deep as it likes."""
    asked = undecided()
    rows = Rows(asked, asked.world(), "t", asked.nations)
    proof = proof_by_steps(asked, asked.world(), "t", asked.nations, Deadline(60))
    assert proof is not None
    step = proof.steps[-1]
    for _ in range(MOST_NESTED + 5):
        step = step.model_copy(update={"cases": ((step,), step.cases[1])})
    assert [*steps_faults(rows, (step,))]


def test_spoiled_steps_are_refused_or_show_what_is_so() -> None:
    """Steps left out, put elsewhere or with other numbers, and steps of poorer worlds put to
    richer ones: what is taken all the same is of a task that brute force cannot staff."""
    rng = Random(5)
    refused = taken = 0
    for seed in range(40):
        cases = [*questions(seed)]
        for asked, ready in cases:
            proof = None if ready else proof_by_steps(*asked, asked[0].nations, Deadline(60))
            if proof is None:
                continue
            for other, yes in [*((o, y) for o, y in cases if o[2] == asked[2])][:8]:
                steps = spoiled(rng, proof.steps)
                if any(steps_faults(rows_of(other), steps)):
                    refused += 1
                else:
                    assert not yes, f"seed {seed}: {asked[2]} can be staffed"
                    taken += 1
    assert refused > 300, (refused, taken)
    assert taken > 50, (refused, taken)


def spoiled(rng: Random, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """One of the steps left out, moved, or with another number."""
    number = rng.randrange(len(steps))
    step = steps[number]
    match rng.randrange(4):
        case 0:
            return (*steps[:number], *steps[number + 1 :])
        case 1:
            changed = step.model_copy(update={"units": max(0, step.units + rng.choice((-1, 1)))})
        case 2:
            changed = step.model_copy(update={"period": step.period + 1})
        case _:
            return steps
    return (*steps[:number], changed, *steps[number + 1 :])
