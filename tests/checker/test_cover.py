"""How far offers cover what is sent (R11), beside listing every way to share them out."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from allocator.checker import violations
from allocator.checker.case import Case
from allocator.checker.cover import by_priority, cover, sent_to
from allocator.inputs.conditions import holds
from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation
from tests.generator import question


def _sharings(problem: Problem, world: World, case: Case, pool: tuple[str, str], period: int):
    """Units that the tasks get, way by way, by the rule's own words."""
    firm = ("in_place", "firm", "indicated", "possible")
    tasks = sorted(sent_to(case, *pool, period))
    offers = [
        offer
        for offer in problem.offers
        if (offer.nation, offer.capability) == pool
        and period in offer.periods
        and firm.index(offer.status) <= firm.index(problem.count)
    ]
    joining = {
        task: {k[0] for k in case.allocation.units if k[1] == task and k[4] == period} | {pool[0]}
        for task in tasks
    }
    choices = []
    for offer in offers:
        most = [
            offer.quantity
            if task in offer.tasks
            and holds(offer.requires, world.holding(period), joining[task], case.allocation.staffed)
            else 0
            for task in tasks
        ]
        uses = product(*(range(m + 1) for m in most))
        choices.append([use for use in uses if sum(use) <= offer.quantity])
    for way in product(*choices):
        yield {task: sum(use[at] for use in way) for at, task in enumerate(tasks)}


def _random_allocation(rng: Random, problem: Problem) -> Allocation:
    units = {}
    for nation, capability in problem.availability:
        for task in problem.tasks:
            for line in task.lines:
                for period in task.periods if capability in line.weights else ():
                    if sent := rng.choice((0, 0, 1, 2)):
                        units[nation, task.id, line.id, capability, period] = sent
    return Allocation(frozenset(task.id for task in problem.tasks), units)


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_cover_is_as_large_as_any_sharing_out(first: int) -> None:
    """And a task of a better priority is never left with less for another's sake."""
    broken = kept = 0
    for seed in range(first, first + 50):
        asked = question(seed, offered=True)
        problem, rng = asked.problem, Random(seed)
        if not problem.counts_offers:
            continue
        case = Case(problem, asked.world, _random_allocation(rng, problem))
        found = {
            (v.places["nation"], v.places["capability"], v.places["period"])
            for v in violations(problem, asked.world, case.allocation)
            if v.rule == "R11"
        }
        for pool in case.serving:
            for period in problem.periods:
                sent = sent_to(case, *pool, period)
                ways = list(_sharings(problem, asked.world, case, pool, period))
                order = [task for task in by_priority(problem) if task in sent]
                capped = [[min(way[t], sent[t]) for t in order] for way in ways]
                made = cover(case, *pool, period, problem.count, sent)
                gives = [made.grow(task, sent[task]) for task in order]
                assert gives == [made.of(task) for task in order]
                assert sum(gives) == max(map(sum, capped)), seed
                assert gives == max(capped), seed
                enough = any(all(way[t] >= sent[t] for t in sent) for way in ways)
                assert ((*pool, period) in found) == (not enough), seed
                broken, kept = broken + (not enough), kept + enough
    assert broken > 20
    assert kept > 20
