"""Sheets for people of what the tidy tables have for programs: objectives, and who leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from allocator.inputs.schema.objectives import BY_ID
from allocator.report.sentences import names, overview
from allocator.report.sentences import situation as say
from allocator.report.tables.table import Columns, Table, joined, make_table, yes_no
from allocator.report.terminal.trade_offs import worse

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

OBJECTIVES, LEAVING = "objectives", "leaving"


def sheets(run: RunRecord) -> Iterator[Table]:
    """Yield those of the run that have a row.

    run: what is shown.
    """
    yield from (table for table in (_objectives(run), _leaving(run)) if table.rows)


def _objectives(run: RunRecord) -> Table:
    columns: Columns = {
        "objective": "what the plan was optimised for, in this order",
        "value": "what it reaches, in the unit that the objective names",
        "proved bound": "what no plan can beat that keeps the earlier ones",
        "proved by": "what shows that",
        "status": "proved best, or best found",
    }
    rows = (
        (
            say.shown_objective(level.objective),
            *(figure / per if per != 1 else figure for figure in (level.value, level.bound)),
            overview.PROVED_BY[level.proved_by],
            overview.LEVEL_STATUS[level.status],
        )
        for level in run.result.plan.levels
        for per in (BY_ID[level.objective.partition("[")[0]].per,)
    )
    return make_table(OBJECTIVES, "One row an objective of the joint plan.", columns, rows)


def _leaving(run: RunRecord) -> Table:
    columns: Columns = {
        "nation": "who sends nothing",
        "part": "yes where the plan as it stands has a part for it",
        "falls": "tasks of the plan that fall without it",
        "comes in": "tasks that come in where its absence leaves forces free",
        "proved": "yes: no plan without it staffs more tasks",
        "first objective that is worse": "and by how much",
    }
    found = sorted(run.plan_notes.departures, key=lambda d: (-d.sends, -len(d.falls), d.nation))
    rows = (
        (
            one.nation,
            yes_no(one.sends),
            *(
                joined(names.tasks(run.problem, tasks)) or "none" if one.known else "not known"
                for tasks in (one.falls, one.rises)
            ),
            yes_no(one.staffing_proved) if one.known else "",
            worse(run, one),
        )
        for one in found
    )
    return make_table(LEAVING, "One row a nation that leaves the joint plan.", columns, rows)
