"""The matrix of events and tasks: a cell a period, its state by letter and by pattern."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.report.pictures.matrix import DOTS, LINES, Look, Matrix, Row, drawn
from allocator.report.sentences import names
from allocator.report.sentences.endure import LETTERS, who
from allocator.results.endurance import STATES, Endurance, Outcome, State

MOST_ROWS = 80
"""Losses that are drawn; the tables have all."""

LOOKS: dict[State, Look] = {
    "holds": Look(LETTERS["holds"], "holds", ink="#777777"),
    "repaired": Look(LETTERS["repaired"], "repaired", LINES),
    "gives way": Look(LETTERS["gives way"], "gives way", DOTS),
    "falls": Look(LETTERS["falls"], "falls", "#111111", "#ffffff"),
    "unknown": Look(LETTERS["unknown"], "unknown", dashed=True),
}


def endurance_picture(found: Endurance) -> str:
    """The picture; blank where every task holds under every event."""
    harmful = found.harmful()
    rows = harmful[:MOST_ROWS]
    if not rows:
        return ""
    more = len(harmful) - len(rows)
    left = f"; of {len(harmful):,} losses {more:,} in the tables alone" if more else ""
    return drawn(
        Matrix(
            told="Events and tasks: what holds, is repaired, gives way or falls",
            title="What is lost, and what becomes of each task",
            said=f"A cell for each period from which on it is lost, the first to the left{left}",
            columns=[names.plain_task(found.problem, one.task) for one in rows[0][0].tasks],
            rows=[_row(found, events) for events in rows],
            legend=[LOOKS[state] for state in STATES],
        )
    )


def _row(found: Endurance, events: Sequence[Outcome]) -> Row:
    by_task = zip(*([LOOKS[one.state] for one in event.tasks] for event in events), strict=True)
    return Row(who(found.problem, events[0].loss), tuple(by_task))
