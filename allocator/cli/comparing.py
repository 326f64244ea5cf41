"""`allocator compare`: runs side by side, and what made the difference."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from allocator import errors
from allocator.cli import output
from allocator.cli.interrupts import interrupts
from allocator.cli.keeping import kept as kept_at
from allocator.cli.keeping import show as show_answer
from allocator.cli.options import CommandOptions, asks
from allocator.cli.searching import faults_of, marked, reports_of, tell_faults, tell_left_out
from allocator.cli.time_limit import TimeLimit
from allocator.cli.watching import watched
from allocator.leaving import INTERRUPTED

if TYPE_CHECKING:
    from allocator.analysis.comparison.comparison import ComparisonRecord
    from allocator.deadline import Deadline
    from allocator.planner import Planner
    from allocator.progress import Progress
    from allocator.results.run import RunRecord


def _several(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """`A,B` as well as the option twice. Raises click.BadParameter for an empty name, and for one
    that stands twice."""
    names = [_tidy(name) for text in given for name in text.split(",")]
    for number, name in enumerate(names):
        if "" in name.split("+"):
            raise click.BadParameter(
                f"a name is missing in '{','.join(given)}'; take out ',' or '+'"
            )
        if name in names[:number]:
            raise click.BadParameter(f"'{name}' stands there twice; name it once")
    return tuple(names)


def _tidy(name: str) -> str:
    """As folders of runs are called; nothing before `+` is today."""
    first, *more = (part.strip() for part in name.split("+"))
    return "+".join((first or ("today" if more else ""), *more))


@click.command(short_help="Outcomes side by side, and what made the difference.")
@asks("compare")
@click.argument("runs", metavar="[RUN]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--models",
    metavar="MODEL,…",
    multiple=True,
    callback=_several,
    help="Solve these first, each in every world; with ',' between, or repeated.",
)
@click.option(
    "--worlds",
    metavar="WORLD,…",
    multiple=True,
    callback=_several,
    help="Worlds to solve them in; ceasefire+us_backstop is a world with more on top of it.",
)
@click.pass_context
def compare(
    ctx: click.Context,
    runs: tuple[Path, ...],
    models: tuple[str, ...],
    worlds: tuple[str, ...],
    asked: CommandOptions,
) -> None:
    """Outcomes side by side, and which differences of their inputs turned a verdict.

    RUN is the folder of a run. The first is the base that the others are compared with. With
    --models or --worlds every model is solved in every world first; those runs come after the
    folders that are named.

    \b
    Examples:
      allocator compare reports/before reports/after
      allocator compare --models reassurance_20k,reassurance_40k --world ceasefire
      allocator compare --worlds ceasefire,ceasefire+deu_decision --time-limit 300
    """
    from allocator.report.comparing.folder import refuse_foreign

    limit = TimeLimit(asked.question["time_limit"])
    where = worlds or (asked.question["world"],)
    work = _Work(runs, models, where, asked, bool(models or worlds), limit)
    work.refuse()
    if asked.out is not None:
        refuse_foreign(asked.out)
    ctx.exit(_answer(work, asked))


def _answer(work: _Work, asked: CommandOptions) -> int:
    """Solves and compares, keeps and shows what came of it. Returns the exit status."""
    from allocator.report.sentences import overview

    with interrupts() as heard:
        comparison: Any = watched(work.run, work.limit.whole, heard)
        for run in work.solved:
            if faults := faults_of(run):
                return tell_faults(faults)
        kept = _kept(comparison, asked, work)
    found = (*(fault for run in work.solved for fault in run.faults), *comparison.faults)
    for fault in overview.at_fault(dict.fromkeys(found)):
        click.echo(f"At fault: {fault}", err=True)
    _show(comparison, asked, kept)
    return INTERRUPTED if heard.pressed else _status(comparison)


@dataclass
class _Work:
    """What is to be compared, and the runs that were made for it."""

    runs: tuple[Path, ...]
    models: tuple[str, ...]
    worlds: tuple[str, ...]
    asked: CommandOptions
    solves: bool
    limit: TimeLimit
    solved: tuple[RunRecord, ...] = ()

    def refuse(self) -> None:
        """Raises click.UsageError where there are not two runs, or where --world or --with have
        nothing to say."""
        new = max(1, len(self.models)) * len(self.worlds) if self.solves else 0
        if len(self.runs) + new < 2:
            raise click.UsageError(
                f"{len(self.runs) + new} to compare; name two runs' folders or more, or --models "
                "or --worlds with two names"
            )
        said = self.asked.question
        if not self.solves and (said["world"] != "today" or said["with_"]):
            raise click.UsageError(
                "--world and --with are for runs that are solved now, with --models or --worlds; "
                "a kept run has its world"
            )
        if not self.solves and self.asked.offers:
            raise click.UsageError(
                "--count and --on are for runs that are solved now, with --models or --worlds; "
                "a kept run has its own"
            )

    def run(self, *, deadline: Deadline, progress: Progress) -> ComparisonRecord:
        import allocator
        from allocator.results.store.reading import read_run

        for folder in self.runs:
            read_run(folder)  # What cannot be read is said before anything is solved.
        if self.solves:
            planner = allocator.load(self.asked.workspace)
            models = self.models or (planner.problem().model,)
            problems = [
                planner.problem(model, **self.asked.offers) for model in models for _ in self.worlds
            ]
            deadline = self.limit.search(problems)
            self.solved = self._solve(planner, models, deadline, progress)
        return allocator.compare(
            *self.runs,
            *self.solved,
            **self._engines,
            deadline=deadline,
            progress=progress,
        )

    @property
    def _engines(self) -> dict[str, Any]:
        return {name: self.asked.question[name] for name in ("workers", "seed")}

    def _solve(
        self, planner: Planner, models: tuple[str, ...], deadline: Deadline, progress: Progress
    ) -> tuple[RunRecord, ...]:
        from allocator.analysis.comparison.grid import solve_grid
        from allocator.analysis.settling import settled
        from allocator.search.blockers.knowledge import Knowledge

        how = {"with_": self.asked.question["with_"], **self._engines, **self.asked.offers}
        shared = {model: Knowledge() for model in models}
        how |= {"progress": progress, "knowledge": shared}
        runs = solve_grid(planner, models, self.worlds, deadline, **how)
        # What a later world showed may settle what an earlier one left open.
        return tuple(settled(run, shared[run.problem.model], deadline) for run in runs)


def _kept(comparison: ComparisonRecord, asked: CommandOptions, work: _Work) -> Path | None:
    """Where the comparison is kept; None where it cannot be."""
    from allocator.report.comparing.folder import RUNS, write_comparison
    from allocator.report.folder.runs import new_folder

    within = _by_folder([marked(run, asked.mark) for run in work.solved])
    place = asked.out or new_folder(reports_of(asked.workspace), "comparison")
    check = work.limit.writing()
    kept = kept_at(
        "The comparison",
        place,
        lambda: write_comparison(comparison, place, within, mark=asked.mark, check=check),
        wanted=asked.keep,
    )
    if kept is not None:
        tell_left_out(kept / RUNS / name for name in within)
    return kept


def _by_folder(runs: Sequence[RunRecord]) -> dict[str, RunRecord]:
    """The runs by the names of their folders; numbered where two would be called alike."""
    from allocator.report.folder.naming import folder_name

    found: dict[str, RunRecord] = {}
    for run in runs:
        name = folder_name(run.problem.model, run.world.name, run.command, run.options)
        names = (name, *(f"{name}-{number}" for number in range(2, len(runs) + 2)))
        found[next(one for one in names if one not in found)] = run
    return found


def _show(comparison: ComparisonRecord, asked: CommandOptions, kept: Path | None) -> None:
    from allocator.report.comparing import terminal
    from allocator.report.comparing.jsons import comparison_bytes
    from allocator.report.terminal.console import rendered

    def written() -> None:
        if asked.json:
            output.data(comparison_bytes(comparison))
            return
        output.page(rendered(lambda console: terminal.show(comparison, console, kept), sys.stdout))

    show_answer(written, kept, named=not asked.json, quiet=asked.quiet)


def _status(comparison: ComparisonRecord) -> int:
    if comparison.interrupted:
        return INTERRUPTED
    return errors.ANSWERED if comparison.answered else errors.NO_ANSWER_IN_TIME
