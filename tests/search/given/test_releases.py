"""No fewer releases would do than those that a review works out, pool by pool."""

from __future__ import annotations

from random import Random

import pytest

from allocator.analysis.reviewing import review
from allocator.checker import violations
from allocator.deadline import Deadline
from allocator.inputs.given import GivenPlan, GivenRow
from allocator.inputs.problem import Problem
from tests.brute.given import every_release, passing_releases
from tests.handmade import line, problem


def _pool(rng: Random) -> Problem:
    """One pool with commitments of both kinds, each released always, under a condition or never."""
    task = {"task": "t", "lines": [line(0)]}
    commitments = [
        {
            "nation": "FRA",
            "capability": "bn",
            "quantity": rng.randint(1, 2),
            "rotating": rng.choice(("yes", "no")),
            "release_requires": rng.choice(("always", "always", "truce", "never")),
            "release_risk": rng.choice((0, 1, 3)),
            "periods": rng.choice(("", "1-2", "2", "3")),
        }
        for _ in range(rng.choice((1, 2, 2)))
    ]
    return problem(
        [task],
        {("FRA", "bn"): rng.randint(2, 6)},
        capabilities={"bn": {"rotation": rng.choice((1, 2, 3))}},
        preconditions={"truce": {"status": rng.choice(("met", "open"))}},
        commitments=commitments,
        horizon=3,
    )


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_no_fewer_releases_do(first: int) -> None:
    needed = beyond = 0
    for seed in range(first, first + 100):
        rng = Random(f"pool {seed}")
        asked = _pool(rng)
        world = asked.world()
        rows = [GivenRow("FRA", "t", "l", "bn", (p,), rng.randint(0, 2)) for p in asked.periods]
        given = GivenPlan(tuple(rows))
        passing = passing_releases(asked, world, given)
        found = review(asked, world, given, Deadline(60))
        assert found.valid == bool(passing)
        assert found.allocation.released in list(every_release(asked, world))
        if not passing:
            beyond += 1
            continue
        assert not violations(asked, world, found.allocation), seed
        fewest = min(sum(released.values()) for released in passing)
        assert sum(found.allocation.released.values()) == fewest, seed
        needed += fewest > 0
    assert needed > 5
    assert beyond > 5
