"""`allocator endure`: what becomes of the plan once something is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from allocator.cli.answering import AnswerCommand
from allocator.cli.options import CommandOptions, mark_option, search_options

EVENTS = (
    click.option(
        "--lose",
        metavar="NATION|PRECONDITION",
        multiple=True,
        help="This is lost; repeatable, each an event of its own. Everything where left out.",
    ),
    click.option(
        "--from",
        "from_",
        metavar="PERIOD",
        multiple=True,
        help="Lost from this period on, a number or a month; repeatable. Every one if left out.",
    ),
    click.option(
        "--how-long",
        is_flag=True,
        help="Also for how many periods, or for ever, the tasks of the plan can be kept up.",
    ),
    click.option(
        "--plan",
        metavar="FILE",
        help="A plan of your own that keeps every rule, as in `review`, in the joint plan's place.",
    ),
)
"""What is lost of which plan; named as the planner's method names them."""


def event_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command these options."""
    for option in reversed(EVENTS):
        command = option(command)
    return command


@click.command(short_help="What becomes of the plan if a nation leaves or a precondition ends.")
@click.argument("model", required=False)
@event_options
@mark_option
@search_options
@click.pass_context
def endure(
    ctx: click.Context,
    /,
    model: str | None,
    handling_mark: str,
    asked: CommandOptions,
    **events: Any,
) -> None:
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

    command = AnswerCommand("endure", model, handling_mark, asked, endure_answer, data, show)
    ctx.exit(command.run(lambda planner, how: planner.endure(model, **events, **how)))
