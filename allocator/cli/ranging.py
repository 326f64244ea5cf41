"""`allocator ranges`: verdicts wherever figures lie in their ranges."""

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
    from allocator.results.ranges import RangesFound


def spread(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> dict[str, float]:
    """`estimate=30,assumption=30`. Raises click.BadParameter."""
    found: dict[str, float] = {}
    for entry in (part.strip() for text in given for part in text.split(",")):
        basis, equals, percent = (part.strip() for part in entry.partition("="))
        try:
            number = float(percent)
        except ValueError:
            number = -1.0
        if not equals or not basis or number <= 0:
            raise click.BadParameter(
                f"'{entry}' is no spread; write BASIS=PER_CENT, as estimate=30"
            )
        if basis in found:
            raise click.BadParameter(f"'{basis}' stands there twice; name it once")
        found[basis] = int(number) if number == int(number) else number
    return found


_OPTIONS = (
    model_option,
    click.option(
        "--spread",
        metavar="BASIS=PER_CENT,…",
        multiple=True,
        callback=spread,
        help="Range of figures that have none, by their basis, as in estimate=30,assumption=30.",
    ),
    click.option(
        "--draws",
        type=click.IntRange(0, 100_000),
        default=1000,
        show_default=True,
        metavar="N",
        help="Draws of the figures, for the chance that a task is ready; 0 for none.",
    ),
    click.option("--uniform", is_flag=True, help="Draw every value of a range alike."),
    search_options,
)


def _options(command: Any) -> Any:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command(short_help="Verdicts if figures lie anywhere in their ranges, and how likely.")
@click.argument("tasks", nargs=-1)
@_options
@click.pass_context
def ranges(
    ctx: click.Context,
    /,
    tasks: tuple[str, ...],
    model: str | None,
    asked: CommandOptions,
    **how: Any,
) -> None:
    """Verdicts wherever figures lie in their ranges (low, high); of all tasks by default.

    Surely ready: even with every figure at its harmful end. Surely not: not even with every
    figure at its helpful end. Open: it depends on where they lie.

    \b
    Examples:
      allocator ranges
      allocator ranges western_presence --world ceasefire
      allocator ranges --spread general_knowledge=25,estimate=30,assumption=30
    """
    import allocator
    from allocator.report.folder.ranges import refuse_foreign
    from allocator.report.sentences import overview

    limit = TimeLimit(asked.time_limit)
    if asked.out is not None:
        refuse_foreign(asked.out)
    planner = allocator.load(asked.workspace)
    work: Any = lambda **more: planner.ranges(tasks, model, **how, **asked.question, **more)  # noqa: E731
    with interrupts() as heard:
        found: Any = watched(work, limit.search(), heard)
        kept = _kept(found, asked)
    for fault in overview.at_fault(found.faults):
        click.echo(f"At fault: {fault}", err=True)
    _show(found, asked, kept)
    ctx.exit(INTERRUPTED if heard.pressed else _status(found))


def _kept(found: RangesFound, asked: CommandOptions) -> Path | None:
    from allocator.cli.searching import reports_of
    from allocator.report.folder.ranges import ranges_folder, write_ranges

    place = asked.out or ranges_folder(reports_of(asked.workspace), found)
    return kept_at("The answer", place, lambda: write_ranges(found, place))


def _show(found: RangesFound, asked: CommandOptions, kept: Path | None) -> None:
    from allocator.report.tables.ranges import data
    from allocator.report.terminal.console import rendered
    from allocator.report.terminal.ranges import show
    from allocator.results.jsons import data_bytes

    with showing(kept, named=False):
        if asked.json:
            output.data(data_bytes(data(found)))
        else:
            output.page(rendered(lambda console: show(found, console), sys.stdout))


def _status(found: RangesFound) -> int:
    return errors.ANSWERED if found.answered else errors.NO_ANSWER_IN_TIME
