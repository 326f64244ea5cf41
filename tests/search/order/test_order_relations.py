"""What always holds of an order."""

from __future__ import annotations

from dataclasses import replace

from allocator.inputs.conditions import Always
from allocator.inputs.problem import Problem, World
from tests.handmade import line, problem
from tests.search.order.cases import case
from tests.search.order.test_order_brute import as_sets, found


def changed(made: Problem, act: str, **what: object) -> Problem:
    row = replace(made.preconditions[act], **what)  # type: ignore[arg-type]
    return replace(made, preconditions={**made.preconditions, act: row})


def test_in_turn_lies_in_together() -> None:
    for seed in range(400, 430):
        said = found(*case(seed))
        assert set(said.in_turn) <= set(said.together)
        assert set(said.deadlocked) == set(said.together) - set(said.in_turn)


def test_a_shorter_lead_never_delays() -> None:
    shorter = 0
    for seed in range(400, 440):
        made, world = case(seed)
        before = found(made, world)
        for act in before.acts:
            if not act.lead_months:
                continue
            sooner = changed(made, act.precondition, lead_months=act.lead_months - 1)
            after = found(sooner, world)
            for one, other in zip(before.tasks, after.tasks, strict=True):
                assert (one.earliest_month is None) == (other.earliest_month is None)
                if one.earliest_month is not None and other.earliest_month is not None:
                    assert other.earliest_month <= one.earliest_month
                    shorter += other.earliest_month < one.earliest_month
    assert shorter


def test_every_circle_breaks_where_one_of_its_waits_is_taken_out() -> None:
    broken = 0
    for seed in range(400, 480):
        made, world = case(seed)
        for circle in found(made, world).circles.sets:
            for act in circle:
                free = found(changed(made, act, after=Always()), world)
                assert frozenset(circle) not in as_sets(free.circles), (seed, circle, act)
                broken += 1
    assert broken > 20


def test_a_way_in_turn_is_an_unlocking_set_and_what_comes_before_it() -> None:
    """Each holds one that is enough however it came; the other acts are waited for."""
    made = problem(
        [{"task": "t", "requires": "goal", "lines": [line(1)]}],
        {("FRA", "bn"): 1},
        preconditions={"goal": {"after": "first"}, "first": {}, "apart": {}},
    )
    (task,) = found(made, made.world()).tasks
    assert task.ways_in_turn.sets == (("first", "goal"),)
    assert task.chain == ("first", "goal")


def report_circle() -> tuple[Problem, World]:
    """Europeans wait for Washington, Washington for visible European progress."""
    made = problem(
        [{"task": "force", "requires": "us_backstop and progress", "lines": [line(1)]}],
        {("FRA", "bn"): 1},
        preconditions={
            "us_backstop": {"holder": "USA", "after": "progress", "lead_months": 6},
            "progress": {"holder": "FRA, GBR", "after": "us_backstop", "lead_months": 3},
        },
    )
    return made, made.world()


def test_the_circle_of_the_report() -> None:
    said = found(*report_circle())
    assert said.circles.sets == (("progress", "us_backstop"),)
    assert said.tasks[0].pushes.sets == (("progress",), ("us_backstop",))
    assert said.tasks[0].ways_in_turn.complete
    assert said.tasks[0].ways_in_turn.sets == ()
    assert said.tasks[0].earliest_month is None
