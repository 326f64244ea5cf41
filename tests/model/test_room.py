"""What could be sent at all: never less than a plan sends, and nothing where no rule lets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from allocator.inputs.problem import Problem
from allocator.model import room
from allocator.model.room import Room
from allocator.model.scope import alone, joint
from allocator.results.result import UnitKey
from tests import oracle
from tests.generator import question
from tests.handmade import line, problem

HALF = {"capability": "bn", "nation": "FRA", "quantity": 4, "release_requires": "vote"}


def _case(**more: Any) -> Problem:
    return problem(
        [{"task": "t", "area": "west", "lines": [line(1)]}],
        {("FRA", "bn"): 6, ("GBR", "bn"): 6},
        preconditions=["vote"],
        **more,
    )


def _units(asked: Problem, period: int = 1, **scope: Any) -> int:
    return Room(asked, replace(joint(asked, asked.world()), **scope)).units(
        "FRA", "t", "bn", period
    )


@pytest.mark.parametrize(
    ("requires", "limit", "expected"),
    [
        ("never", "", 0),
        ("vote", "", 0),
        ("vote", 25, 2),  # ten people a unit
        ("joins(GBR)", "", 6),
        ("staffed(t)", "", 6),
        ("vote and joins(GBR)", 19, 1),
        ("always", 0, 6),
    ],
)
def test_a_caveat_limits_unless_its_condition_could_hold(
    requires: str, limit: Any, expected: int
) -> None:
    """Partners and tasks could always come; an open precondition does not hold by itself."""
    caveat = {"nation": "FRA", "requires": requires, "max_personnel": limit}
    assert _units(_case(caveats=[caveat])) == expected


def test_what_the_scope_leaves_open_counts_as_given() -> None:
    """A precondition or a caveat that is decided from question to question limits nothing."""
    asked = _case(caveats=[{"nation": "FRA", "requires": "vote"}], commitments=[HALF])
    assert _units(asked) == 0
    assert _units(asked, preconditions=("vote",)) == 6
    assert _units(asked, caveats=("v0",)) == 2
    assert _units(asked, caveats=("v0",), commitments=("c0",)) == 6


@pytest.mark.parametrize(
    ("rotating", "expected"),
    [("no", 1), ("yes", 0)],  # (6 - 4 + 1) // 2; two of four recover beside two of four: none left
)
def test_commitments_and_rotation_limit(rotating: str, expected: int) -> None:
    """By no surge in the period and by every window that holds it."""
    asked = _case(
        commitments=[HALF | {"rotating": rotating}],
        capabilities={"bn": {"personnel": 10, "rotation": 2}},
        horizon=2,
    )
    assert _units(asked) == expected
    assert _units(asked, preconditions=("vote",)) == (3 if rotating == "no" else 2)


@pytest.mark.parametrize("seed", range(400, 420))
def test_no_plan_sends_more(seed: int) -> None:
    """The best plan of all, and every package that brute force finds, fits in the room."""
    asked = question(seed)
    room = Room(asked.problem, joint(asked.problem, asked.world))
    units = oracle.joint_plan(asked.problem, asked.world).units
    _fits(room, units)
    for task in asked.problem.tasks:
        if oracle.ready(asked.problem, asked.world, task.id):
            room = Room(asked.problem, alone(asked.problem, asked.world, task.id))
            for nations in oracle.packages(asked.problem, asked.world, task.id):
                found = oracle.best_package(asked.problem, asked.world, task.id, nations)
                _fits(room, found.units)


def _fits(room: Room, units: Mapping[UnitKey, int]) -> None:
    for (nation, task, line_id, capability, period), quantity in units.items():
        assert quantity <= room.units(nation, task, capability, period), line_id


def test_a_window_is_summed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of its many periods asks for it: long rotations took the cube of the horizon."""
    asked: list[int] = []
    windows = room.in_window
    monkeypatch.setattr(room, "in_window", lambda *of: asked.append(of[-1]) or windows(*of))
    case = replace(_case(), horizon=40)
    capability = replace(case.capabilities["bn"], rotation=20)
    case = replace(case, capabilities={**case.capabilities, "bn": capability})
    case = replace(case, availability=dict.fromkeys(case.availability, (6,) * 40))
    bounds = Room(case, joint(case, case.world()))
    for period in range(1, 41):
        bounds.of_pool("FRA", "bn", period)
    assert sorted(asked) == sorted(set(asked))
    assert len(asked) == 40
