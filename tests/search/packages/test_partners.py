"""Partners in turn, against the definition by hand."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from allocator.checker.packages import reading
from allocator.engines import Settings
from allocator.inputs.conditions import Condition, holds, leaders_in, nations_in
from allocator.inputs.problem import Problem, World
from allocator.planner import Planner
from allocator.report.sentences.partners import partners as in_words
from allocator.results.result import Package, allocation_of
from allocator.search.packages.partners import partners
from allocator.search.packages.search import PackageSearch
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import plenty

Names = frozenset[str]


def brute(
    made: Problem, world: World, task: str, package: Package
) -> tuple[Names, frozenset[Names]]:
    """Who can join in turn, and the circles of the others: every caveat, period and set."""
    staffed = reading(
        made, world, task, allocation_of((), package.allocation, package.released)
    ).staffed
    cells = package.allocation
    everybody = frozenset(cell.nation for cell in cells)

    def met(condition: Condition, at: str, period: int, nation: str, here: Names) -> bool:
        sending = {c.nation for c in cells if (c.task, c.period) == (at, period)}
        leading = {n for n in here if leads(made, package, at, n)}
        joining = (sending & here) | {nation}
        return holds(condition, world.holding(period), joining, staffed, leading)

    def may_join(nation: str, joined: Names) -> bool:
        here = joined | {nation}
        for caveat in made.caveats:
            for at in caveat.tasks if caveat.nation == nation else ():
                for period in caveat.periods:
                    inside = [
                        c
                        for c in cells
                        if (c.nation, c.task, c.period) == (nation, at, period)
                        and c.capability in caveat.capabilities
                    ]
                    people = sum(
                        made.capabilities[c.capability].personnel * c.quantity for c in inside
                    )
                    over = (
                        bool(inside)
                        if caveat.max_personnel is None
                        else (people > caveat.max_personnel)
                    )
                    if over and not met(caveat.requires, at, period, nation, here):
                        return False
        return True

    joined: Names = frozenset()
    while more := {n for n in everybody - joined if may_join(n, joined)}:
        joined |= more
    left = everybody - joined
    groups = [
        frozenset(some)
        for size in range(1, len(left) + 1)
        for some in combinations(sorted(left), size)
        if all(may_join(n, joined | frozenset(some)) for n in some)
    ]
    return joined, frozenset(g for g in groups if not any(o < g for o in groups))


def leads(made: Problem, package: Package, task: str, nation: str) -> bool:
    known = made.task(task)
    if known.lead is None:
        return False
    named = known.lead.any_of if known.lead.all_of is None else known.lead.all_of
    if named is not None and nation not in named:
        return False
    for period in known.periods:
        rows = [c for c in package.allocation if (c.task, c.period) == (task, period)]
        own = [c for c in rows if c.nation == nation]
        if not any(known.lead.provides in (None, c.capability) for c in own):
            return False
        people = {
            who: sum(made.capabilities[c.capability].personnel * c.quantity for c in some)
            for who, some in (("own", own), ("all", rows))
        }
        if 1000 * people["own"] < known.lead.min_share * people["all"]:
            return False
    return True


@pytest.mark.parametrize("first", range(0, 240, 80))
def test_who_can_join_when_is_what_the_definition_says(first: int) -> None:
    company = 0
    for seed in range(first, first + 80):
        made = question(seed)
        asks = any(nations_in(c.requires) | leaders_in(c.requires) for c in made.problem.caveats)
        for task in made.problem.tasks if asks else ():
            packing = PackageSearch(made.problem, made.world, task.id, Settings(), plenty())
            for package in packing.run(plenty()).sets:
                joined, circles = brute(made.problem, made.world, task.id, package)
                found = partners(made.problem, made.world, task.id, package)
                assert frozenset(n for group in found.in_turn for n in group) == joined, seed
                assert frozenset(map(frozenset, found.circles)) == circles, seed
                company += 1
    assert company > 10


def in_company(seed: int) -> Problem:
    """Four nations, most of whom wait for others of them."""
    rng = Random(f"company {seed}")
    nations = ("DEU", "FRA", "GBR", "POL")

    def condition() -> str:
        parts = [f"joins({n})" for n in rng.sample(nations, rng.choice((1, 2, 2)))]
        parts += rng.choice(([], [], ["led_by(FRA)"], ["vote"]))
        return rng.choice((" and ", " or ")).join(parts)

    return problem(
        [{"task": "t", "lines": [line(rng.choice((2, 3, 4)))], "lead": {"any_of": ["FRA", "GBR"]}}],
        {(nation, "bn"): rng.choice((1, 2)) for nation in nations},
        preconditions=["vote"],
        caveats=[
            {"nation": n, "requires": condition(), "max_personnel": rng.choice(("", "", 10))}
            for n in nations
            if rng.random() < 0.8
        ],
    )


def test_circles_of_nations_who_wait_for_each_other() -> None:
    circled = several = 0
    for seed in range(120):
        made = in_company(seed)
        world = made.world("today", {"vote": 1} if seed % 2 else {})
        for package in PackageSearch(made, world, "t", Settings(), plenty()).run(plenty()).sets:
            joined, circles = brute(made, world, "t", package)
            found = partners(made, world, "t", package)
            assert frozenset(n for group in found.in_turn for n in group) == joined, seed
            assert frozenset(map(frozenset, found.circles)) == circles, seed
            circled += bool(circles)
            several += any(len(one) > 2 for one in circles)
    assert circled > 10
    assert several


def waiting_for_each_other() -> Problem:
    """FRA goes with GBR and GBR with FRA; DEU goes where FRA is; POL goes alone."""
    return problem(
        [{"task": "t", "lines": [line(4)]}],
        {(nation, "bn"): 1 for nation in ("FRA", "GBR", "DEU", "POL")},
        caveats=[
            {"nation": "FRA", "requires": "joins(GBR)"},
            {"nation": "GBR", "requires": "joins(FRA)"},
            {"nation": "DEU", "requires": "joins(FRA)"},
        ],
    )


def test_the_circle_is_named_and_who_follows_it_is_not_in_it() -> None:
    made = waiting_for_each_other()
    (package,) = PackageSearch(made, made.world(), "t", Settings(), plenty()).run(plenty()).sets
    found = partners(made, made.world(), "t", package)
    assert found.in_turn == (("POL",),)
    assert found.circles == (("FRA", "GBR"),)
    (text,) = in_words([found])
    assert text.startswith("In 1 package FRA and GBR can only announce together")


def test_those_who_can_join_in_turn_are_said_in_their_order() -> None:
    made = problem(
        [{"task": "t", "lines": [line(3)]}],
        {(nation, "bn"): 1 for nation in ("FRA", "GBR", "DEU")},
        caveats=[
            {"nation": "GBR", "requires": "joins(FRA)"},
            {"nation": "DEU", "requires": "joins(GBR) and joins(FRA)"},
        ],
    )
    (package,) = PackageSearch(made, made.world(), "t", Settings(), plenty()).run(plenty()).sets
    assert partners(made, made.world(), "t", package).in_turn == (("FRA",), ("GBR",), ("DEU",))


def test_the_reference_case_joins_in_turn() -> None:
    import allocator

    planner: Planner = allocator.load(".")
    run = planner.packages("theatre_command", world="ceasefire", limit=3)
    assert run.notes["theatre_command"].partners == ()
