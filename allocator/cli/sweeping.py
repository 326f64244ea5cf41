"""`allocator sweep`: many cases at once, here or on a cluster."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from allocator import errors
from allocator.cli import output
from allocator.cli.interrupts import interrupts
from allocator.cli.keeping import kept as kept_at
from allocator.cli.keeping import show as show_answer
from allocator.cli.options import (
    json_option,
    quiet_option,
    refuse_contradictions,
    seconds,
    workspace_option,
)
from allocator.cli.searching import reports_of
from allocator.cli.watching import watched
from allocator.leaving import INTERRUPTED
from allocator.shell import offer

if TYPE_CHECKING:
    from allocator.results.sweep import SweepFound


@dataclass(frozen=True)
class _Asked:
    """The options of the command."""

    spec: Path
    workspace: Path
    on: str
    resume: bool
    workers: int | None
    time_limit: float | None
    json: bool
    out: Path | None
    quiet: bool

    @property
    def again(self) -> str:
        """The command that goes on."""
        told: list[tuple[str, Any]] = []
        if self.workspace != Path():
            told.append(("--workspace", self.workspace))
        told += [("--on", self.on)] if self.on != "threads" else []
        told += [("--out", self.out)] if self.out is not None else []
        return offer("sweep", self.spec, options=told) + " --resume"

    @property
    def journal(self) -> Path:
        """Beside the folder that is named, or under reports by the name of the sweep's file."""
        if self.out is not None:
            return self.out.with_name(f"{self.out.name}.journal")
        return reports_of(self.workspace) / f"{self.spec.stem}-sweep.journal"


@click.command(short_help="Models x worlds x changes x draws, one row a case; resumes.")
@click.argument("spec", type=click.Path(path_type=Path))
@click.option(
    "--on",
    metavar="threads|processes|dask|tcp://HOST:PORT",
    default="threads",
    show_default=True,
    help="Who works: this machine, or the workers of a Dask scheduler.",
)
@click.option("--resume", is_flag=True, help="Go on from the journal, where there is one.")
@click.option("--workers", type=click.IntRange(min=1), help="Cases at once, on this machine.")
@click.option(
    "--time-limit",
    type=float,
    callback=seconds,
    metavar="SECONDS",
    help="Seconds for all of it; what is finished then is kept.  [default: no limit]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder for the tables.  [default: a new one under reports/]",
)
@json_option
@quiet_option
@workspace_option
@click.pass_context
def sweep(ctx: click.Context, /, **options: Any) -> None:
    """Ask every combination of models, worlds, changes and draws that SPEC, a YAML file, states.

    One row a case: the verdict of every task, and the levels of the joint plan. A finished case
    stands in a journal at once, from which --resume goes on after whatever ended the sweep.

    \b
    Examples:
      allocator sweep figures.yaml
      allocator sweep figures.yaml --on processes --resume
      allocator sweep figures.yaml --on tcp://scheduler:8786 --resume
    """
    asked = _Asked(**options)
    refuse_contradictions(quiet=asked.quiet, json=asked.json)
    ctx.exit(_run(asked))


def _run(asked: _Asked) -> int:
    """Asks, keeps and shows; returns the exit status."""
    import allocator
    from allocator.deadline import Deadline
    from allocator.planner.sweeps import ENDLESS
    from allocator.report.folder.answers import refuse_foreign
    from allocator.report.sentences import overview

    if asked.out is not None:
        refuse_foreign(asked.out, "sweep")
    planner = allocator.load(asked.workspace)
    until = Deadline(ENDLESS if asked.time_limit is None else asked.time_limit)
    with interrupts() as heard:
        found: Any = watched(
            lambda **how: planner.sweep(
                asked.spec, on=asked.on, resume=asked.resume, journal=asked.journal,
                workers=asked.workers, **how,
            ), until, heard,
        )  # fmt: skip
        kept = _kept(found, asked)
    for fault in overview.at_fault(found.faults):
        click.echo(f"At fault: {fault}", err=True)
    _show(found, asked, kept)
    return INTERRUPTED if heard.pressed else _status(found, kept)


def _kept(found: SweepFound, asked: _Asked) -> Path | None:
    from allocator.report.folder.answers import write_answer
    from allocator.report.folder.runs import new_folder
    from allocator.report.folder.sweep import sweep_answer

    place = asked.out or new_folder(reports_of(asked.workspace), f"{found.name}-sweep")
    write = lambda: write_answer(sweep_answer(found), place)  # noqa: E731
    return kept_at("The sweep", place, write)


def _show(found: SweepFound, asked: _Asked, kept: Path | None) -> None:
    from allocator.report.tables.sweep import data
    from allocator.report.terminal.console import rendered
    from allocator.report.terminal.sweep import show
    from allocator.results.jsons import data_bytes

    def written() -> None:
        if asked.json:
            output.data(data_bytes(data(found)))
        else:
            output.page(rendered(lambda c: show(found, c, asked.again, kept), sys.stdout))

    show_answer(written, kept, named=not asked.json, quiet=asked.quiet)


def _status(found: SweepFound, kept: Path | None) -> int:
    if found.interrupted:
        return INTERRUPTED
    if kept is None:  # Beyond what a terminal shows the tables are the answer.
        return errors.COMMAND_LINE_WRONG
    return errors.ANSWERED if found.answered else errors.NO_ANSWER_IN_TIME
