"""`allocator order` and `allocator levers`: what comes first, and who."""

from __future__ import annotations

import click

from allocator.cli.answering import AnswerCommand
from allocator.cli.options import CommandOptions, asks


@click.command(short_help="What comes first, who waits for whom, and a road map.")
@asks("order")
@click.argument("tasks", metavar="[TASK]...", nargs=-1)
@click.pass_context
def order(ctx: click.Context, asked: CommandOptions) -> None:
    """What comes about in turn and what only together, circles, pushes, and a road map.

    A precondition's holder acts once what its column `after` says holds, and it is met
    `lead_months` later. Of all tasks where none is named.

    \b
    Examples:
      allocator order
      allocator order western_presence --by date
      allocator order --world ceasefire --by benefit
    """
    from allocator.report.page.order import order_answer
    from allocator.report.tables.order import data
    from allocator.report.terminal.order import show

    command = AnswerCommand("order", asked, order_answer, data, show)
    ctx.exit(command.run(lambda planner, how: planner.order(**how)))


@click.command(short_help="Which holders, together, open the most tasks.")
@asks("levers")
@click.pass_context
def levers(ctx: click.Context, asked: CommandOptions) -> None:
    """Which holders, at most K of them, make the most tasks ready by what they bring about.

    What one of them waits for has to come about in turn. A precondition with several holders
    counts only if all of them are in the set.

    \b
    Examples:
      allocator levers
      allocator levers --budget 3 --world ceasefire
    """
    from allocator.report.page.levers import levers_answer
    from allocator.report.tables.levers import data
    from allocator.report.terminal.levers import show

    command = AnswerCommand("levers", asked, levers_answer, data, show)
    ctx.exit(command.run(lambda planner, how: planner.levers(**how)))
