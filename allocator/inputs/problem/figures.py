"""The figures of a problem, one cell of the workspace each, and the problem at others.

A verdict is monotone in every one of them. More availability (a commitment that takes the rest
takes no more of it than comes on top), a smaller commitment or a lower
minimum leave every allocation valid that was. So does a lower rotation: in R3 both
`window` (fewer periods on the left, fewer rotating commitments on the right) and `no surge`
(at most `ceil((availability - standing) / rotation) - rotating` units in a period) only loosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from allocator.inputs.problem.problem import Problem
from allocator.inputs.problem.tasks import Line, Task

if TYPE_CHECKING:
    from allocator.inputs.schema.availability import AvailabilityRow
    from allocator.inputs.schema.commitments import CommitmentRow
    from allocator.inputs.schema.model import LineRow
    from allocator.inputs.schema.offers import OfferRow
    from allocator.inputs.workspace import Workspace

Kind = Literal["availability", "commitment", "minimum", "rotation", "offer"]


KINDS: tuple[Kind, ...] = ("availability", "commitment", "minimum", "rotation", "offer")


@dataclass(frozen=True, slots=True)
class Figure:
    """One whole number of the tables or the model.

    name: what it is, in a planner's words. row: the id of what carries it: `NATION capability`,
    a commitment, `task.line`, or a capability. value: in `unit`, of weight 1 for a line.
    basis: of the row; `requirement` for a line's minimum, `convention` for a rotation.
    low, high, group: how far it may be off, as its row says.
    """

    kind: Kind
    row: str
    name: str
    value: int
    unit: str
    basis: str
    place: str
    source: str
    nation: str = ""
    capability: str = ""
    periods: tuple[int, ...] = ()
    low: int | None = field(default=None, compare=False)
    high: int | None = field(default=None, compare=False)
    group: str = field(default="", compare=False)

    @property
    def more_helps(self) -> bool:
        """Whether a higher value makes a task easier to staff."""
        return self.kind in ("availability", "offer")


def all_figures(workspace: Workspace, problem: Problem) -> Iterator[Figure]:
    """Every figure of the tables and of the problem's model, table by table."""
    of_pool = partial(_of_pool, workspace, problem)
    for row in workspace.availability:
        if row.nation in problem.names and row.capability in problem.capabilities:
            name = problem.capabilities[row.capability].name
            pool = f"{row.nation} {row.capability}"
            yield of_pool(row, "availability", pool, name, row.quantity)
    for held in workspace.commitments:
        if isinstance(held.quantity, int):  # A rest is whatever is left: none of its own.
            yield of_pool(held, "commitment", held.commitment, held.purpose, held.quantity)
    for task in workspace.models[problem.model].tasks:
        for line in task.lines:
            yield _minimum(workspace, problem, task.task, line, line.source or task.source)
    for offer in workspace.offers:
        if offer.offer not in problem.stale:
            name = f"offer of {problem.capabilities[offer.capability].name}"
            yield of_pool(offer, "offer", offer.offer, name, offer.quantity)
    moving = moving_either_way(problem)
    for unit in workspace.capabilities:
        if unit.capability in moving:
            continue
        yield Figure(
            "rotation",
            unit.capability,
            f"Rotation: {unit.name}",
            unit.rotation,
            "held for one in place",
            "convention",
            str(workspace.place(unit)),
            unit.source,
            capability=unit.capability,
        )


def moving_either_way(problem: Problem) -> frozenset[str]:
    """Return the capabilities, by id, whose rotation is no figure: what some nation holds of them
    is taken from its offers and grows with the rotation, so that more of it may help or harm.

    problem: the model that is asked about, with its tables.
    """
    return frozenset(capability for _, capability, _ in problem.taken)


def _of_pool(
    workspace: Workspace,
    problem: Problem,
    row: AvailabilityRow | CommitmentRow | OfferRow,
    kind: Kind,
    id_: str,
    about: str,
    quantity: int,
) -> Figure:
    """A row about units of a nation and capability."""
    return Figure(
        kind,
        id_,
        f"{problem.names[row.nation]}: {about}",
        quantity,
        problem.capabilities[row.capability].unit,
        row.basis,
        str(workspace.place(row)),
        row.source,
        row.nation,
        row.capability,
        tuple(row.periods.within(problem.calendar)),
        row.low,
        row.high,
        row.group,
    )


