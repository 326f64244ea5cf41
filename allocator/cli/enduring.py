"""`allocator endure`: what becomes of the plan once something is lost."""

from __future__ import annotations

import click

from allocator.cli.answering import AnswerCommand
from allocator.cli.options import CommandOptions, mark_option, search_options


@click.command(short_help="What becomes of the plan if a nation leaves or a precondition ends.")
@click.argument("model", required=False)
@click.option(
    "--lose",
    metavar="NATION|PRECONDITION",
    multiple=True,
    help="An event: this is lost; repeatable, each an event of its own. Everything where left out.",
)
@click.option(
    "--from",
    "from_",
    metavar="PERIOD",
    multiple=True,
    help="It is lost from this period on, a number or a month; repeatable. Every one if left out.",
)
@click.option(
    "--how-long",
    is_flag=True,
    help="Also for how many periods, or for ever, the tasks of the plan can be kept up.",
)
@mark_option
@search_options
@click.pass_context
def endure(
    ctx: click.Context,
    model: str | None,
    lose: tuple[str, ...],
    from_: tuple[str, ...],
    how_long: bool,
    handling_mark: str,
    asked: CommandOptions,
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
    events = {"lose": lose, "from_": from_, "how_long": how_long}
    ctx.exit(command.run(lambda planner, how: planner.endure(model, **events, **how)))
