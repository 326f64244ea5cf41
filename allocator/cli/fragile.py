"""`allocator fragility`: how far single figures may be wrong before a verdict changes."""

from __future__ import annotations

import click

from allocator.cli.answering import AnswerCommand
from allocator.cli.options import CommandOptions, asks


@click.command(short_help="Which figures a verdict hangs on, and by how much.")
@asks("fragility")
@click.argument("task")
@click.pass_context
def fragility(ctx: click.Context, asked: CommandOptions) -> None:
    """For every figure the task depends on, the smallest change that turns its verdict.

    One nation's units of a capability, one commitment, one line's minimum, one capability's
    rotation: each by itself, all others as they stand. A change within ten per cent is marked.

    \b
    Examples:
      allocator fragility western_presence --world ceasefire
      allocator fragility western_presence --model reassurance_40k --world ceasefire_us_backstop
    """
    from allocator.report.page.fragility import fragility_answer
    from allocator.report.tables.fragility import data
    from allocator.report.terminal.fragility import show

    about = lambda found: (found.model, found.world)  # noqa: E731
    command = AnswerCommand("fragility", asked, fragility_answer, data, show, about)
    ctx.exit(command.run(lambda planner, how: planner.fragility(**how)))
