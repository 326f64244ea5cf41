"""The page of a repaired plan, and all else that its folder keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from allocator.report.folder.answers import Answer, came_about
from allocator.report.page.given import head
from allocator.report.page.render import render
from allocator.report.page.text import short
from allocator.report.sentences import overview, situation
from allocator.report.sentences import repair as say
from allocator.report.sentences.situation import figures
from allocator.report.tables.repair import all_tables, data, made_table, sheets
from allocator.report.tables.table import Table
from allocator.results.repair import Repair
from allocator.results.result import Level

MOST_ROWS = 500
"""Of a table on the page; the CSV files have all."""

SETS = 30
"""Sets of a family on the page; the CSV file has all."""


@dataclass(frozen=True, slots=True)
class ChangedTask:
    """A task by title and id, and its cells with other units."""

    title: str
    task: str
    kept: bool
    edits: Table


def repair_page(found: Repair, mark: str = "") -> str:
    """mark: how it is to be handled, top and bottom. Raises ValueError for a repair without its
    problem."""
    return render(
        "repair.html",
        **head(found, say.summary(found), mark),
        levels=[
            (_meaning(one), one, figures(one.objective, one.value, one.bound), _status(one))
            for one in found.plan.levels
        ],
        clashes=_some(say.clashing(found)),
        frees=_some([say.named(found, pairs) for pairs in found.clashes.frees]),
        complete=found.clashes.complete,
        changed=tuple(_changed(found)),
        planned=found.plan.status != "unknown",
        released=made_table(found, "released"),
    )


def _meaning(level: Level) -> str:
    """In words, with the priority of the tasks that it is about."""
    name, _, rest = level.objective.partition("[")
    if name not in say.MEANINGS:
        return situation.shown_objective(level.objective)
    return say.MEANINGS[name] + (f", priority {rest.rstrip(']')}" if rest else "")


def _status(level: Level) -> str:
    return overview.LEVEL_STATUS[level.status]


def _some(sets: list[str]) -> list[str]:
    more = len(sets) - SETS
    return [*sets[:SETS], *([f"and {more:,} more, in clashes.csv"] if more > 0 else [])]


def _changed(found: Repair) -> Iterator[ChangedTask]:
    """Tasks with edits, in the model's order; the task itself is not said again in each row."""
    assert found.problem is not None
    table = made_table(found, "edits")
    at = table.header.index("task")
    for task in found.problem.tasks:
        if rows := [row for row in table.rows if row[at] == task.id]:
            shown = (row[:at] + row[at + 1 :] for row in rows[:MOST_ROWS])
            columns = table.columns[:at] + table.columns[at + 1 :]
            edits = replace(table, columns=columns, rows=tuple(shown))
            yield ChangedTask(short(task.title), task.id, task.id in found.plan.staffed, edits)


def repair_answer(found: Repair, mark: str = "") -> Answer:
    """What the folder keeps."""
    said = came_about(found, seconds=round(found.seconds, 3))
    page = repair_page(found, mark)
    return Answer("repair", data(found), all_tables(found), said, page, sheets=sheets(found))
