"""Commands whose answer is no run: searched under a limit, kept in a folder, shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from allocator import errors
from allocator.cli import output
from allocator.cli.interrupts import interrupts
from allocator.cli.keeping import kept as kept_at
from allocator.cli.keeping import show as show_answer
from allocator.cli.options import CommandOptions
from allocator.cli.searching import reports_of
from allocator.cli.time_limit import TimeLimit
from allocator.cli.watching import watched
from allocator.leaving import INTERRUPTED

if TYPE_CHECKING:
    from allocator.report.folder.answers import Answer


@dataclass(frozen=True)
class AnswerCommand:
    """A command whose answer is no run.

    name: of the command, and of its files; asked: its options; answer: what its folder keeps; data:
    as `--json` prints it; show: writes it on a terminal; about: its model and world, by which its
    folder is called; also: what else is done with it once it is kept.
    """

    name: str
    asked: CommandOptions
    answer: Callable[[Any, str], Answer]
    data: Callable[[Any], Mapping[str, Any]]
    show: Callable[..., None]
    about: Callable[[Any], tuple[str, str]] = lambda found: (found.problem.model, found.world.name)
    also: Callable[[Any], object] = lambda found: None

    def run(self, ask: Callable[[Any, Mapping[str, Any]], Any]) -> int:
        """Searches, keeps and shows; returns the exit status."""
        import allocator
        from allocator.report.folder.answers import refuse_foreign
        from allocator.report.sentences import overview

        limit = TimeLimit(self.asked.question["time_limit"])
        if self.asked.out is not None:
            refuse_foreign(self.asked.out, self.name)
        planner = allocator.load(self.asked.workspace)
        with interrupts() as heard:
            planner.problem(self.asked.model, **self.asked.offers)  # A part of reading.
            work: Any = lambda **how: ask(planner, {**self.asked.question, **how})  # noqa: E731
            found: Any = watched(work, limit.search(), heard)
            kept = self._kept(found)
        for fault in overview.at_fault(found.faults):
            click.echo(f"At fault: {fault}", err=True)
        self.also(found)
        self._show(found, kept)
        return INTERRUPTED if heard.pressed else _status(found)

    def _kept(self, found: Any) -> Path | None:
        from allocator.report.folder.answers import write_answer
        from allocator.report.folder.naming import folder_name
        from allocator.report.folder.runs import new_folder

        name = folder_name(*self.about(found), self.name, found.options)
        place = self.asked.out or new_folder(reports_of(self.asked.workspace), name)
        write = lambda: write_answer(self._answer(found), place)  # noqa: E731
        return kept_at("The answer", place, write, wanted=self.asked.keep)

    def _answer(self, found: Any) -> Answer:
        """With what is shown first as its summary."""
        from allocator.report.folder.summary import screen
        from allocator.report.terminal.console import rendered

        again = self.asked.again()
        text = rendered(lambda c: self.show(found, c, again, None), StringIO())
        heading = " in ".join(self.about(found))
        summary = screen(f"{self.name}: {heading}", text)
        return replace(self.answer(found, self.asked.mark), summary=summary)

    def _show(self, found: Any, kept: Path | None) -> None:
        named = not self.asked.json
        show_answer(lambda: self._print(found, kept), kept, named=named, quiet=self.asked.quiet)

    def _print(self, found: Any, kept: Path | None) -> None:
        from allocator.report.terminal.console import rendered
        from allocator.results.jsons import data_bytes

        if self.asked.json:
            output.data(data_bytes(self.data(found)))
            return
        again = self.asked.again()
        output.page(rendered(lambda c: self.show(found, c, again, kept), sys.stdout))


def _status(found: Any) -> int:
    if found.interrupted:
        return INTERRUPTED
    return errors.ANSWERED if found.answered else errors.NO_ANSWER_IN_TIME
