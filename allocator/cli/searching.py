"""From a question to its answer: search, check, keep, show."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from allocator import errors
from allocator.cli import output
from allocator.cli.interrupts import interrupts
from allocator.cli.keeping import kept as kept_at
from allocator.cli.keeping import show as show_answer
from allocator.cli.options import CommandOptions
from allocator.cli.time_limit import TimeLimit
from allocator.cli.watching import watched
from allocator.leaving import INTERRUPTED
from allocator.shell import offer
from allocator.words import listing

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

Ask = Callable[[Any, Mapping[str, Any]], Any]
"""Asks a planner, with these keywords."""


def answer(asked: CommandOptions, ask: Ask) -> int:
    """Searches, checks, keeps and shows; returns the exit status.

    asked: the options of the command. ask: the question.
    """
    import allocator
    from allocator.report.folder.runs import refuse_foreign
    from allocator.report.sentences import overview
    from allocator.report.tables import parquet

    limit = TimeLimit(asked.question["time_limit"])
    if asked.out is not None:
        refuse_foreign(asked.out)
    if asked.parquet:
        parquet.require()
    planner = allocator.load(asked.workspace)
    with interrupts() as heard:
        until = limit.search([planner.problem(asked.model, **asked.offers)])
        work = lambda **how: ask(planner, {**asked.question, **how})  # noqa: E731
        found = watched(work, until, heard)
        run = marked(found, asked.mark)
        if faults := faults_of(run):
            return tell_faults(faults)
        kept = _kept(asked, run, limit)
    for fault in overview.at_fault(run.faults):
        click.echo(f"At fault: {fault}", err=True)
    _show(asked, run, kept)
    return INTERRUPTED if heard.pressed else _status(run)


def marked(run: RunRecord, mark: str) -> RunRecord:
    """The run under a handling mark, where there is one."""
    return replace(run, options={**run.options, "handling_mark": mark}) if mark else run


def faults_of(run: RunRecord) -> tuple[str, ...]:
    """What the checker finds wrong with the run; it should be nothing."""
    from allocator.checker import check_result

    return check_result(run.problem, run.world, run.result)


def tell_faults(faults: tuple[str, ...]) -> int:
    """Says what the checker finds, in the place of the answer; returns the exit status."""
    click.echo("Internal fault: the checker does not agree with this result.", err=True)
    for fault in faults:
        click.echo(f"  {fault}", err=True)
    click.echo("Nothing is shown or kept. Please report it with the workspace.", err=True)
    return errors.FAULT


def _kept(asked: CommandOptions, run: RunRecord, limit: TimeLimit) -> Path | None:
    """Where the run is kept; None where it cannot be, which is no reason to lose the answer."""
    from allocator.report.folder.runs import default_folder, write_run

    place = asked.out or default_folder(reports_of(asked.workspace), run)
    check = limit.writing()
    write = lambda: write_run(run, place, parquet=asked.parquet, check=check)  # noqa: E731
    written = kept_at("The run", place, write, wanted=asked.keep)
    if written is not None:
        tell_left_out([written])
    return written


def tell_left_out(folders: Iterable[Path]) -> None:
    """Says of which runs there was no time to write what people open."""
    from allocator.report.folder.runs import PAGE, WORKBOOK

    names = {WORKBOOK: "the workbook", PAGE: "the page"}
    for folder in folders:
        if missing := [said for name, said in names.items() if not (folder / name).exists()]:
            were = "were" if len(missing) > 1 else "was"
            click.echo(f"The time was up before {listing(missing)} {were} written.", err=True)
            click.echo(f"Next: {offer('report', folder)}", err=True)


def reports_of(workspace: Path) -> Path:
    """Where runs are kept."""
    return (workspace if workspace.is_dir() else workspace.parent) / "reports"


def _show(asked: CommandOptions, run: RunRecord, kept: Path | None) -> None:
    for_programs = asked.json or asked.table is not None

    def written() -> None:
        if for_programs:
            output.data(_for_programs(asked, run))
        else:
            output.page(_for_people(asked, run, kept))

    show_answer(written, kept, named=not for_programs, quiet=asked.quiet)


def _for_people(asked: CommandOptions, run: RunRecord, kept: Path | None) -> str:
    from allocator.report.folder.runs import PAGE
    from allocator.report.terminal import run as terminal
    from allocator.report.terminal.console import rendered

    show = {
        "solve": terminal.show_solve,
        "packages": terminal.show_packages,
        "blockers": terminal.show_blockers,
    }[run.command]
    has_page = kept is not None and (kept / PAGE).exists()
    follow = terminal.Follow(
        asked.again(), asked.again(with_model=False), asked.where, kept, has_page
    )
    return rendered(lambda console: show(run, console, follow), sys.stdout)


def _for_programs(asked: CommandOptions, run: RunRecord) -> bytes:
    """All that stands on standard output: the result as JSON, or one table as CSV."""
    from allocator.report.tables import csvs
    from allocator.report.tables.run import table
    from allocator.results import jsons

    if asked.table is not None:
        return csvs.csv_text(table(run, asked.table)).encode()
    return jsons.result_bytes(run.result) if run.command == "solve" else jsons.answers_bytes(run)


def _status(run: RunRecord) -> int:
    if run.interrupted:
        return INTERRUPTED
    return errors.ANSWERED if run.answered else errors.NO_ANSWER_IN_TIME
