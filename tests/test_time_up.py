"""The time is up in the midst of building, checking or writing: nothing false is said, and what
was known is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from allocator.analysis import Analysis, Request
from allocator.checker import check_result
from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Settings
from allocator.inputs.problem import Problem
from allocator.model import build
from allocator.model.scope import alone, joint
from allocator.progress import silent
from allocator.results.run import Command, RunRecord
from allocator.search.blockers.verdict import relevant_preconditions
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.feasibility.world_sums import WorldSums
from allocator.search.feasibility.world_units import WorldQuestion
from allocator.search.minimal_sets.families import Answer
from allocator.search.minimal_sets.world_sets import WorldSpace
from tests.generator import question
from tests.handmade import line, problem


def _problem() -> Problem:
    """A task of each verdict, and questions that sums and guesses leave to the engines."""
    scaled = {"line": "m", "any_of": {"med": 1}, "one_per": 20}
    return problem(
        [
            {"task": "a", "lines": [line(3)], "max_share": 0.5},
            {"task": "b", "lines": [line(2), scaled], "requires": "ceasefire"},
            {"task": "c", "lines": [line(2)], "min_nations": 3},
        ],
        {("A", "bn"): 4, ("B", "bn"): 3, ("A", "med"): 1, ("B", "med"): 2},
        preconditions=["ceasefire"],
        caveats=[{"nation": "B", "requires": "ceasefire"}],
        horizon=2,
    )


def _run(command: Command, **options: Any) -> RunRecord:
    asked = _problem()
    tasks = tuple(task.id for task in asked.tasks)
    how = {"seed": 0, "workers": 1, **options}
    question = Request(asked, asked.world(), command, tasks, how, {}, silent)
    return Analysis(question, Deadline(60)).run()


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """So many looks at the clock find time left, one of each piece of work; all later ones none.
    Filled in by the test; counted down."""
    left: list[int] = [1 << 30]

    def check(deadline: Deadline) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise TimeUpError

    monkeypatch.setattr(Deadline, "check", check)
    return left


COMMANDS: tuple[Command, ...] = ("solve", "packages", "blockers")


@pytest.mark.parametrize("command", COMMANDS)
def test_cut_off_at_any_look_at_the_clock(command: Command, allowed: list[int]) -> None:
    """Every verdict is that of the whole run, or unknown; the checker agrees with all of it."""
    begun = allowed[0]
    whole = _run(command)
    looks = begun - allowed[0]
    assert looks > 30
    verdicts = {record.task: record.verdict for record in whole.result.tasks}
    assert "unknown" not in verdicts.values()
    unknown = 0
    for moment in range(0, looks, max(1, looks // 25)):
        allowed[0] = moment
        run = _run(command)
        assert not check_result(run.problem, run.world, run.result), moment
        assert not run.faults
        for record in run.result.tasks:
            assert record.verdict in ("unknown", verdicts[record.task])
            unknown += record.verdict == "unknown"
            if record.verdict == "unknown":
                families = (record.packages, record.unlocking, record.blocking)
                assert not any(family.complete for family in families)
                assert not record.gaps.lifts_complete
    assert unknown


def test_a_program_is_given_up_at_any_row() -> None:
    """And once it is built nobody looks at the clock any more."""
    asked = _problem()
    scope = joint(asked, asked.world())
    looks = count()
    built = build(asked, scope, lambda: next(looks) and None)
    number = next(looks)
    assert number >= len(built.program.rows)
    built.program.at_least([(1, 0)], 1)
    assert next(looks) == number + 1
    for last in range(0, number, 7):
        left = iter(range(last))

        def check(left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise TimeUpError

        with pytest.raises(TimeUpError):
            build(asked, scope, check)


def test_a_question_without_time_is_open_and_may_be_asked_again(allowed: list[int]) -> None:
    asked = _problem()
    questions = StaffingOracle(asked, alone(asked, asked.world(), "c"), Settings(), Deadline(60))
    allowed[0] = 0
    assert questions.ask(0) is Answer.UNKNOWN
    assert not questions.certain(0)
    assert questions.second(0)[0] is Answer.UNKNOWN
    allowed[0] = 1 << 30
    assert questions.ask(0) is Answer.NO
    assert questions.certain(0)


def test_what_a_sum_says_needs_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does what a guess staffs."""
    monkeypatch.setattr(
        "allocator.search.feasibility.task_program.build", lambda *_: pytest.fail("built")
    )
    asked = problem([{"task": "t", "lines": [line(3)]}], {("A", "bn"): 3, ("B", "bn"): 2})
    few = problem([{"task": "t", "lines": [line(6)]}], {("A", "bn"): 3, ("B", "bn"): 2})
    for case, answer in ((asked, Answer.YES), (few, Answer.NO)):
        questions = StaffingOracle(case, alone(case, case.world(), "t"), Settings(), Deadline(60))
        assert questions.ask(0) is answer


@pytest.mark.parametrize("seed", range(40, 46))
def test_sums_over_all_sets_are_given_up_for_a_search_without_them(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """The families are the same, since time for the search is left."""
    made = question(seed)
    given_up = 0

    def search(task: str) -> tuple[bool, set[tuple[str, ...]], set[tuple[str, ...]]]:
        names = relevant_preconditions(made.problem, made.world, task)
        scope = replace(alone(made.problem, made.world, task), preconditions=names)
        questions = StaffingOracle(made.problem, scope, Settings(), Deadline(60))
        found = questions.search(Deadline(60))
        named = questions.names
        return found.complete, {*map(named, found.minimal)}, {*map(named, found.blocking)}

    def refuted(sums: WorldSums) -> None:
        nonlocal given_up
        given_up += 1
        raise TimeUpError

    before = {task.id: search(task.id) for task in made.problem.tasks}
    monkeypatch.setattr(WorldSums, "refuted", refuted)
    assert {task.id: search(task.id) for task in made.problem.tasks} == before
    assert given_up == len(before)
    assert all(complete for complete, _, _ in before.values())


def test_sums_over_all_sets_look_at_the_clock() -> None:
    """Pool by pool, before they are made and while they are added up."""
    asked = _problem()
    scope = replace(alone(asked, asked.world(), "b"), preconditions=("ceasefire",))
    elements = (("preconditions", "ceasefire"),)
    looks: list[int] = []

    def table(most: int) -> Any:
        def check() -> None:
            looks.append(1)
            if len(looks) > most:
                raise TimeUpError

        looks.clear()
        whole = WorldQuestion(asked, scope, elements, WorldSpace(1), sure=False, check=check)
        return WorldSums(whole).refuted()

    table(1 << 30)
    for most in range(len(looks)):
        with pytest.raises(TimeUpError):
            table(most)
