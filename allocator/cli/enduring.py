"""`allocator endure`: what becomes of the plan once something is lost."""

from __future__ import annotations

import click

from allocator.cli.answering import AnswerCommand
from allocator.cli.options import CommandOptions, asks


@click.command(short_help="What becomes of the plan if a nation leaves or a precondition ends.")
@asks("endure")
@click.argument("model", required=False)
@click.pass_context
def endure(ctx: click.Context, asked: CommandOptions) -> None:
    """Which tasks of the joint plan hold, are repaired, give way or fall if something is lost.

    The plan before stays as it was. From then on every task that breaks is looked at: the nearest
    plan that keeps it, with its edits, or a proof that there is none.

    \b
    Examples:
      allocator endure
      allocator endure reassurance_20k --world ceasefire --lose FRA --from 3
      allocator endure --world ceasefire --lose ceasefire --how-long
    """
    from allocator.report.page.endure import endure_answer
    from allocator.report.tables.endure import data
    from allocator.report.terminal.endure import show

    command = AnswerCommand("endure", asked, endure_answer, data, show)
    ctx.exit(command.run(lambda planner, how: planner.endure(**how)))
