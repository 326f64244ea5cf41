"""Draws of figures against their exact distribution, and of tasks against brute force."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.inputs.problem.figures import Figure, at
from allocator.inputs.problem.ranges import Range, Unit, relevant, units
from allocator.search.feasibility.question import Question
from allocator.search.ranges.chance import DrawSearch, wilson
from allocator.search.ranges.corners import corners_of
from allocator.search.ranges.draws import Draws, drawn, of_task
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.search.ranges.exact import exact, joint


def figure(low: int, stated: int, high: int, kind: str = "availability") -> Range:
    one = Figure(kind, f"{kind} {low} {high}", "", stated, "", "", "", "")  # type: ignore[arg-type]
    return Range(one, low, high)


RANGES = [(7, 10, 13), (0, 3, 3), (4, 4, 9), (2, 2, 2), (0, 1, 40), (5, 60, 61)]


@pytest.mark.parametrize("kind", ["availability", "commitment"])
@pytest.mark.parametrize("uniform", [False, True])
@pytest.mark.parametrize("bounds", RANGES)
def test_every_quantile_gives_the_value_that_the_weights_say(
    bounds: tuple[int, int, int], uniform: bool, kind: str
) -> None:
    one = figure(*bounds, kind)
    reached = Fraction(0)
    values = exact(one, uniform)
    for value in sorted(values, reverse=one.figure.more_helps):
        middle = float(reached + values[value] / 2)
        assert drawn(one, np.array([middle]), uniform=uniform).tolist() == [value]
        reached += values[value]
    ends = drawn(one, np.array([0.0, np.nextafter(1.0, 0.0)]), uniform=uniform).tolist()
    assert ends == [one.helpful, one.harmful]


def test_a_huge_range_takes_no_list_of_its_values() -> None:
    one = figure(0, 5_000_000, 10_000_000)
    values = drawn(one, np.linspace(0, 1, 1001)[:-1])
    assert (np.diff(values) <= 0).all()
    assert abs(int(values[500]) - 5_000_000) < 10


def test_draws_of_a_unit_are_the_same_beside_others_and_more_of_them() -> None:
    a = Unit("a", (figure(0, 5, 9),))
    b = Unit("b", (figure(0, 50, 90),))
    alone, both = Draws((a,), 50, 7), Draws((a, b), 200, 7)
    assert (alone.values[:, 0] == both.values[:50, 0]).all()
    assert (Draws((a,), 50, 8).values != alone.values).any()


def test_a_group_goes_by_one_quantile_of_harm() -> None:
    group = Unit("group g", (figure(0, 5, 9), figure(3, 4, 20, "commitment")), "g")
    found = Draws((group,), 400, 1)
    harm = found.harm
    order = np.lexsort((harm[:, 1], harm[:, 0]))
    assert (np.diff(harm[order], axis=0) >= 0).all()
    chances = {tuple(point.values()): chance for chance, point in joint(group)}
    assert sum(chances.values()) == 1
    assert {tuple(row) for row in found.values.tolist()} <= set(chances)


def test_the_wilson_interval() -> None:
    # Newcombe 1998, table I.
    for hits, number, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)):
        assert wilson(hits, number) == pytest.approx((low, high), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


def searched(problem: Problem, world: World, task: str, number: int, seed: int) -> DrawSearch:
    found = of_task(units(problem.ranges), relevant(problem, task))
    asking = Question(world, task, Settings())
    stated = asking.ask(problem, Deadline(60)).value
    verdict = corners_of(problem, asking, "ready" if stated == "yes" else "short", Deadline(60))
    search = DrawSearch(problem, asking, Draws(found, number, seed))
    search.run(verdict.verdict, Deadline(60))
    return search


@pytest.mark.parametrize("offered", [False, True])
def test_every_draw_is_what_brute_force_says(offered: bool) -> None:
    settled: dict[str, int] = {}
    open_tasks = 0
    for seed in range(24):
        asked = question(seed, ranged=True, offered=offered)
        problem, world = asked.problem, asked.world
        for task in problem.tasks:
            known: dict[tuple[int, ...], bool] = {}
            search = searched(problem, world, task.id, 60, seed)
            assert search.finished
            try:
                for draw, row in enumerate(search.draws.values.tolist()):
                    if tuple(row) not in known:
                        here = search.draws.problem(problem, draw)
                        known[tuple(row)] = oracle.ready(here, world, task.id)
                        if len(known) > 12:
                            break
                    yes, no = search.answers.yes[draw], search.answers.no[draw]
                    assert (yes, no) == (known[tuple(row)], not known[tuple(row)]), (seed, task.id)
            except NotTinyError:
                continue
            for by, count in search.chance().by:
                settled[by] = settled.get(by, 0) + count
            open_tasks += len(set(known.values())) == 2
    assert open_tasks >= 2
    assert {"sum", "known plan", "worst corner"} <= set(settled), settled


def exact_chance(problem: Problem, world: World, task: str) -> Fraction | None:
    """Over the whole box, groups by their joint distribution; None where it is large."""
    found = of_task(units(problem.ranges), relevant(problem, task))
    parts = [list(joint(unit)) for unit in found]
    number = 1
    for part in parts:
        number *= len(part)
    if number > 60 or not parts:
        return None
    total = Fraction(0)
    for combination in product(*parts):
        chance, values = Fraction(1), {}
        for weight, point in combination:
            chance *= weight
            values |= point
        if oracle.ready(at(problem, values), world, task):
            total += chance
    return total


def test_the_exact_chance_lies_in_the_interval_nearly_always() -> None:
    """95 of 100, as the interval promises; of repetitions with fixed seeds."""
    inside = repetitions = 0
    for seed in range(40):
        asked = question(seed, ranged=True)
        for task in asked.problem.tasks:
            try:
                truth = exact_chance(asked.problem, asked.world, task.id)
            except NotTinyError:
                continue
            if truth is None or truth in (0, 1):
                continue
            for repetition in range(6):
                chance = searched(asked.problem, asked.world, task.id, 200, repetition).chance()
                assert not chance.undecided
                inside += chance.low <= truth <= chance.high
                repetitions += 1
        if repetitions >= 42:
            break
    assert repetitions >= 36
    assert inside >= 0.92 * repetitions, (inside, repetitions)
