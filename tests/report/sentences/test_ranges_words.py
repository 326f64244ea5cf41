"""What is said of draws, where some of them were not decided."""

from __future__ import annotations

import pytest

from allocator.report.sentences import ranges as say
from allocator.results.ranges import Chance


@pytest.mark.parametrize(
    ("ready", "undecided", "told"),
    [
        (940, 0, "Ready in 94.0 % of 1,000 draws ("),
        (0, 1000, "Ready in 0.0 % to 100.0 % of 1,000 draws ("),
        (5, 152, "Ready in 0.5 % to 15.7 % of 1,000 draws ("),
    ],
)
def test_draws_that_were_not_decided_are_not_told_as_failing(
    ready: int, undecided: int, told: str
) -> None:
    found = Chance(1000, ready, undecided, 0.0, 1.0)
    assert say.chance(found).startswith(told)
    assert ("not decided" in say.chance(found)) is bool(undecided)
    assert say.share(found.between) in told
