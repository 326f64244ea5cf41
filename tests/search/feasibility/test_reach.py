"""Sums that prove a no: never against brute force, and figures that a planner can follow."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from allocator.inputs.problem import Problem
from allocator.results.blocking import SumProof
from allocator.search.feasibility.pool import Assumptions
from allocator.search.feasibility.supply_bound import SupplyBound
from tests import oracle
from tests.generator import question
from tests.handmade import line, problem
from tests.thorough import some


@pytest.mark.parametrize("first", some(range(400, 480, 20)))
def test_a_sum_never_contradicts_brute_force(first: int) -> None:
    """In today's world and in every one that open preconditions make: where a sum or the task's
    own condition says no, nothing staffs it. And sums do say no, often."""
    refuted = short = 0
    for seed in range(first, first + 20):
        asked = question(seed)
        for task, table in oracle.ready_tables(asked.problem, asked.world):
            for met, ready in table.items():
                world = asked.problem.meeting(asked.world, met)
                no = _refutes(asked.problem, task.id, Assumptions(world))
                assert not (no and ready), f"seed {seed}: {task.id} with {sorted(met)}"
                refuted += no
                short += not ready
    assert refuted >= short / 3


def _refutes(asked: Problem, task: str, around: Assumptions, *nations: str) -> bool:
    reach = SupplyBound(asked, asked.task(task))
    proofs = reach.proofs(nations or asked.nations, around)
    return bool(proofs) or not reach.condition_holds(around)


@pytest.mark.parametrize("seed", some(range(500, 515)))
def test_a_sum_of_some_nations_never_contradicts_brute_force(seed: int) -> None:
    """Coalitions are refuted by the same sums."""
    asked = question(seed)
    around = Assumptions(asked.world)
    for task in asked.problem.tasks:
        reach = SupplyBound(asked.problem, task)
        for size in range(len(asked.problem.nations)):
            for nations in combinations(asked.problem.nations, size):
                if reach.proofs(nations, around):
                    coalition = (task.id, frozenset(nations))
                    assert not oracle.ready(asked.problem, asked.world, task.id, coalition)


@pytest.mark.parametrize("seed", some(range(520, 540)))
def test_a_lifted_row_counts_as_taken_out(seed: int) -> None:
    """Whatever is refuted with rows lifted is refuted with them in place."""
    asked = question(seed)
    caveats = frozenset(caveat.id for caveat in asked.problem.caveats)
    commitments = frozenset(commitment.id for commitment in asked.problem.commitments)
    for task in asked.problem.tasks:
        reach = SupplyBound(asked.problem, task)
        for nation in asked.problem.nations:
            in_place = reach.supply(nation, Assumptions(asked.world))
            lifted = reach.supply(nation, Assumptions(asked.world, caveats, commitments))
            assert all(a <= b for a, b in zip(in_place, lifted, strict=True))


def _proofs(asked: Problem, **with_: int) -> list[SumProof]:
    around = Assumptions(asked.world(with_=with_))
    return SupplyBound(asked, asked.task("t")).proofs(asked.nations, around)


def _task(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"task": "t", "lines": list(lines), **more}


def test_a_proof_names_every_part_of_the_sum() -> None:
    """Three of Britain's, none of Poland's behind its caveat, one of France's two."""
    asked = problem(
        [_task(line(5))],
        {("FRA", "bn"): 2, ("GBR", "bn"): 3, ("POL", "bn"): 9},
        commitments=[
            {"nation": "FRA", "capability": "bn", "quantity": 1, "release_requires": "never"}
        ],
        caveats=[{"nation": "POL", "requires": "vote"}],
        preconditions=["vote"],
    )
    (proof,) = _proofs(asked)
    assert (proof.lines, proof.periods, proof.need, proof.supply) == (("l",), (1,), 5, 4)
    assert proof.parts == (("FRA", "bn", 1), ("GBR", "bn", 3))
    assert _proofs(asked, vote=1) == []


@pytest.mark.parametrize(("minimum", "refuted"), [(6, False), (7, True)])
def test_units_count_by_their_weight(minimum: int, refuted: bool) -> None:
    """Two of weight 3."""
    lines = {"line": "l", "any_of": {"bn": 3}, "minimum": minimum}
    assert bool(_proofs(problem([_task(lines)], {("FRA", "bn"): 2}))) is refuted


def test_lines_that_share_a_capability_need_it_together() -> None:
    """Each line alone could be filled; the sum of both cannot."""
    lines = [{"line": name, "any_of": {"bn": 1}, "minimum": 2} for name in ("l", "m")]
    asked = problem([_task(*lines)], {("FRA", "bn"): 3})
    assert [(proof.lines, proof.need, proof.supply) for proof in _proofs(asked)] == [
        (("l", "m"), 4, 3)
    ]


@pytest.mark.parametrize(("units", "refuted"), [(3, True), (4, False)])
def test_a_rotation_is_a_sum_over_its_periods(units: int, refuted: bool) -> None:
    """Two in each of two periods, rotation 2: four, though three would do for a single period."""
    asked = problem(
        [_task(line(2))],
        {("FRA", "bn"): units},
        capabilities={"bn": {"rotation": 2}},
        horizon=2,
    )
    found = _proofs(asked)
    assert bool(found) is refuted
    if found:
        assert (found[0].periods, found[0].need, found[0].supply) == ((1, 2), 4, 3)


@pytest.mark.parametrize(("limit", "refuted"), [(20, False), (19, True)])
def test_a_caveat_bounds_people_in_whole_units(limit: int, refuted: bool) -> None:
    """Two units of ten."""
    caveats = [{"nation": "FRA", "requires": "never", "max_personnel": limit}]
    asked = problem([_task(line(2))], {("FRA", "bn"): 5}, caveats=caveats)
    assert bool(_proofs(asked)) is refuted


@pytest.mark.parametrize(
    ("requires", "refuted"),
    [
        ("joins(GBR)", False),
        ("staffed(t)", False),
        ("staffed(u)", False),  # the caveat itself makes it a companion
        ("vote", True),
        ("vote and joins(GBR)", True),
    ],
)
def test_partners_and_companions_get_the_benefit_of_the_doubt(requires: str, refuted: bool) -> None:
    """A sum takes them as there, so that it never says no too early."""
    asked = problem(
        [_task(line(1)), {"task": "u", "lines": [line(1)]}],
        {("FRA", "bn"): 1, ("GBR", "hq"): 1},
        caveats=[{"nation": "FRA", "requires": requires}],
        preconditions=["vote"],
    )
    assert bool(_proofs(asked)) is refuted


@pytest.mark.parametrize(
    ("requires", "holds"),
    [
        ("vote", False),
        ("joins(FRA)", True),
        ("vote or joins(FRA)", True),
        ("vote and joins(FRA)", False),
        ("staffed(u)", True),
        ("never", False),
    ],
)
def test_the_tasks_own_condition(requires: str, holds: bool) -> None:
    """Could it hold in every period of the window?"""
    tasks = [_task(line(1), requires=requires), {"task": "u", "lines": [line(1)]}]
    asked = problem(tasks, {("FRA", "bn"): 1}, preconditions=["vote"], horizon=2)
    reach = SupplyBound(asked, asked.task("t"))
    assert reach.condition_holds(Assumptions(asked.world(with_={"vote": 2}))) is holds
    assert reach.condition_holds(Assumptions(asked.world(with_={"vote": 1}))) is (
        requires != "never"
    )
