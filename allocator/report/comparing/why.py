"""Why a task stands as it does in a run, beside the base: what turned its verdict, or what keeps it
where it is. One text a task and run, for the matrix of reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from allocator.analysis.comparison.comparison import Change, ComparisonRecord
from allocator.analysis.comparison.side import Side
from allocator.report.comparing.reason_tables import explained, phrases
from allocator.report.comparing.task_table import named_by, title
from allocator.report.comparing.words import BASE, RUN
from allocator.report.sentences import names
from allocator.report.sentences import situation as say
from allocator.report.sentences.names import Name
from allocator.report.tables.table import Columns, Table, Value, make_table, whole
from allocator.results.result import TaskRecord
from allocator.words import count, listing, some

LINES_SHOWN = 3
"""Lines of a short task that are named; the table `gaps` has all."""

LONGEST = 160
"""Letters of all ways out in one sentence."""

MEMBERS_SHOWN = 6
"""Differences of a reason that are named; the table `reasons` has all."""

Standing = Literal["base", "changed", "same", "not known", "only in one"]


def why(comparison: ComparisonRecord) -> Table:
    """Return the table: why a task stands in a run as it does."""
    columns: Columns = {
        "task": "id of the task",
        "title": "its title",
        "run": RUN,
        "verdict": "ready, blocked, short or unknown; blank: not in this run",
        "base_verdict": BASE,
        "stands": "base, changed, same, not known (a verdict is unknown), or only in one",
        "differences": whole(
            "differences that can matter to the task; blank where inputs are not known",
            "differences",
        ),
        "reason": "what turned it, or what keeps it where it is, after the verdict",
    }
    rows = (
        _row(comparison, side, task) for task in comparison.tasks_asked for side in comparison.sides
    )
    return make_table("why", "One row a task and run, with the reason.", columns, rows)


def _row(comparison: ComparisonRecord, side: Side, task: str) -> tuple[Value, ...]:
    record, base = side.records.get(task), comparison.base.records.get(task)
    return (
        task,
        title(comparison, task),
        side.name,
        record.verdict if record else None,
        base.verdict if base else None,
        stands(comparison, side, task),
        matter(comparison, side, task),
        reason(comparison, side, task),
    )


def stands(comparison: ComparisonRecord, side: Side, task: str) -> Standing:
    """How the task stands in the run beside the base.

    comparison: the runs side by side. side: the run. task: its id.
    """
    record, base = side.records.get(task), comparison.base.records.get(task)
    if side is comparison.base:
        return "base"
    if record is None or base is None:
        return "only in one"
    if "unknown" in (record.verdict, base.verdict):
        return "not known"
    return "same" if record.verdict == base.verdict else "changed"


def matter(comparison: ComparisonRecord, side: Side, task: str) -> int | None:
    """How many differences can matter to the task; None where that is not known.

    comparison: the runs side by side. side: the run. task: its id.
    """
    if (found := _change(comparison, side, task)) is not None:
        return found.relevant if found.reasons else None
    return comparison.touching.get((side.name, task))


def reason(comparison: ComparisonRecord, side: Side, task: str, *, by_name: bool = False) -> str:
    """The verdict with what turned it, or what keeps it where it is; blank for a task that the run
    does not have.

    comparison: the runs side by side. side: the run. task: its id. by_name: for people, with titles
    in place of ids.
    """
    record = side.records.get(task)
    if record is None:
        return ""
    standing = stands(comparison, side, task)
    if standing == "changed":
        return _turned(comparison, side, record, by_name)
    still = "still " if standing == "same" else ""
    return f"{still}{record.verdict}: {_keeps(comparison, side, record, standing, by_name)}"


def _turned(comparison: ComparisonRecord, side: Side, record: TaskRecord, by_name: bool) -> str:
    found = _change(comparison, side, record.task)
    told = phrases(comparison, found, by_name=by_name) if found else []
    if not told:
        return f"{record.verdict}: {_NOT_KNOWN[explained(found) if found else 'inputs']}"
    more = f", or {count(len(told) - 1, 'other reason')}" if len(told) > 1 else ""
    return f"{record.verdict}: because of {some(told[0], MEMBERS_SHOWN)}{more}"


_NOT_KNOWN = {
    "inputs": "not known why, for the inputs of a run are not known",
    "time": "not known why, the time was up first",
    "not decided": "not known why, engines did not agree or gave no answer",
    "not repeated": "not known why, for asked again a run does not stand as it says",
}


def _keeps(
    comparison: ComparisonRecord, side: Side, record: TaskRecord, standing: str, by_name: bool
) -> str:
    """What keeps the task at its verdict, by what the run itself found."""
    name = names.of_preconditions(named_by(comparison, side) if by_name else None)
    told = _BY_VERDICT[record.verdict](side, record, name)
    number = comparison.touching.get((side.name, record.task)) if standing == "same" else None
    if number is None:
        return told
    if number == 0:
        return f"{told} (nothing that differs can matter to it)"
    together = "does not turn it" if number == 1 else "together do not turn it"
    return f"{told} ({count(number, 'difference')} that can matter {together})"


def _ready(side: Side, record: TaskRecord, name: Name) -> str:
    number = len(record.packages.sets)
    if not number:
        return "it can be staffed"
    return f"{'' if record.packages.complete else 'at least '}{count(number, 'package')}"


def _blocked(side: Side, record: TaskRecord, name: Name) -> str:
    """What it waits for: all ways in one, where that is short; else the smallest."""
    family = record.unlocking
    if not family.sets:
        return "no way out is known yet"
    if len(say.factored(family)) <= LONGEST:
        return f"waits for {say.factored(family, name)}"
    known = "" if family.complete else " known"
    ways = count(len(family.sets), f"{known} way".strip())
    return f"waits for {listing(map(name, family.sets[0]))}, the smallest of {ways}"


def _short(side: Side, record: TaskRecord, name: Name) -> str:
    gaps = record.gaps
    if gaps.rules:
        return f"no units help against {listing(gaps.rules)}"
    if not gaps.units:
        return "what it lacks was not worked out"
    if side.inputs is None:
        return f"lacks {listing(sorted({unit.line for unit in gaps.units}))}"
    lines = say.missing(side.inputs.problem, gaps.units)
    return f"{some(lines, LINES_SHOWN, '; ')}; {say.gap_status(gaps)}"


def _unknown(side: Side, record: TaskRecord, name: Name) -> str:
    return "not decided in this run"


_BY_VERDICT: dict[str, Callable[[Side, TaskRecord, Name], str]] = {
    "ready": _ready,
    "blocked": _blocked,
    "short": _short,
    "unknown": _unknown,
}


def _change(comparison: ComparisonRecord, side: Side, task: str) -> Change | None:
    return next((c for c in comparison.changed if (c.side, c.task) == (side.name, task)), None)
