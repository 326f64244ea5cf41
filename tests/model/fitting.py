"""Whether the program, and the checker beside it, take an allocation as it stands."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.checker import violations
from allocator.engines import Settings
from allocator.engines.cpsat import CpSat
from allocator.engines.highs import Highs
from allocator.inputs.problem import Problem, World
from allocator.model import build
from allocator.model.scope import alone, joint
from allocator.results.result import Allocation, UnitKey
from tests.plenty import plenty


def taken(problem: Problem, allocation: Allocation, world: World | None = None) -> bool:
    """Whether the program has this allocation, and both engines say so."""
    world = world or problem.world()
    variables = build(problem, joint(problem, world))
    program = variables.program
    sent = {one.key: one.variable for one in variables.sent}
    fixed = {variable: allocation.units.get(key, 0) for key, variable in sent.items()}
    fixed |= {v: allocation.released.get(key, 0) for key, v in variables.released.items()}
    fixed |= {v: int(task in allocation.staffed) for task, v in variables.staffed.items()}
    if not (allocation.units.keys() <= sent.keys()):
        return False
    if not (allocation.released.keys() <= variables.released.keys()):
        return False
    if any(not program.low[v] <= value <= program.high[v] for v, value in fixed.items()):
        return False
    answers = [
        engine.ask(plenty(), fixed).status
        for engine in (CpSat(program, Settings()), Highs(program))
    ]
    assert answers in (["optimal", "optimal"], ["infeasible", "infeasible"]), answers
    return answers[0] == "optimal"


def decides(
    rule: str,
    problem: Problem,
    units: Mapping[UnitKey, int],
    *,
    staffed: str = "t",
    released: Mapping[tuple[str, int], int] | None = None,
    world: World | None = None,
) -> bool:
    """Whether the program takes the allocation. Where it does not, the checker must name exactly
    this rule as the reason; where it does, nothing."""
    allocation = Allocation(frozenset(staffed.split()), dict(units), dict(released or {}))
    asked_in = world or problem.world()
    broken = {violation.rule for violation in violations(problem, asked_in, allocation)}
    fits = taken(problem, allocation, asked_in)
    assert broken == (set() if fits else {rule}), broken
    return fits


def staffable(problem: Problem, task: str = "t", world: World | None = None) -> bool:
    """Whether the task can be staffed alone, by both engines."""
    variables = build(problem, alone(problem, world or problem.world(), task))
    answers = [
        engine.ask(plenty()).status
        for engine in (CpSat(variables.program, Settings()), Highs(variables.program))
    ]
    assert answers in (["optimal", "optimal"], ["infeasible", "infeasible"]), answers
    return answers[0] == "optimal"
