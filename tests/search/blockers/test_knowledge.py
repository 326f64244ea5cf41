"""What one world says of another: without time for a search of its own, and never wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from allocator.analysis.settling import settled
from allocator.checker import check_result
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.search.blockers.knowledge import Knowledge, holds_no_more
from allocator.search.blockers.verdict import judge
from allocator.search.feasibility.oracle import StaffingOracle
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import analyse, plenty


def _worlds(asked: Problem, world: World) -> list[World]:
    """The world, and with more and more of what is open."""
    found = [world]
    for name in asked.open_preconditions(world):
        found.append(asked.meeting(found[-1], [name]))
    return found


def _cases(first: int) -> Iterator[tuple[str, Problem, str, list[World]]]:
    for seed in range(first, first + 25):
        made = question(seed)
        for task in made.problem.tasks:
            yield (
                f"seed {seed}, {task.id}",
                made.problem,
                task.id,
                _worlds(made.problem, made.world),
            )


@pytest.mark.parametrize("backwards", [False, True])
def test_what_is_taken_over_is_right(backwards: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every second world gets no answer of its own; what it says is the oracle's word."""
    known = taken = 0
    for name, asked, task, worlds in _cases(7100):
        knowledge = Knowledge()
        try:
            truth = [oracle.verdict(asked, world, task) for world in worlds]
        except NotTinyError:
            continue
        order = list(zip(worlds, truth, strict=True))[:: -1 if backwards else 1]
        for number, (world, right) in enumerate(order):
            with monkeypatch.context() as cut:
                if number % 2:
                    cut.setattr(StaffingOracle, "_search", lambda *_: pytest.fail("asked"))
                    cut.setattr(StaffingOracle, "_guess", lambda *_: False)
                deadline = Deadline(0) if number % 2 else plenty()
                said = judge(asked, world, task, Settings(), deadline, knowledge).verdict
            assert said in (right, "unknown"), name
            known += number % 2
            taken += number % 2 and said != "unknown"
    assert known > 40
    assert taken > known / 2


def _chain() -> Problem:
    return problem(
        [{"task": "t", "lines": [line(1)], "requires": "vote"}],
        {("FRA", "bn"): 1},
        preconditions=("peace", "vote"),
        worlds=[
            {"world": "some", "precondition": "vote"},
            {"world": "more", "precondition": "vote"},
            {"world": "more", "precondition": "peace"},
        ],
    )


