"""What a plan endures, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from allocator.inputs.problem import Problem
from allocator.inputs.problem.losses import Loss
from allocator.model.left import left
from allocator.report.sentences import names
from allocator.report.sentences.amounts import amount
from allocator.report.sentences.ranges import because
from allocator.report.sentences.steps import told
from allocator.results.endurance import STATES, Endurance, HowLong, Outcome, State, TaskUnder
from allocator.results.repair import Edit
from allocator.results.result import allocation_of
from allocator.words import count, listing, periods, some

LETTERS: dict[State, str] = {
    "holds": "H", "repaired": "R", "gives way": "G", "falls": "F", "unknown": "?",
}  # fmt: skip

MOST_CHANGES = 4
"""Changes of a repair that a sentence names."""

MOST_WAYS = 3
"""Sets of preconditions that a sentence names."""

MOST_PERIODS = 4
"""Periods that are named one by one."""

NAMED = 6
"""Tasks, or events, that a sentence names."""


def overview(found: Endurance) -> Iterator[str]:
    """How many events there are, how many tasks are in which state, and what falls most."""
    if found.plan.status == "unknown":
        yield "The time was up before any plan was found: there is nothing to lose anything of."
        return
    staffed = count(len(found.plan.staffed), "task")
    untouched = sum(not event.touches for event in found.events)
    events = count(len(found.events), "event")
    take = "takes" if untouched == 1 else "take"
    idle = f", {untouched:,} of which {take} nothing from it" if untouched else ""
    own = "plan" in found.options
    best = "" if own or found.plan.status == "optimal" else ", the best found and not proved so,"
    yield f"The plan{best} staffs {staffed}. It was asked about {events}{idle}."
    if not found.counts():
        yield "There is nothing of which anything could be lost."
        return
    yield _counts(found)
    if unharmed := _unharmed(found):
        yield unharmed
    if worst := _fall_most(found):
        yield worst
    if found.counts()["unknown"]:
        yield "What is unknown was not decided in the time: with more of it, it may be."
    repaired = [event for event in found.events if event.decided and event.after is not None]
    unproved = sum(not event.nearest for event in repaired)
    if unproved:
        yield (
            f"In {count(unproved, 'event')} the states are proved, and the repair is the best "
            "found: a nearer one is not ruled out."
        )


def _counts(found: Endurance) -> str:
    states = found.counts()
    told = [f"{state} {states[state]:,}" for state in STATES if states[state]]
    return f"States, a task under an event each: {', '.join(told)}."


def _unharmed(found: Endurance) -> str:
    """What can be lost with every task holding, though the plan uses it.

    Where everything can, `_counts` says so.
    """
    using = {(one.loss.kind, one.loss.lost): one.loss for one in found.events if one.touches}
    harmful = {(loss.kind, loss.lost) for loss in (events[0].loss for events in found.harmful())}
    lost = [who(found.problem, loss) for key, loss in using.items() if key not in harmful]
    if not lost or not harmful:
        return ""
    if len(lost) == 1:
        return f"Every task holds if {lost[0]} is lost."
    return f"Every task holds if one of these is lost: {some(lost, NAMED)}."


def _fall_most(found: Endurance) -> str:
    """The task that falls under the most events, and what makes it fall."""
    falls = [(loss, task) for loss, task, state in found.states() if state == "falls"]
    if not falls:
        return ""
    (task, number), *_ = Counter(task for _, task in falls).most_common(1)
    lost = dict.fromkeys(who(found.problem, loss) for loss, one in falls if one == task)
    of_them = "it" if number == 1 else "them"
    shown = some([*lost], NAMED)
    named = names.task(found.problem, task)
    return f"{named} falls most, under {count(number, 'event')}; lost in {of_them}: {shown}."


def lasting(found: Endurance) -> Iterator[str]:
    """How long the tasks of the plan can be kept up, all together and each alone."""
    for number, one in enumerate(found.how_long):
        together = number == 0 and len(one.tasks) > 1
        alone = names.task(found.problem, one.tasks[0])
        yield f"{'All tasks of the plan together' if together else alone}: {_lasts(one)}."


def _lasts(one: HowLong) -> str:
    if one.ended:
        return "its window is over by the model's last period, so there is nothing to keep up"
    if one.repeats is not None:
        first, length = one.repeats
        again = count(length, "period")
        return f"for ever, as a plan shows that repeats {again} from period {first} on"
    if one.periods is None:
        return "not decided in the time"
    kept = f"for {count(one.periods, 'period')}"
    if one.impossible == one.periods + 1:
        return f"{kept}, and no longer: proved"
    if one.impossible:
        return f"{kept} at least; for {one.impossible} it is proved impossible"
    return f"{kept} at least; whether for ever is not known"


@dataclass(frozen=True)
class Alike:
    """Events of one loss, in turn, under which every task is in the same state."""

    events: tuple[Outcome, ...]

    @property
    def first(self) -> Outcome:
        return self.events[0]


def alike(found: Endurance) -> tuple[Alike, ...]:
    """The events under which not every task holds, gathered."""
    groups = groupby(found.events, lambda e: (e.loss.kind, e.loss.lost, _states(e)))
    gathered = (Alike(tuple(events)) for _, events in groups)
    return tuple(one for one in gathered if one.first.worst != "holds")


def _states(event: Outcome) -> tuple[tuple[State, bool], ...]:
    """Of each task, and whether it holds and is left out all the same."""
    return tuple((one.state, _left_out(event, one)) for one in event.tasks)


def _left_out(event: Outcome, one: TaskUnder) -> bool:
    """Whether the task holds, and is in no plan after the event that keeps most."""
    if one.state != "holds" or event.after is None or not event.decided:
        return False
    return one.task not in event.after.staffed


def told_of(found: Endurance, group: Alike) -> str:
    """`If Poland leaves from period 3: air_policing falls: …; western_presence is repaired …`."""
    event = group.first
    parts = [_task(found, group, place) for place in _worst_first(event.tasks)]
    named = names.of_tasks(found.problem)
    if unknown := [named(one.task) for one in event.tasks if one.state == "unknown"]:
        parts.append(f"{listing(unknown)}: not decided in the time")
    holding = [one for one in event.tasks if one.state == "holds"]
    without = [named(one.task) for one in holding if _left_out(event, one)]
    kept = [named(one.task) for one in holding if not _left_out(event, one)]
    if without:
        it = "it" if len(without) == 1 else "them"
        own = "its own rules" if len(without) == 1 else "their own rules"
        parts.append(f"{_hold(without)} by {own}, but the plan after the event leaves {it} out")
    if len(kept) > NAMED:
        parts.append(f"the other {len(kept):,} tasks hold")
    elif kept:
        parts.append(_hold(kept))
    return f"{_if(found.problem, group)}: {'; '.join(parts)}."


def _hold(tasks: Sequence[str]) -> str:
    return f"{listing(tasks)} {'holds' if len(tasks) == 1 else 'hold'}"


def _worst_first(tasks: Sequence[TaskUnder]) -> list[int]:
    """Where the tasks stand that are told one by one."""
    order: tuple[State, ...] = ("falls", "gives way", "repaired")
    ranked = (
        (order.index(one.state), place) for place, one in enumerate(tasks) if one.state in order
    )
    return [place for _, place in sorted(ranked)]


def _if(problem: Problem, group: Alike) -> str:
    loss = group.first.loss
    when = [event.loss.period for event in group.events]
    if len(when) > MOST_PERIODS:
        since = f"any of {problem.calendar.phrase(when)}"
    else:
        since = f"period {listing([problem.calendar.named(period) for period in when], 'or')}"
    return f"If {who(problem, loss)} {'leaves' if loss.nation else 'ends'} from {since}"


def who(problem: Problem, loss: Loss) -> str:
    """What is lost, as planners say it."""
    if loss.nation:
        return problem.names.get(loss.lost, loss.lost)
    return names.precondition(problem, loss.lost)


def _task(found: Endurance, group: Alike, place: int) -> str:
    """What becomes of the task at this place; of the first event, where not all are told alike."""
    first, *others = (_under(found, event, event.tasks[place]) for event in group.events)
    if all(other == first for other in others):
        return first
    return f"{first} (if from period {group.first.loss.period})"


def _under(found: Endurance, event: Outcome, one: TaskUnder) -> str:
    task = names.task(found.problem, one.task)
    match one.state:
        case "falls":
            return f"{task} falls: {_why(found, event, one)}{_help(found, one)}"
        case "gives way":
            return f"{task} gives way to others that use the same forces"
    return f"{task} is repaired {by(found.problem, event, one)}"


def _help(found: Endurance, one: TaskUnder) -> str:
    """What would let it stand."""
    if one.unlocking is None or not (one.unlocking.sets or one.unlocking.complete):
        return ""
    if not one.unlocking.sets:
        return " (no open precondition would help)"
    sets, act = one.unlocking.sets, names.of_preconditions(found.problem)
    ways = "; or ".join(listing(map(act, way)) for way in sets[:MOST_WAYS])
    more = f"; {len(sets) - MOST_WAYS:,} other ways" if len(sets) > MOST_WAYS else ""
    others = "" if one.unlocking.complete else "; perhaps others"
    return f" (it would stand with {ways}{more}{others})"


def _why(found: Endurance, event: Outcome, one: TaskUnder) -> str:
    """What shows that nothing helps."""
    if one.proof is not None and one.proof.by == "steps":
        plan = allocation_of(found.plan.staffed, found.plan.allocation, found.plan.released)
        problem, world = left(found.problem, found.world, plan, event.loss)
        if clauses := told(problem, world, one.task, problem.nations, one.proof.steps):
            return ", ".join(clauses)
    return because(one.proof, found.problem.calendar)


def by(problem: Problem, event: Outcome, one: TaskUnder) -> str:
    """What repairs the task: who sends more, who sends less; the lost rows apart.

    problem: the model, with its names. event: the event. one: what becomes of the task.
    """
    own = [edit for edit in one.edits if edit.nation != event.loss.nation]
    if not own:
        return "by what changes elsewhere"
    changes = list(_changes(problem, own))
    more = len(changes) - MOST_CHANGES
    others = (count(more, "other change"),) if more > 0 else ()
    return "by " + "; ".join((*changes[:MOST_CHANGES], *others))


def _changes(problem: Problem, edits: Sequence[Edit]) -> Iterator[str]:
    """More before fewer, lines together, the same change in several periods in one."""
    by_period: dict[tuple[str, str, int], list[int]] = {}
    for edit in edits:
        key = edit.nation, edit.capability, edit.period
        by_period.setdefault(key, []).append(edit.after - edit.before)
    grouped: dict[tuple[str, str, int, int], list[int]] = {}
    for (nation, capability, period), changes in by_period.items():
        moved = 0 if sum(changes) else sum(change for change in changes if change > 0)
        grouped.setdefault((nation, capability, sum(changes), moved), []).append(period)
    ordered = sorted(grouped.items(), key=lambda one: (-one[0][2], one[0]))
    for (nation, capability, change, moved), when in ordered:
        name = problem.names.get(nation, nation)
        yield f"{name} {_change(problem, capability, change, moved)} in {periods(when)}"


def _change(problem: Problem, capability: str, change: int, moved: int) -> str:
    units = amount(problem, capability, abs(change) or moved)
    if not change:
        return f"moving {units} to another line"
    number, _, what = units.partition(" ")
    return f"sending {number} {'more' if change > 0 else 'fewer'} {what}"
