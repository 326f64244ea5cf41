"""`allocator offers`: what is offered, what it is enough for, and who could do more."""

from __future__ import annotations

import click

from allocator.cli.answering import AnswerCommand
from allocator.cli.options import CommandOptions, asks


@click.command(short_help="What is offered, how firmly, and who could still fill a line.")
@asks("offers")
@click.argument("model", required=False)
@click.pass_context
def offers(ctx: click.Context, asked: CommandOptions) -> None:
    """For every task how firm the offers have to be that are enough for it; every requirement line
    with what is offered in which status, the gap, and who could still fill it; what the joint plan
    asks beyond offers, and what it leaves of them.

    \b
    Examples:
      allocator offers
      allocator offers reassurance_20k --world ceasefire --on 2026-11-26
      allocator offers --count indicated
    """
    from allocator.report.page.offers import offers_answer
    from allocator.report.tables.offers import data
    from allocator.report.terminal.offers import show

    command = AnswerCommand("offers", asked, offers_answer, data, show)
    ctx.exit(command.run(lambda planner, how: planner.offers(**how)))
