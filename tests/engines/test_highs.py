"""HiGHS works with floating-point numbers and cannot be stopped; neither reaches us."""

from __future__ import annotations

import time
from threading import Event, Timer
from types import SimpleNamespace
from typing import Any

import pytest
from engine_programs import small
from ortools.math_opt.python import mathopt

from allocator.deadline import Deadline
from allocator.engines import engine as module
from allocator.engines.highs import Highs
from tests.plenty import plenty


@pytest.mark.parametrize(
    ("values", "fixed", "expected"),
    [
        ((6, 0), {}, True),
        ((0, 4), {1: 4}, True),
        ((0, 4), {1: 3}, False),
        ((5, 1), {}, False),  # 13 > 12
        ((0, 0), {}, False),  # 0 < 1
        ((11, -4), {}, False),  # both rows hold, the bounds do not
    ],
)
def test_what_holds_is_exact(
    values: tuple[int, ...], fixed: dict[int, int], expected: bool
) -> None:
    """Rows, bounds and what was fixed, each off by one."""
    assert small()[0].holds(values, fixed) is expected


def _claims(values: list[float], bound: float) -> Any:
    return SimpleNamespace(
        termination=SimpleNamespace(
            reason=mathopt.TerminationReason.OPTIMAL,
            objective_bounds=SimpleNamespace(dual_bound=bound),
        ),
        has_primal_feasible_solution=lambda: True,
        variable_values=lambda variables: values,
    )


def test_a_solution_that_rounds_to_none_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """5.4 and 0.6 satisfy 2x + 3y <= 12.6 within nobody's tolerance: rounded it is 5, 1 and 13."""
    program, most = small()
    monkeypatch.setattr(mathopt, "solve", lambda *_, **__: _claims([5.4, 0.6], 18.0))
    outcome = Highs(program).ask(plenty(), None, most)
    assert (outcome.status, outcome.values) == ("unknown", None)


def test_optimal_takes_a_bound_that_meets_the_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS's own word for it is not enough; a bound just beside a whole number is that number."""
    program, most = small()
    for bound, status in ((18.000004, "optimal"), (17.999996, "optimal"), (19.2, "feasible")):
        claim = _claims([6.0000001, 0.0], bound)
        monkeypatch.setattr(mathopt, "solve", lambda *_, claim=claim, **__: claim)
        outcome = Highs(program).ask(plenty(), None, most)
        assert (outcome.status, outcome.values) == (status, (6, 0))
        assert outcome.bound >= 118


def _searching(monkeypatch: pytest.MonkeyPatch, engine: Highs, search: Any) -> None:
    monkeypatch.setattr(engine, "_searcher", lambda seconds: (search, None))


def test_cancelling_returns_before_the_search_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """The abandoned search is left to itself, and the next question starts from a new model."""
    program, most = small()
    highs = Highs(program)
    finish, finished = Event(), Event()

    def endless() -> None:
        finish.wait(30)
        finished.set()

    deadline = Deadline(60)
    with monkeypatch.context() as planted:
        _searching(planted, highs, endless)
        Timer(0.1, deadline.cancel).start()
        outcome = highs.ask(deadline, {0: 1})
    assert (outcome.status, outcome.values) == ("unknown", None)
    assert not finished.is_set()
    assert deadline.faults == ()
    finish.set()
    assert highs.ask(plenty(), None, most).values == (6, 0)


def test_a_search_that_does_not_look_at_the_clock_is_left_to_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Presolve does not always: the command's time limit holds all the same, and it is told."""
    highs, finish = Highs(small()[0]), Event()
    monkeypatch.setattr(module, "GRACE", 0.05)
    _searching(monkeypatch, highs, lambda: finish.wait(30))
    began, deadline = time.monotonic(), Deadline(0.05)
    outcome = highs.ask(deadline, {0: 1})
    assert (outcome.status, outcome.values) == ("unknown", None)
    assert time.monotonic() - began < 20
    assert deadline.faults == ("highs: did not end in time and was left to its own end",)
    finish.set()


def test_what_goes_wrong_in_the_search_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search runs in a thread; its errors do not get lost there, and end nothing here."""
    program, most = small()
    highs, deadline = Highs(program), plenty()

    def broken() -> None:
        raise OSError("no engine")

    with monkeypatch.context() as planted:
        _searching(planted, highs, broken)
        for _ in range(2):
            assert highs.ask(deadline).status == "unknown"
    assert deadline.faults == ("highs: failed with OSError: no engine (2 times)",)
    assert highs.ask(plenty(), None, most).values == (6, 0)
