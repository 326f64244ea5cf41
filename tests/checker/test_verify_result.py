"""A sound result passes, and every kind of planted fault is found."""

from __future__ import annotations

import pytest

from allocator.checker import check_result, objective_values
from allocator.inputs.problem import Problem, World
from allocator.results.result import (
    Allocation,
    Level,
    Lift,
    Plan,
    Result,
)
from tests.brute.parts import NotTinyError
from tests.brute.result import brute_result
from tests.checker.planted_results import (
    BLOCKER_FAULTS,
    FULL,
    GAP_FAULTS,
    HEADER_FAULTS,
    PACKAGE_FAULTS,
    PLAN_FAULTS,
    Change,
    family,
    of_level,
    of_plan,
    of_task,
    packages_of,
)
from tests.generator import question
from tests.handmade import line, problem
from tests.thorough import least, some


def _asked() -> tuple[Problem, World]:
    """Task r is ready with any two of three nations, b is blocked, s is short, x loses to r."""
    tasks = [
        {"task": "b", "requires": "(peace or talks) and vote", "lines": [line(1, "hq")]},
        {"task": "r", "lines": [line(2, target=3)]},
        {"task": "s", "requires": "ceasefire or talks", "lines": [line(1, "air")]},
        {"task": "x", "priority": 2, "lines": [line(3, "bn")]},
        {"task": "z", "priority": 2, "requires": "staffed(zz)", "lines": [line(1, "med")]},
        {"task": "zz", "priority": 2, "lines": [line(0, "med")]},
    ]
    asked = problem(
        tasks,
        {
            ("FRA", "bn"): 1,
            ("GBR", "bn"): 1,
            ("POL", "bn"): 1,
            ("FRA", "hq"): 1,
            ("FRA", "air"): 1,
            ("FRA", "med"): 1,
        },
        preconditions={
            "ceasefire": {},
            "peace": {"implies": "ceasefire"},
            "talks": {"implies": "ceasefire"},
            "vote": {},
            "mandate": {"status": "met"},
        },
        commitments=[
            {
                "nation": "POL",
                "capability": "bn",
                "quantity": 1,
                "release_requires": "mandate",
                "release_risk": 2,
            },
            {"nation": "FRA", "capability": "hq", "quantity": 0},
        ],
        caveats=[
            {"nation": "FRA", "requires": "never", "task": "s"},
            {"nation": "FRA", "requires": "vote", "task": "b"},
        ],
    )
    return asked, asked.world()


@pytest.fixture(scope="module")
def sound() -> Result:
    return brute_result(*_asked())


def test_the_sound_result_is_what_it_is_meant_to_be(sound: Result) -> None:
    assert check_result(*_asked(), sound) == ()
    verdicts = {record.task: record.verdict for record in sound.tasks}
    assert verdicts == {
        "b": "blocked",
        "r": "ready",
        "s": "short",
        "x": "ready",
        "z": "ready",
        "zz": "ready",
    }
    assert sound.task("b").unlocking.sets == (("peace", "vote"), ("talks", "vote"))
    assert sound.task("b").necessary == ("ceasefire", "vote")
    assert len(sound.task("r").packages.sets) == 3
    assert sound.task("s").gaps.lifts == (Lift(caveats=("v0",), commitments=()),)
    assert sound.plan.staffed == ("r", "z", "zz")


def test_brute_force_results_are_sound() -> None:
    checked = 0
    for seed in some(range(150)):
        asked = question(seed)
        try:
            result = brute_result(asked.problem, asked.world)
        except NotTinyError:
            continue
        assert check_result(asked.problem, asked.world, result) == (), seed
        checked += 1
    assert checked >= least(120)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        pytest.param(*fault, id=name)
        for faults in (PLAN_FAULTS, HEADER_FAULTS, BLOCKER_FAULTS, PACKAGE_FAULTS, GAP_FAULTS)
        for name, fault in faults.items()
    ],
)
def test_a_planted_fault_is_found(sound: Result, change: Change, part: str) -> None:
    found = check_result(*_asked(), change(sound))
    assert any(part in fault for fault in found), found


def test_what_is_not_complete_may_lack_sets(sound: Result) -> None:
    fewer = of_task(
        "b",
        unlocking=family("peace vote", complete=False),
        blocking=family("vote", complete=False),
        necessary=(),
    )
    assert check_result(*_asked(), fewer(sound)) == ()
    assert (
        check_result(*_asked(), of_task("r", packages=packages_of(FULL[1], complete=False))(sound))
        == ()
    )


def test_a_bound_short_of_proof_is_no_fault(sound: Result) -> None:
    loose = of_plan(status="feasible")(of_level("economy", bound=10, status="feasible")(sound))
    assert check_result(*_asked(), loose) == ()


def test_a_plan_that_was_not_found_claims_nothing(sound: Result) -> None:
    assert check_result(*_asked(), sound.model_copy(update={"plan": Plan()})) == ()


def test_the_levels_of_no_plan_are_those_of_doing_nothing(sound: Result) -> None:
    problem, world = _asked()
    levels = tuple(
        Level(objective=name, value=value, bound=0 if "[" not in name else 9, status="feasible")
        for name, value in objective_values(problem, Allocation()).items()
    )
    found_none = sound.model_copy(update={"plan": Plan(levels=levels)})
    assert check_result(problem, world, found_none) == ()
    found = check_result(problem, world, of_level("economy", value=7)(found_none))
    assert found == ("economy is 0 in the plan, not 7",)
