"""What a planner reads of a task's packages: a few that differ, then all by rank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import RenderableType

from allocator.report.sentences import situation as say
from allocator.report.sentences.sending import to_task
from allocator.report.terminal import blocks
from allocator.report.terminal.console import note, pairs, ruled, titled
from allocator.results.result import Packages, TaskRecord
from allocator.search.packages.ranked import Ranked, ranked
from allocator.words import count, listing

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

ROWS = 40
"""Packages that the terminal lists; the run's folder has all."""


def listed(run: RunRecord, record: TaskRecord) -> Sequence[RenderableType]:
    """How many there are, the few that differ most with their units, and the best by rank."""
    found = ranked(run.problem, record)
    parts: list[RenderableType] = [note(say.packages_found(record.packages))]
    if not found:
        return parts
    parts.append(titled(rank_title(record.packages), _table(run, found[:ROWS])))
    if len(found) > ROWS:
        more = count(len(found) - ROWS, "package")
        parts.append(note(f"and {more} more, in the run's folder (package_values.csv)"))
    parts += map(note, counted_beside(record))
    picks = sorted((one for one in found if one.pick), key=lambda one: one.pick or 0)
    if len(found) > len(picks):
        parts.append(titled(PICKED, pairs([_pick(one) for one in picks])))
    parts.append(titled(f"Units of No. {found[0].number}", _units(run, found[0], record.task)))
    return parts


def counted_beside(record: TaskRecord) -> tuple[str, ...]:
    """Say which figures count tasks that are staffed beside it; nothing where none are.

    record: of the task, with its packages.
    """
    plans = (package.allocation for package in record.packages.best)
    beside = sorted({cell.task for plan in plans for cell in plan} - {record.task})
    if not beside:
        return ()
    return (
        f"Risk, targets and people count what stands beside it as well ({listing(beside)}); the "
        f"largest share is that of {record.task} alone.",
    )


RANKED = "By rank: least risk to commitments, nearest to the targets, fewest people"


def rank_title(packages: Packages) -> str:
    """Over packages by rank; says where only some of them have one."""
    if packages.best != packages.sets:
        return f"{RANKED}; of the first {count(len(packages.best), 'package')}"
    return RANKED if packages.in_all is None else f"{RANKED}; of the {len(packages.sets):,} listed"


PICKED = "Few that differ most: the best, then each the farthest from those before it"


def _pick(one: Ranked) -> tuple[str, str]:
    return f"No. {one.number}", blocks.nations(one.package)


def _units(run: RunRecord, one: Ranked, task: str) -> RenderableType:
    sent = to_task(run.problem, one.package.allocation, task)
    return pairs(sent or [("", "no nation needed")])


def _table(run: RunRecord, found: Sequence[Ranked]) -> RenderableType:
    return ruled(*by_rank(run, found), right=",".join(FIGURES))


FIGURES = ("No.", "Risk", "Short of targets", "People")


def by_rank(run: RunRecord, found: Sequence[Ranked]) -> tuple[list[str], list[list[str]]]:
    """Return a header and a row a package; people and what is short of targets as averages of the
    periods. Columns without a figure are left out.

    run: what is shown. found: the packages, best first.
    """
    header = ("No.", "Nations", "Risk", "Short of targets", "People", "Largest", "Led by")
    rows = [_row(run, one) for one in found]
    kept = [i for i, name in enumerate(header) if name in _ALWAYS or any(row[i] for row in rows)]
    return [header[i] for i in kept], [[row[i] for i in kept] for row in rows]


_ALWAYS = ("No.", "Nations", "Risk", "People")


def _row(run: RunRecord, one: Ranked) -> tuple[str, ...]:
    figures = one.values
    share = "" if figures.largest_share is None else f"{figures.largest_share / 10:.1f} %"
    people = figures.people / run.problem.horizon
    return (
        str(one.number),
        blocks.nations(one.package),
        f"{figures.release_risk:,}",
        f"{figures.shortfall / figures.targets / 10_000:.1f} %" if figures.shortfall else "",
        f"{people:,.0f}",
        f"{figures.largest} {share}".strip(),
        ", ".join(figures.leads),
    )
