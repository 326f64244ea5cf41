"""The rules that rows of a given plan clash with.

R4 always stays: without it nothing would be released. What each nation has at the most is taken as
given: units beyond it are in no program.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from allocator.checker import RULES as CHECKED
from allocator.deadline import TimeUpError
from allocator.engines import Portfolio
from allocator.inputs.firmness import INVENTORY
from allocator.inputs.problem import Problem
from allocator.model import RULES
from allocator.model.room import Room
from allocator.search.given.demands import Demands
from allocator.search.minimal_sets.families import Answer


def clash_rules(asked: Demands) -> tuple[str, ...]:
    """Return a minimal set of rules that the rows clash with; none where that is not known in time.

    asked: the rows that clash.
    """
    if _beyond_pools(asked):
        return ("R3",)
    kept = tuple(rule for rule in RULES if rule != "R4")
    for rule in kept:
        fewer = tuple(other for other in kept if other != rule)
        answer = _can_stand(asked, fewer)
        if answer is Answer.UNKNOWN:
            return ()
        if answer is Answer.NO:
            kept = fewer
    return tuple(rule for rule in CHECKED if rule in kept)


def are_clash_rules(rules: Collection[str], asked: Demands) -> Answer:
    """Whether these rules are a minimal set that the rows clash with. asked: the rows."""
    if _beyond_pools(asked):
        return Answer.YES if tuple(rules) == ("R3",) else Answer.NO
    whole = _can_stand(asked, rules)
    fewer = [_can_stand(asked, set(rules) - {rule}) for rule in rules]
    if whole is Answer.YES or Answer.NO in fewer:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in (whole, *fewer) else Answer.YES


def _beyond_pools(asked: Demands) -> bool:
    """Whether a row asks for more than R3 leaves whatever else is sent."""
    room = Room(asked.problem, asked.scope)
    return any(
        cell.demands and cell.quantity > room.of_pool(nation, capability, period)
        for (nation, _, _, capability, period), cell in asked.given.cells.items()
    )


def _can_stand(asked: Demands, rules: Collection[str]) -> Answer:
    """Whether the rows can stand under R4 and these rules alone; a no is two engines'."""
    deadline = asked.deadline
    bound = replace(asked, problem=_bound_by(asked.problem, rules))
    try:
        variables, switches = bound.stated({*rules, "R4"})
    except TimeUpError:
        return Answer.UNKNOWN
    fixed = dict.fromkeys(switches.values(), 0)
    engines = Portfolio(variables.program, asked.settings)
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
