"""The table of cells of the plan that are not the base's, and the same in a few rows for people."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.analysis.comparison.plan_changes import PlanChange
from allocator.analysis.comparison.side import Side
from allocator.inputs.schema.calendar import WITHOUT_MONTHS, Calendar
from allocator.report.comparing.difference_words import phrase
from allocator.report.comparing.task_table import named_by
from allocator.report.comparing.words import BASE, LESS, RUN
from allocator.report.tables.table import Columns, Table, Value, make_table, whole
from allocator.words import count, listing, some

MEMBERS_SHOWN = 3
"""Differences that are named behind cells; the table has all."""

NOT_KNOWN = "not known which"


def plan_changes(comparison: ComparisonRecord) -> Table:
    """Return the table: a row a cell with other units than in the base's plan."""
    columns: Columns = {
        "run": RUN,
        "nation": "nation that sends",
        "task": "task that receives",
        "line": "requirement line",
        "capability": "id of the capability",
        "period": whole("period, counted from 1"),
        "units": whole("units in this run", "units"),
        "base_units": whole(BASE, "units"),
        "difference": whole(LESS, "units"),
        "shown": "verdict (it turned, so that one of the plans cannot have the task), rule (one of "
        "the plans breaks it there with the other's inputs), or no",
        "rule": "the rule that breaks there",
        "plan": "base (the base's plan breaks it with this run's inputs) or run (this run's plan "
        "breaks it with the base's)",
        "because": "the difference of the inputs that shows it, or not known which",
    }
    rows = (
        _row(comparison, one) for side in comparison.others for one in of_side(comparison, side)
    )
    description = "One row a cell of the joint plan with other units than the base's."
    return make_table("plan_changes", description, columns, rows)


def of_side(comparison: ComparisonRecord, side: Side) -> tuple[PlanChange, ...]:
    """The cells of its plan that are not the base's; none where a plan is not known."""
    return comparison.moved.get(side.name) or ()


def _row(comparison: ComparisonRecord, one: PlanChange) -> tuple[Value, ...]:
    figures = one.after, one.before, one.after - one.before
    shown = one.shown or "no"
    plan = ("base" if one.of_base else "run") if one.rule else ""
    return (one.side, *one.key, *figures, shown, one.rule, plan, because(comparison, one))


def because(comparison: ComparisonRecord, one: PlanChange, most: int | None = None) -> str:
    """Return what is shown to be behind the cell, or that it is not known.

    comparison: the runs side by side. one: the cell. most: for people, who read names and so many
    differences; all, by id, where it is left out.
    """
    side = next(side for side in comparison.sides if side.name == one.side)
    problem = None if most is None else named_by(comparison, side)
    found = (comparison.difference(one.side, key) for key in one.because)
    told = [phrase(difference, one.key[1], problem) for difference in found]
    if not told:
        return NOT_KNOWN
    shown = told[:most]
    more = [f"{len(told) - len(shown):,} more"] if len(shown) < len(told) else []
    return listing([*shown, *more], "and" if one.shown == "verdict" else "or")


@dataclass(frozen=True, slots=True)
class Turned:
    """A task whose cells come or go as a whole, since one of the runs cannot staff it. comes:
    whether they are in this run and not in the base."""

    task: str
    cells: int
    nations: tuple[str, ...]
    comes: bool
    why: str

    @property
    def said(self) -> str:
        """The cells, and why, in a sentence."""
        verb = "come" if self.comes else "go"
        verb = f"{verb}s" if self.cells == 1 and self.comes else "goes" if self.cells == 1 else verb
        return f"{count(self.cells, 'cell')} {verb} ({some(self.nations, 8)}): {self.why}"


@dataclass(frozen=True, slots=True)
class Moved:
    """Cells of a nation, task, line and capability that change alike. why: what shows it."""

    nation: str
    task: str
    line: str
    capability: str
    periods: tuple[int, ...]
    before: int
    after: int
    why: str

    @property
    def what(self) -> str:
        """The line, and the capability where it is called otherwise."""
        return self.line if self.line == self.capability else f"{self.line}: {self.capability}"


def turned(comparison: ComparisonRecord, side: Side) -> list[Turned]:
    """Tasks that one of the two runs cannot staff, with what came of their cells.

    comparison: the runs side by side. side: the run.
    """
    cells: dict[str, list[PlanChange]] = {}
    for one in of_side(comparison, side):
        if one.shown == "verdict":
            cells.setdefault(one.key[1], []).append(one)
    return [
        Turned(
            task,
            len(ones),
            tuple(sorted({one.key[0] for one in ones})),
            ones[0].after > ones[0].before,
            _verdict(comparison, ones[0]),
        )
        for task, ones in cells.items()
    ]


def _verdict(comparison: ComparisonRecord, one: PlanChange) -> str:
    change = next(c for c in comparison.changed if (c.side, c.task) == (one.side, one.key[1]))
    told = because(comparison, one, MEMBERS_SHOWN)
    stands = f"it is {change.after}, not {change.before}"
    return f"{stands}, {NOT_KNOWN} difference made it so" if told == NOT_KNOWN else (
        f"{stands}, because of {told}"
    )  # fmt: skip


def grouped(comparison: ComparisonRecord, side: Side) -> list[Moved]:
    """All other cells in a few rows: periods with the same change together; those whose reason is
    shown come first, then the largest.

    comparison: the runs side by side. side: the run.
    """
    found: dict[tuple[object, ...], list[int]] = {}
    for one in of_side(comparison, side):
        if one.shown != "verdict":
            key = (*one.key[:4], one.before, one.after, _rule(comparison, one))
            found.setdefault(key, []).append(one.key[4])
    made = [_moved(key, periods) for key, periods in found.items()]
    return sorted(made, key=lambda m: (m.why == NOT_KNOWN, -abs(m.after - m.before)))


def _moved(key: tuple[object, ...], periods: list[int]) -> Moved:
    nation, task, line, capability, before, after, why = key
    named = str(nation), str(task), str(line), str(capability)
    return Moved(*named, tuple(periods), int(str(before)), int(str(after)), str(why))


def _rule(comparison: ComparisonRecord, one: PlanChange) -> str:
    """What shows the reason: the rule that would break, and the difference that is enough."""
    told = because(comparison, one, MEMBERS_SHOWN)
    if not one.rule:
        return NOT_KNOWN
    difference = f"{NOT_KNOWN} difference" if told == NOT_KNOWN else told
    breaks = "the base's units break" if one.of_base else "in the base these units break"
    return f"{breaks} {one.rule}: {difference}"


def summary(comparison: ComparisonRecord, side: Side) -> str:
    """How many cells differ, and of how many the reason is shown; blank where a plan is unknown."""
    found = comparison.moved.get(side.name)
    if found is None:
        return ""
    if not found:
        return "the plan is the same, cell by cell"
    known = sum(1 for one in found if one.because)
    told = f"{count(len(found), 'cell')} with other units"
    if known == len(found):
        return f"{told}; what made them change is shown for all"
    if not known:
        return f"{told}; {NOT_KNOWN} difference made them change"
    return f"{told}; what made them change is shown for {known}, for the others it is {NOT_KNOWN}"


def calendar(comparison: ComparisonRecord, side: Side) -> Calendar:
    """The run's periods, with months where they are known."""
    known = side.inputs or comparison.base.inputs
    return known.problem.calendar if known else WITHOUT_MONTHS
