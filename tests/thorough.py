"""How many of many cases are run: by default every third, all of them where somebody asks.

Comparisons with brute force over hundreds of workspaces take most of the suite's time. Those that
are left out of a run stand for nothing that the others do not look at too.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

THOROUGH = os.environ.get("ALLOCATOR_THOROUGH") == "1"
"""All cases are run: `make thorough`."""

EVERY = 3


def some(cases: Sequence[T]) -> Sequence[T]:
    """Return every third case; all where the run is thorough."""
    return cases if THOROUGH else cases[::EVERY]


def least(number: int) -> int:
    """Return how many of something are met at the least, of which a thorough run meets so many.

    number: of those.
    """
    return number if THOROUGH else number // EVERY
