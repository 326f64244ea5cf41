"""`allocator review`: a plan of one's own, row by row and rule by rule."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from allocator import errors
from allocator.cli import output
from allocator.cli.interrupts import interrupts
from allocator.cli.keeping import kept as kept_at
from allocator.cli.keeping import showing
from allocator.cli.options import (
    CommandOptions,
    mark_cells_option,
    search_options,
    without_option,
)
from allocator.cli.searching import reports_of
from allocator.cli.time_limit import TimeLimit
from allocator.cli.watching import watched
from allocator.leaving import INTERRUPTED

if TYPE_CHECKING:
    from allocator.results.review import Review


@click.command(short_help="A plan of your own, row by row and rule by rule.")
@click.argument("plan", metavar="FILE")
@click.argument("model", required=False)
@mark_cells_option
@without_option
@search_options
@click.pass_context
def review(
    ctx: click.Context,
    plan: str,
    model: str | None,
    copy: Path | None,
    without: tuple[str, ...],
    asked: CommandOptions,
) -> None:
    """Hold a plan of your own against every rule, and say what it silently assumes.

    FILE is a CSV file, a sheet (FILE.xlsx#SHEET) or a run's folder, with the columns nation, task,
    line, capability, periods, quantity, kind. Nothing is searched: what is there is read.

    \b
    Examples:
      allocator review plan.csv
      allocator review staff.xlsx#plan reassurance_20k --world ceasefire --mark
      allocator review reports/reassurance_20k-today-20260301T210405Z --without FRA
    """
    import allocator
    from allocator.cli.marking import marked_plan
    from allocator.report.folder.answers import refuse_foreign

    if asked.out is not None:
        refuse_foreign(asked.out, "review")
    asked = replace(asked, without=without)
    limit = TimeLimit(asked.time_limit)
    planner = allocator.load(asked.workspace)
    work: Any = lambda deadline, progress: planner.review(  # noqa: E731
        plan, model, deadline=deadline, **asked.question
    )
    with interrupts() as heard:
        found: Any = watched(work, limit.whole, heard)
        kept = _kept(found, asked)
    if copy is not None:
        marked_plan(plan, found, copy)
    _show(found, asked, kept)
    ctx.exit(INTERRUPTED if heard.pressed else errors.ANSWERED)


def _kept(found: Review, asked: CommandOptions) -> Path | None:
    from allocator.report.folder.answers import Answer, provenance, write_answer
    from allocator.report.folder.runs import new_folder
    from allocator.report.tables import review as tables

    name = f"{found.model}-{found.world.name}-review"
    place = asked.out or new_folder(reports_of(asked.workspace), name)
    said = provenance(found.inputs, found.options)
    answer = Answer("review", tables.data(found), tables.all_tables(found), said)
    return kept_at("The review", place, lambda: write_answer(answer, place))


def _show(found: Review, asked: CommandOptions, kept: Path | None) -> None:
    from allocator.report.tables.review import review_bytes
    from allocator.report.terminal import review as terminal
    from allocator.report.terminal.console import rendered

    with showing(kept, named=False):
        if asked.json:
            output.data(review_bytes(found))
        else:
            output.page(rendered(lambda console: terminal.show(found, console), sys.stdout))