def _minimum(
    workspace: Workspace, problem: Problem, task: str, row: LineRow, source: str
) -> Figure:
    line = problem.task(task).line(row.id)
    units = {problem.capabilities[c].unit for c in line.weights}
    return Figure(
        "minimum",
        f"{task}.{line.id}",
        f"{problem.task(task).title}: {line.id}",
        line.minimum,
        " or ".join(sorted(units)),
        "requirement",
        workspace.place(row).line,
        source,
        low=row.low,
        high=row.high,
        group=row.group,
    )


def at(problem: Problem, values: Mapping[Figure, int]) -> Problem:
    """The problem with these figures at other values. A minimum above its target lifts it, and is
    the target of a line without one; of a commitment that takes the rest nothing but availability
    moves what it takes."""
    by_kind: dict[Kind, dict[Figure, int]] = {kind: {} for kind in KINDS}
    for figure, value in values.items():
        if value != figure.value:
            by_kind[figure.kind][figure] = value
    changes: dict[str, object] = {}
    if by_kind["offer"]:
        offers = {figure.row: value for figure, value in by_kind["offer"].items()}
        problem = _with_offers(problem, offers)
    if by_kind["commitment"]:
        quantities = {figure.row: (figure, v) for figure, v in by_kind["commitment"].items()}
        changes["commitments"] = tuple(
            replace(c, quantity=_quantity(problem, *quantities[c.id])) if c.id in quantities else c
            for c in problem.commitments
        )
    if by_kind["minimum"]:
        changes["tasks"] = _with_minimums(problem, by_kind["minimum"])
    if by_kind["rotation"]:
        changes["capabilities"] = dict(problem.capabilities) | {
            figure.row: replace(problem.capabilities[figure.row], rotation=value)
            for figure, value in by_kind["rotation"].items()
        }
    found = replace(problem, **changes) if changes else problem  # type: ignore[arg-type]
    if by_kind["availability"]:
        found = found.with_availability(_with_units(problem, by_kind["availability"]))
    return found


def _with_offers(problem: Problem, quantities: Mapping[str, int]) -> Problem:
    """The problem with other offers, and with what is taken from them where no row says it."""
    offers = tuple(
        replace(o, quantity=quantities[o.id]) if o.id in quantities else o for o in problem.offers
    )
    held = dict(problem.availability)
    for nation, capability in {(o.nation, o.capability) for o in offers if o.id in quantities}:
        units = held.get((nation, capability))
        if units is not None:
            own = [o for o in offers if (o.nation, o.capability) == (nation, capability)]
            at_once = (sum(o.quantity for o in own if p in o.periods) for p in problem.periods)
            taken = problem.capabilities[capability].rotation * max(at_once, default=0)
            held[nation, capability] = tuple(
                taken if (nation, capability, period) in problem.taken else number
                for period, number in enumerate(units, 1)
            )
    return replace(problem, offers=offers, availability=held)


def _with_units(
    problem: Problem, values: Mapping[Figure, int]
) -> Mapping[tuple[str, str], tuple[int, ...]]:
    """Rows of one nation and capability add up: each moves the sum in its periods. What a nation
    that sends nothing holds stays out."""
    held = dict(problem.availability)
    for figure, value in values.items():
        key = (figure.nation, figure.capability)
        if key in held:
            held[key] = tuple(
                units + (value - figure.value if period in figure.periods else 0)
                for period, units in enumerate(held[key], 1)
            )
    return held


def _quantity(problem: Problem, figure: Figure, value: int) -> tuple[int, ...]:
    return tuple(value if period in figure.periods else 0 for period in problem.periods)


def _with_minimums(problem: Problem, values: Mapping[Figure, int]) -> tuple[Task, ...]:
    by_task: dict[str, dict[str, int]] = {}
    for figure, value in values.items():
        task, line = figure.row.split(".", 1)
        by_task.setdefault(task, {})[line] = value
    return tuple(
        _lines_at(task, by_task[task.id]) if task.id in by_task else task for task in problem.tasks
    )


def _lines_at(task: Task, minimums: Mapping[str, int]) -> Task:
    lines = tuple(
        _line_at(line, minimums[line.id]) if line.id in minimums else line for line in task.lines
    )
    return replace(task, lines=lines)


def _line_at(line: Line, minimum: int) -> Line:
    target = max(line.target, minimum) if line.has_target else minimum
    return replace(line, minimum=minimum, target=target)
