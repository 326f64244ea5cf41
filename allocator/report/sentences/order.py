"""Who waits for whom, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.inputs.problem import Problem
from allocator.inputs.schema.calendar import Month
from allocator.report.sentences import names
from allocator.results.order import Act, By, Order, Push, RoadMap
from allocator.words import count, listing, some

NAMED = 6
"""Of what a push frees."""

BY: dict[By, str] = {
    "effort": "least effort",
    "date": "as early as can be",
    "benefit": "one act at a time, what counts most first",
}


def overview(found: Order) -> Iterator[str]:
    """How many acts come about, and how many wait for ever."""
    act = names.of_preconditions(found.problem)
    if not found.acts:
        yield "No precondition is open in this world: nobody has to act."
        return
    yield f"{_many(len(found.in_turn))} in turn, each once what it waits for holds."
    if found.deadlocked:
        yield (
            f"{_many(len(found.deadlocked))} only together: {listing(map(act, found.deadlocked))}. "
            "Each waits, in the end, for another of them."
        )
    if found.out_of_reach:
        number, acts = len(found.out_of_reach), listing(map(act, found.out_of_reach))
        verb = "does not come" if number == 1 else "do not come"
        yield f"{count(number, 'act')} {verb} about at all: {acts}."
    if found.undecided:
        yield f"Not decided in the time: {listing(map(act, found.undecided))}."


def circle(found: Order, members: Sequence[str]) -> Iterator[str]:
    """One line a member: who waits for what, and where that is written."""
    for name in members:
        yield waits(found.problem, found.act(name))


def waits(problem: Problem, act: Act) -> str:
    """Who waits for what, with the cell."""
    waited = names.condition(problem, act.after)
    own = names.precondition(problem, act.precondition)
    place = f" ({act.place}, column after)" if act.place else ""
    return f"{who(act.holder)} {_waits(act.holder)} with {own} for {waited}{place}"


def who(holder: str) -> str:
    """The holder, or that there is none."""
    return holder or "nobody named"


def push(found: Push, order: Order) -> str:
    """Who moves first, and what that frees."""
    act = names.of_preconditions(order.problem)
    movers = (f"{who(order.act(name).holder)} with {act(name)}" for name in found.acts)
    text = f"If {listing(movers)} did not wait"
    freed = f", {some([*map(act, found.frees)], NAMED)} would follow" if found.frees else ""
    tasks = names.tasks(order.problem, found.ready)
    ready = f"; ready then: {some(tasks, NAMED)}" if tasks else ""
    return f"{text}{freed}{ready}."


def road_map(problem: Problem, found: RoadMap) -> Iterator[str]:
    """What the road map comes to, and what it leaves out."""
    task = names.of_tasks(problem)
    if found.value is None and found.by == "effort" and found.unreached:
        yield "There is none that leads to all of the tasks."
    elif found.value is None:
        yield "None was found, or there is no task that it could lead to."
    else:
        yield f"{_worth(problem, found)} {_proof(found)}"
    if found.unreached:
        yield f"In turn nothing leads to {listing(map(task, found.unreached))}."
    if found.undecided:
        tasks = listing(map(task, found.undecided))
        yield f"Whether anything leads to {tasks} was not decided in the time."
    if found.may_be_sooner:
        tasks = listing(map(task, found.may_be_sooner))
        yield f"Whether {tasks} may come sooner was not decided in the time."


def calendar_month(problem: Problem, number: int | None) -> str:
    """`2026-08`, the month that is so many months after the first of period 1; blank where that
    is not known."""
    if problem.starts is None or number is None:
        return ""
    return str(Month(problem.starts.number + number))


def month(problem: Problem, number: int) -> str:
    """`7`, or `7 (2026-08)` where the model says in which month it starts."""
    named = calendar_month(problem, number)
    return f"{number} ({named})" if named else str(number)


def _worth(problem: Problem, found: RoadMap) -> str:
    assert found.value is not None
    value = f"{found.value:,}"
    return {
        "effort": f"An effort of {count(found.value, 'point')} in all.",
        "date": f"The last task is ready in month {month(problem, found.value)}.",
        "benefit": f"Weight times month, over the tasks, comes to {value}.",
    }[found.by]


def _proof(found: RoadMap) -> str:
    if not found.proved:
        below = "" if found.bound is None else f"; nothing is below {found.bound:,}"
        return f"The best found, not proved to be the best there is{below}."
    if found.by == "date":
        fewer = "no fewer acts do" if found.smallest else "fewer acts may do"
        return f"Proved: nothing is earlier, and {fewer}."
    return "Proved: nothing is below."


def _many(number: int) -> str:
    if number == 0:
        return "No act comes about"
    return f"{count(number, 'act')} {'comes' if number == 1 else 'come'} about"


def _waits(holder: str) -> str:
    several = any(mark in holder for mark in ",;")
    return "wait" if several else "waits"
