"""The tables of what changed, why, and of all that differs."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.analysis.comparison.comparison import Change, ComparisonRecord
from allocator.analysis.comparison.difference import Difference
from allocator.report.comparing.difference_words import phrase
from allocator.report.comparing.task_table import named_by
from allocator.report.comparing.words import RUN
from allocator.report.tables.table import Columns, Table, Value, joined, make_table, whole, yes_no


def changes(comparison: ComparisonRecord) -> Table:
    columns: Columns = {
        "run": RUN,
        "task": "id of the task",
        "before": "verdict in the base",
        "after": "verdict in this run",
        "explained": "yes; time: not in time; not decided: engines gave no answer, or contradicted "
        "each other; inputs: not known; not repeated: asked again, a run did not stand as it says",
        "proof": "of the first set: smallest (no smaller set of differences turns the verdict), "
        "minimal (no part of it does), irreducible (no single one can be left out) or enough",
        "sets": whole("sets of differences that turn the verdict, each by itself", "sets"),
        "complete": "yes where these are all the minimal ones",
        "differences": whole("differences that can matter to the task", "differences"),
        "because": "the sets in words",
    }
    rows = (_change_row(comparison, found) for found in comparison.changed)
    return make_table("changes", "One row a verdict that is not the base's.", columns, rows)


def _change_row(comparison: ComparisonRecord, found: Change) -> tuple[Value, ...]:
    why = found.reasons
    told = phrases(comparison, found)
    return (
        found.side,
        found.task,
        found.before,
        found.after,
        explained(found),
        why.proof if why and why.sets else "",
        len(why.sets) if why else None,
        yes_no(why.complete) if why else None,
        found.relevant if why else None,
        " | ".join(joined(each) for each in told),
    )


def explained(found: Change) -> str:
    """yes, or why not: inputs, time, not decided, not repeated."""
    return "inputs" if found.reasons is None else found.reasons.open or "yes"


def phrases(
    comparison: ComparisonRecord, found: Change, *, by_name: bool = False
) -> list[list[str]]:
    """The reasons in words, set by set.

    comparison: the runs side by side. found: the change. by_name: for people, with titles in place
    of ids.
    """
    sets = found.reasons.sets if found.reasons else ()
    side = next(side for side in comparison.sides if side.name == found.side)
    problem = named_by(comparison, side) if by_name else None
    return [
        [phrase(comparison.difference(found.side, key), found.task, problem) for key in keys]
        for keys in sets
    ]


def places(comparison: ComparisonRecord, found: Change) -> list[list[str]]:
    """File and row of each difference, in the inputs of the run, else in those of the base; blank
    for a precondition, which the world holds and no row."""
    return [
        [_place(comparison.difference(found.side, key)) for key in keys]
        for keys in (found.reasons.sets if found.reasons else ())
    ]


def _place(found: Difference) -> str:
    return "" if found.key.kind == "precondition" else found.place_after or found.place_before


CELLS: Columns = {
    "kind": "precondition, task, line, horizon, caveat, commitment, availability, capability, "
    "offer or count",
    "id": "of its row; NATION capability of availability, task.line of a line",
    "column": "the cell; blank where the row is not in both",
    "rule": "the rule of a plan that it works through, as in docs/rules.md",
    "base_value": "what stands there in the base",
    "value": "what stands there in this run",
    "base_place": "file and row in the inputs of the base",
    "place": "file and row in the inputs of this run",
    "what": "the difference in words",
}


def reasons(comparison: ComparisonRecord) -> Table:
    columns: Columns = {
        "run": RUN,
        "task": "id of the task whose verdict changed",
        "set": whole("number of the set; each turns the verdict by itself"),
        **CELLS,
    }
    rows = (
        (found.side, found.task, number, *row)
        for found in comparison.changed
        for number, keys in enumerate(found.reasons.sets if found.reasons else (), 1)
        for key in keys
        for row in _cell_rows(comparison.difference(found.side, key))
    )
    return make_table("reasons", "One row a cell of a set that turns a verdict.", columns, rows)


def differences(comparison: ComparisonRecord) -> Table:
    columns: Columns = {
        "run": RUN,
        "pulls": "helps, hinders or unclear: whether it makes tasks easier to staff",
        **CELLS,
    }
    rows = (
        (side.name, pulls(found), *row)
        for side in comparison.others
        for found in comparison.found[side.name] or ()
        for row in _cell_rows(found)
    )
    return make_table(
        "differences",
        "One row a cell that can move a verdict and is not the base's.",
        columns,
        rows,
    )


def pulls(found: Difference) -> str:
    """helps, hinders or unclear."""
    directions = {found.direction(question) for question in ("now", "best")} - {"same"}
    return directions.pop() if len(directions) == 1 else "unclear"


def _cell_rows(found: Difference) -> Iterator[tuple[Value, ...]]:
    key = found.key
    for column, before, after in found.cells():
        yield (
            key.kind,
            key.id,
            column,
            found.rule,
            before,
            after,
            found.place_before,
            found.place_after,
            phrase(found),
        )
