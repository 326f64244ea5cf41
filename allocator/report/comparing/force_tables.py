"""What nations send, what is released, and what is missing, run by run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.analysis.comparison.side import Side
from allocator.report.comparing import figures as of
from allocator.report.comparing.words import BASE, LESS, RUN
from allocator.report.tables.table import Columns, Table, Value, joined, make_table, whole


def nations(comparison: ComparisonRecord) -> Table:
    columns: Columns = {
        "nation": "code of the nation",
        "name": "its name",
        "run": RUN,
        "people": whole("people it sends in its fullest period, all tasks", "people"),
        "base_people": whole(BASE, "people"),
        "difference": whole(LESS, "people"),
        "tasks": "tasks that it serves in the joint plan, ';' between",
    }
    names = {n: w for s in comparison.sides if s.inputs for n, w in s.inputs.problem.names.items()}
    rows = (
        (
            *found.key,
            names.get(found.key[0], found.key[0]),
            found.side.name,
            found.figure,
            found.base,
            found.difference,
            joined(of.tasks_of(found.side, found.key[0])),
        )
        for found in of.beside(comparison, of.people_of_nations)
    )
    return make_table("nations", "One row a nation that sends anything, and run.", columns, rows)


def contributions(comparison: ComparisonRecord) -> Table:
    columns: Columns = {
        "nation": "code of the nation that sends",
        "task": "task that receives",
        "capability": "id of the capability",
        "run": RUN,
        "units": whole("units in the fullest period", "units"),
        "base_units": whole(BASE, "units"),
        "difference": whole(LESS, "units"),
    }
    return _of_figures(comparison, "contributions", "One row for units sent.", columns, of.sent)


def released(comparison: ComparisonRecord) -> Table:
    columns: Columns = {
        "commitment": "id of the commitment",
        "run": RUN,
        "units": whole("units released in the fullest period", "units"),
        "base_units": whole(BASE, "units"),
        "difference": whole(LESS, "units"),
        "nation": "nation that is committed; blank where inputs are not known",
        "capability": "id of the capability",
        "purpose": "what for",
    }
    known = {
        c.id: (c.nation, c.capability, c.purpose)
        for side in comparison.sides
        if side.inputs
        for c in side.inputs.problem.commitments
    }
    rows = (
        (*found.key, *_beside(found), *known.get(found.key[0], ("", "", "")))
        for found in of.beside(comparison, of.released)
    )
    return make_table("released", "One row a commitment released, and run.", columns, rows)


def gaps(comparison: ComparisonRecord) -> Table:
    columns: Columns = {
        "task": "id of the short task",
        "line": "requirement line",
        "capability": "id of the capability",
        "run": RUN,
        "units": whole("units to add in the worst period", "units"),
        "base_units": whole(BASE, "units"),
        "difference": whole(LESS, "units"),
        "status": "optimal (proved to be the least that helps) or feasible (fewer may do)",
    }
    rows = (
        (*found.key, *_beside(found), _gap_status(found))
        for found in of.beside(comparison, of.missing, of.knows_missing)
    )
    return make_table("gaps", "One row for units missing.", columns, rows)


def _gap_status(found: of.Beside) -> str:
    """Blank where nothing is missing, or where it is not known."""
    record = found.side.records.get(found.key[0])
    short = record is not None and record.verdict == "short" and found.figure is not None
    return record.gaps.units_status if record is not None and short else ""


def _of_figures(
    comparison: ComparisonRecord,
    name: str,
    description: str,
    columns: Columns,
    figures: Callable[[Side], Mapping[Any, int] | None],
) -> Table:
    rows = ((*f.key, *_beside(f)) for f in of.beside(comparison, figures))
    return make_table(name, description, columns, rows)


def _beside(found: of.Beside) -> tuple[Value, ...]:
    return found.side.name, found.figure, found.base, found.difference
