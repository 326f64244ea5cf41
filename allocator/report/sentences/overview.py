"""What was asked and what came out, in a few sentences: the head of every report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from allocator.checker import objective_values
from allocator.inputs.problem import Problem, World
from allocator.report.sentences import names
from allocator.report.sentences import situation as say
from allocator.report.sentences.asked import Asked, asked_for
from allocator.report.sentences.needed import or_with
from allocator.report.sentences.sending import over_time
from allocator.results.result import TaskRecord, allocation_of
from allocator.words import count, listing, some

if TYPE_CHECKING:
    from allocator.results.found import Found
    from allocator.results.run import RunRecord

LEVEL_STATUS = {"optimal": "proved best", "feasible": "best found"}
"""How far an objective's value is proved, in words."""

PROVED_BY = {
    "sum": "a sum",
    "relaxation": "a relaxation",
    "cpsat": "CP-SAT",
    "highs": "HiGHS",
    "scip": "SCIP",
    "": "not kept",
}
"""What proved an objective's bound, in words."""

_VERDICTS = {
    "ready": "Ready, a coalition can staff it now",
    "blocked": "Blocked, it waits for open preconditions",
    "short": "Short, not even if every open precondition is met",
    "unknown": "Unknown, the run stopped before the answer was proved",
}
_MOST_ASKED = 5
_MOST_WITH = 2
_MOST_LACKING = 3


def heading(problem: Problem, asked: World) -> list[tuple[str, str]]:
    """What was asked about: the operation and the world."""
    return [("Operation", operation(problem)), ("World", world(asked, problem))]


def operation(problem: Problem) -> str:
    """The operation model by title and name, and how long it lasts."""
    title = (
        problem.model if problem.title == problem.model else f"{problem.title} ({problem.model})"
    )
    length = f"{count(problem.horizon, 'period')} of {count(problem.months_per_period, 'month')}"
    return f"{title}, {length}{problem.calendar.whole}"


def world(asked: World, problem: Problem) -> str:
    """The world by name, and what holds in it from when."""
    starts: dict[int, list[str]] = {}
    for name, start in sorted(asked.starts.items()):
        starts.setdefault(start, []).append(name)
    if not starts:
        return f"{asked.name}: no precondition holds"
    named = problem.calendar.named
    texts = (
        f"{listing(names.preconditions(problem, held))} {'holds' if len(held) == 1 else 'hold'} "
        f"from period {named(start)}"
        for start, held in sorted(starts.items())
    )
    return f"{asked.name}: {'; '.join(texts)}"


def sending_nothing(run: RunRecord) -> list[str]:
    """Return the nations that were to send nothing. run: what is shown."""
    given = run.options.get("without", ())
    return [str(nation) for nation in given] if isinstance(given, (list, tuple)) else []


def left_out(run: RunRecord) -> tuple[tuple[str, str], ...]:
    """Which nations were to send nothing; nothing where all may."""
    gone = sending_nothing(run)
    return (("Left out", f"{listing(gone)}, sending nothing anywhere"),) if gone else ()


def offers(problem: Problem) -> tuple[tuple[str, str], ...]:
    """From which status offers were counted, on which day, which of them are past it and which run
    out within a month; nothing where there are none."""
    if problem.on is None:
        return ()
    text = "not counted: nations may send all that they hold, whatever they have offered"
    if problem.counts_offers:
        text = f"those of status {problem.count} or firmer, valid on {problem.on}, and no more"
    if problem.stale:
        text += f"; out of date on {problem.on}: {some(problem.stale, 12)}"
    if soon := problem.running_out:
        text += f"; running out within a month: {some(soon, 12)}"
    return (("Offers", text),)


def beyond_offers(run: RunRecord) -> tuple[tuple[str, str], ...]:
    """What the joint plan sends that no offer covers; nothing where there are none, or no plan."""
    plan = run.result.plan
    if not run.problem.offers or plan.status == "unknown":
        return ()
    asked = replace(run.problem, objectives=("stay_within_offers",))
    allocation = allocation_of(plan.staffed, plan.allocation, plan.released)
    (units,) = objective_values(asked, allocation, run.world).values()
    said = f"{units:,} unit-periods of the plan (a unit in a period is one) that no offer covers"
    return (("Beyond offers", said if units else "nothing; offers cover all that the plan sends"),)


