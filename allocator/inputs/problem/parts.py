"""What a problem is made of: frozen, in whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from allocator.inputs.conditions import Always, Condition
from allocator.inputs.rests import left


@dataclass(frozen=True, slots=True)
class Capability:
    """`personnel` people per unit; a unit serves one period in `rotation`. `units`: what several
    are called, where the tables say so."""

    id: str
    name: str
    domain: str
    unit: str
    personnel: int
    rotation: int
    units: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """The periods in which a commitment takes what is left, and what stands `beside` it: the other
    standing commitments of its pool as they are stated, by period."""

    periods: tuple[int, ...]
    beside: tuple[int, ...]

    def of(self, held: tuple[int, ...] | None) -> tuple[int, ...]:
        """What is left of so many units available by period; None for none at all."""
        return left(self.periods, held, self.beside)


@dataclass(frozen=True, slots=True)
class Commitment:
    """`quantity[p - 1]` units in period p; `release_risk` per unit and period. `rest`: where the
    quantity is what is left, of what."""

    id: str
    nation: str
    capability: str
    quantity: tuple[int, ...]
    rotating: bool
    release_requires: Condition
    release_risk: int
    to: str = field(default="", compare=False)
    purpose: str = field(default="", compare=False)
    place: str = field(default="", compare=False)
    basis: str = field(default="", compare=False)
    rest: Rest | None = None

    @property
    def pool(self) -> tuple[str, str]:
        """Whose units they are, and of what kind."""
        return self.nation, self.capability


@dataclass(frozen=True, slots=True)
class Caveat:
    """A nation's limit. `capabilities` is already resolved from domain and capability, `tasks`
    from task, axis and area, reserves among them. `max_personnel` None: nothing at all.
    `reserves`: tasks that are in its scope for those alone that they reinforce, with these."""

    id: str
    nation: str
    tasks: frozenset[str]
    capabilities: frozenset[str]
    periods: frozenset[int]
    requires: Condition
    max_personnel: int | None
    note: str = field(default="", compare=False)
    basis: str = field(default="", compare=False)
    source: str = field(default="", compare=False)
    place: str = field(default="", compare=False)
    reserves: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Offer:
    """Units that a nation would keep in place in each of `periods`. `tasks` are those of the model
    that it is for, whatever their lines take; its relief is the nation's affair."""

    id: str
    nation: str
    capability: str
    quantity: int
    tasks: frozenset[str]
    periods: frozenset[int]
    status: str
    requires: Condition
    valid_until: date | None = field(default=None, compare=False)
    place: str = field(default="", compare=False)
    basis: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Precondition:
    """`after`: what its holder waits for; `lead_months`: from then until it is met."""

    id: str
    name: str
    kind: str
    status: str
    holder: str
    implies: tuple[str, ...]
    effort: int
    likelihood: float | None
    place: str = field(default="", compare=False)
    after: Condition = field(default_factory=Always)
    lead_months: int = 0

    @property
    def holders(self) -> tuple[str, ...]:
        """The names in its `holder` cell, commas or semicolons between."""
        names = self.holder.replace(";", ",").split(",")
        return tuple(name.strip() for name in names if name.strip())


@dataclass(frozen=True)
class World:
    """Which preconditions hold, and from which period; closed under implication. `stated`: those
    that hold by their own status or by a row, not because others imply them; None where that was
    not kept."""

    name: str
    starts: Mapping[str, int]
    stated: Mapping[str, int] | None = field(default=None, compare=False)

    def holding(self, period: int) -> frozenset[str]:
        if period not in self._held:
            held = (name for name, start in self.starts.items() if start <= period)
            self._held[period] = frozenset(held)
        return self._held[period]

    @cached_property
    def _held(self) -> dict[int, frozenset[str]]:
        """What holds in the periods that were asked about."""
        return {}
