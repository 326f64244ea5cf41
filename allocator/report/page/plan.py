"""The joint plan: who sends what where, what is released; of the solved world alone."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.inputs.problem import Problem
from allocator.report.page.rows import Rows
from allocator.report.page.scale import Scale
from allocator.report.sentences import basis_phrase
from allocator.report.terminal.blocks import forces
from allocator.results.run import RunRecord

AXES = ("presence", "regeneration", "industry", "")
"""Lines of effort in the order of the chart; blank: none is named."""


def axes(problem: Problem) -> tuple[str, ...]:
    """Those, and before the last all others that the model's tasks have."""
    own = sorted({task.axis for task in problem.tasks} - {*AXES})
    return (*AXES[:-1], *own, AXES[-1])


def look(axis: str) -> str:
    """The class of its colour; all words of a model's own look alike."""
    return axis if axis in AXES and axis else "none"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a nation sends a task, in its fullest period. people: of the fullest period."""

    nation: str
    task: str
    forces: str
    people: int
    basis: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Freed:
    """Units of one commitment that the plan releases; risk summed over periods."""

    commitment: str
    nation: str
    forces: str
    when: str
    risk: int
    to: str
    purpose: str
    basis: str
    rows: tuple[int, ...]


def sent(run: RunRecord, rows: Rows) -> tuple[Sent, ...]:
    """A row a nation and task."""
    units: dict[tuple[str, str], dict[str, dict[int, int]]] = {}
    for cell in run.result.plan.allocation:
        kinds = units.setdefault((cell.nation, cell.task), {})
        per_period = kinds.setdefault(cell.capability, {})
        per_period[cell.period] = per_period.get(cell.period, 0) + cell.quantity
    return tuple(_sent(run, rows, *key, kinds) for key, kinds in sorted(units.items()))


def _sent(
    run: RunRecord, rows: Rows, nation: str, task: str, kinds: dict[str, dict[int, int]]
) -> Sent:
    people: dict[int, int] = {}
    for capability, per_period in kinds.items():
        each = run.problem.capabilities[capability].personnel
        for period, quantity in per_period.items():
            people[period] = people.get(period, 0) + each * quantity
    bases = {b for kind in kinds for b in run.problem.basis.get((nation, kind), ())}
    return Sent(
        nation,
        task,
        forces(run, ((kind, max(found.values())) for kind, found in kinds.items())),
        max(people.values(), default=0),
        ", ".join(basis_phrase(basis) for basis in sorted(bases)),
        rows.behind(nation, kinds),
    )


def freed(run: RunRecord, rows: Rows) -> tuple[Freed, ...]:
    """A row a commitment that the plan releases, the largest risk first."""
    when: dict[str, dict[int, int]] = {}
    for release in run.result.plan.released:
        when.setdefault(release.commitment, {})[release.period] = release.quantity
    found = [_freed(run, rows, name, units) for name, units in sorted(when.items())]
    return tuple(sorted(found, key=lambda one: -one.risk))


def _freed(run: RunRecord, rows: Rows, name: str, units: dict[int, int]) -> Freed:
    known = run.problem.commitment(name)
    return Freed(
        name,
        known.nation,
        forces(run, [(known.capability, max(units.values()))]),
        run.problem.calendar.phrase(units),
        known.release_risk * sum(units.values()),
        known.to,
        known.purpose,
        basis_phrase(known.basis),
        rows.of("commitment", name),
    )


# --- people by nation, as a chart -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Segment:
    """x and width in a chart 100 wide."""

    axis: str
    look: str
    people: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """cut: longer than the chart is wide."""

    nation: str
    people: int
    cut: bool
    segments: tuple[Segment, ...]


def contributions(run: RunRecord, found: tuple[Sent, ...]) -> tuple[Bar, ...]:
    """People by nation and line of effort, each task in its fullest period; most people first."""
    totals: dict[str, dict[str, int]] = {}
    for one in found:
        by_axis = totals.setdefault(one.nation, {})
        axis = run.problem.task(one.task).axis
        by_axis[axis] = by_axis.get(axis, 0) + one.people
    people = {nation: sum(by_axis.values()) for nation, by_axis in totals.items()}
    scale = Scale.of(people.values())
    return tuple(
        Bar(
            nation,
            people[nation],
            scale.cuts(people[nation]),
            _segments(totals[nation], axes(run.problem), scale),
        )
        for nation in sorted(people, key=lambda n: (-people[n], n))
        if people[nation]
    )


def _segments(by_axis: dict[str, int], order: tuple[str, ...], scale: Scale) -> tuple[Segment, ...]:
    segments, start = [], 0
    for axis in order:
        people = by_axis.get(axis, 0)
        if people:
            at, end = scale.width(start), scale.width(start + people)
            segments.append(Segment(axis, look(axis), people, at, round(end - at, 2)))
            start += people
    return tuple(segments)
