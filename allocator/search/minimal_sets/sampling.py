"""Shares of drawn answers with their 95 % intervals: the one place where a sample becomes a claim.

An answer that did not come may have been yes or no, so that an interval holds both.

Wilson, E. B. (1927): Probable inference, the law of succession, and statistical inference. Journal
of the American Statistical Association 22, 209-212. doi:10.1080/01621459.1927.10502953
Newcombe, R. G. (1998): Interval estimation for the difference between independent proportions.
Statistics in Medicine 17, 873-890.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from random import Random

from allocator.search.minimal_sets.families import Mask

Z95 = 1.96
"""Half the width of a 95 % interval in standard errors."""


@dataclass(frozen=True)
class Estimate:
    """A figure from a sample. margin: neither end of its 95 % interval is farther from it, so
    that it is above 0 whatever the sample shows."""

    value: float
    margin: float


@dataclass(frozen=True)
class Tally:
    """Answers of independent draws; `open`: those that did not come."""

    yes: int
    no: int
    open: int = 0

    @property
    def drawn(self) -> int:
        return self.yes + self.no + self.open

    @property
    def least(self) -> float:
        """The share of yes where all that is open is no."""
        return self.yes / self.drawn if self.drawn else 0.0

    @property
    def most(self) -> float:
        """The share of yes where all that is open is yes."""
        return (self.yes + self.open) / self.drawn if self.drawn else 1.0

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return _wilson(self.least, self.drawn)[0]

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return _wilson(self.most, self.drawn)[1]

    @property
    def _decided(self) -> float:
        decided = self.yes + self.no
        return self.yes / decided if decided else 0.5

    def share(self) -> Estimate:
        """Return the share of yes among the answers."""
        return _within(self._decided, self.low, self.high)

    def more_than(self, other: Tally) -> Estimate:
        """Return how much larger the share is than the other's, of draws independent of these and
        known to be no smaller (Newcombe 1998, method 10)."""
        least, most = self.least - other.most, self.most - other.least
        low = least - hypot(self.least - self.low, other.high - other.most)
        high = most + hypot(self.high - self.most, other.least - other.low)
        value = max(0.0, self._decided - other._decided)
        return _within(value, max(0.0, low), min(1.0, high))


def widest(estimates: Iterable[Estimate]) -> float:
    """Return the largest margin; 0 where there is no estimate."""
    return max((one.margin for one in estimates), default=0.0)


def draw(rng: Random, chances: Sequence[float]) -> Mask:
    """Draw a set that holds each element with its chance, independent of the others."""
    return sum(1 << place for place, chance in enumerate(chances) if rng.random() < chance)


def _within(value: float, low: float, high: float) -> Estimate:
    return Estimate(value, max(value - low, high - value))


def _wilson(share: float, drawn: int) -> tuple[float, float]:
    """The ends of the score interval; everything where nothing was drawn."""
    if not drawn:
        return 0.0, 1.0
    weight = Z95**2 / drawn
    centre = (share + weight / 2) / (1 + weight)
    half = Z95 * sqrt(share * (1 - share) / drawn + weight / 4 / drawn) / (1 + weight)
    return max(0.0, centre - half), min(1.0, centre + half)
