"""`allocator order`: what comes first, who waits for whom."""

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
from allocator.cli.options import CommandOptions, mark_option, model_option, search_options
from allocator.cli.searching import reports_of
from allocator.cli.time_limit import TimeLimit
from allocator.cli.watching import watched
from allocator.leaving import INTERRUPTED

if TYPE_CHECKING:
    from allocator.results.order import Order


@click.command(short_help="What comes first, who waits for whom, and a road map.")
@click.argument("tasks", metavar="[TASK]...", nargs=-1)
@model_option
@click.option(
    "--by",
    type=click.Choice(("effort", "date", "benefit")),
    default="effort",
    show_default=True,
    help="What the road map is the best in: least effort; as early as can be; one act at a time.",
)
@mark_option
@search_options
@click.pass_context
def order(
    ctx: click.Context,
    tasks: tuple[str, ...],
    model: str | None,
    by: str,
    handling_mark: str,
    asked: CommandOptions,
) -> None:
    """What comes about in turn and what only together, circles, pushes, and a road map.

    A precondition's holder acts once what its column `after` says holds, and it is met
    `lead_months` later. Of all tasks where none is named.

    \b
    Examples:
      allocator order
      allocator order western_presence --by date
      allocator order --world ceasefire --by benefit
    """
    import allocator
    from allocator.report.folder.answers import refuse_foreign
    from allocator.report.sentences import overview

    limit = TimeLimit(asked.time_limit)
    if asked.out is not None:
        refuse_foreign(asked.out, "order")
    planner = allocator.load(asked.workspace)
    work: Any = lambda **how: planner.order(tasks, model, by=by, **asked.question, **how)  # noqa: E731
    with interrupts() as heard:
        found: Any = watched(work, limit.search([planner.problem(model)]), heard)
        kept = _kept(found, asked, handling_mark)
    for fault in overview.at_fault(found.faults):
        click.echo(f"At fault: {fault}", err=True)
    _show(found, asked, model, kept)
    ctx.exit(INTERRUPTED if heard.pressed else _status(found))


def _kept(found: Order, asked: CommandOptions, mark: str) -> Path | None:
    from allocator.report.folder.answers import write_answer
    from allocator.report.folder.runs import new_folder
    from allocator.report.page.order import order_answer

    name = f"{found.problem.model}-{found.world.name}-order"
    place = asked.out or new_folder(reports_of(asked.workspace), name)
    return kept_at("The order", place, lambda: write_answer(order_answer(found, mark), place))


def _show(found: Order, asked: CommandOptions, model: str | None, kept: Path | None) -> None:
    from allocator.report.tables.order import data
    from allocator.report.terminal import order as terminal
    from allocator.report.terminal.console import rendered
    from allocator.results.jsons import data_bytes

    with showing(kept, named=not asked.json):
        if asked.json:
            output.data(data_bytes(data(found)))
            return
        again = asked.again(model)
        output.page(rendered(lambda c: terminal.show(found, c, again, kept), sys.stdout))


def _status(found: Order) -> int:
    if found.interrupted:
        return INTERRUPTED
    return errors.ANSWERED if found.answered else errors.NO_ANSWER_IN_TIME
