"""The joint plan over time: who is at which task when, and what that fills of every line.

Nothing here adds up what does not stand together: every figure is of one period, or of several in
which the whole plan is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from allocator.checker.shortages import fillings
from allocator.report.tables.table import Columns, Table, make_table, whole
from allocator.results.result import allocation_of
from allocator.results.review import Shortage

if TYPE_CHECKING:
    from allocator.inputs.problem import Problem
    from allocator.results.run import RunRecord

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """Periods on end in which the plan is the same."""

    first: int
    last: int

    @property
    def text(self) -> str:
        """`2`, or `2-4`."""
        return "-".join(map(str, dict.fromkeys((self.first, self.last))))


@dataclass(frozen=True, slots=True)
class Present:
    """What a nation has at a task at one time: units by capability, and the people in them."""

    units: tuple[tuple[str, int], ...]
    people: int

    @property
    def number(self) -> int:
        """Of units, whatever their kind."""
        return sum(units for _, units in self.units)


@dataclass(frozen=True, slots=True)
class Lane:
    """A nation at a task. `parts`: one a span; None where it sends nothing."""

    nation: str
    task: str
    parts: tuple[Present | None, ...]


@dataclass(frozen=True, slots=True)
class Fill:
    """What a line has in a span, and what it needs and should have; in weighted units."""

    needed: int
    target: int
    filled: int


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a staffed task. `parts`: one a span; None outside the task's window."""

    task: str
    line: str
    parts: tuple[Fill | None, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """`people`: of all nations at all tasks together, one figure a span."""

    spans: tuple[Span, ...]
    lanes: tuple[Lane, ...]
    lines: tuple[LineRow, ...]
    people: tuple[int, ...]


def timeline(run: RunRecord) -> Timeline:
    """Return the plan over time; without lanes where there is none.

    run: what is shown. Nations stand by the people of their fullest period, their tasks by
    priority; lines by the priority of their task.
    """
    here, lines = _here(run), _lines(run)
    spans = tuple(_spans(run.problem, here, lines))
    lanes = tuple(
        Lane(nation, task, tuple(_present(run.problem, units.get(s.first)) for s in spans))
        for (nation, task), units in here.items()
    )
    people = tuple(sum(x.people for x in _at(lanes, n)) for n, _ in enumerate(spans))
    rows = tuple(
        LineRow(*key, tuple(_fill(by_period.get(s.first)) for s in spans))
        for key, by_period in lines.items()
    )
    rank = _rank(run.problem)
    return Timeline(
        spans,
        tuple(sorted(lanes, key=_order(lanes, rank))),
        tuple(sorted(rows, key=lambda row: rank[row.task])),
        people,
    )


def runs_of(parts: Sequence[T]) -> list[tuple[T, int]]:
    """Return equal neighbours as one, each with how many they are."""
    return [(part, len(list(same))) for part, same in groupby(parts)]


def figures(found: Sequence[int]) -> str:
    """Return `4`, or `2 to 4` where it changes with time. found: one a period or span."""
    return " to ".join(f"{figure:,}" for figure in dict.fromkeys((min(found), max(found))))


def filled(run: RunRecord) -> Table:
    """Return what every line of the staffed tasks has in each period. run: what is shown."""
    columns: Columns = {
        "task": "id of a task of the joint plan",
        "line": "requirement line",
        "period": whole("period, counted from 1"),
        "needed": whole(
            "its minimum; of a scaled line also what the people deployed ask for", "weighted units"
        ),
        "target": whole("what it should have", "weighted units"),
        "filled": whole("what the joint plan sends", "weighted units"),
    }
    rows = ((f.task, f.line, f.period, f.needed, f.target, f.filled) for f in _fillings(run))
    text = "One row a line of a staffed task and period: what it has against minimum and target."
    return make_table("filled", text, columns, rows)


Here = dict[tuple[str, str], dict[int, dict[str, int]]]
"""By nation and task, by period: units by capability."""

Lines = dict[tuple[str, str], dict[int, Shortage]]
"""By task and line, by period."""


def _here(run: RunRecord) -> Here:
    found: Here = {}
    for cell in run.result.plan.allocation:
        kinds = found.setdefault((cell.nation, cell.task), {}).setdefault(cell.period, {})
        kinds[cell.capability] = kinds.get(cell.capability, 0) + cell.quantity
    return found


def _lines(run: RunRecord) -> Lines:
    found: Lines = {}
    for one in _fillings(run):
        found.setdefault((one.task, one.line), {})[one.period] = one
    return found


def _fillings(run: RunRecord) -> Iterator[Shortage]:
    plan = run.result.plan
    return fillings(run.problem, allocation_of(plan.staffed, plan.allocation, plan.released))


def _spans(problem: Problem, here: Here, lines: Lines) -> Iterator[Span]:
    def state(period: int) -> object:
        there = [(key, units[period]) for key, units in here.items() if period in units]
        asked = [(key, _fill(units[period])) for key, units in lines.items() if period in units]
        return there, asked

    for _, same in groupby(problem.periods, key=state):
        periods = list(same)
        yield Span(periods[0], periods[-1])


def _present(problem: Problem, units: dict[str, int] | None) -> Present | None:
    if not units:
        return None
    people = sum(problem.capabilities[c].personnel * number for c, number in units.items())
    return Present(tuple(sorted(units.items())), people)


def _fill(found: Shortage | None) -> Fill | None:
    return None if found is None else Fill(found.needed, found.target, found.filled)


def _at(lanes: Sequence[Lane], span: int) -> Iterator[Present]:
    return (part for lane in lanes if (part := lane.parts[span]) is not None)


def _rank(problem: Problem) -> dict[str, tuple[int, str]]:
    return {task.id: (task.priority, task.id) for task in problem.tasks}


def _order(
    lanes: Sequence[Lane], rank: dict[str, tuple[int, str]]
) -> Callable[[Lane], tuple[int, str, tuple[int, str]]]:
    people: dict[str, list[int]] = {}
    for lane in lanes:
        sums = people.setdefault(lane.nation, [0] * len(lane.parts))
        for n, part in enumerate(lane.parts):
            sums[n] += part.people if part else 0
    return lambda lane: (-max(people[lane.nation]), lane.nation, rank[lane.task])
