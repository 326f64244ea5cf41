"""`allocator review` and `allocator repair`: a plan of one's own, held against every rule, and the
nearest that keeps them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocator.cli.answering import AnswerCommand
from allocator.cli.marking import marked_plan
from allocator.cli.options import CommandOptions, asks, mark_cells_option

if TYPE_CHECKING:
    from allocator.results.repair import Repair


@click.command(short_help="A plan of your own, row by row and rule by rule.")
@asks("review")
@click.argument("plan", metavar="FILE")
@click.argument("model", required=False)
@mark_cells_option
@click.pass_context
def review(ctx: click.Context, asked: CommandOptions, copy: Path | None) -> None:
    """Hold a plan of your own against every rule, and say what it silently assumes.

    FILE is a CSV file, a sheet (FILE.xlsx#SHEET) or a run's folder, with the columns nation, task,
    line, capability, periods, quantity, kind. Nothing is searched: what is there is read.

    \b
    Examples:
      allocator review plan.csv
      allocator review staff.xlsx#plan reassurance_20k --world ceasefire --mark
      allocator review plan.csv --releases released.csv
      allocator review reports/reassurance_20k-today-20260301T210405Z --without FRA
    """
    from allocator.report.page.review import review_answer
    from allocator.report.tables.review import data
    from allocator.report.terminal.review import show

    plan = asked.question["plan"]
    command = AnswerCommand(
        "review", asked, review_answer, data, show,
        also=lambda found: None if copy is None else marked_plan(plan, found, copy),
    )  # fmt: skip
    ctx.exit(command.run(lambda planner, how: planner.review(**how)))


@click.command(short_help="The nearest valid plan to one of your own, and its edits.")
@asks("repair")
@click.argument("plan", metavar="FILE")
@click.argument("model", required=False)
@click.option(
    "--corrected",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Also write the corrected plan to this file, .csv or .xlsx.",
)
@click.pass_context
def repair(ctx: click.Context, asked: CommandOptions, corrected: Path | None) -> None:
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
    from allocator.report.page.repair import repair_answer
    from allocator.report.tables.repair import data
    from allocator.report.terminal.repair import show

    if corrected is not None:
        _refuse_to_replace(corrected)
    command = AnswerCommand(
        "repair", asked, repair_answer, data, show,
        also=lambda found: None if corrected is None else _correct(found, corrected),
    )  # fmt: skip
    ctx.exit(command.run(lambda planner, how: planner.repair(**how)))


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
