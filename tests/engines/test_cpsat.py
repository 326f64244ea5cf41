"""CP-SAT's ways to be wrong, and that they do not reach us."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest
from engine_programs import hard, small
from ortools import __version__ as version
from ortools.sat.python import cp_model

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.engines.cpsat import Cores, CpSat, _parameters
from allocator.model.objectives import Objective
from allocator.model.program import FREE, Program, Row
from tests.plenty import plenty

BIG = (8470867079, 5982097367, 5277359182, 8908923611)
LOW = 12226046944
GAINS = (16, -12, -7, -3, 1)


def test_a_search_without_an_answer_has_no_values() -> None:
    """CP-SAT's `value()` gives stray memory after UNKNOWN; ours gives nothing."""
    outcome = CpSat(hard(), Settings(effort=1e-6)).ask(plenty())
    assert (outcome.status, outcome.values) == ("unknown", None)


def test_a_search_that_has_not_begun_has_no_bound() -> None:
    """CP-SAT's own bound is then 0: a proof that nothing can be staffed, where forty tasks can."""
    program = hard()
    most = Objective("most", True, tuple((1, v) for v in range(len(program.low))))
    outcome = CpSat(program, Settings(effort=1e-6)).ask(plenty(), None, most)
    assert (outcome.status, outcome.bound) == ("unknown", None)


@pytest.mark.parametrize("sign", [1, -1])
def test_the_bound_of_a_large_sum_is_not_rounded_past_the_best(sign: int) -> None:
    """Beyond some ten thousand million, one unit in the last place is more than a millionth: what
    CP-SAT proved was taken for a bound that its own best value beats."""
    rows = [
        Row(((1, 1), (1, 2), (-3, 0)), -FREE, 0),
        Row(((1, 1), (1, 2), (-2, 0)), 0, FREE),
        Row(((1, 2), (-1, 3)), 0, FREE),
        Row(((1, 2), (-1, 3)), -FREE, 0),
        Row(((1, 1), (-1, 4)), 0, FREE),
        Row(((1, 1), (-2, 4)), -FREE, 0),
        Row(((1, 1), (-2, 5)), -FREE, 0),
        Row(((1, 5), (-1, 0)), 0, FREE),
    ]
    program = Program.of([(1, 1), (0, 2), *[(0, 1)] * 4], rows)
    terms = ((30, 5), (30_000, 4), (-30_000_000, 3), (-30_000_000_000, 0))
    terms = tuple((sign * coefficient, variable) for coefficient, variable in terms)
    deadline = Deadline(30)
    found = CpSat(program, Settings()).ask(deadline, {}, Objective("sum", sign < 0, terms))
    assert (found.status, found.bound) == ("optimal", sign * -30_029_969_970)
    assert deadline.faults == ()


def test_a_search_is_stopped_by_cancelling_the_deadline() -> None:
    """From another thread. Without the stop this test takes ten minutes."""
    deadline = Deadline(600)
    timer = Timer(0.3, deadline.cancel)
    timer.start()
    outcome = CpSat(hard(), Settings()).ask(deadline)
    assert (outcome.status, outcome.values) == ("unknown", None)


def test_enforced_rows_with_large_coefficients_are_enforced_by_our_settings() -> None:
    """google/or-tools #5293: presolve dropped the enforcement, and CP-SAT called 10 optimal."""
    answers = []
    for ours in (True, False):
        solver = cp_model.CpSolver()
        if ours:
            solver.parameters = _parameters(Settings(), 60)
        status = solver.solve(_enforced())
        answers.append((solver.status_name(status), solver.objective_value))
    message = f"or-tools {version}: with our settings {answers[0]}, without {answers[1]}"
    assert answers[0] == ("OPTIMAL", 16), message


def _enforced() -> cp_model.CpModel:
    model = cp_model.CpModel()
    x = [model.new_bool_var(f"x{i}") for i in range(4)]
    e = model.new_bool_var("e")
    model.add_at_most_one([x[3], x[0]])
    model.add_at_most_one([x[1], x[3]])
    model.add(sum(c * v for c, v in zip(BIG, x, strict=True)) >= LOW).only_enforce_if(e)
    model.maximize(sum(c * v for c, v in zip(GAINS, [*x, e], strict=True)))
    return model


def test_the_same_case_as_a_row_of_ours() -> None:
    """Without enforcement literals, by a large coefficient."""
    program = Program()
    x = [program.boolean() for _ in range(4)]
    e = program.boolean()
    program.at_most([(1, x[3]), (1, x[0])], 1)
    program.at_most([(1, x[1]), (1, x[3])], 1)
    program.at_least([*zip(BIG, x, strict=True), (-LOW, e)], 0)
    gain = Objective("gain", True, tuple(zip(GAINS, [*x, e], strict=True)))
    outcome = CpSat(program, Settings()).ask(plenty(), None, gain)
    assert (outcome.status, outcome.bound) == ("optimal", 16), f"or-tools {version}"


def test_the_program_has_no_enforced_rows_when_it_is_handed_over() -> None:
    """Every row becomes one plain linear constraint, as HiGHS gets it too."""
    program, _ = small()
    engine = CpSat(program, Settings())
    engine.ask(plenty())
    constraints = engine._model.constraints
    assert len(constraints) == len(program.rows)
    assert not any(len(constraint.enforcement_literal) for constraint in constraints)


def test_the_switches_that_answers_rely_on() -> None:
    """One worker and a seed make answers repeatable; the work limit is the cure of #5293."""
    parameters = _parameters(Settings(seed=3), 5)
    assert parameters.num_workers == 1
    assert parameters.random_seed == 3
    assert parameters.presolve_inclusion_work_limit == 0
    assert parameters.max_time_in_seconds == 5


def test_pandas_is_not_brought_in_by_a_search() -> None:
    """It takes as long as a small command; only frames for Python need it."""
    search = (
        "import sys, allocator; "
        "run = allocator.load('.').solve(world='today', time_limit=0.01); "
        "sys.exit('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", search], cwd=Path(__file__).parents[2])
    assert done.returncode == 0


@pytest.mark.parametrize("presolve", [True, False])
def test_a_core_is_what_a_no_needs(presolve: bool) -> None:
    """Of five switches at 0 the first two are enough for a no, whatever the others are; the next
    question, with a solution, knows nothing of the last."""
    program = Program.of([(0, 1)] * 5, [Row(((1, 0), (1, 1)), 1, FREE)])
    engine = Cores(program, Settings(presolve=presolve))
    everything_off = dict.fromkeys(range(5), 0)
    found = engine.ask(plenty(), everything_off)
    assert (found.status, found.core) == ("infeasible", {0, 1})
    found = engine.ask(plenty(), everything_off | {1: 1})
    assert (found.values, found.core) == ((0, 1, 0, 0, 0), None)
