"""What is said of the coalitions that can staff a task: who matters, what doing without costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from allocator.results.certificate import Witness
from allocator.results.result import Level
from allocator.results.threshold_game import ThresholdGame

Basis = Literal["listed", "counted", "sampled"]


@dataclass(frozen=True)
class Weight:
    """One nation's weight in a task.

    banzhaf: the share of the others' coalitions that win with it and not without it (Banzhaf
    1965). banzhaf_share: the same as a share of all nations' sum. shapley: its Shapley-Shubik
    index (1954), None where coalitions were sampled. veto: in every package; never_needed: in
    none; both None where that is not known. substitutes: nations that may take its place in
    every package that has it and not them, and it theirs; of those that are known to.
    """

    nation: str
    banzhaf: float
    banzhaf_share: float
    shapley: float | None
    veto: bool | None
    never_needed: bool | None
    substitutes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Power:
    """Over all coalitions of `nations` nations.

    basis: "listed" from all packages, "counted" by weights or in a diagram, "sampled". winning:
    how many coalitions can staff the task, packages: how many of them have nobody to spare; None
    where that is not known exactly. share: winning coalitions among all; margin: how far the ends
    of its 95 % interval are from it at the most, and of the widest of the Banzhaf indices
    `banzhaf_margin`; 0 where exact. rule: the weights by which coalitions were counted, if any.
    """

    basis: Basis
    nations: int
    winning: int | None
    packages: int | None
    share: float
    margin: float
    banzhaf_margin: float
    weights: tuple[Weight, ...]
    rule: ThresholdGame | None = None

    @property
    def exact(self) -> bool:
        return self.basis != "sampled"


@dataclass(frozen=True)
class Without:
    """The task alone without one nation: whether it can be staffed still, and the levels of its
    best plan; none where it cannot, or where none was found in time. plan: the one that has these
    levels, None where it is that of everybody."""

    nation: str
    possible: Literal["yes", "no", "unknown"]
    levels: tuple[Level, ...] = ()
    plan: Witness | None = None


@dataclass(frozen=True)
class Replacement:
    """The task's best plan with everybody, its levels, and those without each nation by itself."""

    levels: tuple[Level, ...]
    nations: tuple[Without, ...]
    plan: Witness | None = None


@dataclass(frozen=True)
class Survive:
    """Which sets stand if any k of their members are lost: the minimal ones, and whether they are
    all; where there is none, the blocking sets of at most k members that are the reasons.

    cheapest: the set with the best plan of those that were priced, that plan's levels, and those
    of the best plan of all; proved where no surviving set has a better one.
    """

    k: int
    complete: bool
    sets: tuple[tuple[str, ...], ...]
    reasons: tuple[tuple[str, ...], ...]
    cheapest: Cheapest | None = None


@dataclass(frozen=True)
class Cheapest:
    """Of the sets that survive, the one whose best plan is the best by the objectives."""

    members: tuple[str, ...]
    levels: tuple[Level, ...]
    best_of_all: tuple[Level, ...]
    proved: bool


@dataclass(frozen=True)
class Partners:
    """Who of a package's nations can join when: groups one after another, each once its caveats
    hold with those before; and, of those who cannot join so, the smallest groups that could
    announce together."""

    nations: tuple[str, ...]
    in_turn: tuple[tuple[str, ...], ...]
    circles: tuple[tuple[str, ...], ...]
