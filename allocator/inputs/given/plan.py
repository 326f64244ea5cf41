"""A given plan: its rows with their places, and what they say of each cell. Data and look-ups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from allocator.inputs.given.row import Kind
from allocator.inputs.issues import Place

if TYPE_CHECKING:
    from allocator.inputs.given.releases import GivenReleases

Key: TypeAlias = tuple[str, str, str, str, int]
"""nation, task, line, capability, period"""

Pair: TypeAlias = tuple[str, str]
"""nation, task"""


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One row as it was written; `periods` as the model counts them."""

    nation: str
    task: str
    line: str
    capability: str
    periods: tuple[int, ...]
    quantity: int
    kind: Kind = "planned"
    note: str = ""
    place: Place = field(default_factory=lambda: Place(""), compare=False)

    @property
    def keys(self) -> tuple[Key, ...]:
        """The cells that it is about."""
        named = (self.nation, self.task, self.line, self.capability)
        return tuple((*named, period) for period in self.periods)


@dataclass(frozen=True, slots=True)
class GivenCell:
    """What the rows of one cell say together."""

    quantity: int
    kind: Kind

    @property
    def demands(self) -> bool:
        """Whether less than its quantity would break it."""
        return self.kind in ("exactly", "at_least")

    def allows(self, units: int) -> bool:
        """Whether so many units are what its kind asks for."""
        match self.kind:
            case "exactly":
                return units == self.quantity
            case "at_least":
                return units >= self.quantity
            case "at_most":
                return units <= self.quantity
        return True


@dataclass(frozen=True)
class GivenPlan:
    """A plan of one's own for one model. `file`: what it was read from, as it was named; `hashes`:
    the sha256 (hex) of that file; `idle`: tasks that it staffs without a row; `releases`: planned
    with it, None where they are worked out."""

    rows: tuple[GivenRow, ...]
    file: str = ""
    hashes: Mapping[str, str] = field(default_factory=dict)
    idle: frozenset[str] = frozenset()
    releases: GivenReleases | None = None

    @classmethod
    def of(cls, units: Mapping[Key, int], staffed: Iterable[str]) -> GivenPlan:
        """Units by cell as a plan that may change, and the tasks that it staffs."""
        rows = (GivenRow(*key[:4], (key[4],), number) for key, number in sorted(units.items()))
        return cls(tuple(rows), idle=frozenset(staffed))

    @cached_property
    def cells(self) -> dict[Key, GivenCell]:
        """By nation, task, line, capability and period; rows of one cell add up."""
        found: dict[Key, GivenCell] = {}
        for row in self.rows:
            for key in row.keys:
                before = found[key].quantity if key in found else 0
                found[key] = GivenCell(before + row.quantity, row.kind)
        return dict(sorted(found.items()))

    @cached_property
    def units(self) -> dict[Key, int]:
        """What it sends, where that is above 0."""
        return {key: cell.quantity for key, cell in self.cells.items() if cell.quantity}

    @cached_property
    def tasks(self) -> frozenset[str]:
        """Its tasks: those with a row above 0, and those that it staffs without."""
        return frozenset(key[1] for key in self.units) | self.idle

    @cached_property
    def pairs(self) -> frozenset[Pair]:
        """Nations with the tasks that they send to."""
        return frozenset((key[0], key[1]) for key in self.units)

    @cached_property
    def demanding(self) -> tuple[Pair, ...]:
        """The pairs with a row that has to stand: `exactly` or `at_least`."""
        asked = {(key[0], key[1]) for key, cell in self.cells.items() if cell.demands}
        return tuple(sorted(asked))

    def quantity(self, key: Key) -> int:
        """Units of a cell; 0 where no row names it."""
        found = self.cells.get(key)
        return found.quantity if found else 0

    def freed(self, pairs: Iterable[Pair]) -> GivenPlan:
        """The same with the demands of these pairs taken back: their rows are planned."""
        free = frozenset(pairs)
        return replace(self, rows=tuple(_freed(row, free) for row in self.rows))

    def demanded_of(self, pairs: Iterable[Pair]) -> GivenPlan:
        """The same with the demands of all other pairs taken back."""
        return self.freed(set(self.demanding) - set(pairs))


def _freed(row: GivenRow, free: frozenset[Pair]) -> GivenRow:
    demands = row.kind in ("exactly", "at_least") and (row.nation, row.task) in free
    return replace(row, kind="planned") if demands else row
