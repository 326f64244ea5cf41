"""What is known after a run: statuses, levels, allocations, verdicts. Data and look-ups only.

The pydantic models are the schema of `result.json`; every key of a record is always there.
`short`, `optimal` and `complete` are written only where they were proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_serializer

from allocator.inputs.firmness import INVENTORY, Count

if TYPE_CHECKING:
    from allocator.inputs.problem import Problem

Verdict = Literal["ready", "blocked", "short", "unknown"]
OverRanges = Literal["surely ready", "surely not", "open", "unknown"]
PlanStatus = Literal["optimal", "feasible", "unknown"]

UnitKey = tuple[str, str, str, str, int]
"""nation, task, line, capability, period"""


@dataclass(frozen=True)
class Allocation:
    """One plan: which tasks are staffed, the units sent, the commitments released.

    `units` maps (nation, task, line, capability, period) to whole units above zero; `released`
    maps (commitment, period) to whole units above zero.
    """

    staffed: frozenset[str] = frozenset()
    units: Mapping[UnitKey, int] = field(default_factory=dict)
    released: Mapping[tuple[str, int], int] = field(default_factory=dict)

    def nations_at(self, task: str) -> frozenset[str]:
        return frozenset(key[0] for key in self.units if key[1] == task)


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Level(Record):
    """One objective of the joint plan. `bound` is proved: no plan that keeps the levels before
    it does better. `proved_by`: what proved the bound; blank where that was not kept."""

    objective: str
    value: int
    bound: int
    status: Literal["optimal", "feasible"]
    proved_by: Literal["sum", "relaxation", "cpsat", "highs", "scip", ""] = ""


class Cell(Record):
    nation: str
    task: str
    line: str
    capability: str
    period: int
    quantity: int


class Release(Record):
    commitment: str
    period: int
    quantity: int


class Shortfall(Record):
    """A line below its target in a period; figures in the line's weighted units."""

    task: str
    line: str
    period: int
    minimum: int
    target: int
    filled: int


