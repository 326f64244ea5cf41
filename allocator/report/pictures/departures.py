"""Nations and tasks as a matrix: what becomes of the joint plan where one nation leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.report.pictures.matrix import LINES, Look, Matrix, Row, drawn
from allocator.report.sentences import names

if TYPE_CHECKING:
    from allocator.results.departures import Departure
    from allocator.results.run import RunRecord

STAYS = Look("S", "stays", ink="#777777")
FALLS = Look("F", "falls", "#111111", "#ffffff")
PERHAPS = Look("F", "falls, not proved", LINES, dashed=True)
COMES = Look("C", "comes in")
OUT = Look("", "not in the plan", "#eeeeee")
UNKNOWN = Look("?", "not known", dashed=True)


def departures_picture(run: RunRecord) -> str:
    """Return the picture; blank where it was not asked what falls if a nation leaves.

    run: what is shown.
    """
    found = [one for one in run.plan_notes.departures if one.sends]
    tasks = [r.task for r in run.result.tasks if r.task in _touched(run, found)]
    if not found or not tasks:
        return ""
    rows = [
        Row(one.nation, tuple((_look(run, one, task),) for task in tasks))
        for one in sorted(found, key=lambda one: (-len(one.falls), one.nation))
    ]
    looks = (STAYS, FALLS, PERHAPS, COMES, OUT, UNKNOWN)
    seen = {cell for row in rows for (cell,) in row.columns}
    return drawn(
        Matrix(
            told="Nations and tasks: what falls if a nation leaves the joint plan",
            title="If one nation leaves the joint plan",
            said="A row a nation that leaves, a column a task",
            columns=[names.plain_task(run.problem, task) for task in tasks],
            rows=rows,
            legend=[look for look in looks if look in seen],
            own="leaving-",
            key=130,
        )
    )


def _touched(run: RunRecord, found: list[Departure]) -> set[str]:
    """The tasks of the plan, and those that come in where a nation leaves."""
    return {*run.result.plan.staffed, *(task for one in found for task in one.rises)}


def _look(run: RunRecord, one: Departure, task: str) -> Look:
    if not one.known:
        return UNKNOWN
    if task in one.falls:
        return FALLS if one.staffing_proved else PERHAPS
    if task in one.rises:
        return COMES
    return STAYS if task in run.result.plan.staffed else OUT
