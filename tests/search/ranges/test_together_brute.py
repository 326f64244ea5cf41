"""How many figures must be off together, against every set of them, by brute force."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.inspection import from_tables
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.figures import at
from allocator.inputs.problem.ranges import Unit, relevant, units, with_ranges
from allocator.search.feasibility.question import Question
from allocator.search.ranges.draws import of_task
from allocator.search.ranges.harmed import HarmedSearch
from allocator.search.ranges.together import TogetherSearch
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generated_tables import BASES
from tests.generator import question

SEEDS = range(8)
SPREAD_SEEDS = (201, 206, 215, 216, 218, 221, 226, 228)
MOST_UNITS = 6


def cases() -> Iterator[tuple[Problem, World, int]]:
    """Some figures with ranges of their own, or all of them a unit or two either way."""
    for seed in SEEDS:
        asked = question(seed, ranged=True, offered=seed % 2 == 1)
        yield asked.problem, asked.world, seed
    for seed in SPREAD_SEEDS:
        asked = question(seed)
        workspace, _ = from_tables(asked.tables, asked.models)
        assert workspace is not None
        spread = dict.fromkeys(BASES, 30 + seed % 3 * 40)
        yield with_ranges(workspace, asked.problem, spread), asked.world, seed


def small() -> Iterator[tuple[Problem, World, str, tuple[Unit, ...], int]]:
    """The tasks with few enough figures for every set of them, with these and the seed."""
    for problem, world, seed in cases():
        for task in problem.tasks:
            found = of_task(units(problem.ranges), relevant(problem, task.id))
            if 1 <= len(found) <= MOST_UNITS:
                yield problem, world, task.id, found, seed


def fewest(
    problem: Problem, world: World, task: str, found: tuple[Unit, ...], harmful: bool
) -> int | None:
    """The size of the smallest set that turns the task; None where all together do not."""
    for size in range(1, len(found) + 1):
        for chosen in combinations(found, size):
            ends = [unit.harmful() if harmful else unit.helpful() for unit in chosen]
            there = at(problem, {f: v for moves in ends for f, v in moves.items()})
            if oracle.ready(there, world, task) is not harmful:
                return size
    return None


def test_no_set_is_smaller_and_the_set_turns_the_verdict() -> None:
    sizes: list[tuple[int, bool]] = []
    for problem, world, task, found, seed in small():
        try:
            ready = oracle.ready(problem, world, task)
            size = fewest(problem, world, task, found, ready)
        except NotTinyError:
            continue
        if size is None:
            continue
        search = TogetherSearch(problem, Question(world, task, Settings()), found, harmful=ready)
        told = search.run(Deadline(60))
        assert (told.number, told.bound) == (size, size), (seed, task)
        assert told.proved
        ends = [u.harmful() if ready else u.helpful() for u in told.units]
        there = at(problem, {f: v for moves in ends for f, v in moves.items()})
        assert oracle.ready(there, world, task) is not ready, (seed, task)
        sizes.append((size, ready))
    assert sum(size >= 2 for size, _ in sizes) >= 2, sizes
    assert sum(ready for _, ready in sizes) >= 2, sizes
    assert sum(not ready for _, ready in sizes) >= 2, sizes


def test_what_is_found_by_parts_turns_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the fewest are not found and no sum knows of a set: what is left of all figures still
    turns it, and none of them can be left out."""
    monkeypatch.setattr(HarmedSearch, "_by_sums", lambda search: frozenset())
    monkeypatch.setattr(HarmedSearch, "_find_fewest", lambda search, deadline: None)
    larger = seen = 0
    for problem, world, task, found, seed in small():
        try:
            if not oracle.ready(problem, world, task):
                continue
            size = fewest(problem, world, task, found, True)
        except NotTinyError:
            continue
        asked = Question(world, task, Settings())
        told = HarmedSearch(problem, asked, found).run(Deadline(60))
        if size is None:
            assert not told.units, (seed, task)
            continue
        assert told.bound == 1
        assert fewest(problem, world, task, told.units, True) is not None
        for left_out in told.units:
            rest = tuple(unit for unit in told.units if unit is not left_out)
            assert fewest(problem, world, task, rest, True) is None, (seed, task)
        seen += 1
        larger += len(told.units) >= 2
    assert seen > 5
    assert larger >= 1


def test_without_time_nothing_is_said_to_be_proved() -> None:
    asked = question(3, ranged=True)
    task = asked.problem.tasks[0].id
    found = of_task(units(asked.problem.ranges), relevant(asked.problem, task))
    told = TogetherSearch(
        asked.problem, Question(asked.world, task, Settings()), found, harmful=True
    ).run(Deadline(0))
    assert told.bound <= 1
    assert not told.proved or told.number == told.bound == 1
