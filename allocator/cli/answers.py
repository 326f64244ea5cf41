"""Commands whose answer is no run: `fragility`, `offers`, `order`, `levers`, `endure`, `ranges`."""

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
