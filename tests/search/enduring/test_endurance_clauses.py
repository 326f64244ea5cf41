"""One clause of *Loss* at a time, in problems written by hand."""

from __future__ import annotations

from typing import Any

from allocator.deadline import Deadline
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.losses import Kind, Loss
from allocator.results.endurance import Outcome
from allocator.results.result import Allocation, Family
from tests.handmade import line, problem
from tests.search.enduring.test_endurance_brute import after, searched

Units = dict[tuple[str, str, str, str, int], int]


def task(name: str = "t", minimum: int = 1, **more: Any) -> dict[str, Any]:
    return {"task": name, "lines": [line(minimum)]} | more


def sent(nation: str, units: int, *when: int, to: str = "t") -> Units:
    return {(nation, to, "l", "bn", period): units for period in when}


def lost(
    asked: Problem,
    units: Units,
    name: str,
    period: int,
    *,
    world: World | None = None,
    released: dict[tuple[str, int], int] | None = None,
) -> Outcome:
    """The outcome of one loss from the plan that sends these units."""
    kind: Kind = "nation" if name in asked.nations else "precondition"
    plan = Allocation(frozenset(key[1] for key in units), units, released or {})
    return searched(asked, world or asked.world(), plan, Loss(kind, name, period)).outcome()


def states(outcome: Outcome) -> dict[str, str]:
    return {one.task: one.state for one in outcome.tasks}


def test_of_two_that_are_as_near_the_first_of_the_model_is_kept() -> None:
    """Ids and priorities do not decide: the model has `z` before `a`."""
    for order in (["z", "a"], ["a", "z"]):
        asked = problem([task(name) for name in order], {("FRA", "bn"): 2, ("GBR", "bn"): 1})
        units = sent("FRA", 1, 1, to="z") | sent("FRA", 1, 1, to="a")
        found = lost(asked, units, "FRA", 1)
        assert states(found) == {order[0]: "repaired", order[1]: "gives way"}


def test_the_better_priority_is_kept_first() -> None:
    asked = problem(
        [task("a", priority=2), task("z", priority=1)], {("FRA", "bn"): 2, ("GBR", "bn"): 1}
    )
    units = sent("FRA", 1, 1, to="z") | sent("FRA", 1, 1, to="a")
    assert states(lost(asked, units, "FRA", 1)) == {"z": "repaired", "a": "gives way"}


def test_what_served_before_recovers_and_cannot_step_in() -> None:
    """GBR has one unit, in rotation 2 with one in reserve: what it sent in period 1 rests in 2."""
    asked = problem(
        [task("t", periods="2-"), task("u", periods="1")],
        {("FRA", "bn"): 4, ("GBR", "bn"): 2},
        capabilities={"bn": {"rotation": 2}},
        horizon=3,
    )
    units = sent("FRA", 1, 2, 3) | sent("GBR", 1, 1, to="u")
    found = lost(asked, units, "FRA", 2)
    assert states(found) == {"t": "repaired", "u": "holds"}
    tired = problem(
        [task("t", periods="2-"), task("u", periods="1")],
        {("FRA", "bn"): 4, ("GBR", "bn"): 1},
        capabilities={"bn": {"rotation": 2}},
        horizon=3,
    )
    assert states(lost(tired, units, "FRA", 2)) == {"t": "falls", "u": "holds"}


def test_nobody_falls_for_a_debt_of_the_past() -> None:
    """What is committed again from period 2 on leaves less room than what served in period 1 still
    takes; who sends nothing then is not asked for it."""
    asked = problem(
        [task("u", periods="1"), task("t", periods="2")],
        {("FRA", "bn"): 2, ("GBR", "bn"): 1},
        capabilities={"bn": {"rotation": 2}},
        commitments=[
            {"nation": "FRA", "capability": "bn", "quantity": "2", "release_requires": "truce"}
        ],
        preconditions={"truce": {"status": "met"}},
        horizon=2,
    )
    units = sent("FRA", 1, 1, to="u") | sent("GBR", 1, 2)
    released = {("c0", 1): 2, ("c0", 2): 1}
    assert states(lost(asked, units, "truce", 2, released=released)) == {"u": "holds", "t": "holds"}


