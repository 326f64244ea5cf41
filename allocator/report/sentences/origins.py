"""Where each row of the tables stands, what it rests on, and where it is from; for reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from allocator.inputs.schema.types import REST
from allocator.words import count

if TYPE_CHECKING:
    from allocator.inputs.schema import Periods, Row
    from allocator.inputs.schema import model as rows
    from allocator.inputs.workspace import Workspace

Kind = Literal[
    "model", "task", "line", "nation", "capability", "availability", "commitment", "caveat",
    "offer", "precondition",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """One row. about: the ids it is about, such as nation and capability. says: its figure with
    its periods, where it states one. place, basis, note, source: as written, blank where absent."""

    kind: Kind
    about: tuple[str, ...]
    says: str
    place: str
    basis: str
    note: str
    source: str


def origins(workspace: Workspace, model: rows.OperationModel) -> tuple[Origin, ...]:
    """Of every row of the tables that say something of the world, and of the model; in the order
    of the files."""
    make = _Maker(workspace)
    return (*make.of_model(model), *make.of_tables())


@dataclass(frozen=True)
class _Maker:
    workspace: Workspace

    def of_model(self, model: rows.OperationModel) -> Iterator[Origin]:
        yield self._origin("model", (model.name,), "", model)
        for task in model.tasks:
            yield self._origin("task", (task.task,), f"priority {task.priority}", task)
            for line in task.lines:
                yield self._origin("line", (task.task, line.id), _need(line), line)

    def of_tables(self) -> Iterator[Origin]:
        tables = self.workspace
        for nation in tables.nations:
            people = nation.active_personnel
            says = "" if people is None else f"{people:,} active personnel"
            yield self._origin("nation", (nation.nation,), says, nation)
        for kind in tables.capabilities:
            says = f"{kind.personnel:,} people a unit; rotation {kind.rotation}"
            yield self._origin("capability", (kind.capability,), says, kind)
        for held in tables.availability:
            says = f"{held.quantity:,}{_when(held.periods)}"
            yield self._origin("availability", (held.nation, held.capability), says, held)
        for lock in tables.commitments:
            units = lock.quantity if lock.quantity == REST else f"{lock.quantity:,}"
            says = f"{units}{_when(lock.periods)}"
            yield self._origin("commitment", (lock.commitment,), says, lock)
        for caveat in tables.caveats:
            limit = caveat.max_personnel
            says = "" if limit is None else f"at most {limit:,} people"
            yield self._origin("caveat", (caveat.caveat,), says, caveat)
        for offer in tables.offers:
            says = f"{offer.quantity:,}{_when(offer.periods)}; {offer.status}"
            yield self._origin("offer", (offer.offer,), says, offer)
        for open_ in tables.preconditions:
            chance = "" if open_.likelihood is None else f"; likelihood {open_.likelihood:g}"
            says = f"effort {count(open_.effort, 'point')}{chance}"
            yield self._origin("precondition", (open_.precondition,), says, open_)

    def _origin(self, kind: Kind, about: tuple[str, ...], says: str, row: Row) -> Origin:
        found = (str(getattr(row, name, "") or "") for name in ("basis", "note", "source"))
        return Origin(kind, about, says, str(self.workspace.place(row)), *found)


def _when(periods: Periods) -> str:
    return f" in {'months' if periods.months else 'periods'} {periods}" if periods.text else ""


def _need(line: rows.LineRow) -> str:
    parts = (
        ("minimum", line.minimum),
        ("target", line.target),
        ("one for every so many people:", line.one_per),
        ("least of a nation", line.min_contribution),
    )
    return "; ".join(f"{word} {figure:,}" for word, figure in parts if figure is not None)
