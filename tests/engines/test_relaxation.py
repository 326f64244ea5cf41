"""A bound from dual values is true whatever they are, and tight where they are right."""

from __future__ import annotations

from itertools import product
from random import Random
from threading import Event
from typing import Any

import pytest
from engine_programs import small
from ortools.math_opt.python import mathopt

from allocator.deadline import Deadline
from allocator.engines import Settings, relaxation
from allocator.engines.relaxation import Relaxed, priced, relaxed
from allocator.model.objectives import Objective
from allocator.model.program import Program
from allocator.search.plan.joint import joint_plan
from tests.handmade import line, problem
from tests.plenty import plenty


def test_the_bound_of_the_relaxation() -> None:
    """3x + 4y with 2x + 3y <= 12 is at most 18, in fractions too; the offset is counted."""
    program, most = small()
    assert _found(program, most).bound == 118


def test_a_bound_between_whole_values_is_rounded_towards_them() -> None:
    """2x <= 3y, y <= 5: x is at most 7.5; 2z >= 5: z is at least 2.5."""
    program = Program()
    x, y, z = program.variable(0, 10), program.variable(0, 5), program.variable(0, 9)
    program.at_most([(2, x), (-3, y)], 0)
    program.at_least([(2, z), (1, x)], 5)
    found = _found(program, Objective("most", True, ((1, x),)))
    assert found.bound == 7
    assert found.values[:2] == pytest.approx((7.5, 5))
    program.fix(x, 0)
    assert _found(program, Objective("least", False, ((1, z),))).bound == 3


@pytest.mark.parametrize("maximise", [True, False])
def test_any_dual_values_give_a_true_bound_and_lose_nothing_as_good(maximise: bool) -> None:
    """Drawn at random, of either sign: no solution is beyond the bound that they prove, and none
    as good as one that is known falls out of the narrowed bounds."""
    compared = narrowed = 0
    for seed in range(200):
        rng = Random(seed)
        program = Program()
        x = [program.variable(rng.randint(-1, 0), rng.randint(0, 2)) for _ in range(4)]
        for _ in range(3):
            terms = [(rng.randint(-3, 3), v) for v in x]
            program.between(terms, rng.randint(-6, 0), rng.randint(0, 6))
        goal = Objective("goal", maximise, tuple((rng.randint(-4, 4), v) for v in x), 3)
        prices = priced(program, goal, [rng.uniform(-3, 3) for _ in program.rows])
        solutions = _solutions(program)
        for known in solutions:
            value = goal.value(known)
            assert not goal.better(value, prices.bound), f"seed {seed}"
            tight = program.copy()
            for v, bounds in prices.narrowed(tight, value).items():
                tight.set_bounds(v, *bounds)
            narrowed += bool(tight.changes)
            as_good = [s for s in solutions if not goal.better(value, goal.value(s))]
            assert as_good == [s for s in _solutions(tight) if s in as_good], f"seed {seed}"
            compared += 1
    assert compared > 1000
    assert narrowed > 100


def _solutions(program: Program) -> list[tuple[int, ...]]:
    ranges = (range(low, high + 1) for low, high in zip(program.low, program.high, strict=True))
    return [
        values
        for values in product(*ranges)
        if all(r.low <= sum(c * values[v] for c, v in r.terms) <= r.high for r in program.rows)
    ]


def test_a_fixed_variable_lets_the_others_be_rounded() -> None:
    """2x + y >= 7 with y at nothing: x is 4, where the relaxation alone has 3.5."""
    program = Program()
    x, y = program.variable(0, 9), program.variable(0, 9)
    program.at_least([(2, x), (1, y)], 7)
    program.at_most([(2, x), (3, y)], 17)
    program.fix(y, 0)
    assert _found(program, Objective("least", False, ((1, x),))).values[x] == pytest.approx(4)
    program.fix(y, 1)
    assert _found(program, Objective("most", True, ((1, x),))).values[x] == pytest.approx(7)
    assert _found(program, Objective("least", False, ((1, x),))).values[x] == pytest.approx(3)


def test_a_row_that_is_fixed_whole_is_kept_or_refused() -> None:
    program = Program()
    x, y = program.variable(0, 9), program.variable(0, 3)
    program.at_least([(2, x)], 8)
    program.fix(x, 4)
    assert _found(program, Objective("most", True, ((1, y),))).bound == 3
    program.fix(x, 3)
    assert relaxed(program, Objective("most", True, ((1, y),)), plenty()) is None


def test_no_time_proves_nothing() -> None:
    program, most = small()
    found = relaxed(program, most, Deadline(0))
    assert found is None or found.bound == 118


def test_a_program_without_a_solution_has_no_relaxation() -> None:
    program, most = small()
    program.at_least([(1, 0)], 20)
    assert relaxed(program, most, plenty()) is None


def _found(program: Program, objective: Objective) -> Relaxed:
    found = relaxed(program, objective, plenty())
    assert found is not None
    return found


def _raises(*_: Any, **__: Any) -> Any:
    raise AttributeError("no status")


class _Nonsense:
    """An answer without a number for each row and variable."""

    def has_dual_feasible_solution(self) -> bool:
        return True

    has_primal_feasible_solution = has_dual_feasible_solution

    def dual_values(self, rows: list[Any]) -> list[float]:
        return [float("nan") for _ in rows]

    def variable_values(self, variables: list[Any]) -> list[float]:
        return [0.0 for _ in variables]


@pytest.mark.parametrize("solve", [_raises, lambda *_, **__: _Nonsense()])
@pytest.mark.parametrize("large", [True, False])
def test_a_relaxation_that_fails_ends_nothing(
    solve: Any, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever way a plan is searched: it is found and proved by the others, and the fault is
    named."""
    monkeypatch.setattr("allocator.search.plan.levels.LARGE", 1 if large else 10**9)
    monkeypatch.setattr("allocator.search.plan.direct.ROUGH", 1)
    real = relaxation._solved

    def solved(*given: Any) -> Any:
        with monkeypatch.context() as planted:
            planted.setattr(mathopt, "solve", solve)
            return real(*given)

    monkeypatch.setattr(relaxation, "_solved", solved)
    asked = problem(
        [
            {"task": "t", "lines": [line(2, target=3)]},
            {"task": "u", "priority": 2, "lines": [line(1)]},
        ],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
    )
    deadline = plenty()
    plan = joint_plan(asked, asked.world(), Settings(), deadline)
    assert plan.staffed == ("t",)
    assert any(fault.startswith("relaxation: failed") for fault in deadline.faults)


def test_a_relaxation_that_hangs_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some seconds after its deadline, and it is told."""
    program = Program()
    x = program.variable(0, 10)
    finish = Event()
    monkeypatch.setattr("allocator.engines.engine.GRACE", 0.05)
    monkeypatch.setattr(mathopt, "solve", lambda *_, **__: finish.wait(30))
    deadline = Deadline(0.1)
    assert relaxation.relaxed(program, Objective("most", True, ((1, x),)), deadline) is None
    assert deadline.faults == ("relaxation: did not end in time and was left to its own end",)
    finish.set()
