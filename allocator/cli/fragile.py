"""`allocator fragility`: how far single figures may be wrong before a verdict changes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from allocator import errors
from allocator.cli import output
from allocator.cli.interrupts import interrupts
from allocator.cli.keeping import kept as kept_at
from allocator.cli.keeping import showing
from allocator.cli.options import CommandOptions, model_option, search_options
from allocator.cli.time_limit import TimeLimit
from allocator.cli.watching import watched
from allocator.leaving import INTERRUPTED

if TYPE_CHECKING:
    from allocator.search.fragility import Fragility


@click.command(short_help="Which figures a verdict hangs on, and by how much.")
@click.argument("task")
@model_option
@search_options
@click.pass_context
def fragility(ctx: click.Context, task: str, model: str | None, asked: CommandOptions) -> None:
    """For every figure the task depends on, the smallest change that turns its verdict.

    One nation's units of a capability, one commitment, one line's minimum, one capability's
    rotation: each by itself, all others as they stand. A change within ten per cent is marked.

    \b
    Examples:
      allocator fragility western_presence --world ceasefire
      allocator fragility western_presence --model reassurance_40k --world ceasefire_us_backstop
    """
    import allocator
    from allocator.report.sentences import overview

    limit = TimeLimit(asked.time_limit)
    planner = allocator.load(asked.workspace)
    work: Any = lambda **how: planner.fragility(task, model, **asked.question, **how)  # noqa: E731
    with interrupts() as heard:
        found: Any = watched(work, limit.search(), heard)
        kept = _kept(found, asked.out)
    for fault in overview.at_fault(found.faults):
        click.echo(f"At fault: {fault}", err=True)
    _show(found, asked, kept)
    ctx.exit(INTERRUPTED if heard.pressed else _status(found))


for _option in fragility.params:
    if _option.name == "out" and isinstance(_option, click.Option):
        _option.help = "Folder for fragility.csv and fragility.json; nothing is kept without it."


def _show(found: Fragility, asked: CommandOptions, kept: Path | None) -> None:
    from allocator.report.tables import fragility as tables
    from allocator.report.terminal.console import rendered
    from allocator.results.jsons import data_bytes

    with showing(kept, named=False):
        if asked.json:
            output.data(data_bytes(tables.data(found)))
        else:
            output.page(rendered(lambda console: tables.show(found, console), sys.stdout))


def _kept(found: Fragility, folder: Path | None) -> Path | None:
    if folder is None:
        return None
    place = folder
    return kept_at("The figures", place, lambda: _keep(found, place))


def _keep(found: Fragility, folder: Path) -> Path:
    from allocator.atomic import replace_files
    from allocator.report.tables import fragility as tables
    from allocator.report.tables.csvs import write_csv
    from allocator.results.jsons import data_bytes

    def fill(new: Path) -> None:
        write_csv(tables.table([found]), new)
        (new / "fragility.json").write_bytes(data_bytes(tables.data(found)))

    replace_files(folder, fill)
    return folder


def _status(found: Fragility) -> int:
    if found.interrupted:
        return INTERRUPTED
    return errors.ANSWERED if found.answered else errors.NO_ANSWER_IN_TIME
