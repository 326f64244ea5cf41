"""`allocator order` and `allocator levers`: what comes first, and who."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
    from allocator.report.folder.answers import Answer


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
    from allocator.report.page.order import order_answer
    from allocator.report.tables.order import data
    from allocator.report.terminal.order import show

    command = _Command("order", model, handling_mark, asked, order_answer, data, show)
    ctx.exit(command.run(lambda planner, how: planner.order(tasks, model, by=by, **how)))


@click.command(short_help="Which holders, together, open the most tasks.")
@click.option(
    "--budget",
    type=click.IntRange(min=0),
    default=2,
    show_default=True,
    metavar="K",
    help="At most so many holders.",
)
@model_option
@mark_option
@search_options
@click.pass_context
def levers(
    ctx: click.Context,
    budget: int,
    model: str | None,
    handling_mark: str,
    asked: CommandOptions,
) -> None:
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

    command = _Command("levers", model, handling_mark, asked, levers_answer, data, show)
    ctx.exit(command.run(lambda planner, how: planner.levers(budget, model, **how)))


@dataclass(frozen=True)
class _Command:
    """How the answer of a command is kept and shown."""

    name: str
    model: str | None
    mark: str
    asked: CommandOptions
    answer: Callable[[Any, str], Answer]
    data: Callable[[Any], Mapping[str, Any]]
    show: Callable[..., None]

    def run(self, ask: Callable[[Any, Mapping[str, Any]], Any]) -> int:
        """Searches, keeps and shows; returns the exit status."""
        import allocator
        from allocator.report.folder.answers import refuse_foreign
        from allocator.report.sentences import overview

        limit = TimeLimit(self.asked.time_limit)
        if self.asked.out is not None:
            refuse_foreign(self.asked.out, self.name)
        planner = allocator.load(self.asked.workspace)
        with interrupts() as heard:
            until = limit.search([planner.problem(self.model, **self.asked.offers)])
            work: Any = lambda **how: ask(planner, {**self.asked.question, **how})  # noqa: E731
            found: Any = watched(work, until, heard)
            kept = self._kept(found)
        for fault in overview.at_fault(found.faults):
            click.echo(f"At fault: {fault}", err=True)
        self._show(found, kept)
        return INTERRUPTED if heard.pressed else _status(found)

    def _kept(self, found: Any) -> Path | None:
        from allocator.report.folder.answers import write_answer
        from allocator.report.folder.runs import new_folder

        name = f"{found.problem.model}-{found.world.name}-{self.name}"
        place = self.asked.out or new_folder(reports_of(self.asked.workspace), name)
        write = lambda: write_answer(self.answer(found, self.mark), place)  # noqa: E731
        return kept_at("The answer", place, write)

    def _show(self, found: Any, kept: Path | None) -> None:
        from allocator.report.terminal.console import rendered
        from allocator.results.jsons import data_bytes

        with showing(kept, named=not self.asked.json):
            if self.asked.json:
                output.data(data_bytes(self.data(found)))
                return
            again = self.asked.again(self.model)
            output.page(rendered(lambda c: self.show(found, c, again, kept), sys.stdout))


def _status(found: Any) -> int:
    if found.interrupted:
        return INTERRUPTED
    return errors.ANSWERED if found.answered else errors.NO_ANSWER_IN_TIME
