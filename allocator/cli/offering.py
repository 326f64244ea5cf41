"""`allocator offers`: what is offered, what it is enough for, and who could do more."""

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
from allocator.cli.options import CommandOptions, mark_option, search_options
from allocator.cli.searching import reports_of
from allocator.cli.time_limit import TimeLimit
from allocator.cli.watching import watched
from allocator.leaving import INTERRUPTED

if TYPE_CHECKING:
    from allocator.results.offers import OffersFound


@click.command(short_help="What is offered, how firmly, and who could still fill a line.")
@click.argument("model", required=False)
@mark_option
@search_options
@click.pass_context
def offers(
    ctx: click.Context, model: str | None, handling_mark: str, asked: CommandOptions
) -> None:
    """For every task how firm the offers have to be that are enough for it; every requirement line
    with what is offered in which status, the gap, and who could still fill it; what the joint plan
    asks beyond offers, and what it leaves of them.

    \b
    Examples:
      allocator offers
      allocator offers reassurance_20k --world ceasefire --on 2026-11-26
      allocator offers --count indicated
    """
    import allocator
    from allocator.report.folder.answers import refuse_foreign
    from allocator.report.sentences import overview

    limit = TimeLimit(asked.time_limit)
    if asked.out is not None:
        refuse_foreign(asked.out, "offers")
    planner = allocator.load(asked.workspace)
    work: Any = lambda **how: planner.offers(model, **asked.question, **how)  # noqa: E731
    with interrupts() as heard:
        found: Any = watched(work, limit.search([planner.problem(model, **asked.offers)]), heard)
        kept = _kept(found, asked, handling_mark)
    for fault in overview.at_fault(found.faults):
        click.echo(f"At fault: {fault}", err=True)
    _show(found, asked, kept)
    ctx.exit(INTERRUPTED if heard.pressed else _status(found))


def _kept(found: OffersFound, asked: CommandOptions, mark: str) -> Path | None:
    from allocator.report.folder.answers import write_answer
    from allocator.report.folder.runs import new_folder
    from allocator.report.page.offers import offers_answer

    name = f"{found.problem.model}-{found.world.name}-offers"
    place = asked.out or new_folder(reports_of(asked.workspace), name)
    return kept_at("The offers", place, lambda: write_answer(offers_answer(found, mark), place))


def _show(found: OffersFound, asked: CommandOptions, kept: Path | None) -> None:
    from allocator.report.tables.offers import data
    from allocator.report.terminal.console import rendered
    from allocator.report.terminal.offers import show
    from allocator.results.jsons import data_bytes

    with showing(kept, named=not asked.json):
        if asked.json:
            output.data(data_bytes(data(found)))
            return
        output.page(rendered(lambda console: show(found, console, kept), sys.stdout))


def _status(found: OffersFound) -> int:
    if found.interrupted:
        return INTERRUPTED
    return errors.ANSWERED if found.answered else errors.NO_ANSWER_IN_TIME
