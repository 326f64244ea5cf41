"""Where a verdict is not decided in time, nothing false is said of an order."""

from __future__ import annotations

from random import Random

import pytest

from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.results.order import Order
from allocator.search.minimal_sets.families import Answer
from allocator.search.order.acting import Acting
from allocator.search.order.levers import levers
from allocator.search.order.readiness import Facts, Readiness
from allocator.search.order.search import order
from tests.plenty import plenty
from tests.search.order.brute import Brute
from tests.search.order.cases import case
from tests.search.order.test_order_brute import brute, counts


class Forgetful(Readiness):
    """Leaves some questions open, the same ones each time, and knows no sets."""

    def __init__(self, made: Problem, world: World, seed: int, share: float) -> None:
        super().__init__(made, world, Settings(), plenty())
        self._share, self._seed = share, seed

    def ready(self, task: str, met: Facts) -> Answer:
        if self.problem.has_task(task):
            named = sorted(met & self.named(task))
            if Random(f"{self._seed} {task} {named}").random() < self._share:
                self.undecided = True
                return Answer.UNKNOWN
        return super().ready(task, met)

    def sets(self, task: str) -> tuple[list[Facts], list[Facts], bool]:
        return [], [], False


def asked(seed: int, by: str, share: float) -> tuple[Order, Brute]:
    made, world = case(seed)
    acting = Acting(made, world, Forgetful(made, world, seed, share))
    tasks = [task.id for task in made.tasks]
    return order(acting, tasks, by, plenty()), brute(made, world)  # type: ignore[arg-type]


@pytest.mark.parametrize("share", [0.3, 1.0])
@pytest.mark.parametrize("first", [300, 320])
def test_what_is_said_is_true(first: int, share: float) -> None:
    open_ = 0
    for seed in range(first, first + 20):
        said, right = asked(seed, "effort", share)
        turn, together = right.in_turn(right.acts), right.together(right.acts)
        assert set(said.in_turn) <= turn, seed
        assert set(said.together) <= together, seed
        assert set(said.deadlocked) <= together - turn, seed
        assert set(said.out_of_reach) <= right.acts - together, seed
        open_ += len(said.undecided)
        circles = right.circles()
        assert {frozenset(one) for one in said.circles.sets} <= circles, seed
        if said.circles.complete:
            assert len(said.circles.sets) == len(circles), seed
        months = right.months(right.acts)
        for act in said.acts:
            assert act.month in (None, months[0][act.precondition]), seed
        for one in said.tasks:
            check_task(one, right, months[1][one.task])
        if said.road_map.value is not None:
            best = right.effort([one.task for one in said.tasks])
            assert best is not None
            assert said.road_map.bound <= best <= said.road_map.value, seed  # type: ignore[operator]
    assert open_ > 0


def check_task(one: object, right: Brute, month: float) -> None:
    """The families hold nothing else, and are whole where they say so."""
    task = one.task  # type: ignore[attr-defined]
    for family, every in (
        (one.ways_in_turn, right.ways([task])),  # type: ignore[attr-defined]
        (one.pushes, right.pushes(task)),  # type: ignore[attr-defined]
    ):
        assert {frozenset(sets) for sets in family.sets} <= every
        assert not family.complete or len(family.sets) == len(every)
    assert one.earliest_month in (None, month)  # type: ignore[attr-defined]
    low, high = one.earliest_low, one.earliest_high  # type: ignore[attr-defined]
    assert (low if low is not None else float("inf")) <= month
    assert high is None or month <= high


@pytest.mark.parametrize("by", ["date", "benefit"])
def test_road_maps_are_no_better_than_they_are(by: str) -> None:
    for seed in range(340, 380):
        said, right = asked(seed, by, 0.2)
        found = said.road_map
        tasks = [one.task for one in found.months]
        if found.value is None or not tasks or found.undecided:
            continue
        if by == "benefit":
            best: float = right.benefit(tasks)
        else:
            best = max(right.months(right.acts)[1][task] for task in tasks)
        assert found.bound is not None
        assert found.bound <= best <= found.value, seed


class HalfKnown(Readiness):
    """Answers every question, but of the sets of a task knows one unlocking set at the most."""

    def sets(self, task: str) -> tuple[list[Facts], list[Facts], bool]:
        unlocking, blocking, complete = super().sets(task)
        if self.verdict(task) != "blocked":
            return unlocking, blocking, complete
        return unlocking[-1:], [], False


def half_known(seed: int, by: str) -> tuple[Order, Brute]:
    made, world = case(seed)
    readiness = HalfKnown(made, world, Settings(), plenty())
    tasks = [task.id for task in made.tasks]
    for task in tasks:
        readiness.prepare(task, plenty())
    return order(Acting(made, world, readiness), tasks, by, plenty()), brute(made, world)  # type: ignore[arg-type]


def test_an_order_of_acts_is_proved_only_where_all_unlocking_sets_are_known() -> None:
    missed = 0
    for seed in range(300, 380):
        said, right = half_known(seed, "benefit")
        found = said.road_map
        tasks = [one.task for one in found.months]
        if found.value is None or not tasks or found.undecided:
            continue
        best = right.benefit(tasks)
        assert found.bound is not None
        assert found.bound <= best <= found.value, seed
        missed += best < found.value
    assert missed > 0


@pytest.mark.parametrize("share", [0.2, 0.5])
def test_by_date_is_proved_only_where_no_task_may_come_earlier(share: float) -> None:
    for seed in range(300, 380):
        said, right = asked(seed, "date", share)
        found = said.road_map
        if found.proved:
            months = right.months(right.acts)[1]
            for one in said.tasks:
                assert one.earliest_low == one.earliest_high, seed
            for reached in found.months:
                assert reached.month == months[reached.task], seed


@pytest.mark.parametrize("by", ["effort", "date", "benefit"])
def test_a_road_map_that_is_not_known_to_lead_anywhere_has_no_value(by: str) -> None:
    for seed in range(300, 340):
        said, _ = asked(seed, by, 1.0)
        if said.road_map.undecided and not said.road_map.months:
            assert said.road_map.value is None, seed
            assert not said.road_map.proved, seed


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_levers_open_and_add_only_what_is_certain(share: float) -> None:
    open_ = 0
    for seed in range(300, 360):
        made, world = case(seed)
        right = brute(made, world)
        said = levers(Acting(made, world, Forgetful(made, world, seed, share)), 2, plenty())
        already = right.opened_by(())
        for one in said.levers:
            ready = right.opened_by(one.holders)
            assert set(one.ready) <= ready, seed
            assert set(one.opens) <= ready - already, seed
            assert set(one.ready) - already <= {*one.opens, *one.undecided}, seed
            for adds in one.adds:
                rest = right.opened_by([h for h in one.holders if h != adds.holder])
                assert set(adds.ready) <= ready - rest, seed
                assert set(one.ready) - rest <= {*adds.ready, *adds.undecided}, seed
            assert not said.is_proved or counts(made, one.ready) == right.levers(2), seed
            open_ += len(one.undecided)
    assert open_ > 0