def test_a_release_that_is_no_longer_allowed_is_taken_back() -> None:
    asked = problem(
        [task()],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
        commitments=[
            {"nation": "FRA", "capability": "bn", "quantity": "1", "release_requires": "truce"}
        ],
        preconditions={"truce": {"status": "met"}},
        horizon=2,
    )
    released = {("c0", 1): 1, ("c0", 2): 1}
    found = lost(asked, sent("FRA", 1, 1, 2), "truce", 2, released=released)
    assert states(found) == {"t": "repaired"}
    assert dict(after(found).units) == sent("GBR", 1, 2)
    assert after(found).released == {}


def test_another_release_repairs_without_any_edit() -> None:
    """The rows stay; what is taken back is made up for by what else may be released."""
    held = {"nation": "FRA", "capability": "bn", "quantity": "1", "release_requires": "truce"}
    asked = problem(
        [task()],
        {("FRA", "bn"): 2},
        commitments=[held, held | {"release_requires": "always"}],
        preconditions={"truce": {"status": "met"}},
    )
    found = lost(asked, sent("FRA", 1, 1), "truce", 1, released={("c0", 1): 1})
    assert states(found) == {"t": "repaired"}
    assert found.tasks[0].edits == ()
    assert after(found).released == {("c1", 1): 1}


def test_the_lead_may_pass_to_another() -> None:
    """GBR led nothing in period 1, and leads what is left."""
    asked = problem(
        [task(minimum=2, lead={"any_of": ["FRA", "GBR"]})],
        {("FRA", "bn"): 2, ("GBR", "bn"): 2},
        horizon=2,
    )
    found = lost(asked, sent("FRA", 2, 1, 2), "FRA", 2)
    assert states(found) == {"t": "repaired"}


def test_members_and_the_least_number_count_what_was_sent_before() -> None:
    asked = problem(
        [task(members=["FRA"], min_nations=2)], {("FRA", "bn"): 1, ("GBR", "bn"): 1}, horizon=2
    )
    units = sent("FRA", 1, 1, 2) | sent("GBR", 1, 1, 2)
    assert states(lost(asked, units, "FRA", 2)) == {"t": "holds"}
    assert states(lost(asked, units, "FRA", 1)) == {"t": "falls"}


def test_the_greatest_number_counts_what_is_left() -> None:
    """FRA and GBR came in period 1; POL may take FRA's place beside GBR."""
    asked = problem(
        [task(minimum=2, max_nations=2)],
        {(nation, "bn"): 1 for nation in ("FRA", "GBR", "POL")},
        horizon=2,
    )
    units = sent("FRA", 1, 1, 2) | sent("GBR", 1, 1, 2)
    found = lost(asked, units, "FRA", 2)
    assert states(found) == {"t": "repaired"}
    assert dict(after(found).units) == sent("GBR", 1, 2) | sent("POL", 1, 2)


def test_what_implies_it_ends_and_what_it_implies_unless_that_holds_otherwise() -> None:
    """peace implies truce, truce implies calm and quiet; quiet is a world row of its own."""
    asked = problem(
        [task(name, requires=name) for name in ("peace", "calm", "quiet")],
        {("FRA", "bn"): 3},
        preconditions={
            "peace": {"implies": "truce"},
            "truce": {"implies": "calm; quiet"},
            "calm": {},
            "quiet": {},
        },
        worlds=[{"world": "w", "precondition": name} for name in ("peace", "quiet")],
    )
    units = {**sent("FRA", 1, 1, to="peace"), **sent("FRA", 1, 1, to="calm")}
    units |= sent("FRA", 1, 1, to="quiet")
    found = lost(asked, units, "truce", 1, world=asked.world("w"))
    assert states(found) == {"peace": "falls", "calm": "falls", "quiet": "holds"}


