"""Between two sides: nothing taken is side a, everything is side b."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from allocator.analysis.comparison.counterfactual_inputs import CounterfactualInputs
from allocator.analysis.comparison.difference import differences
from allocator.analysis.comparison.side import Side
from allocator.analysis.comparison.stated import (
    Key,
    Somewhere,
    brought_about,
    changed,
    names_in,
    stated,
)
from allocator.inputs.problem import Problem, World
from tests.analysis.comparison.pairs import pair


def keys_of(a: Side, b: Side) -> list[Key]:
    """All differences, those too that cannot move a verdict."""
    assert a.inputs is not None
    assert b.inputs is not None
    horizon = max(a.inputs.problem.horizon, b.inputs.problem.horizon)
    both = names_in(a.inputs.problem) & names_in(b.inputs.problem)
    sides = ((a.inputs, a.world), (b.inputs, b.world))
    either = Somewhere.of(a.inputs.problem, b.inputs.problem)
    return changed(*(stated(inputs, world, horizon, both, either) for inputs, world in sides))


def heart(problem: Problem, world: World, known: set[str], units: set[str]) -> Any:
    """What a verdict can depend on, without what the other side alone knows."""
    return (
        problem.horizon,
        {c: replace(u, name="", unit="") for c, u in problem.capabilities.items() if c in units},
        {pair: held for pair, held in problem.availability.items() if any(held)},
        [replace(c, release_risk=0) for c in problem.commitments],
        [replace(c, capabilities=c.capabilities & units) for c in problem.caveats],
        [
            replace(t, title="", priority=1, lines=tuple(replace(li, target=0) for li in t.lines))
            for t in problem.tasks
        ],
        {
            name: (p.status, problem.implied_by(name))
            for name, p in problem.preconditions.items()
            if name in known
        },
        world.starts,
        problem.count,
        problem.uncovered,
        [offer for offer in problem.offers if offer.capability in units],
    )


@pytest.mark.parametrize("composed", [False, True])
@pytest.mark.parametrize("seed", [*range(120), *range(1000, 1040)])
def test_both_ends(seed: int, composed: bool) -> None:
    a, b = pair(seed, composed=composed, offered=seed >= 1000)
    mixture, keys = CounterfactualInputs(a, b), keys_of(a, b)
    for side, taken in ((a, ()), (b, keys)):
        assert side.inputs is not None
        own = side.inputs.problem
        known, units = {*own.preconditions}, {*own.capabilities}
        assert heart(*mixture.with_(taken), known, units) == heart(own, side.world, known, units)


@pytest.mark.parametrize("seed", range(0, 120, 4))
def test_a_side_does_not_differ_from_itself(seed: int) -> None:
    a, b = pair(seed)
    assert differences(a, a) == ()
    assert differences(b, b) == ()


@pytest.mark.parametrize("seed", range(0, 120, 4))
def test_what_is_brought_about_gives_the_world_again(seed: int) -> None:
    for side in pair(seed):
        assert side.inputs is not None
        problem = side.inputs.problem
        starts = brought_about(problem, side.world)
        assert problem.world("today", starts).starts == side.world.starts


def test_unknown_inputs_are_refused() -> None:
    a, b = pair(0)
    with pytest.raises(ValueError, match="must be known"):
        differences(a, replace(b, inputs=None))
    with pytest.raises(ValueError, match="must be known"):
        CounterfactualInputs(replace(a, inputs=None), b)
