"""Draws of figures and preconditions against brute force, and against the exact chance."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.inspection import from_tables
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.figures import at
from allocator.inputs.problem.ranges import relevant, units
from allocator.planner import Planner
from allocator.report.tables.ranges import data
from allocator.search.feasibility.question import Question
from allocator.search.ranges.chance import DrawSearch
from allocator.search.ranges.corners import corners_of
from allocator.search.ranges.draws import Draws, comes_about, of_task
from allocator.search.ranges.likelihoods import LikelyDrawSearch
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.search.ranges.exact import joint
from tests.thorough import least, some

MOST_POINTS = 120
"""Worlds times points of the box."""


def likely(seed: int) -> tuple[Problem, World]:
    """Some open preconditions with a likelihood, some without."""
    asked = question(seed, ranged=True)
    for number, row in enumerate(asked.tables["preconditions"]):
        row["likelihood"] = ("", "0.2", "0.5", "0.9", "1", "0")[(seed + number) % 6]
    workspace, issues = from_tables(asked.tables, asked.models)
    assert workspace is not None, issues
    problem = Planner(workspace).problem("m")
    from allocator.inputs.problem.ranges import with_ranges

    problem = with_ranges(workspace, problem)
    return problem, problem.world(asked.world.name) if asked.world.name in problem.worlds else (
        problem.world()
    )


def searched(problem: Problem, world: World, task: str, number: int, seed: int) -> LikelyDrawSearch:
    found = of_task(units(problem.ranges), relevant(problem, task))
    asking = Question(world, task, Settings())
    over = corners_of(problem, asking, "unknown", Deadline(60)).verdict
    search = LikelyDrawSearch(problem, asking, Draws(found, number, seed))
    search.run(over, Deadline(60))
    assert search.finished
    return search


def drawn_world(problem: Problem, world: World, draws: Draws, draw: int) -> World:
    """That of one draw, whatever matters to the task."""
    names = [
        name
        for name in problem.open_preconditions(world)
        if (marks := comes_about(problem, name, draws)) is not None and marks[draw]
    ]
    return problem.meeting(world, names)


def test_every_draw_is_what_brute_force_says_in_its_own_world() -> None:
    seen: Counter[bool] = Counter()
    worlds: set[str] = set()
    for seed in some(range(16)):
        problem, world = likely(seed)
        for task in problem.tasks:
            search = searched(problem, world, task.id, 40, seed)
            try:
                for draw in range(14):
                    there = drawn_world(problem, world, search.draws, draw)
                    here = search.draws.problem(problem, draw)
                    ready = oracle.ready(here, there, task.id)
                    told = search.answers.yes[draw], search.answers.no[draw]
                    assert told == (ready, not ready), (seed, task.id, draw)
                    seen[ready] += 1
                    worlds.add(f"{seed} {sorted(there.starts)}")
            except NotTinyError:
                continue
    assert min(seen.values()) > least(20), seen
    assert len(worlds) > least(20)


def exact_chance(problem: Problem, world: World, task: str) -> Fraction | None:
    """Over all worlds and the whole box; None where these are many."""
    names = [
        name
        for name in problem.open_preconditions(world)
        if problem.preconditions[name].likelihood is not None
    ]
    boxes = [list(joint(unit)) for unit in of_task(units(problem.ranges), relevant(problem, task))]
    size = 2 ** len(names)
    for box in boxes:
        size *= len(box)
    if size > MOST_POINTS:
        return None
    total = Fraction(0)
    for come in product((False, True), repeat=len(names)):
        chance = Fraction(1)
        for name, comes in zip(names, come, strict=True):
            likelihood = Fraction(str(problem.preconditions[name].likelihood))
            chance *= likelihood if comes else 1 - likelihood
        if chance:
            met = [name for name, comes in zip(names, come, strict=True) if comes]
            there = problem.meeting(world, met)
            total += chance * _ready(problem, there, task, boxes)
    return total


def _ready(problem: Problem, world: World, task: str, boxes: list[list[object]]) -> Fraction:
    total = Fraction(0)
    for point in product(*boxes):
        chance, values = Fraction(1), {}
        for weight, part in point:  # type: ignore[misc]
            chance *= weight
            values |= part
        if oracle.ready(at(problem, values), world, task):
            total += chance
    return total


def test_the_exact_chance_lies_in_the_interval_nearly_always() -> None:
    inside = repetitions = 0
    for seed in range(12):
        problem, world = likely(seed)
        for task in problem.tasks:
            try:
                truth = exact_chance(problem, world, task.id)
            except NotTinyError:
                continue
            if truth is None or truth in (0, 1):
                continue
            for repetition in range(40):
                chance = searched(problem, world, task.id, 60, repetition).chance()
                inside += chance.low <= truth <= chance.high
                repetitions += 1
    assert repetitions >= 100
    # 95 of 100 on average; so few are within two and a half deviations of it.
    assert inside >= 0.9 * repetitions, (inside, repetitions)


def planner(seed: int) -> Planner:
    asked = question(seed, ranged=True)
    workspace, _ = from_tables(asked.tables, asked.models)
    assert workspace is not None
    return Planner(workspace)


def test_it_is_asked_for_and_said_and_the_same_with_any_number_of_workers() -> None:
    changed = 0
    for seed in range(8):
        plain = planner(seed).ranges((), "m", draws=60)
        told = [
            data(planner(seed).ranges((), "m", draws=60, likelihoods=True, workers=workers))
            for workers in (1, 3)
        ]
        assert told[0] == told[1]
        assert "preconditions" not in data(plain)
        open_ones = plain.preconditions
        assert open_ones is None
        drawn = {one["precondition"]: one["likelihood"] for one in told[0]["preconditions"]}
        problem = planner(seed).problem("m")
        assert drawn == {
            name: problem.preconditions[name].likelihood
            for name in problem.open_preconditions(problem.world())
            if problem.preconditions[name].likelihood is not None
        }
        changed += [one["chance"] for one in data(plain)["tasks"]] != [
            one["chance"] for one in told[0]["tasks"]
        ]
    assert changed


def test_without_time_no_draw_is_said_to_be_decided() -> None:
    problem, world = likely(3)
    task = problem.tasks[0].id
    found = of_task(units(problem.ranges), relevant(problem, task))
    search = LikelyDrawSearch(problem, Question(world, task, Settings()), Draws(found, 30, 1))
    search.run("unknown", Deadline(0))
    assert not search.finished
    assert search.chance().undecided == 30


def test_nothing_is_made_of_worlds_that_there_is_no_time_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As many worlds as draws would take longer than the whole command may."""

    def made(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr("allocator.search.ranges.chance.Supplies", made)
    monkeypatch.setattr("allocator.search.ranges.draws._steps", made)
    test_without_time_no_draw_is_said_to_be_decided()


def test_a_world_whose_share_of_the_time_was_too_small_has_another_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, again = DrawSearch.run, 0
    for seed in range(16):
        problem, world = likely(seed)
        for task in problem.tasks:
            late: list[DrawSearch] = []

            def run(self: DrawSearch, *how: Any, late: list[DrawSearch] = late) -> None:
                if late or self.finished:
                    real(self, *how)
                else:
                    late.append(self)  # The first that has to search comes to nothing at first.

            found = of_task(units(problem.ranges), relevant(problem, task.id))
            drawn = Draws(found, 40, seed)
            search = LikelyDrawSearch(problem, Question(world, task.id, Settings()), drawn)
            with monkeypatch.context() as patch:
                patch.setattr(DrawSearch, "run", run)
                search.run("unknown", Deadline(60))
            if len(search._worlds) > 1:
                assert search.finished
                again += len(late)
    assert again > 3


def test_yes_or_no_is_asked_for() -> None:
    with pytest.raises(TypeError, match="likelihoods is 'no'"):
        planner(1).ranges((), "m", likelihoods="no")  # type: ignore[arg-type]
