"""The nearest plan, and the rows that cannot all stand, equal what trying every plan shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from random import Random

import pytest

from allocator.analysis.reviewing import review
from allocator.checker import violations
from allocator.checker.repair import repair_faults
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.given import GivenPlan, GivenRow
from allocator.inputs.given.row import Kind
from allocator.inputs.problem import Problem, World
from allocator.results.corrected import corrected
from allocator.results.repair import Repair
from allocator.results.result import Allocation, allocation_of
from allocator.search.given.repair import repair
from tests import handmade
from tests.brute.given import drawn, passing_releases, plan_of
from tests.brute.parts import NotTinyError
from tests.brute.repairs import distance, frees_and_clashes, nearest, stands, valid_plans
from tests.generator import Question, question
from tests.thorough import some

CHUNK = 20
NO_TASKS: frozenset[str] = frozenset()
Case = tuple[int, Problem, World, GivenPlan, frozenset[str], list[Allocation]]


@cache
def _tiny(seed: int, offered: bool) -> tuple[Question, list[Allocation]] | None:
    """The seed's problem and all its valid plans, where they are few enough."""
    asked = question(seed, offered=True) if offered else question(seed, composed=seed % 3 == 0)
    try:
        every = frozenset(task.id for task in asked.problem.tasks)
        return asked, valid_plans(asked.problem, asked.world, every)
    except NotTinyError:
        return None


def _cases(first: int, *, offered: bool = False) -> Iterator[Case]:
    for seed in range(first, first + CHUNK):
        found = _tiny(seed, offered)
        if found is None:
            continue
        asked, plans = found
        for variant in range(3):
            rng = Random(f"repair {seed} {variant}")
            given = _given(asked.problem, plans, variant, rng)
            others = sorted({task.id for task in asked.problem.tasks} - given.tasks)
            added = frozenset(others if rng.random() < 0.3 else ())
            allowed = [plan for plan in plans if plan.staffed <= given.tasks | added]
            yield seed, asked.problem, asked.world, given, added, allowed


