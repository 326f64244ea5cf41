"""Every row lets every plan through: of tiny questions plans are made, and put to all rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice, product

import pytest

from allocator.checker.constraints import Bounds, Place, Row, Variable
from allocator.checker.rows import Rows
from allocator.checker.steps import steps_faults
from allocator.checker.task_rows import WITHOUT
from allocator.deadline import Deadline
from allocator.inputs.problem import Problem, World
from allocator.report.sentences.steps import told
from allocator.results.result import Allocation
from allocator.search.feasibility.steps import proof_by_steps
from tests import oracle
from tests.brute.enumeration import Enumeration
from tests.generator import question
from tests.handmade import line
from tests.handmade import problem as made

MOST_PLANS = 40
"""So many of a question are put to the rows."""


def plans(made: Enumeration, world: World, task: str) -> Iterator[Allocation]:
    """Plans of the task and those beside it, made by brute force."""
    beside = made.problem.companions(task)
    found = made.allocations(world, beside, task, valued=True)
    return islice((plan for plan, _ in found), MOST_PLANS)


def values_of(rows: Rows, problem: Problem, task: str, plan: Allocation) -> Iterator[Bounds]:
    """What a plan makes of each variable, with one way after another to have its tasks led."""
    found = {Variable("units", t, n, name, c, p): u for (n, t, name, c, p), u in plan.units.items()}
    found |= {Variable("staffed", name): 1 for name in plan.staffed}
    for n, t, name, _, p in plan.units:
        found[Variable("contributes", t, n)] = 1
        found[Variable("sends", t, n, name, period=p)] = 1
    values = {variable: (found.get(variable, 0),) * 2 for variable in rows.bounds}
    led = [
        [Variable("leads", other, nation) for nation in problem.nations]
        for other in sorted(problem.companions(task) & plan.staffed)
    ]
    for leading in product(*led):
        yield values | {variable: (1, 1) for variable in leading if variable in values}


def broken(rows: Rows, values: Bounds) -> list[Place]:
    """The rows that do not hold."""
    return [row.place for row in rows.rows.values() if not _holds(rows, row, values)]


def _holds(rows: Rows, row: Row, values: Bounds) -> bool:
    return rows.lifted(row, values) or sum(c * values[v][0] for v, c in row.terms) >= row.least


def test_no_row_stands_in_the_way_of_a_plan() -> None:
    seen: Counter[str] = Counter()
    for seed in range(150):
        asked = question(seed, composed=seed % 2 == 1)
        problem, open_ = asked.problem, sorted(asked.problem.open_preconditions(asked.world))
        enumeration = Enumeration(problem)
        for met in ((), open_):
            world = problem.meeting(asked.world, met)
            for task in (task.id for task in problem.tasks):
                rows = Rows(problem, world, task, problem.nations)
                for plan in plans(enumeration, world, task):
                    ways = [broken(rows, way) for way in values_of(rows, problem, task, plan)]
                    assert [] in ways, f"seed {seed}: {task}: {min(ways, key=len)}"
                    seen["plans"] += 1
                    seen["without"] += any(WITHOUT in place.what for place in rows.rows)
    assert seen["plans"] > 1000, seen
    assert seen["without"] > 100, seen


def together(limit: str | int, units: int) -> tuple[Problem, Rows]:
    """C goes with A alone, beyond what its caveat lets it send anyway."""
    caveat = {"nation": "C", "requires": "joins(A)", "max_personnel": limit}
    held = {("A", "bn"): units, ("B", "bn"): 3, ("C", "bn"): 3}
    problem = made([{"task": "t", "lines": [line(5)]}], held, caveats=[caveat])
    return problem, Rows(problem, problem.world(), "t", problem.nations)


@pytest.mark.parametrize(("limit", "lifts"), [("", 3), (0, 30), (20, 10)])
def test_what_a_caveat_cannot_hold_without_lifts_it(limit: str | int, lifts: int) -> None:
    """Each unit that is there lets through all that the nation has beyond its limit."""
    _, rows = together(limit, 1)
    row = rows.rows[Place("R5", f"v0{WITHOUT}A", "t", "C", period=1)]
    assert dict(row.terms)[Variable("units", "t", "A", "l", "bn", 1)] == lifts
    assert row.unless is not None
    assert row.unless.nations == frozenset()


@pytest.mark.parametrize("limit", [30, 1000])
def test_a_limit_above_what_there_is_asks_for_nobody(limit: int) -> None:
    """A row of it would let fewer through the more were there."""
    problem, rows = together(limit, 1)
    assert not [place for place in rows.rows if WITHOUT in place.what]
    assert oracle.ready(problem, problem.world(), "t")
    assert proof_by_steps(problem, problem.world(), "t", problem.nations, Deadline(60)) is None


def test_a_nation_that_takes_another_with_it_takes_its_place_too() -> None:
    """B and C would be enough, and be two; but C does not go without A. No row by itself shows it,
    since the caveat is lifted as long as A may come."""
    held = {("A", "bn"): 1, ("B", "bn"): 3, ("C", "bn"): 3}
    caveats = [{"nation": "C", "requires": "joins(A)"}]
    task = {"task": "t", "lines": [line(6)]}
    for most, ready in ((2, False), (3, True)):
        problem = made([task | {"max_nations": most}], held, caveats=caveats)
        assert oracle.ready(problem, problem.world(), "t") is ready
        proof = proof_by_steps(problem, problem.world(), "t", problem.nations, Deadline(60))
        assert (proof is None) is ready
        if proof is not None:
            rows = Rows(problem, problem.world(), "t", problem.nations)
            assert not any(steps_faults(rows, proof.steps))
            assert WITHOUT in proof.model_dump_json()


def test_who_is_kept_out_without_whom_is_told() -> None:
    held = {("A", "bn"): 1, ("B", "bn"): 3, ("C", "bn"): 3}
    caveats = [
        {"nation": "C", "requires": "joins(A) and joins(B)"},
        {"nation": "A", "requires": "talks"},
    ]
    task = {"task": "t", "lines": [line(6)]}
    problem = made([task], held, caveats=caveats, preconditions=("talks",))
    nations, world = problem.nations, problem.world()
    proof = proof_by_steps(problem, world, "t", nations, Deadline(60))
    assert proof is not None
    out, without, end = proof.steps
    without = without.model_copy(update={"what": f"v0{WITHOUT}A"})
    assert not any(steps_faults(Rows(problem, world, "t", nations), (out, without, end)))
    assert told(problem, world, "t", nations, (out, without, end)) == (
        "v1 keeps A out of t in period 1",
        "v0 keeps C out of t without A in period 1",
        "then l of t needs 6 units, at most 3 may come: B 3 in period 1",
    )
