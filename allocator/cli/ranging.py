"""`allocator ranges`: verdicts wherever figures lie in their ranges."""

from __future__ import annotations

import click

from allocator.cli.answering import AnswerCommand
from allocator.cli.options import CommandOptions, asks


@click.command(short_help="Verdicts if figures lie anywhere in their ranges, and how likely.")
@asks("ranges")
@click.argument("tasks", nargs=-1)
@click.pass_context
def ranges(ctx: click.Context, asked: CommandOptions) -> None:
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
    command = AnswerCommand("ranges", asked, ranges_answer, data, show, about)
    ctx.exit(command.run(lambda planner, how: planner.ranges(**how)))
