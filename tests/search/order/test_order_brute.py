"""Order against brute force on tiny problems."""

from __future__ import annotations

from collections import Counter
from math import inf

import pytest

from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.results.order import Order
from allocator.search.order.acting import Acting
from allocator.search.order.levers import levers
from allocator.search.order.readiness import Readiness
from allocator.search.order.search import order
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.plenty import plenty
from tests.search.order.brute import Brute
from tests.search.order.cases import case
from tests.thorough import some


def found(made: Problem, world: World, by: str = "effort", tasks: tuple[str, ...] = ()) -> Order:
    asked = tasks or tuple(task.id for task in made.tasks)
    readiness = Readiness(made, world, Settings(), plenty())
    for task in asked:
        readiness.prepare(task, plenty())
    return order(Acting(made, world, readiness), asked, by, plenty())  # type: ignore[arg-type]


def brute(made: Problem, world: World) -> Brute:
    return Brute(made, world, lambda task, reached: oracle.ready(made, reached, task))


def as_sets(family: object) -> frozenset[frozenset[str]]:
    assert family.complete  # type: ignore[attr-defined]
    return frozenset(map(frozenset, family.sets))  # type: ignore[attr-defined]


SEEDS = range(120)
SEEN: Counter[str] = Counter()


@pytest.mark.parametrize("first", some(range(0, 120, 20)))
def test_states_circles_ways_pushes_and_months(first: int) -> None:
    for seed in range(first, first + 20):
        made, world = case(seed)
        said, right = found(made, world), brute(made, world)
        acts = right.acts
        turn, together = right.in_turn(acts), right.together(acts)
        assert (set(said.in_turn), set(said.together)) == (turn, together), seed
        assert set(said.deadlocked) == together - turn, seed
        assert set(said.out_of_reach) == acts - together, seed
        assert not said.undecided
        assert as_sets(said.circles) == right.circles(), seed
        facts, tasks = right.months(acts)
        for act in said.acts:
            assert (inf if act.month is None else act.month) == facts[act.precondition], seed
        for one in said.tasks:
            assert as_sets(one.ways_in_turn) == right.ways([one.task]), (seed, one.task)
            assert as_sets(one.pushes) == right.pushes(one.task), (seed, one.task)
            month = inf if one.earliest_month is None else one.earliest_month
            assert month == tasks[one.task], (seed, one.task)
            assert one.reached == "no" or month < inf, (seed, one.task)


@pytest.mark.parametrize("first", some(range(0, 120, 20)))
def test_road_maps(first: int) -> None:
    for seed in range(first, first + 20):
        made, world = case(seed)
        right = brute(made, world)
        tasks = tuple(task.id for task in made.tasks)
        one_by_one = found(made, world, "benefit").road_map
        assert one_by_one.value == one_by_one.bound == right.benefit(tasks), seed
        least = found(made, world, "effort").road_map
        assert least.value == least.bound == right.effort(tasks), seed
        soonest = found(made, world, "date").road_map
        assert soonest.smallest
        assert len(soonest.steps) == right.fewest_for_date(tasks), seed
        months = right.months(right.acts)[1]
        assert {m.task: m.month for m in soonest.months} == {
            task: month for task, month in months.items() if month < inf
        }


def test_a_step_names_the_tasks_that_it_makes_ready() -> None:
    """Each task of which the month is that of an act, and that is not ready without, once."""
    named = 0
    for seed in range(120, 160):
        made, world = case(seed)
        for by in ("effort", "date", "benefit"):
            road = found(made, world, by).road_map
            months = {one.task: one.month for one in road.months}
            told = [(task, step.month) for step in road.steps for task in step.ready]
            assert len(told) == len({task for task, _ in told}), seed
            assert all(months[task] == month for task, month in told), seed
            if by == "benefit":
                later = {task for task, month in months.items() if month}
                assert later == {task for task, _ in told}, seed
            named += len(told)
    assert named > 20


@pytest.mark.parametrize("first", some(range(0, 80, 20)))
def test_levers(first: int) -> None:
    several = 0
    for seed in range(first, first + 20):
        made, world = case(seed)
        right = brute(made, world)
        readiness = Readiness(made, world, Settings(), plenty())
        acting = Acting(made, world, readiness)
        for budget in (0, 1, 2, 3):
            said = levers(acting, budget, plenty())
            assert said.is_proved, seed
            for one in said.levers:
                assert len(one.holders) <= budget
                assert counts(made, one.ready) == right.levers(budget), (seed, budget)
                assert set(one.ready) == right.opened_by(one.holders), (seed, budget)
                for adds in one.adds:
                    rest = [h for h in one.holders if h != adds.holder]
                    assert set(adds.ready) == set(one.ready) - right.opened_by(rest)
            assert [counts(made, one.ready) for one in said.sequence] == [
                right.levers(size) for size in range(1, budget + 1)
            ]
            several += any(len(one.holders) > 1 for one in said.levers)
    assert several


def counts(made: Problem, ready: tuple[str, ...]) -> tuple[int, ...]:
    priorities = sorted({task.priority for task in made.tasks})
    return tuple(sum(made.task(t).priority == p for t in ready) for p in priorities)


def test_workspaces_with_every_rule() -> None:
    """Caveats, commitments, composition and all: `staffed` asks the whole program."""
    compared = 0
    for seed in range(24):
        asked = question(seed)
        made, world = asked.problem, asked.world
        right = brute(made, world)
        try:
            ways = {task.id: right.ways([task.id]) for task in made.tasks}
            months, best = right.months(right.acts)[1], right.benefit([*ways])
        except NotTinyError:
            continue
        said = found(made, world, "benefit")
        for one in said.tasks:
            assert as_sets(one.ways_in_turn) == ways[one.task], (seed, one.task)
            month = inf if one.earliest_month is None else one.earliest_month
            assert month == months[one.task], (seed, one.task)
        assert said.road_map.value == said.road_map.bound == best, seed
        compared += 1
    assert compared > 15
