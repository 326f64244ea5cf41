"""CP-SAT and HiGHS take the same program and give the same kind of answer."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from engine_programs import small

from allocator.deadline import Deadline
from allocator.engines import Outcome, Portfolio, Settings
from allocator.engines.cpsat import CpSat
from allocator.engines.highs import Highs
from allocator.model.objectives import Objective
from allocator.model.program import Program
from tests.plenty import plenty

ENGINES: dict[str, Callable[[Program], Any]] = {
    "cpsat": lambda program: CpSat(program, Settings()),
    "cpsat light": lambda program: CpSat(program, Settings(light=True, effort=5)),
    "cpsat without presolve": lambda program: CpSat(program, Settings(presolve=False)),
    "highs": Highs,
}
each_engine = pytest.mark.parametrize("make", ENGINES.values(), ids=ENGINES)


@each_engine
def test_the_best_value_and_its_bound(make: Callable[[Program], Any]) -> None:
    """Value and bound include the offset and meet in the optimum, however the sum is directed."""
    program, most = small()
    engine = make(program)
    outcome = engine.ask(plenty(), None, most)
    assert (outcome.status, outcome.values, outcome.bound) == ("optimal", (6, 0), 118)
    least = Objective("least", False, most.terms, offset=-7)
    outcome = engine.ask(plenty(), None, least)
    assert (outcome.status, least.value(outcome.values), outcome.bound) == ("optimal", -4, -4)


@each_engine
def test_a_yes_or_no_question_after_an_objective(make: Callable[[Program], Any]) -> None:
    """The objective of one question is forgotten in the next."""
    program, most = small()
    engine = make(program)
    assert engine.ask(plenty(), None, most).bound == 118
    outcome = engine.ask(plenty(), {0: 0})
    assert outcome.bound is None
    assert program.holds(outcome.values, {0: 0})


@each_engine
def test_variables_fixed_for_one_question_are_free_in_the_next(
    make: Callable[[Program], Any],
) -> None:
    """Also after a question whose answer was no."""
    program, most = small()
    engine = make(program)
    assert engine.ask(plenty(), {0: 0, 1: 0}).status == "infeasible"
    assert engine.ask(plenty(), {1: 4}, most).values == (0, 4)
    assert engine.ask(plenty(), None, most).values == (6, 0)


@each_engine
def test_rows_and_variables_added_between_questions_count(make: Callable[[Program], Any]) -> None:
    """A level that is kept is a row added to a program that has been asked already."""
    program, most = small()
    engine = make(program)
    assert engine.ask(plenty(), None, most).bound == 118
    new = program.variable(0, 1)
    program.at_most([(1, 0), (1, new)], 2)
    program.at_least([(1, new)], 1)
    assert engine.ask(plenty(), None, most).values == (0, 4, 1)
    program.at_most([(1, 1)], 3)
    assert engine.ask(plenty(), None, most).values == (1, 3, 1)
    program.at_least([(1, 0)], 2)
    assert engine.ask(plenty(), None, most).status == "infeasible"


@each_engine
def test_hints_are_taken_good_or_bad(make: Callable[[Program], Any]) -> None:
    """A hint never changes the answer: neither one that breaks a row nor the optimum itself."""
    program, most = small()
    engine = make(program)
    for hint in ([6, 0], [0, 4], [10, 10], [0, 0]):
        assert engine.ask(plenty(), None, most, hint).values == (6, 0)


@each_engine
def test_an_objective_without_terms(make: Callable[[Program], Any]) -> None:
    """A level that nothing counts for is reached by any solution."""
    program, _ = small()
    outcome = make(program).ask(plenty(), None, Objective("none", False, (), offset=5))
    assert (outcome.status, outcome.bound) == ("optimal", 5)
    assert program.holds(outcome.values)


@each_engine
def test_no_time_no_answer(make: Callable[[Program], Any]) -> None:
    """With the deadline over, the status is unknown and there are no values."""
    program, most = small()
    for deadline in (Deadline(0), Deadline(-1)):
        outcome = make(program).ask(deadline, None, most)
        assert (outcome.status, outcome.values, outcome.bound) == ("unknown", None, None)


@pytest.mark.parametrize("make", [ENGINES["cpsat"], ENGINES["highs"]], ids=["cpsat", "highs"])
def test_without_memory_nothing_is_known_and_the_next_question_is_whole(
    make: Callable[[Program], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that were handed over in part are handed over again."""
    program, most = small()
    engine = make(program)
    program.at_most([(1, 0)], 3)

    def fail(*_: Any) -> None:
        raise MemoryError

    deadline = plenty()
    monkeypatch.setattr(engine, "_set_question", fail)
    assert engine.ask(deadline, {1: 0}, most) == Outcome("unknown", engine_of(engine))
    assert (deadline.out_of_memory, deadline.cancelled) == (True, False)
    monkeypatch.undo()
    outcome = engine.ask(deadline, None, most)
    assert (outcome.status, outcome.values) == ("optimal", _best(program, most))


def engine_of(engine: Any) -> Any:
    return "cpsat" if isinstance(engine, CpSat) else "highs"


def _best(program: Program, most: Objective) -> tuple[int, ...]:
    """By looking at every point."""
    points = product(*(range(a, b + 1) for a, b in zip(program.low, program.high, strict=True)))
    return max((p for p in points if program.holds(p)), key=most.value)


def test_the_portfolio_answers_alike() -> None:
    """Yes, no, and the best, with rows added in between."""
    program, most = small()
    engines = Portfolio(program, Settings())
    assert engines.best(plenty(), most).bound == 118
    assert engines.feasible(plenty(), {0: 3}).values is not None
    assert engines.refutes(plenty(), {0: 0, 1: 0})
    assert not engines.refutes(plenty(), {0: 0})
    program.at_most([(1, 0)], 2)
    assert engines.best(plenty(), most).values == (0, 4)
    assert engines.best(Deadline(0), most).status == "unknown"