def _no_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every search, guess and sum comes to nothing."""
    from allocator.search.feasibility.sums import Sums
    from allocator.search.minimal_sets.families import Answer

    monkeypatch.setattr(StaffingOracle, "_search", lambda self, on: Answer.UNKNOWN)
    monkeypatch.setattr(StaffingOracle, "_guess", lambda self, on: False)
    monkeypatch.setattr(StaffingOracle, "_same_in_all", lambda self, small, on: False)
    monkeypatch.setattr(Sums, "refute", lambda self, on: False)


def test_ready_in_a_world_is_ready_in_a_richer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, knowledge = _chain(), Knowledge()
    assert (
        judge(asked, asked.world("some"), "t", Settings(), plenty(), knowledge).verdict == "ready"
    )
    _no_answers(monkeypatch)
    for shared, verdict in ((knowledge, "ready"), (None, "unknown")):
        world = asked.world("more")
        assert judge(asked, world, "t", Settings(), Deadline(0), shared).verdict == verdict


def test_blocked_in_a_world_is_blocked_in_a_poorer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, knowledge = _chain(), Knowledge()
    peace = asked.world(with_={"peace": 1})
    assert judge(asked, peace, "t", Settings(), plenty(), knowledge).verdict == "blocked"
    _no_answers(monkeypatch)
    assert judge(asked, asked.world(), "t", Settings(), Deadline(0), knowledge).verdict == "blocked"
    assert judge(asked, asked.world("some"), "t", Settings(), Deadline(0), knowledge).verdict in (
        "ready",
        "unknown",
    )


def test_a_later_start_is_less() -> None:
    one, other = World("a", {"x": 2}), World("b", {"x": 1, "y": 3})
    assert holds_no_more(one, other)
    assert not holds_no_more(other, one)
    assert not holds_no_more(World("c", {"z": 1}), other)


def test_another_problem_learns_nothing() -> None:
    """A plan of one would be no plan of the other, and a no neither."""
    asked, knowledge = _chain(), Knowledge()
    judge(asked, asked.world("some"), "t", Settings(), plenty(), knowledge)
    poor = asked.without(["FRA"])
    assert judge(poor, poor.world("more"), "t", Settings(), plenty(), knowledge).verdict == "short"
    assert (
        judge(asked, asked.world("more"), "t", Settings(), plenty(), knowledge).verdict == "ready"
    )


def test_a_task_is_refused_only_where_it_is_not_ready() -> None:
    """Judged in one world, refused there and in those in which no more holds."""
    counts = {True: 0, False: 0}
    for name, asked, task, worlds in _cases(7150):
        try:
            truth = [oracle.verdict(asked, world, task) for world in worlds]
        except NotTinyError:
            continue
        knowledge = Knowledge()
        middle = len(worlds) // 2
        judge(asked, worlds[middle], task, Settings(), plenty(), knowledge)
        for number, (world, right) in enumerate(zip(worlds, truth, strict=True)):
            refused = knowledge.refuses(asked, world, task)
            assert not (refused and right == "ready"), name
            if number <= middle and truth[middle] != "ready":
                assert refused, name
            counts[refused] += 1
        other = problem([{"task": task, "lines": [line(1)]}], {("FRA", "bn"): 1})
        assert not knowledge.refuses(other, other.world(), task), name
    assert min(counts.values()) > 20, counts


def test_what_the_joint_plan_staffs_is_ready_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan's own part is the answer where no search comes to one."""
    asked = problem(
        [
            {"task": "t", "lines": [line(1)]},
            {"task": "beside", "lines": [line(1)], "requires": "staffed(t)"},
            {"task": "other", "lines": [line(1)]},
        ],
        {("FRA", "bn"): 3},
    )
    _no_answers(monkeypatch)
    run = analyse(asked)
    assert len(run.result.plan.staffed) == 3
    assert {record.verdict for record in run.result.tasks} == {"ready"}


def test_what_the_ground_shows_is_known_in_the_solved_world(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The world's own search comes to nothing, the poorer one's to a plan."""
    asked = problem(
        [{"task": "t", "lines": [line(1)]}],
        {("FRA", "bn"): 1},
        preconditions=("peace",),
        caveats=[{"nation": "FRA", "task": "t", "max_personnel": 10, "requires": "peace"}],
        worlds=[{"world": "w", "precondition": "peace"}],
    )
    guess = StaffingOracle._guess
    _no_answers(monkeypatch)
    monkeypatch.setattr(
        StaffingOracle, "_guess", lambda self, on: not self.scope.world.starts and guess(self, on)
    )
    run = analyse(asked, asked.world("w"), command="blockers")
    assert run["t"].verdict == "ready"
    assert run.faults == ()


def test_a_later_world_settles_what_an_earlier_run_left_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is searched, and nothing is said that the later world does not prove."""
    asked, knowledge = _chain(), Knowledge()
    judge(asked, asked.world(with_={"peace": 1}), "t", Settings(), plenty(), knowledge)
    _no_answers(monkeypatch)
    run = analyse(asked, command="blockers", deadline=Deadline(0))
    assert run["t"].verdict == "unknown"
    assert settled(run, Knowledge(), plenty())["t"].verdict == "unknown"
    found = settled(run, knowledge, plenty())
    assert (found["t"].verdict, found["t"].unlocking.complete) == ("blocked", False)
    assert found.notes["t"].proof == "second engine"
    assert check_result(found.problem, found.world, found.result) == ()