def stopped(run: RunRecord) -> tuple[tuple[str, str], ...]:
    """Why the run ended before it was done; nothing where it was."""
    if run.interrupted:
        return (("Interrupted", "what follows is what was known by then."),)
    if run.out_of_memory:
        return (("Memory", "used up; what follows is what was known by then."),)
    if run.timed_out:
        return (("Time limit", "reached; what follows is what was known by then."),)
    return ()


def cut_off(found: Found) -> Iterator[str]:
    """That the search for an answer was cut off, where it was."""
    if found.cut_off:
        yield "The search was cut off: what follows is what was known by then."


def at_fault(faults: Iterable[str]) -> Iterator[str]:
    """What an engine or a search did that it should not have, a sentence each."""
    for fault in faults:
        yield f"{fault}. Nothing rests on it: others answered, or it is left undecided."


def joint_plan(run: RunRecord) -> str:
    """How many tasks the joint plan staffs, and how far it is proved to be the best."""
    plan = run.result.plan
    if plan.status == "unknown":
        return "none was found before the run stopped."
    staffed = f"{len(plan.staffed)} of {count(len(run.problem.tasks), 'task')} staffed"
    if plan.status == "optimal":
        return f"{staffed}; every objective is proved to be at its best."
    loose = [
        say.shown_objective(level.objective) for level in plan.levels if level.status == "feasible"
    ]
    reached = f" ({listing(loose)})" if loose else ""
    return f"{staffed}; the best plan found, not proved to be the best there is{reached}."


def verdicts(problem: Problem, records: Sequence[TaskRecord]) -> tuple[str, ...]:
    """Return a sentence a verdict that some task has: how many, and which.

    problem: the model that is asked about, with its tables. records: of its tasks.
    """
    found: dict[str, list[str]] = {}
    for record in records:
        found.setdefault(record.verdict, []).append(names.task(problem, record.task))
    return tuple(
        f"{words}: {count(len(found[verdict]), 'task')} ({listing(found[verdict])})."
        for verdict, words in _VERDICTS.items()
        if verdict in found
    )


def most_asked_for(problem: Problem, asked: World, records: Sequence[TaskRecord]) -> str:
    """Return the preconditions that most blocked tasks need; blank where none is.

    problem: the model that is asked about, with its tables. asked: the world that was solved.
    records: what the result says of the tasks.
    """
    found = [one for one in asked_for(problem, asked, records) if one.needed][:_MOST_ASKED]
    texts = (
        f"{_or_with(problem, one)} ({one.needed_by}{f'; {one.holder}' if one.holder else ''})"
        for one in found
    )
    return f"Needed whichever way is taken, by most tasks: {listing(texts)}." if found else ""


def _or_with(problem: Problem, one: Asked) -> str:
    others = names.preconditions(problem, one.comes_with)
    if len(others) > _MOST_WITH:
        others = [f"any of {len(others):,} that bring it about"]
    return or_with(names.precondition(problem, one.name), tuple(others))


def outlook(problem: Problem, record: TaskRecord) -> str:
    """Return what a task has or lacks, in a few words.

    problem: the model that is asked about, with its tables. record: of the task.
    """
    match record.verdict:
        case "ready":
            return say.packages_found(record.packages)
        case "blocked":
            return say.ways_found(record.unlocking)
        case "short":
            return _lacking(problem, record)
    return "not decided in time"


def _lacking(problem: Problem, record: TaskRecord) -> str:
    gaps = record.gaps
    units: dict[tuple[str, str], dict[int, int]] = {}
    for one in gaps.units:
        units.setdefault((one.line, one.capability), {})[one.period] = one.quantity
    if units:
        window = problem.task(record.task).periods
        missing = [
            f"{over_time(problem, kind, found, window)} on {line}"
            for (line, kind), found in sorted(units.items())
        ]
        sure = "" if gaps.units_status == "optimal" else " (less may do)"
        return f"lacks {some(missing, _MOST_LACKING)}{sure}"
    return listing(gaps.rules) or "what it lacks was not worked out"
