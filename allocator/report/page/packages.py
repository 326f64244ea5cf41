"""The packages of a card: by rank, with what each costs, and the few that differ most."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.report.page.text import short
from allocator.report.sentences.sending import to_task
from allocator.report.terminal.coalitions import FIGURES, by_rank, counted_beside, rank_title
from allocator.results.result import TaskRecord
from allocator.results.run import RunRecord
from allocator.search.packages.ranked import ranked

SHOWN, FEW = 100, 10
"""Where packages are what was asked for, and where they stand beside all else."""


@dataclass(frozen=True, slots=True)
class PackagesView:
    """units: what each package of a row sends. picks: numbers of the few that differ most, the
    best first."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    units: tuple[str, ...]
    figures: tuple[str, ...]
    picks: tuple[int, ...]


def packages_view(run: RunRecord, record: TaskRecord) -> PackagesView | None:
    """Return what is shown of the task's packages; None where it has none."""
    found = ranked(run.problem, record)
    if not found:
        return None
    shown = found[: SHOWN if run.command == "packages" else FEW]
    header, rows = by_rank(run, shown)
    beside = "".join(f". {text.rstrip('.')}" for text in counted_beside(record))
    picks = sorted((one for one in found if one.pick), key=lambda one: one.pick or 0)
    sent = (to_task(run.problem, one.package.allocation, record.task) for one in shown)
    units = ("; ".join(f"{nation} {said}" for nation, said in one) for one in sent)
    return PackagesView(
        f"{rank_title(record.packages)}{beside}",
        tuple(header),
        tuple(map(tuple, rows)),
        tuple(short(text, 600) for text in units),
        FIGURES,
        tuple(one.number for one in picks) if len(found) > len(picks) else (),
    )
