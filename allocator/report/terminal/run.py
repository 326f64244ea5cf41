"""What the commands show of a run: an overview first, then a short block a task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.text import Text

from allocator.inputs.conditions import Always
from allocator.inputs.problem import Problem
from allocator.report.sentences import overview
from allocator.report.sentences import situation as say
from allocator.report.sentences.asked import Asked, asked_for
from allocator.report.sentences.next_acts import least_way, next_acts
from allocator.report.sentences.reading_order import in_reading_order
from allocator.report.sentences.sending import by_commitment
from allocator.report.tables.decisions import in_plan
from allocator.report.terminal import blocks, details, trade_offs
from allocator.report.terminal.console import note, pairs, plain, ruled, titled, verdict, with_id
from allocator.report.terminal.pools import scarcest
from allocator.report.terminal.timeline import over_time
from allocator.results.result import TaskRecord
from allocator.shell import Word, offer
from allocator.words import listing

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

RELEASES_SHOWN = 6
PRECONDITIONS_SHOWN = 15
WITH_SHOWN = 2


Options = Sequence[tuple[str, Word]]


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


def show_solve(run: RunRecord, console: Console, follow: Follow) -> None:
    """Return the whole answer of `solve`.

    run: what is shown. console: what it is printed on. follow: what the next commands need to say.
    """
    run = in_reading_order(run)
    plan = (("Joint plan", overview.joint_plan(run)), *overview.beyond_offers(run))
    console.print(pairs([*_head(run), *plan], indent=0))
    console.print(titled("Tasks", _overview(run, console)))
    if acts := list(next_acts(run)):
        console.print(titled("What to do next", pairs(acts)))
    if asked := asked_for(run.problem, run.world, run.result.tasks):
        console.print(titled("What blocked tasks wait for", _preconditions(run.problem, asked)))
    for part in (*over_time(run), *scarcest(run)):
        console.print(part)
    if run.result.plan.levels:
        console.print(titled(_heading_of_levels(run), _levels(run)))
    if run.result.plan.released:
        console.print(titled("Released commitments", pairs(_released(run))))
    for part in (*trade_offs.departures(run), *trade_offs.front(run.plan_notes.front)):
        console.print(part)
    if missing := list(trade_offs.unanswered(run)):
        console.print(titled("Asked for and not found", *map(note, missing)))
    for record in run.result.tasks:
        if block := blocks.block(run, record):
            console.print(titled(_title(run, record, console), pairs(block)))
    console.print(titled("Next", pairs(_next_after_solve(run, follow))))
    _foot(run, console)


def _heading_of_levels(run: RunRecord) -> str:
    if run.result.plan.status == "unknown":
        return "No plan was found; what sending nobody comes to"
    return "What the plan was optimised for, in this order"


def show_packages(run: RunRecord, console: Console, follow: Follow) -> None:
    """Return the packages of the asked tasks, one a row.

    run: what is shown. console: what it is printed on. follow: what the next commands need to say.
    """
    run = in_reading_order(run)
    _show_each(run, console, details.packages)
    others = [record.task for record in run.result.tasks if record.verdict != "ready"]
    rows = [("What blocks it", offer("blockers", t, options=follow.again)) for t in others[:1]]
    _next(run, console, rows, follow)


def show_blockers(run: RunRecord, console: Console, follow: Follow) -> None:
    """Return what keeps the asked tasks from being staffed, and what would change it.

    run: what is shown. console: what it is printed on. follow: what the next commands need to say.
    """
    run = in_reading_order(run)
    _show_each(run, console, details.blockers)
    rows = [
        ("Try a way", _try(run, record.unlocking.sets[0], follow))
        for record in run.result.tasks
        if record.unlocking.sets
    ][:1]
    ready = [record.task for record in run.result.tasks if record.verdict == "ready"]
    rows += [("Its packages", offer("packages", t, options=follow.again)) for t in ready[:1]]
    _next(run, console, rows, follow)


def _show_each(run: RunRecord, console: Console, show: details.Details) -> None:
    console.print(pairs(_head(run), indent=0))
    for record in run.result.tasks:
        console.print(titled(_title(run, record, console), *show(run, record)))


def _try(run: RunRecord, way: Sequence[str], follow: Follow) -> str:
    brought = [("--with", name) for name in way]
    return offer("solve", run.problem.model, options=[*follow.of_solve, *brought])


def _head(run: RunRecord) -> list[tuple[str, str]]:
    rows = overview.heading(run.problem, run.world)
    return [*rows, *overview.offers(run.problem), *overview.left_out(run), *overview.stopped(run)]


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


def _next_after_solve(run: RunRecord, follow: Follow) -> list[tuple[str, str]]:
    order = ("ready", "blocked", "short", "unknown")
    records = sorted(run.result.tasks, key=lambda record: order.index(record.verdict))
    ready = [record.task for record in records if record.verdict == "ready"]
    others = [record.task for record in records if record.verdict != "ready"]
    rows = [("All ways, who waits", offer("blockers", t, options=follow.again)) for t in others[:1]]
    if way := least_way(run):
        rows.append(("If it comes about", _try(run, way.preconditions, follow)))
    rows += [("All packages, units", offer("packages", t, options=follow.again)) for t in ready[:1]]
    rows += _who_first(run, follow) if others else []
    return rows + _more_time(run) + _more_memory(run) + _kept(follow)


def _who_first(run: RunRecord, follow: Follow) -> list[tuple[str, str]]:
    """Where holders wait for each other: who waits for whom, and who opens the most."""
    known = run.problem.preconditions
    if not any(known[n].after != Always() for n in run.problem.open_preconditions(run.world)):
        return []
    return [
        ("What comes first", offer("order", options=follow.again)),
        ("Which holders first", offer("levers", options=follow.again)),
    ]


def _more_time(run: RunRecord) -> list[tuple[str, str]]:
    known = run.options.get("time_limit")
    spent = f"it was {known:g} seconds" if isinstance(known, (int, float)) else "it ran out"
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


def _next(run: RunRecord, console: Console, rows: list[tuple[str, str]], follow: Follow) -> None:
    rows = [*rows, *_more_time(run), *_more_memory(run), *_kept(follow)]
    if rows:
        console.print(titled("Next", pairs(rows)))
    _foot(run, console)


def _foot(run: RunRecord, console: Console) -> None:
    """How the answer came about, in a line; `run.json` has it all."""
    versions = run.provenance()["versions"]
    assert isinstance(versions, dict)
    known = [f"{name} {version}" for name, version in versions.items()]
    known += [f"{name} {run.options[name]}" for name in ("seed", "workers") if name in run.options]
    known.append(f"{sum(run.seconds.values()):.1f} seconds")
    console.print(Text())
    console.print(plain(", ".join(known)))
