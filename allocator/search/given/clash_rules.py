"""The rules that rows of a given plan clash with.

R4 always stays: without it nothing would be released. What each nation has at the most is taken as
given: units beyond it are in no program.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from allocator.checker import RULES as CHECKED
from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Portfolio, Settings
from allocator.inputs.firmness import INVENTORY
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem, World
from allocator.model import RULES, build
from allocator.model.given import hold_unless_freed
from allocator.model.room import Room
from allocator.model.scope import Scope
from allocator.search.minimal_sets.families import Answer


def clash_rules(
    problem: Problem,
    world: World,
    given: GivenPlan,
    tasks: Collection[str],
    settings: Settings,
    deadline: Deadline,
) -> tuple[str, ...]:
    """Return a minimal set of rules that the rows clash with; none where that is not known in time.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. given: the rows that clash. tasks: those that may be staffed. settings: of
    the engines, such as their seed. deadline: when to end at the latest.
    """
    if _beyond_pools(problem, world, given, tasks):
        return ("R3",)
    kept = tuple(rule for rule in RULES if rule != "R4")
    for rule in kept:
        fewer = tuple(other for other in kept if other != rule)
        answer = _can_stand(problem, world, given, tasks, fewer, settings, deadline)
        if answer is Answer.UNKNOWN:
            return ()
        if answer is Answer.NO:
            kept = fewer
    return tuple(rule for rule in CHECKED if rule in kept)


def are_clash_rules(
    rules: Collection[str],
    problem: Problem,
    world: World,
    given: GivenPlan,
    tasks: Collection[str],
    settings: Settings,
    deadline: Deadline,
) -> Answer:
    """Whether these rules are a minimal set that the rows clash with.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. given: the rows that clash. tasks: those that may be staffed. settings: of
    the engines, such as their seed. deadline: when to end at the latest.
    """
    if _beyond_pools(problem, world, given, tasks):
        return Answer.YES if tuple(rules) == ("R3",) else Answer.NO
    whole = _can_stand(problem, world, given, tasks, rules, settings, deadline)
    fewer = [
        _can_stand(problem, world, given, tasks, set(rules) - {rule}, settings, deadline)
        for rule in rules
    ]
    if whole is Answer.YES or Answer.NO in fewer:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in (whole, *fewer) else Answer.YES


def _beyond_pools(problem: Problem, world: World, given: GivenPlan, tasks: Collection[str]) -> bool:
    """Whether a row asks for more than R3 leaves whatever else is sent."""
    room = Room(problem, Scope(world, frozenset(tasks)))
    return any(
        cell.demands and cell.quantity > room.of_pool(nation, capability, period)
        for (nation, _, _, capability, period), cell in given.cells.items()
    )


def _can_stand(
    problem: Problem,
    world: World,
    given: GivenPlan,
    tasks: Collection[str],
    rules: Collection[str],
    settings: Settings,
    deadline: Deadline,
) -> Answer:
    """Whether the rows can stand under R4 and these rules alone; a no is two engines'."""
    try:
        bound = _bound_by(problem, rules)
        v = build(bound, Scope(world, frozenset(tasks)), deadline.check, {*rules, "R4"})
    except TimeUpError:
        return Answer.UNKNOWN
    fixed = dict.fromkeys(hold_unless_freed(v, given).values(), 0)
    engines = Portfolio(v.program, settings)
    found = engines.feasible(deadline, fixed)
    if found.values is not None:
        return Answer.YES
    refuted = (
        found.status == "infeasible" and engines.second_opinion(found, deadline, fixed) == "no"
    )
    return Answer.NO if refuted else Answer.UNKNOWN


def _bound_by(problem: Problem, rules: Collection[str]) -> Problem:
    """The problem in which no other rule narrows what a nation could send at the most."""
    if "R5" not in rules:
        problem = replace(problem, caveats=())
    return problem if "R11" in rules else replace(problem, count=INVENTORY)
