"""A kept result asked again: sound ones are confirmed, planted faults are found."""

from __future__ import annotations

import pytest

from allocator.analysis.second_opinions.result import recheck
from allocator.deadline import Deadline
from allocator.inputs.problem import Problem, World
from allocator.results.result import Family, Lift, Package, Packages, Result, TaskRecord
from tests.generator import question
from tests.plenty import analyse

SEEDS = range(12)


def solved(problem: Problem, world: World) -> Result:
    return analyse(problem, world).result


def faults(problem: Problem, world: World, result: Result) -> list[str]:
    return recheck(problem, world, result, Deadline(60)).faults


def changed(result: Result, record: TaskRecord, **changes: object) -> Result:
    """The result with something else said of one task."""
    other = record.model_copy(update=changes)
    records = tuple(other if r.task == record.task else r for r in result.tasks)
    return result.model_copy(update={"tasks": records})


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sound_result_is_confirmed_in_full(seed: int) -> None:
    """No fault, nothing undecided, and every claim counted with what it rests on."""
    asked = question(seed)
    found = recheck(asked.problem, asked.world, solved(asked.problem, asked.world), Deadline(60))
    assert (found.faults, found.undecided) == ([], [])
    assert sum(found.proofs.values()) > 0


def first(verdict: str, **has: str) -> tuple[Problem, World, Result, TaskRecord]:
    """The first generated case with a task of that verdict."""
    for seed in range(200):
        asked = question(seed)
        result = solved(asked.problem, asked.world)
        for record in result.tasks:
            if record.verdict == verdict and _rich(record):
                return asked.problem, asked.world, result, record
    raise AssertionError(f"no {verdict} task with anything to spoil")


def _rich(record: TaskRecord) -> bool:
    return (
        any(len(s) > 1 for s in record.unlocking.sets)
        or any(p.nations for p in record.packages.sets)
        or any(lift.caveats or lift.commitments for lift in record.gaps.lifts)
    )


@pytest.mark.parametrize(
    ("truth", "claimed"), [("ready", "short"), ("blocked", "short"), ("short", "ready")]
)
def test_a_wrong_verdict_is_found(truth: str, claimed: str) -> None:
    problem, world, result, record = first(truth)
    wrong = TaskRecord(task=record.task, verdict=claimed)  # type: ignore[arg-type]
    assert faults(problem, world, changed(result, record, **dict(wrong)))


def test_an_unlocking_set_that_lacks_something_is_found() -> None:
    problem, world, result, record = first("blocked")
    largest = max(record.unlocking.sets, key=len)
    family = Family(complete=False, sets=(largest[1:],))
    assert faults(problem, world, changed(result, record, unlocking=family))


def test_a_blocking_set_that_blocks_nothing_is_found() -> None:
    problem, world, result, record = first("blocked")
    family = Family(complete=False, sets=((),))
    assert faults(problem, world, changed(result, record, blocking=family))


def test_a_package_with_a_nation_too_many_is_found() -> None:
    problem, world, result, record = first("ready")
    package = next(p for p in record.packages.sets if p.nations)
    others = [
        n
        for (n, capability), units in problem.availability.items()
        if n not in package.nations
        and any(units)
        and capability in problem.task(record.task).capabilities
    ]
    if not others:
        pytest.fail("the case has no other nation to add")
    wrong = Package(
        nations=tuple(sorted((*package.nations, others[0]))), allocation=(), released=()
    )
    family = Packages(complete=False, sets=(wrong,))
    assert faults(problem, world, changed(result, record, packages=family))


def test_a_lift_that_does_nothing_is_found() -> None:
    problem, world, result, record = first("short")
    gaps = record.gaps.model_copy(update={"lifts": (Lift(caveats=(), commitments=()),)})
    assert faults(problem, world, changed(result, record, gaps=gaps))


def test_a_bound_that_a_plan_beats_is_found() -> None:
    """A level called optimal though a plan with one task more exists."""
    for seed in range(50):
        asked = question(seed)
        result = solved(asked.problem, asked.world)
        level = result.plan.levels[0] if result.plan.levels else None
        if level is not None and level.objective.startswith("staff_tasks") and level.value > 0:
            break
    else:
        pytest.fail("no case staffs anything first")
    wrong = level.model_copy(update={"value": level.value - 1, "bound": level.value - 1})
    plan = result.plan.model_copy(update={"levels": (wrong, *result.plan.levels[1:])})
    assert faults(asked.problem, asked.world, result.model_copy(update={"plan": plan}))


def test_without_time_nothing_is_confirmed_or_denied() -> None:
    """A deadline that has passed leaves claims undecided; it never makes a fault of them."""
    problem, world, result, _ = first("blocked")
    found = recheck(problem, world, result, Deadline(0))
    assert found.faults == []
    assert found.undecided
