"""Splits show noes of lines that take several capabilities, and never one where the answer is
yes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from random import Random

import pytest

from allocator.checker import sharing
from allocator.checker.proofs import proof_faults
from allocator.checker.sharing import Coming, can_be_shared
from allocator.deadline import Deadline
from allocator.inputs.problem import Line, Problem
from allocator.results.certificate import Proof
from allocator.search.feasibility.shared_out import Shown, proof_by_splits
from tests import oracle
from tests.generator import question
from tests.handmade import line, problem

KINDS = ("bn", "hq", "eng")


def lines_and_units(seed: int) -> tuple[tuple[Line, ...], dict[str, int]]:
    """Lines that take some of three capabilities, at weights, and units about as many as they
    need."""
    rng = Random(seed)
    rows = []
    for number in range(rng.randint(1, 3)):
        kinds = rng.sample(KINDS, rng.randint(1, 3))
        weights = {kind: rng.choice((1, 1, 2, 3)) for kind in kinds}
        rows.append(line(rng.randint(0, 6)) | {"line": f"l{number}", "any_of": weights})
    task = problem([{"task": "t", "lines": rows}], {("A", k): 1 for k in KINDS}).task("t")
    return task.lines, {kind: rng.randint(0, 4) for kind in KINDS}


def shared_by_trying(lines: Sequence[Line], units: Mapping[str, int]) -> bool:
    """Whether some way of giving every unit to one of the lines fills them all."""
    ways = [_parts(number, len(lines)) for number in units.values()]
    return any(
        all(
            sum(one.weights.get(k, 0) * part[place] for k, part in zip(units, way, strict=True))
            >= one.minimum
            for place, one in enumerate(lines)
        )
        for way in product(*ways)
    )


def _parts(units: int, places: int) -> list[tuple[int, ...]]:
    return [way for way in product(range(units + 1), repeat=places) if sum(way) == units]


def test_it_is_as_by_trying_every_way() -> None:
    answers: Counter[tuple[bool, bool]] = Counter()
    for seed in range(800):
        lines, units = lines_and_units(seed)
        shared = can_be_shared(lines, units)
        assert shared == shared_by_trying(lines, units), f"seed {seed}"
        answers[bool(shared), sharing._counted_too_few(lines, units)] += 1
    assert answers[True, True] == 0
    assert min(answers[True, False], answers[False, True], answers[False, False]) > 10, answers


def test_too_many_ways_show_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "MOST_WAYS", 0)
    for seed in range(60):
        lines, units = lines_and_units(seed)
        if not sharing._counted_too_few(lines, units) and any(one.minimum for one in lines):
            assert can_be_shared(lines, units) is None


def test_no_yes_is_refuted_by_splits() -> None:
    """Brute force over all plans of tiny workspaces, partners, offers and all."""
    answers: Counter[tuple[bool, bool]] = Counter()
    for seed in range(60):
        asked = question(seed, composed=seed % 2 == 1)
        for task, table in oracle.ready_tables(asked.problem, asked.world):
            coming = Coming(asked.problem, task.id)
            for met, ready in table.items():
                world = asked.problem.meeting(asked.world, met)
                everybody = asked.problem.nations
                proof = proof_by_splits(task, coming, world, everybody, Deadline(60).check)
                assert not (ready and proof), f"seed {seed}: {task.id} with {sorted(met)}"
                answers[ready, proof is not None] += 1
                if proof is not None:
                    faults = proof_faults(asked.problem, world, task.id, everybody, proof)
                    assert [*faults] == []
    assert answers[True, False] > 100, answers
    assert answers[False, True] > 50, answers


def test_what_showed_one_no_shows_others_as_it_would_anew() -> None:
    """With what was found for other worlds at hand, and without: the same proofs."""
    taken = 0
    for seed in range(60):
        asked = question(seed, composed=seed % 2 == 1)
        for task, table in oracle.ready_tables(asked.problem, asked.world):
            coming, known = Coming(asked.problem, task.id), Shown()
            for met in table:
                world = asked.problem.meeting(asked.world, met)
                question_of = task, coming, world, asked.problem.nations, Deadline(60).check
                before = len(known)
                proof = proof_by_splits(*question_of, known)
                assert proof == proof_by_splits(*question_of), (seed, task.id, sorted(met))
                taken += proof is not None and len(known) == before
    assert taken > 30, taken


def partners() -> Problem:
    """Two lines on two capabilities; N2 comes only beside N3, which comes only once there is
    talk."""
    lines = [
        line(3) | {"line": "first", "any_of": {"bn": 1, "hq": 2}},
        line(2) | {"line": "second", "any_of": {"bn": 2, "hq": 1}},
    ]
    return problem(
        [{"task": "t", "lines": lines}],
        {("N1", "bn"): 1, ("N1", "hq"): 1, ("N2", "hq"): 1, ("N2", "bn"): 1, ("N3", "hq"): 0},
        preconditions=("talks",),
        caveats=[
            {"nation": "N2", "requires": "joins(N3)"},
            {"nation": "N3", "requires": "talks"},
        ],
    )


def proof_of(asked: Problem) -> Proof:
    task, world = asked.task("t"), asked.world("today")
    found = proof_by_splits(task, Coming(asked, "t"), world, asked.nations, Deadline(60).check)
    assert found is not None
    return found


def test_whoever_lacks_a_partner_does_not_come() -> None:
    asked = partners()
    proof = proof_of(asked)
    assert {one.capability: one.units for one in proof.coming} == {"bn": 1, "hq": 1}
    assert [*proof_faults(asked, asked.world("today"), "t", asked.nations, proof)] == []


def changes(proof: Proof) -> Iterator[dict[str, object]]:
    for number, one in enumerate(proof.coming):
        for units in (0, one.units - 1, one.units + 1):
            if units != one.units:
                other = one.model_copy(update={"units": units})
                coming = (*proof.coming[:number], other, *proof.coming[number + 1 :])
                yield {"coming": coming}
        yield {"coming": (*proof.coming[:number], *proof.coming[number + 1 :])}
    yield {"lines": ("nowhere",)}
    yield {"lines": (*proof.lines, proof.lines[0])}
    yield {"lines": ()}
    yield {"periods": ()}
    yield {"periods": (99,)}
    yield {"periods": (1, 2)}


def test_what_is_changed_is_refused() -> None:
    asked = partners()
    proof = proof_of(asked)
    for change in changes(proof):
        wrong = proof.model_copy(update=change)
        assert [*proof_faults(asked, asked.world("today"), "t", asked.nations, wrong)], change


def test_it_shows_nothing_where_there_is_enough() -> None:
    asked = partners()
    richer = problem(
        [{"task": "t", "lines": [line(1, "bn", "hq")]}], {("N1", "bn"): 1, ("N1", "hq"): 1}
    )
    proof = proof_of(asked).model_copy(update={"lines": ("l",)})
    said = [*proof_faults(richer, richer.world("today"), "t", richer.nations, proof)]
    assert said == ["the splits are enough for the lines"]
