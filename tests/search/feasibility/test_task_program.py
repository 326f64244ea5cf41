"""Cores of an engine's noes save questions and change no answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allocator.deadline import Deadline
from allocator.engines import Outcome, Settings
from allocator.inputs.problem import Problem, World
from allocator.model.scope import Scope, alone
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.feasibility.task_program import TaskProgram
from allocator.search.feasibility.world_sums import WorldSums
from allocator.search.minimal_sets import growing
from allocator.search.minimal_sets.families import Mask
from tests.generator import question
from tests.plenty import plenty


def _open(problem: Problem, world: World, task: str) -> Scope:
    """The question with the world's open preconditions as switches."""
    left = frozenset(problem.open_preconditions(world))
    return replace(alone(problem, world, task), preconditions=left)


def _families(problem: Problem, world: World, task: str) -> tuple[set[Mask], set[Mask]]:
    asked = StaffingOracle(problem, _open(problem, world, task), Settings(), plenty())
    found = asked.search(plenty())
    assert found.complete
    return set(found.minimal), set(found.blocking)


def _without_cores(self: TaskProgram, on: Mask, deadline: Deadline) -> tuple[Mask, Outcome]:
    return on, Outcome("unknown", "cpsat")


def _false_core(self: TaskProgram, on: Mask, deadline: Deadline) -> tuple[Mask, Outcome]:
    return (1 << len(self._switches)) - 1, Outcome("infeasible", "cpsat", presolved=False)


def _by_cores_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sums would leave too little to ask, and what is left is little enough to grow without."""
    monkeypatch.setattr(WorldSums, "refuted", lambda sums: sums._worlds.nothing())
    monkeypatch.setattr(growing, "FEW", 0)


def test_families_are_the_same_with_cores_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all tasks of the first seeds, whose families other tests hold against brute force. A core
    may be wrong, but then CP-SAT contradicts itself."""
    guesses: list[Mask] = []
    widened = TaskProgram.widened

    def kept(self: TaskProgram, on: Mask, deadline: Deadline) -> tuple[Mask, Outcome]:
        wider, found = widened(self, on, deadline)
        guesses.extend([wider] * (wider != on))
        return wider, found

    _by_cores_alone(monkeypatch)
    cores = 0
    for seed in range(80):
        asked = question(seed)
        for task in asked.problem.tasks:
            guesses.clear()
            with monkeypatch.context() as patch:
                patch.setattr(TaskProgram, "widened", kept)
                minimal, blocking = _families(asked.problem, asked.world, task.id)
            assert not any(known & wider == known for known in minimal for wider in guesses)
            cores += len(guesses)
            with monkeypatch.context() as patch:
                patch.setattr(TaskProgram, "widened", _without_cores)
                without = _families(asked.problem, asked.world, task.id)
            assert (minimal, blocking) == without, (seed, task.id)
    assert cores > 30


def test_a_false_core_ends_no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every no is said to need nothing of what was left out: HiGHS contradicts, and the no-set
    grows element by element."""
    _by_cores_alone(monkeypatch)
    false = 0
    for seed in range(80):
        asked = question(seed)
        for task in asked.problem.tasks:
            with monkeypatch.context() as patch:
                patch.setattr(TaskProgram, "widened", _without_cores)
                sound = _families(asked.problem, asked.world, task.id)
            scope = _open(asked.problem, asked.world, task.id)
            staffing = StaffingOracle(asked.problem, scope, Settings(), plenty())
            with monkeypatch.context() as patch:
                patch.setattr(TaskProgram, "widened", _false_core)
                found = staffing.search(plenty())
            assert found.complete
            assert (set(found.minimal), set(found.blocking)) == sound, (seed, task.id)
            false += len(staffing.faults)
    assert false > 3
