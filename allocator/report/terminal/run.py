"""What the commands show of a run: an overview first, then a short block a task."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.text import Text

from allocator.inputs.conditions import Always
from allocator.inputs.problem import Problem
from allocator.report.sections import OF_THE_RUN, Section
from allocator.report.sentences import overview
from allocator.report.sentences import situation as say
from allocator.report.sentences.asked import Asked, asked_for
from allocator.report.sentences.next_acts import least_way, next_acts
from allocator.report.sentences.reading_order import in_reading_order
from allocator.report.sentences.sending import by_commitment
from allocator.report.tables.decisions import in_plan
from allocator.report.terminal import blocks, details, trade_offs, ways
from allocator.report.terminal.console import (
    Steps,
    note,
    pairs,
    plain,
    ruled,
    titled,
    verdict,
    with_id,
)
from allocator.report.terminal.pools import scarcest
from allocator.report.terminal.timeline import over_time
from allocator.results.result import TaskRecord
from allocator.shell import Options, offer
from allocator.words import listing

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

RELEASES_SHOWN = 6
PRECONDITIONS_SHOWN = 15
WITH_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Follow:
    """What the next commands need: the options that ask `again`, those of them that `solve`
    takes, those that say `where` the workspace is, the folder where the run is `kept`, and whether
    it `has_page`, or there was no time for one."""

    again: Options = ()
    of_solve: Options = ()
    where: Options = ()
    kept: Path | None = None
    has_page: bool = True


@dataclass(frozen=True, slots=True)
class _Page:
    """What a section is made of: a run as a command shows it, where it is printed, and what the
    next commands need to say."""

    command: str
    run: RunRecord
    console: Console
    follow: Follow


Parts = Iterable[RenderableType]


def _show(command: str, run: RunRecord, console: Console, follow: Follow) -> None:
    """Print the whole answer of a command, section by section."""
    page = _Page(command, in_reading_order(run), console, follow)
    for section in OF_THE_RUN:
        if command in section.of:
            for part in MAKERS[section.name](page, section):
                console.print(part)


show_solve = partial(_show, "solve")
show_packages = partial(_show, "packages")
show_blockers = partial(_show, "blockers")


def _situation(page: _Page, section: Section) -> Parts:
    run = page.run
    rows = overview.heading(run.problem, run.world)
    rows += [*overview.offers(run.problem), *overview.left_out(run), *overview.stopped(run)]
    if page.command == "solve":
        rows += [("Joint plan", overview.joint_plan(run)), *overview.beyond_offers(run)]
    yield pairs(rows, indent=0)


def _tasks(page: _Page, section: Section) -> Parts:
    yield titled(section.title, _overview(page.run, page.console))


def _next_acts(page: _Page, section: Section) -> Parts:
    if acts := list(next_acts(page.run)):
        yield titled(section.title, pairs(acts))


def _asked_for(page: _Page, section: Section) -> Parts:
    run = page.run
    if asked := asked_for(run.problem, run.world, run.result.tasks):
        yield titled(section.title, _preconditions(run.problem, asked))


def _optimised(page: _Page, section: Section) -> Parts:
    plan = page.run.result.plan
    if plan.levels:
        found, none = section.titles
        yield titled(none if plan.status == "unknown" else found, _levels(page.run))


def _freed(page: _Page, section: Section) -> Parts:
    if page.run.result.plan.released:
        yield titled(section.title, pairs(_released(page.run)))


def _unanswered(page: _Page, section: Section) -> Parts:
    if missing := list(trade_offs.unanswered(page.run)):
        yield titled(section.title, *map(note, missing))


def _each_task(page: _Page, section: Section) -> Parts:
    run, command = page.run, page.command
    for record in run.result.tasks:
        if command == "solve":
            block = blocks.block(run, record)
            body = [pairs(block)] if block else []
        else:
            body = [*details.OF_COMMAND[command](run, record)]
        if body or command != "solve":
            yield titled(_title(run, record, page.console), *body)


def _next(page: _Page, section: Section) -> Parts:
    run, follow = page.run, page.follow
    rows = [*_NEXT[page.command](run, follow), *_more_time(run), *_more_memory(run), *_kept(follow)]
    if rows or page.command == "solve":
        yield titled(section.title, Steps(rows))


MAKERS: Mapping[str, Callable[[_Page, Section], Parts]] = {
    "situation": _situation,
    "tasks": _tasks,
    "next_acts": _next_acts,
    "preconditions": _asked_for,
    "over_time": lambda page, section: over_time(page.run),
    "pools": lambda page, section: scarcest(page.run),
    "levels": _optimised,
    "released": _freed,
    "departures": lambda page, section: trade_offs.departures(page.run),
    "front": lambda page, section: trade_offs.front(page.run.plan_notes.front, say.JOINT_FRONT),
    "unanswered": _unanswered,
    "each_task": _each_task,
    "next": _next,
    "how_made": lambda page, section: (Text(), plain(_made(page.run))),
}
"""What makes each section of `allocator/report/sections.py`."""


def _after_packages(run: RunRecord, follow: Follow) -> list[tuple[str, str]]:
    others = [record.task for record in run.result.tasks if record.verdict != "ready"]
    return [("What blocks it", offer("blockers", t, options=follow.again)) for t in others[:1]]


def _after_blockers(run: RunRecord, follow: Follow) -> list[tuple[str, str]]:
    tried = filter(None, (ways.tried_first(run, record) for record in run.result.tasks))
    rows = [("Try a way", _try(run, way, follow)) for way in islice(tried, 1)]
    ready = [record.task for record in run.result.tasks if record.verdict == "ready"]
    return rows + [("Its packages", offer("packages", t, options=follow.again)) for t in ready[:1]]


def _try(run: RunRecord, way: Sequence[str], follow: Follow) -> str:
    brought = [("--with", name) for name in way]
    return offer("solve", run.problem.model, options=[*follow.of_solve, *brought])


def _overview(run: RunRecord, console: Console) -> RenderableType:
    ranged = ("Over ranges",) if run.problem.ranges else ()
    header = ("Task", "Priority", "Alone", *ranged, "Joint plan", "Nations", "Ways")
    rows = (
        (
            record.task,
            str(run.problem.task(record.task).priority),
            verdict(record.verdict, console),
            *((record.over_ranges or "unknown",) if ranged else ()),
            in_plan(run, record.task) or "not known",
            _nations(run, record.task),
            overview.outlook(run.problem, record),
        )
        for record in run.result.tasks
    )
    return ruled(header, rows, right="Priority", whole="Task")


def _nations(run: RunRecord, task: str) -> str:
    cells = run.result.plan.allocation
    return " ".join(sorted({cell.nation for cell in cells if cell.task == task}))


def _preconditions(problem: Problem, rows: Sequence[Asked]) -> RenderableType:
    header = ("Precondition", "In the hands of", "Likelihood", "Needed by", "In a way of")
    cells = [
        (
            with_id(problem.preconditions[row.name].name or row.name, _own(row)),
            row.holder,
            row.likelihood,
            row.needed_by,
            row.in_a_way_of,
        )
        for row in rows[:PRECONDITIONS_SHOWN]
    ]
    table = ruled(header, cells)
    more = len(rows) - PRECONDITIONS_SHOWN
    return Group(table, note(f"and {more:,} more")) if more > 0 else table


def _own(row: Asked) -> str:
    """The id, with what else brings it about."""
    with_ = row.comes_with
    if len(with_) > WITH_SHOWN:
        with_ = (f"any of {len(with_)} that bring it about",)
    return f"{row.name}, itself or with {listing(with_, 'or')}" if with_ else row.name


def _levels(run: RunRecord) -> RenderableType:
    header = ("Objective", "Value", "Proved bound", "Proved by", "Status")
    rows = (
        (
            say.shown_objective(level.objective),
            *say.figures(level.objective, level.value, level.bound),
            overview.PROVED_BY[level.proved_by],
            overview.LEVEL_STATUS[level.status],
        )
        for level in run.result.plan.levels
    )
    return ruled(header, rows, right="Value,Proved bound")


def _released(run: RunRecord) -> list[tuple[str, str]]:
    freed = by_commitment(run.result.plan.released)
    known = run.problem.commitment
    rows = [(name, blocks.release_text(run, known(name), units)) for name, units in freed.items()]
    more = len(rows) - RELEASES_SHOWN
    return rows[:RELEASES_SHOWN] + ([("", f"and {more:,} more")] if more > 0 else [])


def _title(run: RunRecord, record: TaskRecord, console: Console) -> Text:
    title = run.problem.task(record.task).title
    text = record.task if title == record.task else f"{title} ({record.task})"
    return Text.assemble(verdict(record.verdict, console), "  ", plain(text))


def _after_solve(run: RunRecord, follow: Follow) -> list[tuple[str, str]]:
    order = ("ready", "blocked", "short", "unknown")
    records = sorted(run.result.tasks, key=lambda record: order.index(record.verdict))
    ready = [record.task for record in records if record.verdict == "ready"]
    others = [record.task for record in records if record.verdict != "ready"]
    rows = [("All ways, who waits", offer("blockers", t, options=follow.again)) for t in others[:1]]
    if way := least_way(run):
        rows.append(("If it comes about", _try(run, way.preconditions, follow)))
    rows += [("All packages, units", offer("packages", t, options=follow.again)) for t in ready[:1]]
    return rows + (_who_first(run, follow) if others else [])


def _who_first(run: RunRecord, follow: Follow) -> list[tuple[str, str]]:
    """Where holders wait for each other: who waits for whom, and who opens the most. Neither
    question takes nations that send nothing."""
    if overview.sending_nothing(run):
        return []
    known = run.problem.preconditions
    if not any(known[n].after != Always() for n in run.problem.open_preconditions(run.world)):
        return []
    return [
        ("What comes first", offer("order", options=follow.again)),
        ("Which holders first", offer("levers", options=follow.again)),
    ]


def _more_time(run: RunRecord) -> list[tuple[str, str]]:
    known = run.options.get("time_limit")
    spent = "it ran out"
    if isinstance(known, (int, float)):
        spent = f"it was {known:g} {'second' if known == 1 else 'seconds'}"
    return [("More time", f"--time-limit SECONDS; {spent}")] if run.timed_out else []


def _more_memory(run: RunRecord) -> list[tuple[str, str]]:
    way = "a machine or a limit with more of it; or a model of fewer tasks or periods, --workers 1"
    return [("More memory", way)] if run.out_of_memory else []


def _kept(follow: Follow) -> list[tuple[str, str]]:
    if follow.kept is None:
        return []
    page = str(follow.kept / "report.html") if follow.has_page else offer("report", follow.kept)
    return [
        ("Kept in", str(follow.kept)),
        ("To read, to share", page),
        ("Check it again", offer("verify", follow.kept, options=follow.where)),
    ]


def _made(run: RunRecord) -> str:
    """How the answer came about, in a line; `run.json` has it all."""
    versions = run.provenance()["versions"]
    assert isinstance(versions, dict)
    known = [f"{name} {version}" for name, version in versions.items()]
    known += [f"{name} {run.options[name]}" for name in ("seed", "workers") if name in run.options]
    known.append(f"{sum(run.seconds.values()):.1f} seconds")
    return ", ".join(known)


_NEXT = {"solve": _after_solve, "packages": _after_packages, "blockers": _after_blockers}
"""What each command says comes next."""
