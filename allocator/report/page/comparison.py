"""A comparison's page: what changed from the base, why, and the runs' figures side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from allocator.analysis.comparison.comparison import Change, ComparisonRecord
from allocator.analysis.comparison.side import Side
from allocator.report.comparing.as_read import as_read, as_texts
from allocator.report.comparing.reason_tables import phrases, places
from allocator.report.comparing.tables import MAKERS
from allocator.report.comparing.task_table import in_plan, in_reading_order, title
from allocator.report.comparing.wide import WIDE, wide
from allocator.report.comparing.words import other_periods
from allocator.report.page.comparison_why import matrix, plans
from allocator.report.page.render import render
from allocator.report.page.scale import Scale
from allocator.report.page.text import short
from allocator.report.tables.table import Table, Value
from allocator.results.result import Verdict
from allocator.words import count, listing

HEADINGS = {
    "criteria": "In figures",
    "nations": "People that nations send, in their fullest period",
    "contributions": "Units that nations send to tasks",
    "released": "Units released of commitments",
    "gaps": "Units missing",
}
"""Tables with runs in columns, in reading order; those without a row are left out."""

SETS_SHOWN = 5
FIGURES = 24
"""Nations in the picture."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a task stands in a run; None where it has no such task."""

    verdict: Verdict | None
    planned: str
    changed: bool


@dataclass(frozen=True, slots=True)
class TaskView:
    task: str
    title: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Tasks that turned the same way for the same reasons. sets: each enough by itself, a text and
    a place a difference."""

    tasks: tuple[str, ...]
    run: str
    before: Verdict
    after: Verdict
    sets: tuple[tuple[tuple[str, str], ...], ...]
    more: int
    certain: str


@dataclass(frozen=True, slots=True)
class Bars:
    """What a nation sends in each run: people, width of 100, and whether the bar is cut. people:
    None where no plan is known."""

    nation: str
    bars: tuple[tuple[int | None, float, bool], ...]


@dataclass(frozen=True, slots=True)
class WideTable:
    """apart: the column from which on figures are differences from the base."""

    heading: str
    table: Table
    apart: int


def comparison_page(comparison: ComparisonRecord, mark: str = "") -> str:
    """mark: how it is to be handled, top and bottom."""
    return render(
        "comparison.html",
        mark=mark,
        data=None,
        comparison=comparison,
        names=[short(side.name, 80) for side in comparison.sides],
        sentences=tuple(_sentences(comparison)),
        whys=whys(comparison),
        matrix=matrix(comparison),
        plans=plans(comparison),
        unchanged=_unchanged(comparison),
        tasks=tuple(_task(comparison, task) for task in in_reading_order(comparison)),
        tables=tuple(_tables(comparison)),
        bars=_bars(comparison),
        differences=MAKERS["differences"](comparison),
        runs=MAKERS["runs"](comparison),
    )


def _sentences(comparison: ComparisonRecord) -> Iterator[str]:
    base = comparison.base
    yield f"The base is {_about(base)}."
    for side in comparison.others:
        yield f"Against it, {_about(side)}: {_verdicts(comparison, side)}."
    if periods := other_periods(comparison):
        yield f"{periods[0].upper()}{periods[1:]}."
    loose = [short(s.name, 80) for s in comparison.sides if s.result.plan.status == "feasible"]
    if loose:
        yield (
            f"The plan of {listing(loose)} is the best found, not proved to be the best there is: "
            "what it sends may differ by chance. Verdicts do not depend on it."
        )
    if comparison.interrupted or comparison.timed_out:
        yield "The comparison was cut off: what follows is what was known by then."


def _verdicts(comparison: ComparisonRecord, side: Side) -> str:
    changed, known, open_ = comparison.told_apart(side)
    if not known:
        return "no verdict is known on both sides" if open_ else "no task is in both"
    told = f"{len(changed) or 'none'} of {count(len(known), 'verdict')} changed"
    return f"{told}; {len(open_)} more not known on both sides" if open_ else told


def _unchanged(comparison: ComparisonRecord) -> str:
    """What is said where no verdict changed."""
    if any(comparison.told_apart(side)[2] for side in comparison.others):
        return "No verdict changed that is known on both sides."
    return "No verdict changed."


def _about(side: Side) -> str:
    result, told = side.result, short(side.name, 80)
    if result.plan.status == "unknown":
        return told
    staffed = len(result.plan.staffed)
    return f"{told} ({staffed} of {count(len(result.tasks), 'task')} staffed in its plan)"


def _task(comparison: ComparisonRecord, task: str) -> TaskView:
    changed = {(change.task, change.side) for change in comparison.changed}
    standings = []
    for side in comparison.sides:
        record = side.records.get(task)
        planned = in_plan(side, task) if record else None
        standings.append(
            Standing(
                record.verdict if record else None,
                planned if planned in ("staffed", "contested") else "",
                (task, side.name) in changed,
            )
        )
    return TaskView(task, short(title(comparison, task)), tuple(standings))


def whys(comparison: ComparisonRecord) -> tuple[Why, ...]:
    """Why verdicts are others, tasks with the same reasons together."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for change in comparison.changed:
        told = tuple(map(tuple, phrases(comparison, change, by_name=True)))
        key = (change.side, change.before, change.after, told, _certain(change))
        groups.setdefault(key, []).append(change)
    return tuple(_why(comparison, same) for same in groups.values())


