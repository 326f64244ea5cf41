"""Rows of like questions are stated once, and are what they would be anew."""

from __future__ import annotations

from random import Random

import pytest

from allocator.checker import rows as under_test
from allocator.checker.rows import Rows, StatedRows
from allocator.inputs.problem import Problem, World
from tests.generator import question
from tests.handmade import problem as made


def worlds_of(problem: Problem, world: World) -> list[World]:
    """The world, with each open precondition met, and with all."""
    names = sorted(problem.open_preconditions(world))
    return [problem.meeting(world, met) for met in ([], *([name] for name in names), names)]


@pytest.mark.parametrize("kept", [1, 8])
def test_rows_and_bounds_are_what_they_would_be_anew(
    monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr(under_test, "MOST_KEPT", kept)
    rng = Random(5)
    shared = apart = 0
    for seed in range(60):
        asked = question(seed, composed=seed % 2 == 1)
        nations = asked.problem.nations
        for task in asked.problem.tasks:
            stated = StatedRows(asked.problem, task.id)
            forces = set()
            for world in worlds_of(asked.problem, asked.world) * 2:
                who = rng.choice([nations, nations[:-1]])
                found = Rows(asked.problem, world, task.id, who, stated)
                anew = Rows(asked.problem, world, task.id, who)
                assert found.rows == anew.rows
                assert [*found.rows] == [*anew.rows]
                assert found.bounds == anew.bounds
                here = stated.forces(world, who)
                shared += here in forces
                apart += here not in forces
                forces.add(here)
    assert apart > 100
    assert shared > (200 if kept > 1 else 50)


def test_forces_of_very_many_terms_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred tasks of NATO size would keep hundreds of megabytes."""
    lines = [{"line": "any", "any_of": {"bn": 1}, "minimum": 1}]
    asked = made([{"task": "t", "lines": lines}], {("N1", "bn"): 2})
    stated, world = StatedRows(asked, "t"), asked.world()
    assert stated.forces(world, asked.nations) is stated.forces(world, asked.nations)
    monkeypatch.setattr(under_test, "MOST_TERMS", 1)
    stated = StatedRows(asked, "t")
    assert stated.forces(world, asked.nations) is not stated.forces(world, asked.nations)


def test_units_come_in_the_order_of_their_names() -> None:
    """In that of a set, proofs differed from one run to the next."""
    names = ("bn", "cd", "ef", "gh", "ij", "kl")
    taken = {"line": "any", "any_of": dict.fromkeys(names, 1), "minimum": 1}
    asked = made([{"task": "t", "lines": [taken]}], {("N1", name): 2 for name in names})
    found = Rows(asked, asked.world(), "t", asked.nations).bounds
    assert [v.capability for v in found if v.kind == "units"] == sorted(names)
