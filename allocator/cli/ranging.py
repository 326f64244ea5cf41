"""`allocator ranges`: verdicts wherever figures lie in their ranges."""

from __future__ import annotations

from math import inf
from typing import Any

import click

from allocator.cli.answering import AnswerCommand
from allocator.cli.options import CommandOptions, mark_option, model_option, search_options


def spread(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> dict[str, float]:
    """Read `estimate=30,assumption=30`. Raises click.BadParameter.

    ctx, param: the option's. given: each time that it was written.
    """
    found: dict[str, float] = {}
    for entry in (part.strip() for text in given for part in text.split(",")):
        basis, equals, percent = (part.strip() for part in entry.partition("="))
        try:
            number = float(percent)
        except ValueError:
            number = -1.0
        if not equals or not basis or not 0 < number < inf:
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
    click.option(
        "--likelihoods",
        is_flag=True,
        help="Draw open preconditions too, each with its likelihood; blank ones stay as they are.",
    ),
    mark_option,
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
    handling_mark: str,
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
    from allocator.report.page.ranges import ranges_answer
    from allocator.report.tables.ranges import data
    from allocator.report.terminal.ranges import show

    about = lambda found: (found.model, found.world)  # noqa: E731
    command = AnswerCommand("ranges", model, handling_mark, asked, ranges_answer, data, show, about)
    ctx.exit(command.run(lambda planner, more: planner.ranges(tasks, model, **how, **more)))