def test_what_another_still_implies_stays() -> None:
    asked = problem(
        [task(requires="calm")],
        {("FRA", "bn"): 1},
        preconditions={"a": {"implies": "calm"}, "b": {"implies": "calm"}, "calm": {}},
        worlds=[{"world": "w", "precondition": name} for name in ("a", "b")],
    )
    world = asked.world("w")
    assert states(lost(asked, sent("FRA", 1, 1), "a", 1, world=world)) == {"t": "holds"}
    assert states(lost(asked, sent("FRA", 1, 1), "calm", 1, world=world)) == {"t": "falls"}


def test_what_breaks_a_pool_breaks_every_task_that_it_is_sent_to() -> None:
    held = {"nation": "FRA", "capability": "bn", "quantity": "1", "release_requires": "truce"}
    asked = problem(
        [task("t"), task("u"), task("v")],
        {("FRA", "bn"): 2, ("GBR", "bn"): 2},
        commitments=[held],
        preconditions={"truce": {"status": "met"}},
    )
    units = sent("FRA", 1, 1) | sent("FRA", 1, 1, to="u") | sent("GBR", 1, 1, to="v")
    found = lost(asked, units, "truce", 1, released={("c0", 1): 1})
    assert states(found) == {"t": "repaired", "u": "repaired", "v": "holds"}
    assert sum(len(one.edits) for one in found.tasks) == 2  # Of the two either moves to GBR.


def test_an_event_that_touches_nothing_leaves_everything() -> None:
    asked = problem([task()], {("FRA", "bn"): 1, ("GBR", "bn"): 1}, preconditions=["truce"])
    for name in ("GBR", "truce"):
        found = lost(asked, sent("FRA", 1, 1), name, 1)
        assert not found.touches
        assert states(found) == {"t": "holds"}


def test_tasks_that_are_not_in_the_plan_stay_out() -> None:
    """FRA is there for `u` alone; `t` could only stand beside it."""
    asked = problem(
        [task("t", requires="truce or staffed(u)"), task("u")],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
        preconditions={"truce": {"status": "met"}},
    )
    assert states(lost(asked, sent("FRA", 1, 1), "truce", 1)) == {"t": "falls"}


def test_a_task_whose_window_is_over_holds_and_counts_as_staffed() -> None:
    asked = problem(
        [task("early", periods="1"), task("late", periods="2", requires="staffed(early)")],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
        horizon=2,
    )
    units = sent("FRA", 1, 1, to="early") | sent("FRA", 1, 2, to="late")
    assert states(lost(asked, units, "FRA", 2)) == {"early": "holds", "late": "repaired"}


def test_what_would_let_a_fallen_task_stand() -> None:
    """What is open would, from the event on: `a` was met for good. For `u` nothing would."""
    asked = problem(
        [task("t", requires="a or b"), task("u")],
        {("FRA", "bn"): 2, ("GBR", "bn"): 1},
        preconditions={"a": {"status": "met"}, "b": {}},
        caveats=[{"nation": "GBR", "task": "u", "requires": "never"}],
        horizon=2,
    )
    units = sent("GBR", 1, 1, 2) | sent("FRA", 1, 1, 2, to="u")
    plan = Allocation(frozenset({"t", "u"}), units)
    helped = {}
    for loss in (Loss("precondition", "a", 2), Loss("nation", "FRA", 1)):
        event = searched(asked, asked.world(), plan, loss)
        assert event.look_for_help(Deadline(30))
        helped |= {one.task: one.unlocking for one in event.outcome().tasks if one.unlocking}
    assert helped["t"] == Family(complete=True, sets=(("b",),))
    assert helped["u"] == Family(complete=True)
