"""`allocator review` and `allocator repair`: a plan of one's own, held against every rule, and the
nearest that keeps them."""

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
    from allocator.results.repair import Repair
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
        found: Any = watched(work, limit.search(), heard)
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


@click.command(short_help="The nearest valid plan to one of your own, and its edits.")
@click.argument("plan", metavar="FILE")
@click.argument("model", required=False)
@click.option(
    "--add", metavar="TASK", multiple=True, help="Staff this task of the model too; repeatable."
)
@click.option(
    "--corrected",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Also write the corrected plan to this file, .csv or .xlsx.",
)
@without_option
@search_options
@click.pass_context
def repair(
    ctx: click.Context,
    plan: str,
    model: str | None,
    add: tuple[str, ...],
    corrected: Path | None,
    without: tuple[str, ...],
    asked: CommandOptions,
) -> None:
    """Find the valid plan nearest to your own: as few tasks and contributions lost as can be, then
    as few new ones, as few rows and units changed.

    FILE is as in `review`. Rows of kind exactly, at_least and at_most are held; where they cannot
    all stand, those that clash are named instead.

    \b
    Examples:
      allocator repair plan.csv
      allocator repair plan.csv --world ceasefire --without POL
      allocator repair staff.xlsx#plan reassurance_20k --corrected repaired.xlsx
    """
    from allocator.report.folder.answers import refuse_foreign

    if asked.out is not None:
        refuse_foreign(asked.out, "repair")
    if corrected is not None:
        _refuse_to_replace(corrected)
    ctx.exit(_repair(plan, model, add, corrected, replace(asked, without=without)))


def _repair(
    plan: str,
    model: str | None,
    add: tuple[str, ...],
    corrected: Path | None,
    asked: CommandOptions,
) -> int:
    """Searches, keeps and shows; returns the exit status."""
    import allocator
    from allocator.report.sentences import overview

    limit = TimeLimit(asked.time_limit)
    planner = allocator.load(asked.workspace)
    work: Any = lambda **how: planner.repair(plan, model, add=add, **asked.question, **how)  # noqa: E731
    with interrupts() as heard:
        found: Any = watched(work, limit.search(), heard)
        kept = _kept_repair(found, asked)
    for fault in overview.at_fault(found.faults):
        click.echo(f"At fault: {fault}", err=True)
    if corrected is not None:
        _correct(found, corrected)
    _show_repair(found, asked, kept)
    return INTERRUPTED if heard.pressed else _status(found)


def _refuse_to_replace(path: Path) -> None:
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise click.UsageError(f"{path} is no .csv or .xlsx file; name one")
    if path.exists():
        raise click.UsageError(f"{path} is there already; name a new file")


def _correct(found: Repair, path: Path) -> None:
    from allocator.report.tables.repair import write_corrected

    if found.plan.status == "unknown":
        click.echo("There is no plan to correct to, so no file is written.", err=True)
        return
    write_corrected(found, path)
    click.echo(f"The corrected plan is in {path}.", err=True)


def _kept_repair(found: Repair, asked: CommandOptions) -> Path | None:
    from allocator.report.folder.answers import Answer, came_about, write_answer
    from allocator.report.folder.runs import new_folder
    from allocator.report.tables import repair as tables

    name = f"{found.model}-{found.world.name}-repair"
    place = asked.out or new_folder(reports_of(asked.workspace), name)
    said = came_about(found, seconds=round(found.seconds, 3))
    made, sheets = tables.all_tables(found), tables.sheets(found)
    answer = Answer("repair", tables.data(found), made, said, sheets=sheets)
    return kept_at("The repair", place, lambda: write_answer(answer, place))


def _show_repair(found: Repair, asked: CommandOptions, kept: Path | None) -> None:
    from allocator.report.tables.repair import repair_bytes
    from allocator.report.terminal import repair as terminal
    from allocator.report.terminal.console import rendered

    with showing(kept, named=False):
        if asked.json:
            output.data(repair_bytes(found))
        else:
            output.page(rendered(lambda console: terminal.show(found, console), sys.stdout))


def _status(found: Repair) -> int:
    if found.interrupted:
        return INTERRUPTED
    return errors.ANSWERED if found.answered else errors.NO_ANSWER_IN_TIME
