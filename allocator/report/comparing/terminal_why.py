"""What `compare` shows of verdicts that did not change, and of the plan's cells that did."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.analysis.comparison.side import Side
from allocator.report.comparing.plan_change_tables import (
    calendar,
    grouped,
    summary,
    turned,
)
from allocator.report.comparing.task_table import in_reading_order, named, title
from allocator.report.comparing.why import reason, stands
from allocator.report.terminal.console import note, ruled, titled
from allocator.words import count, listing

TASKS_SHOWN = 12
CELLS_SHOWN = 12


def why_not(comparison: ComparisonRecord, side: Side) -> Iterator[RenderableType]:
    """Yield what keeps tasks blocked or short that were so in the base, tasks alike together.

    comparison: the runs side by side. side: the run.
    """
    found: dict[str, list[str]] = {}
    for task in in_reading_order(comparison):
        same = stands(comparison, side, task) == "same"
        if same and side.records[task].verdict in ("blocked", "short"):
            told = reason(comparison, side, task, by_name=True)
            found.setdefault(told, []).append(named(comparison, task))
    if found:
        rows = [note(f"{listing(tasks)}: {text}") for text, tasks in found.items()]
        more = len(rows) - TASKS_SHOWN
        rest = [note(f"and {count(more, 'more')}; why.csv has all")] if more > 0 else []
        heading = f"What did not change{_where(comparison, side)}, and why"
        yield titled(heading, *rows[:TASKS_SHOWN], *rest)


def plan_moves(comparison: ComparisonRecord, side: Side) -> Iterator[RenderableType]:
    """Yield the rows of the plan that changed, with what is shown to be behind them.

    comparison: the runs side by side. side: the run.
    """
    if not comparison.moved.get(side.name):
        return
    said = note(f"{summary(comparison, side)}.")
    tasks = [note(f"{named(comparison, one.task)}: {one.said}") for one in turned(comparison, side)]
    heading = f"What the plan sends otherwise{_where(comparison, side)}"
    yield titled(heading, said, *tasks, *_cells(comparison, side))


def _cells(comparison: ComparisonRecord, side: Side) -> Iterator[RenderableType]:
    """Those that stand in tasks that both runs can staff."""
    groups, when = grouped(comparison, side), calendar(comparison, side)
    rows = [
        (
            m.nation,
            title(comparison, m.task),
            m.what,
            when.phrase(m.periods),
            f"{m.before:,}",
            f"{m.after:,}",
            m.why,
        )
        for m in groups[:CELLS_SHOWN]
    ]
    header = ("nation", "task", "line", "when", "base", "now", "because")
    if rows:
        yield ruled(header, rows, right="base,now", whole="nation")
    if (more := len(groups) - CELLS_SHOWN) > 0:
        yield note(f"and {count(more, 'row')} more; plan_changes.csv has all")


def _where(comparison: ComparisonRecord, side: Side) -> str:
    return f" in {side.name}" if len(comparison.others) > 1 else ""
