"""Tables of what can be had for what, and of what falls if a nation leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from allocator.report.tables.plan import CELL, cell_row, with_and_without
from allocator.report.tables.table import Columns, Table, Value, joined, make_table, whole, yes_no
from allocator.results.front import Front

if TYPE_CHECKING:
    from allocator.results.run import RunRecord


def fronts(run: RunRecord) -> Iterator[tuple[str, Front]]:
    """The fronts of the run, each with its task; blank for the joint plan."""
    if run.plan_notes.front is not None:
        yield "", run.plan_notes.front
    for task, notes in run.notes.items():
        if notes.front is not None:
            yield task, notes.front


def front(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "task alone; blank: the joint plan",
        "point": whole("number of the point"),
        "objective": "one of those that the front is about",
        "value": whole(
            "no plan that is as good in the other objectives has less; of the joint plan, "
            "none that staffs as many tasks of each priority as can be",
            "as the objective; `largest_share` in thousandths",
        ),
        "nations": "who contributes, ';' between",
        "complete": "yes: there are no other points",
    }
    rows = (
        (task or None, number, objective, value, joined(point.nations), yes_no(found.complete))
        for task, found in fronts(run)
        for number, point in enumerate(found.points, 1)
        for objective, value in zip(found.objectives, point.values, strict=True)
    )
    text = "One row a point and objective that no plan beats (`--front` only)."
    return make_table("front", text, columns, rows)


def front_units(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "task alone; blank: the joint plan",
        "point": whole("number of the point in `front`"),
        **{("for_task" if name == "task" else name): text for name, text in CELL.items()},
    }
    rows = (
        (task or None, number, *cell_row(run, cell))
        for task, found in fronts(run)
        for number, point in enumerate(found.points, 1)
        for cell in point.allocation
    )
    text = "One row for units sent in the plan of a point (`--front` only)."
    return make_table("front_units", text, columns, rows)


def departures(run: RunRecord) -> Table:
    columns: Columns = {
        "nation": "who sends nothing",
        "sends": "yes or no: the plan as it stands has a part for it",
        "falls": (
            "tasks that are staffed with it and not in the plan found without, ';' between; none: "
            "all are staffed without it too; blank where no plan without it was found in time"
        ),
        "rises": "tasks that are staffed only without it, as `falls`",
        "objective": "level of the best plan without it; blank where none was found in time",
        "with_all": whole("its value in the plan as it stands", "as the objective"),
        "without": whole("its value without the nation", "as the objective"),
        "difference": whole("what the departure adds", "as the objective"),
        "bound": whole("no plan without the nation does better, proved", "as the objective"),
        "status": (
            "optimal: proved best on both sides, as are the objectives before; feasible: best "
            "found; unknown: none found"
        ),
    }
    rows: list[tuple[Value, ...]] = []
    for one in run.plan_notes.departures:
        named = [
            (joined(found) or "none") if one.known else None for found in (one.falls, one.rises)
        ]
        head = (one.nation, yes_no(one.sends), *named)
        if not one.levels:
            rows.append((*head, *(None,) * 5, "unknown"))
            continue
        rows += [(*head, *row) for row in with_and_without(run.result.plan.levels, one.levels)]
    text = "One row a nation and objective: the joint plan without it (`solve --departures` only)."
    return make_table("departures", text, columns, rows)
