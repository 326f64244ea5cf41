"""Proofs by steps, read out: who is kept out, by what, and what is then too little."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from allocator.deadline import Deadline
from allocator.inputs.problem import Problem
from allocator.report.sentences import steps as say
from allocator.search.feasibility.steps import proof_by_steps
from tests.handmade import problem

LINES = [{"capability": "hq", "minimum": 1}, {"capability": "inf", "minimum": 5}]
POOLS = {("FRA", "hq"): 1, ("FRA", "inf"): 4, ("GBR", "hq"): 1, ("GBR", "inf"): 4}
WAITS = [
    {"nation": "FRA", "requires": "vote"},
    {"nation": "GBR", "requires": "joins(FRA)"},
]


def guard(**more: Any) -> list[dict[str, Any]]:
    return [{"task": "guard", "lines": LINES, **more}]


def partners() -> Problem:
    return problem(guard(), POOLS, preconditions=["vote"], caveats=WAITS)


def no_framework_nation() -> Problem:
    pools = POOLS | {("ITA", "hq"): 1, ("ITA", "inf"): 9}
    lead = {"any_of": ["FRA", "GBR"], "provides": "hq"}
    return problem(guard(lead=lead), pools, preconditions=["vote"], caveats=WAITS)


def one_has_to_lead() -> Problem:
    pools = POOLS | {("ITA", "hq"): 1, ("ITA", "inf"): 9}
    return problem(guard(lead={"all_of": ["FRA"]}), pools, preconditions=["vote"], caveats=WAITS)


def too_few() -> Problem:
    pools = POOLS | {("ITA", "hq"): 1, ("ITA", "inf"): 9}
    return problem(guard(min_nations=2), pools, preconditions=["vote"], caveats=WAITS)


def waits_for_another() -> Problem:
    tasks = [
        {"task": "reserve", "requires": "staffed(guard)", "lines": LINES[:1]},
        *guard(requires="vote"),
    ]
    return problem(tasks, POOLS, preconditions=["vote"])


@pytest.mark.parametrize(
    ("case", "task", "clauses"),
    [
        (
            partners,
            "guard",
            (
                "v0 keeps FRA out of guard in period 1",
                "v1 keeps GBR out of guard in period 1",
                "then hq of guard needs 1 unit, at most 0 may come in period 1",
            ),
        ),
        (
            no_framework_nation,
            "guard",
            (
                "v0 keeps FRA out of guard in period 1",
                "v1 keeps GBR out of guard in period 1",
                "FRA cannot lead guard (R8)",
                "GBR cannot lead guard (R8)",
                "then nobody that may lead guard can",
            ),
        ),
        (
            one_has_to_lead,
            "guard",
            (
                "v0 keeps FRA out of guard in period 1",
                "then FRA, which has to lead guard, cannot in period 1",
            ),
        ),
        (
            too_few,
            "guard",
            (
                "v0 keeps FRA out of guard in period 1",
                "v1 keeps GBR out of guard in period 1",
                "FRA cannot contribute to guard (R6)",
                "GBR cannot contribute to guard (R6)",
                "then ITA may contribute to guard, 2 must",
            ),
        ),
        (
            waits_for_another,
            "reserve",
            (
                "the condition of guard cannot hold in period 1",
                "the condition of reserve cannot hold in period 1",
            ),
        ),
    ],
)
def test_what_is_read_out(case: Callable[[], Problem], task: str, clauses: tuple[str, ...]) -> None:
    asked = case()
    world = asked.world()
    proof = proof_by_steps(asked, world, task, asked.nations, Deadline(60))
    assert proof is not None
    assert say.told(asked, world, task, asked.nations, proof.steps) == clauses


def test_a_long_proof_is_not_read_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(say, "MOST_TOLD", 1)
    asked = partners()
    proof = proof_by_steps(asked, asked.world(), "guard", asked.nations, Deadline(60))
    assert proof is not None
    assert say.told(asked, asked.world(), "guard", asked.nations, proof.steps) == ()