class Contest(Record):
    """A task ready alone but not in the plan, its rivals, and its lines they compete for."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    task: str
    rivals: tuple[str, ...] = Field(alias="with")
    lines: tuple[str, ...]


class Plan(Record):
    status: PlanStatus = "unknown"
    levels: tuple[Level, ...] = ()
    staffed: tuple[str, ...] = ()
    allocation: tuple[Cell, ...] = ()
    released: tuple[Release, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    contested: tuple[Contest, ...] = ()


class Package(Record):
    """One coalition for a task, with an allocation. `allocation` may hold tasks beside it."""

    nations: tuple[str, ...]
    allocation: tuple[Cell, ...]
    released: tuple[Release, ...]


def optional(form: dict[str, Any], *names: str) -> None:
    """Say in a schema that parts need not be there, as in files that are older than they."""
    form["required"] = [name for name in form["required"] if name not in names]


class Counted(Record):
    """Sets of which some may be listed. `in_all`: how many there are, counted, where they are not
    listed whole; there only where they were counted."""

    in_all: int | None = None

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra=lambda form: optional(form, "in_all")
    )

    @model_serializer(mode="wrap")
    def _written(self, write):  # type: ignore[no-untyped-def]  # A type would be taken for a schema.
        data = write(self)
        if self.in_all is None:
            del data["in_all"]
        return data


class Packages(Counted):
    """`complete`: these are all that were asked for; `only` says in words which ones were, blank
    where all. Of an incomplete family, every package of at most `whole_to` nations is there. The
    first `optimised` of the sets (None: all) have the best allocation that was found; the others
    have one that passes the checker, and no rank."""

    complete: bool = False
    only: tuple[str, ...] = ()
    whole_to: int | None = None
    sets: tuple[Package, ...] = ()
    optimised: int | None = None

    @property
    def best(self) -> tuple[Package, ...]:
        """The sets whose allocation is the best that was found."""
        return self.sets[: self.optimised]


class Family(Counted):
    """A family of sets, each sorted; by size, then by members."""

    complete: bool = False
    sets: tuple[tuple[str, ...], ...] = ()


class AddedUnits(Record):
    line: str
    period: int
    capability: str
    quantity: int


class Lift(Record):
    caveats: tuple[str, ...]
    commitments: tuple[str, ...]


class Gaps(Record):
    """What a short task lacks: `units` to add, or the `rules` that no units help against; and,
    apart from that, the minimal sets of caveats and commitments whose lifting would do.

    `units_status` says whether fewer units are ruled out ("optimal"), `lifts_complete` whether
    every minimal set is listed.
    """

    units: tuple[AddedUnits, ...] = ()
    units_status: Literal["optimal", "feasible", "none", "unknown"] = "none"
    rules: tuple[str, ...] = ()
    lifts: tuple[Lift, ...] = ()
    lifts_complete: bool = True


class TaskRecord(Record):
    """`over_ranges`: only where figures have ranges; the verdict wherever they lie in them."""

    task: str
    verdict: Verdict = "unknown"
    over_ranges: OverRanges | None = None
    packages: Packages = Packages()
    unlocking: Family = Family()
    blocking: Family = Family()
    necessary: tuple[str, ...] = ()
    gaps: Gaps = Gaps()


class WorldRecord(Record):
    name: str
    holds: Mapping[str, int]


class Result(Record):
    """`result.json`. `count` and `on`: the status from which offers were counted, or the
    inventory, and the day on which they had to be valid; only where there are offers, or they are
    counted."""

    schema_: int = Field(1, alias="schema")
    model: str
    world: WorldRecord
    plan: Plan
    tasks: tuple[TaskRecord, ...]
    count: Count | None = None
    on: date | None = None

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def task(self, task_id: str) -> TaskRecord:
        """Return the task's record. Raises KeyError for a task that was not asked about."""
        for record in self.tasks:
            if record.task == task_id:
                return record
        raise KeyError(task_id)


def said_of_offers(problem: Problem) -> dict[str, Any]:
    """What a result on the problem says of offers, where it does."""
    return {} if problem.on is None else {"count": problem.count, "on": problem.on}


def counted_on(result: Result) -> tuple[()] | tuple[Count, date]:
    """What a problem is built with to be that of the result: what is counted, and the day; nothing
    for a result that has nothing to do with offers."""
    return () if result.on is None else (result.count or INVENTORY, result.on)


def cells(allocation: Allocation) -> tuple[Cell, ...]:
    """The allocation's units as rows, sorted."""
    return tuple(
        Cell(nation=n, task=t, line=line, capability=c, period=p, quantity=quantity)
        for (n, t, line, c, p), quantity in sorted(allocation.units.items())
    )


def releases(allocation: Allocation) -> tuple[Release, ...]:
    return tuple(
        Release(commitment=k, period=p, quantity=quantity)
        for (k, p), quantity in sorted(allocation.released.items())
    )


def allocation_of(
    staffed: Iterable[str], rows: Iterable[Cell], released: Iterable[Release]
) -> Allocation:
    """Return the allocation that rows of a result state. Raises ValueError where a row stands
    twice.

    staffed: ids of tasks. released: units of commitments.
    """
    units: dict[UnitKey, int] = {}
    for row in rows:
        key = (row.nation, row.task, row.line, row.capability, row.period)
        if key in units:
            raise ValueError(f"the allocation names {key} twice")
        units[key] = row.quantity
    back: dict[tuple[str, int], int] = {}
    for release in released:
        if (release.commitment, release.period) in back:
            raise ValueError(f"{release.commitment} is released twice in {release.period}")
        back[release.commitment, release.period] = release.quantity
    return Allocation(frozenset(staffed), units, back)


def by_size(sets: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Sets in the order of `result.json`: members sorted, sets by size, then by members."""
    return tuple(sorted((tuple(sorted(s)) for s in sets), key=lambda s: (len(s), s)))