def _why(comparison: ComparisonRecord, same: list[Change]) -> Why:
    first = same[0]
    told = zip(phrases(comparison, first, by_name=True), places(comparison, first), strict=True)
    sets = tuple(tuple(zip(what, where, strict=True)) for what, where in told)
    return Why(
        tuple(short(title(comparison, change.task)) for change in same),
        first.side,
        first.before,
        first.after,
        sets[:SETS_SHOWN],
        max(0, len(sets) - SETS_SHOWN),
        _certain(first),
    )


def _certain(change: Change) -> str:
    """What is certain of the reasons."""
    why = change.reasons
    if why is None:
        return "The inputs of one of the runs are not known, so that no reason can be given."
    if why.open == "time":
        return "Not worked out in time."
    if why.open == "not decided":
        return "Engines gave no answer, or contradicted each other."
    if why.open:
        return "Asked again, one of the runs does not stand as it says."
    if why.complete and len(why.sets) == 1:
        return "This is enough, and nothing turns it without this."
    if why.complete:
        return "Each is enough by itself, and nothing else turns it."
    return {
        "smallest": "No smaller set of differences turns it; others of the same size may.",
        "minimal": "Nothing of it can be left out; a smaller set may turn it too.",
        "irreducible": "No single one of them can be left out; some together perhaps.",
        "enough": "Together they turn it; what of them can be left out is not known.",
    }[why.proof]


def _tables(comparison: ComparisonRecord) -> Iterator[WideTable]:
    for name, heading in HEADINGS.items():
        table = wide(comparison, name)
        if any(_says(value) for row in table.rows for value in row[len(WIDE[name][0]) :]):
            apart = len(WIDE[name][0]) + len(comparison.sides)
            in_words = name == "criteria"
            shown = _in_words(as_read(table, as_texts)) if in_words else table
            yield WideTable(heading, shown, apart - in_words)


def _in_words(table: Table) -> Table:
    """Without the ids that stand in front of the words."""
    return replace(table, columns=table.columns[1:], rows=tuple(row[1:] for row in table.rows))


def _says(value: Value) -> bool:
    return value not in (None, "", 0)


def _bars(comparison: ComparisonRecord) -> tuple[Bars, ...]:
    """People by nation, a bar a run; those that send most anywhere first."""
    table = wide(comparison, "nations")
    runs = range(2, 2 + len(comparison.sides))
    known = {str(row[0]): [_people(row[i]) for i in runs] for row in table.rows}
    sent = {nation: [people or 0 for people in figures] for nation, figures in known.items()}
    scale = Scale.of(people for figures in sent.values() for people in figures)
    found = sorted(sent, key=lambda nation: (-max(sent[nation]), nation))
    return tuple(
        Bars(nation, tuple((n, scale.width(n or 0), scale.cuts(n or 0)) for n in known[nation]))
        for nation in found[:FIGURES]
        if any(sent[nation])
    )


def _people(value: Value) -> int | None:
    return None if value is None else int(value)
