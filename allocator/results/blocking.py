"""What is said of a blocked task beside its families: the cheapest way, other worlds, sums."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from allocator.results.result import Verdict, by_size

Switch = tuple[str, str]
"""kind (`precondition`, `nation`, `caveat`, `commitment`, `line`, `rule`) and name"""


@dataclass(frozen=True)
class CheapestWay:
    """`effort` of the cheapest way known (None: none is); no way takes less than `bound`."""

    preconditions: tuple[str, ...]
    effort: int | None
    bound: int

    @property
    def proved(self) -> bool:
        return self.effort == self.bound

    def beside(self, earlier: CheapestWay | None) -> CheapestWay:
        """The better of both ways, with the tighter of both bounds."""
        if earlier is None:
            return self
        known = [way for way in (earlier, self) if way.effort is not None]
        best = min(known, key=lambda way: way.effort or 0, default=self)
        return CheapestWay(best.preconditions, best.effort, max(earlier.bound, self.bound))


Sets = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class VerdictMap:
    """What is certain of a task in the worlds on top of a ground; every set by itself.

    ready: sets of open preconditions that, brought about, make it ready; the empty set where it is
    ready as it is. complete: these are all the minimal ones, so that without any of them it is not
    ready. not_ready: of an incomplete family, sets such that, while none of one is brought about,
    the task is not ready, whatever else is. By size.
    """

    complete: bool = False
    ready: Sets = ()
    not_ready: Sets = ()

    def verdict(self, met: Collection[str]) -> Verdict:
        """The verdict where just these are brought about; unknown where it is not certain."""
        if any(set(members) <= set(met) for members in self.ready):
            return "ready"
        if self.complete:
            return "blocked" if self.ready else "short"
        no = any(not set(members) & set(met) for members in self.not_ready)
        return "blocked" if no and self.ready else "unknown"

    def beside(self, other: VerdictMap) -> VerdictMap:
        """What both know."""
        if self.complete or other.complete:
            return self if self.complete else other
        ready, not_ready = {*self.ready, *other.ready}, {*self.not_ready, *other.not_ready}
        return VerdictMap(False, by_size(ready), by_size(not_ready))


@dataclass(frozen=True)
class Relaxed:
    """What lifting does for one task.

    sets: minimal sets of switches, each a kind and a name; by size. complete: these are all.
    hopeless: proved, lifting all of it would not do.
    """

    kinds: tuple[str, ...]
    sets: tuple[tuple[Switch, ...], ...]
    complete: bool
    hopeless: bool


@dataclass(frozen=True, slots=True)
class SumProof:
    """`need` weighted units over `periods`; `parts` are all that nations could bring."""

    lines: tuple[str, ...]
    periods: tuple[int, ...]
    need: int
    supply: int
    parts: tuple[tuple[str, str, int], ...]
    """nation, capability, weighted units"""


@dataclass(frozen=True)
class Influence:
    """One precondition's weight in a task's verdict.

    banzhaf: the share of the other preconditions' worlds in which it decides (Banzhaf 1965).
    shapley: its Shapley-Shubik index (1954), None where worlds were sampled.
    necessary: in every way; never_needed: in no way; each None where that is not known.
    substitutes: those that may take its place in every way that has it and not them, and it theirs.
    """

    precondition: str
    banzhaf: float
    shapley: float | None
    necessary: bool | None
    never_needed: bool | None
    substitutes: tuple[str, ...] = ()


@dataclass(frozen=True)
class WorldMap:
    """How a task stands over all worlds of its open preconditions.

    ready: the share of worlds in which it is ready; margin: how far the ends of its 95 % interval
    are from it at the most, 0 where it is exact. likelihood: the probability that it is ready with
    the preconditions' likelihoods taken as independent, None where one has none;
    `likelihood_margin` as margin.
    banzhaf_margin: the same of the widest of the Banzhaf indices.
    """

    worlds: int
    ready: float
    margin: float
    likelihood: float | None
    influence: tuple[Influence, ...]
    likelihood_margin: float = 0.0
    banzhaf_margin: float = 0.0

    @property
    def exact(self) -> bool:
        return self.margin == 0
