"""What there is to say about each task, a sentence a row: as on the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from allocator.report.sentences import situation as say
from allocator.report.tables.table import Columns, Table, make_table, whole
from allocator.report.terminal import blocks
from allocator.report.terminal.details import also
from allocator.results.result import TaskRecord

if TYPE_CHECKING:
    from allocator.results.run import RunRecord


def findings(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the task",
        "verdict": "ready, blocked, short or unknown, asked about alone",
        "number": whole("number of the sentence"),
        "about": "what the sentence is about",
        "sentence": "what was found",
    }
    rows = (
        (record.task, record.verdict, number, about, text)
        for record in run.result.tasks
        for number, (about, text) in enumerate(_sentences(run, record), 1)
    )
    return make_table("findings", "One row a sentence about a task.", columns, rows)


def _sentences(run: RunRecord, record: TaskRecord) -> Iterable[tuple[str, str]]:
    """The verdict, then the task's block with its label on every row, then what else was asked."""
    yield "Verdict", say.situation(record)
    label = ""
    for shown, text in (*blocks.block(run, record), *also(run, record)):
        label = shown or label
        yield label, text