def _given(problem: Problem, plans: list[Allocation], variant: int, rng: Random) -> GivenPlan:
    """A plan far from what can be done, near it, or of two plans' rows that have to stand."""
    if variant < 2:
        return drawn(problem, rng, rng.choice(plans) if variant else None)
    one, other = (rng.choice(plans[len(plans) // 2 :]) for _ in range(2))
    return drawn(
        problem, rng, Allocation(units={**one.units, **other.units}), ("exactly", "at_least")
    )


def _repaired(problem: Problem, world: World, given: GivenPlan, added=NO_TASKS) -> Repair:
    deadline = Deadline(60)
    found = repair(problem, world, given, added, Settings(), deadline)
    assert deadline.faults == ()
    return found


def _values(found: Repair) -> dict[str, int]:
    assert all(level.status == "optimal" for level in found.plan.levels)
    return {level.objective: level.value for level in found.plan.levels}


def _allocation(found: Repair) -> Allocation:
    return allocation_of(found.plan.staffed, found.plan.allocation, found.plan.released)


@pytest.mark.parametrize(
    ("first", "offered"),
    some([(n, False) for n in range(0, 240, CHUNK)] + [(n, True) for n in range(0, 120, CHUNK)]),
)
def test_every_level_and_every_clash_equals_brute_force(first: int, offered: bool) -> None:
    for seed, problem, world, given, added, plans in _cases(first, offered=offered):
        right = nearest(problem, world, given, added, plans)
        found = _repaired(problem, world, given, added)
        assert list(repair_faults(problem, found)) == [], seed
        if right is not None:
            assert _values(found) == right, seed
            assert not found.clashes.clashes
            assert not found.clashes.frees
            plan = _allocation(found)
            assert stands(given, plan), seed
            assert not violations(problem, world, plan), seed
            assert plan.staffed <= given.tasks | added
            continue
        assert found.plan.status == "unknown"
        assert found.plan.levels == ()
        assert found.clashes.complete
        frees, clashes = frees_and_clashes(given, plans)
        assert {frozenset(one) for one in found.clashes.frees} == frees, seed
        assert {frozenset(one.pairs) for one in found.clashes.clashes} == clashes, seed
        assert all(one.rules for one in found.clashes.clashes), seed


@pytest.mark.parametrize("first", some(range(0, 120, CHUNK)))
def test_nothing_changes_if_and_only_if_the_plan_is_valid(first: int) -> None:
    seen: Counter[bool] = Counter()
    for seed, problem, world, given, _, _ in _cases(first):
        loose = plan_of(given.units)
        found = _values(_repaired(problem, world, loose))
        names = list(distance(problem, loose, NO_TASKS, Allocation()))
        nothing = not any(found[name] for name in names)
        assert nothing == bool(passing_releases(problem, world, loose)), seed
        seen[nothing] += 1
    assert seen[True]
    assert seen[False]


@pytest.mark.parametrize("first", some(range(0, 120, CHUNK)))
def test_a_repaired_plan_stays_as_it_is(first: int) -> None:
    for seed, problem, world, given, added, _ in _cases(first):
        found = _repaired(problem, world, given, added)
        if found.plan.status != "unknown":
            again = _repaired(problem, world, plan_of(dict(_allocation(found).units)))
            assert again.plan.allocation == found.plan.allocation, seed
            assert again.edits == ()


@pytest.mark.parametrize("first", some(range(0, 120, CHUNK)))
def test_freeing_rows_brings_a_plan_no_farther_and_holding_them_no_nearer(first: int) -> None:
    for seed, problem, world, given, _, _ in _cases(first):
        held = _repaired(problem, world, given)
        freed = _repaired(problem, world, given.freed(given.demanding))
        if held.plan.status == "unknown" or freed.plan.status == "unknown":
            continue
        names = list(distance(problem, given, NO_TASKS, Allocation()))
        near, far = _values(freed), _values(held)
        assert [near[n] for n in names] <= [far[n] for n in names], seed


def test_clashes_and_plans_are_both_met() -> None:
    met: Counter[str] = Counter()
    for first in range(0, 240, CHUNK):
        for _, problem, world, given, added, plans in _cases(first):
            right = nearest(problem, world, given, added, plans)
            if right is None:
                _, clashes = frees_and_clashes(given, plans)
                met["clash"] += 1
                met["between pairs"] += any(len(one) > 1 for one in clashes)
            else:
                met["plan"] += 1
                met["task lost"] += any(v for n, v in right.items() if n.startswith("keep_tasks"))
                met["new pair"] += bool(right["new_contingents"])
    assert all(met.values()), met
    assert {"clash", "between pairs", "plan", "task lost", "new pair"} <= set(met)


@pytest.mark.parametrize("first", some(range(0, 120, CHUNK)))
def test_the_corrected_rows_are_the_repaired_plan_and_review_clean(first: int) -> None:
    """Also where rows add up, or are of several periods."""
    for seed, problem, world, given, added, _ in _cases(first):
        doubled = GivenPlan((*given.rows, *given.rows[::2]))
        found = _repaired(problem, world, doubled, added)
        if found.plan.status == "unknown":
            continue
        rows = GivenPlan(corrected(doubled, found.edits))
        plan = _allocation(found)
        assert rows.units == plan.units, seed
        assert all(cell.allows(plan.units.get(key, 0)) for key, cell in doubled.cells.items())
        idle = plan.staffed - rows.tasks  # They need nothing, and so have no row.
        if not idle:
            assert review(problem, world, rows, Deadline(60)).valid, seed


def _rows_asked(*asked: tuple[str, str, int, Kind]) -> GivenPlan:
    return GivenPlan(tuple(GivenRow(n, t, "l", "bn", (1,), units, k) for n, t, units, k in asked))


@pytest.mark.parametrize(
    ("task", "rows", "clashes", "frees", "rules"),
    [
        # FRA has 3: five cannot stand whatever else.
        ({}, [("FRA", 5, "exactly")], [["FRA"]], [["FRA"]], ("R3",)),
        # At most two nations: three that must come clash, any of them freed does.
        (
            {"max_nations": 2},
            [("FRA", 1, "at_least"), ("GBR", 1, "exactly"), ("POL", 1, "at_least")],
            [["FRA", "GBR", "POL"]],
            [["FRA"], ["GBR"], ["POL"]],
            ("R6",),
        ),
        # Staffed by what must come, the task needs four; nobody has more than three.
        (
            {"lines": [handmade.line(4)]},
            [("FRA", 1, "at_least"), ("GBR", 0, "exactly"), ("POL", 0, "exactly")],
            [["FRA", "GBR", "POL"]],
            [["FRA"], ["GBR"], ["POL"]],
            ("R1",),
        ),
    ],
)
def test_clashes_name_pairs_and_rules(task, rows, clashes, frees, rules) -> None:
    asked = handmade.problem(
        [{"task": "t", "lines": [handmade.line(0)], **task}],
        {(nation, "bn"): 3 for nation in ("FRA", "GBR", "POL")},
    )
    given = _rows_asked(*((nation, "t", units, kind) for nation, units, kind in rows))
    found = _repaired(asked, asked.world(), given).clashes
    assert [[nation for nation, _ in one.pairs] for one in found.clashes] == clashes
    assert [[nation for nation, _ in pairs] for pairs in found.frees] == frees
    assert found.clashes[0].rules == rules


def test_rows_that_allow_at_most_stay_whatever_is_freed() -> None:
    asked = handmade.problem(
        [{"task": "t", "lines": [handmade.line(2)]}], {("FRA", "bn"): 3, ("GBR", "bn"): 3}
    )
    given = _rows_asked(("FRA", "t", 1, "at_most"), ("GBR", "t", 0, "exactly"))
    found = _repaired(asked, asked.world(), given)
    assert found.plan.staffed == ()
    assert found.clashes.clashes == ()


def test_a_caveat_that_lets_nothing_in_is_named() -> None:
    asked = handmade.problem(
        [{"task": "t", "lines": [handmade.line(1)]}],
        {("FRA", "bn"): 3},
        caveats=[{"nation": "FRA", "requires": "never"}],
    )
    found = _repaired(asked, asked.world(), _rows_asked(("FRA", "t", 1, "at_least")))
    assert found.clashes.clashes[0].rules == ("R5",)
