"""Orders of more acts than can be tried by hand: twenty proved, more with a bound."""

from __future__ import annotations

from random import Random

from allocator.inputs.problem import Problem
from tests.handmade import line, problem
from tests.search.order.cases import case
from tests.search.order.test_order_brute import brute, found


def chained(number: int, seed: int) -> Problem:
    """So many acts, each waiting for an earlier one or not, and a task for each three."""
    rng = Random(seed)
    names = [f"p{n:02}" for n in range(number)]
    rows = {
        name: {
            "lead_months": rng.randint(0, 9),
            "after": rng.choice(("always", *names[max(0, n - 3) : n])),
        }
        for n, name in enumerate(names)
    }
    tasks = [
        {
            "task": f"t{n}",
            "priority": rng.choice((1, 2, 3)),
            "requires": " and ".join(rng.sample(names, 3)),
            "lines": [line(1)],
        }
        for n in range(number // 3)
    ]
    return problem(tasks, {("FRA", "bn"): 1}, preconditions=rows)


def test_twenty_acts_are_proved() -> None:
    made = chained(20, 1)
    road = found(made, made.world(), "benefit").road_map
    assert road.proved
    assert road.value == sum(
        {1: 4, 2: 2, 3: 1}[made.task(one.task).priority] * one.month for one in road.months
    )
    met = [step.precondition for step in road.steps]
    for place, step in enumerate(road.steps):
        after = str(getattr(made.preconditions[step.precondition].after, "id", ""))
        assert not after or after in met[:place]


def test_what_is_built_for_many_acts_is_no_better_than_the_best(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    for seed in range(6):
        made = chained(9, seed)
        best = found(made, made.world(), "benefit").road_map
        monkeypatch.setattr("allocator.search.order.road.MOST_ACTS", 3)
        built = found(made, made.world(), "benefit").road_map
        monkeypatch.undo()
        assert built.bound is not None
        assert built.value is not None
        assert built.bound <= best.value <= built.value  # type: ignore[operator]
        assert {one.task for one in built.months} == {one.task for one in best.months}


def test_thirty_acts_have_a_value_and_a_bound() -> None:
    made = chained(30, 2)
    road = found(made, made.world(), "benefit").road_map
    assert road.value is not None
    assert road.bound is not None
    assert 0 < road.bound <= road.value
    assert len(road.months) == 10


def test_one_act_at_a_time_lasts_a_month_at_the_least() -> None:
    made = problem(
        [{"task": "t", "requires": "a and b", "lines": [line(1)]}],
        {("FRA", "bn"): 1},
        preconditions={"a": {}, "b": {"lead_months": 2}},
    )
    road = found(made, made.world(), "benefit").road_map
    assert sorted(step.month for step in road.steps) in ([1, 3], [2, 3])
    assert road.value == 4 * 3


def test_the_bound_of_many_acts_is_below_every_order(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("allocator.search.order.road.MOST_ACTS", -1)
    known = 0
    for seed in range(500, 560):
        made, world = case(seed)
        road = found(made, world, "benefit").road_map
        best = brute(made, world).benefit([task.id for task in made.tasks])
        assert road.bound is not None
        assert road.bound <= best, seed
        assert road.value is None or best <= road.value, seed
        known += road.value is not None and best > 0
    assert known > 5
