"""Sums of rows show noes that no single row does: substitutes shared out between lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import pytest

from allocator.checker.constraints import Place, Variable
from allocator.checker.rows import Rows
from allocator.checker.steps import steps_faults
from allocator.deadline import Deadline
from allocator.engines import relaxation
from allocator.inputs.problem import Problem
from allocator.report.sentences.steps import told
from allocator.results.certificate import Addend, Step
from allocator.search.feasibility.steps import proof_by_steps
from tests.handmade import line, problem

KINDS = ("bn", "hq")
Proved = list[tuple[Problem, tuple[Step, ...]]]


def shared(seed: int) -> tuple[Problem, bool]:
    """A task whose lines take two kinds of units, in shares; and whether these can be shared out,
    found by trying every way."""
    rng = Random(seed)
    units = {kind: rng.randint(5, 9) for kind in KINDS}
    needed = sum(units.values()) + rng.choice((-1, 0, 1, 1, 2, 3))
    lines = []
    for number in range(3):
        weights = {k: rng.choice((1, 1, 1, 1, 2)) for k in KINDS}
        lines.append(line((needed + number) // 3) | {"line": f"l{number}", "any_of": weights})
    if rng.random() < 0.2:
        del lines[0]["any_of"][rng.choice(KINDS)]
    held = {(f"N{rng.randint(1, 2)}", kind): number for kind, number in units.items()}
    ways = product(*(list(_parts(units[kind], len(lines))) for kind in KINDS))
    ready = any(
        all(
            sum(one["any_of"].get(k, 0) * way[n][place] for n, k in enumerate(KINDS))
            >= one["minimum"]
            for place, one in enumerate(lines)
        )
        for way in ways
    )
    return problem([{"task": "t", "lines": lines}], held), ready


def _parts(units: int, places: int) -> Iterator[tuple[int, ...]]:
    """Every way to share the units out."""
    if places == 1:
        yield (units,)
        return
    for first in range(units + 1):
        for rest in _parts(units - first, places - 1):
            yield (first, *rest)


@pytest.fixture(scope="module")
def proofs() -> Proved:
    """What is shown of the questions of all seeds by a sum of rows at the end."""
    found = []
    answers: Counter[tuple[bool, bool]] = Counter()
    for seed in range(400):
        asked, ready = shared(seed)
        proof = proof_by_steps(asked, asked.world(), "t", asked.nations, Deadline(60))
        answers[ready, proof is not None] += 1
        assert not (ready and proof), f"seed {seed} can be staffed, and is refuted"
        if proof is not None and proof.steps[-1].added:
            rows = Rows(asked, asked.world(), "t", asked.nations)
            assert [*steps_faults(rows, proof.steps)] == []
            found.append((asked, proof.steps))
    assert answers[True, False] > 100, answers
    assert answers[False, True] > 0.9 * (answers[False, True] + answers[False, False]), answers
    return found


def test_many_noes_need_a_sum(proofs: Proved) -> None:
    assert len(proofs) > 50


def test_it_is_told_by_its_lines() -> None:
    lines = [line(7, *KINDS) | {"line": name} for name in ("first", "second", "third")]
    asked = problem([{"task": "t", "lines": lines}], {("A", "bn"): 12, ("B", "hq"): 8})
    proof = proof_by_steps(asked, asked.world(), "t", asked.nations, Deadline(60))
    assert proof is not None
    assert told(asked, asked.world(), "t", asked.nations, proof.steps) == (
        "first of t, second of t and third of t cannot all be filled in period 1 "
        "(added up: R1 and R3)",
    )
    assert '"added":[{' in proof.model_dump_json()
    assert type(proof).model_validate_json(proof.model_dump_json()) == proof


@pytest.mark.parametrize("prices", [None, [], [float("nan")] * 99, [0.0] * 99, [1.0] * 99])
def test_what_the_engine_says_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, prices: list[float] | None
) -> None:
    """Wrong prices show nothing, whatever they are."""
    asked, _ = next((a, r) for a, r in map(shared, range(99)) if r)

    def lying(columns: Any, costs: object, deadline: object) -> Any:
        rows = len(columns.least)
        return prices if prices is None else ([0.5] * len(columns.low), prices[:rows])

    monkeypatch.setattr("allocator.search.feasibility.rows_together.optimum", lying)
    assert proof_by_steps(asked, asked.world(), "t", asked.nations, Deadline(60)) is None


def test_an_engine_that_fails_shows_nothing_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*asked: object) -> None:
        raise RuntimeError("kError")

    asked, _ = next((a, r) for a, r in map(shared, range(99)) if r)
    monkeypatch.setattr(relaxation, "_solved", failing)
    deadline = Deadline(60)
    assert proof_by_steps(asked, asked.world(), "t", asked.nations, deadline) is None
    assert any("kError" in fault for fault in deadline.faults)


def test_a_sum_of_rows_that_could_hold_is_refused(
    proofs: Proved,
) -> None:
    """One row less, a row of another place, one row more often than it helps: each is refused, or
    the sum, worked out here once more, cannot hold all the same."""
    rng = Random(7)
    refused = stands = 0
    for asked, steps in proofs:
        rows = Rows(asked, asked.world(), "t", asked.nations)
        bounds = _left(rows, steps[:-1])
        for number, addend in enumerate(steps[-1].added):
            others = (*steps[-1].added[:number], *steps[-1].added[number + 1 :])
            place = rng.choice([*rows.rows])
            elsewhere = Addend.model_validate({**place._asdict(), "times": addend.times})
            oftener = addend.model_copy(update={"times": addend.times * rng.randint(2, 50)})
            both = (*others, elsewhere, oftener)
            for added in (others, (*others, elsewhere), (*others, oftener), both):
                end = steps[-1].model_copy(update={"added": added})
                if any(steps_faults(rows, (*steps[:-1], end))):
                    refused += 1
                else:
                    assert _most_over_least(rows, added, bounds) < 0
                    stands += 1
        gone = addend.model_copy(update={"period": addend.period + 50})
        end = steps[-1].model_copy(update={"added": (*others, gone)})
        assert any(steps_faults(rows, (*steps[:-1], end))), "a row that is not there"
    assert refused > 1000, (refused, stands)


def _left(rows: Rows, steps: tuple[Step, ...]) -> dict[Variable, tuple[int, int]]:
    """The bounds after sound steps."""
    bounds = dict(rows.bounds)
    for step in steps:
        assert step.at is not None
        variable = Variable(**step.at.model_dump())
        low, high = bounds[variable]
        raised = step.bound == "at least"
        bounds[variable] = (max(low, step.units), high) if raised else (low, min(high, step.units))
    return bounds


def _most_over_least(
    rows: Rows, added: tuple[Addend, ...], bounds: dict[Variable, tuple[int, int]]
) -> int:
    """How far the sum of the rows could come beyond what it needs: below 0, it cannot hold."""
    factors: Counter[Variable] = Counter()
    need = 0
    for addend in added:
        place = Place(**addend.model_dump(exclude={"times"}))
        need += addend.times * rows.rows[place].least
        for variable, coefficient in rows.rows[place].terms:
            factors[variable] += addend.times * coefficient
    return sum(max(f * bounds[v][0], f * bounds[v][1]) for v, f in factors.items()) - need
