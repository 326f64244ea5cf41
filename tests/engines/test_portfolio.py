"""An engine that lies or gives up never leads to a wrong answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from engine_programs import small

from allocator.checker import check_result
from allocator.engines import Outcome, Portfolio, Settings
from allocator.engines.cpsat import CpSat
from allocator.engines.highs import Highs
from allocator.inputs.problem import Problem
from allocator.search.blockers.verdict import families, judge
from allocator.search.feasibility.oracle import StaffingOracle
from tests.handmade import line, problem
from tests.plenty import analyse, plenty

Planting = Callable[[str], None]


@pytest.fixture(autouse=True)
def _no_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess that passes the checker needs no engine; these tests are about the engines."""
    monkeypatch.setattr(StaffingOracle, "_guess", lambda *_: False)


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes an engine say the same to everything."""

    def planted(engine: type, status: Any) -> None:
        name: Any = "cpsat" if engine is CpSat else "highs"
        monkeypatch.setattr(engine, "ask", lambda *_, **__: Outcome(status, name))

    return planted


def _choice() -> Problem:
    """Either nation will do, each behind a vote of its own; the joint rule is no sum: at most one
    nation may come."""
    return problem(
        [{"task": "t", "max_nations": 1, "lines": [line(1)]}],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
        preconditions=["a", "b", "c"],
        caveats=[
            {"nation": "FRA", "requires": "a and c"},
            {"nation": "GBR", "requires": "b"},
        ],
    )


def _short_by_logic() -> Problem:
    """Two units are needed and two nations have one each, but only one nation may come."""
    return problem(
        [{"task": "t", "max_nations": 1, "lines": [line(2)]}],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
    )


def test_a_false_no_of_cpsat_is_caught_by_highs(plant: Callable[..., None]) -> None:
    """And the other way round: a no takes both."""
    program, _ = small()
    plant(CpSat, "infeasible")
    engines = Portfolio(program, Settings())
    assert engines.feasible(plenty()).status == "infeasible"
    assert engines.second_opinion(Outcome("infeasible", "cpsat"), plenty()) == "yes"
    assert not engines.refutes(plenty())
    assert engines.refutes(plenty(), {0: 0, 1: 0})


def test_a_no_that_nobody_confirms_is_no_no(plant: Callable[..., None]) -> None:
    """HiGHS gives up, and the second turn of CP-SAT, without presolve, decides."""
    program, _ = small()
    plant(Highs, "unknown")
    engines = Portfolio(program, Settings())
    first = Outcome("infeasible", "cpsat")
    assert engines.second_opinion(first, plenty()) == "yes"
    assert engines.second_opinion(first, plenty(), {0: 0, 1: 0}) == "no"
    plant(CpSat, "unknown")
    assert engines.second_opinion(first, plenty(), {0: 0, 1: 0}) == "unknown"
    assert not engines.refutes(plenty(), {0: 0, 1: 0})


@pytest.mark.parametrize("presolved", [True, False])
def test_cpsat_doubts_its_own_no_the_other_way(
    plant: Callable[..., None], monkeypatch: pytest.MonkeyPatch, presolved: bool
) -> None:
    """Where HiGHS is not sure: a no found with presolve is put to a search without, and one found
    without, as the first turn on a small program is, to a search with it."""
    program, _ = small()
    plant(Highs, "unknown")
    engines = Portfolio(program, Settings())
    first = engines.feasible(plenty(), {0: 0, 1: 0})
    assert (first.status, first.presolved) == ("infeasible", False)
    asked: list[bool] = []
    searcher = CpSat._searcher

    def told(self: CpSat, seconds: float) -> object:
        asked.append(self._settings.presolve)
        return searcher(self, seconds)

    monkeypatch.setattr(CpSat, "_searcher", told)
    first = replace(first, presolved=presolved)
    assert engines.second_opinion(first, plenty(), {0: 0, 1: 0}) == "no"
    assert asked == [not presolved]


def test_highs_says_no_first_and_cpsat_confirms(plant: Callable[..., None]) -> None:
    """The second opinion is never asked of the engine that said no."""
    program, _ = small()
    plant(Highs, "infeasible")
    first = Outcome("infeasible", "highs")
    engines = Portfolio(program, Settings())
    assert engines.second_opinion(first, plenty()) == "yes"
    assert engines.second_opinion(first, plenty(), {0: 0, 1: 0}) == "no"


def test_a_false_no_leads_to_no_verdict_and_is_told(plant: Callable[..., None]) -> None:
    """The task is ready; CP-SAT denies it, HiGHS does not: a fault in the run. The joint plan is
    SCIP's and HiGHS's, and shows that the task is ready after all."""
    asked = problem([{"task": "t", "lines": [line(1)]}], {("FRA", "bn"): 1})
    plant(CpSat, "infeasible")
    run = analyse(asked)
    assert run["t"].verdict == "ready"
    assert run.result.plan.staffed == ("t",)
    assert "cpsat: found no solution where there is one" in " ".join(run.faults)
    assert check_result(asked, asked.world(), run.result) == ()


def test_false_noes_make_no_sets(plant: Callable[..., None]) -> None:
    """After an honest verdict CP-SAT denies everything: no false blocking set is listed, and no
    family is called complete."""
    asked = _choice()
    standing = judge(asked, asked.world(), "t", Settings(), plenty())
    assert standing.verdict == "blocked"
    plant(CpSat, "infeasible")
    found = families(standing.questions, plenty())
    names = standing.questions.names
    assert not found.complete
    assert found.undecided
    assert {names(mask) for mask in found.minimal} <= {("b",), ("a", "c")}
    assert {names(mask) for mask in found.blocking} <= {("a", "b"), ("b", "c")}


def test_false_noes_lose_no_package(
    plant: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """CP-SAT is honest about everybody together and denies everything else; the second opinion
    finds what it denies."""
    asked = problem(
        [{"task": "t", "lines": [line(1)]}],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
    )
    honest = CpSat.ask

    def ask(self: CpSat, deadline: Any, fixed: Any = None, *rest: Any) -> Outcome:
        if fixed and not all(fixed.values()):
            return Outcome("infeasible", "cpsat")
        return honest(self, deadline, fixed, *rest)

    monkeypatch.setattr(CpSat, "ask", ask)
    run = analyse(asked, command="packages")
    assert run["t"].verdict == "ready"
    assert run["t"].packages.complete
    assert {one.nations for one in run["t"].packages.sets} == {("FRA",), ("GBR",)}
    assert run.faults


@pytest.mark.parametrize("make", [_choice, _short_by_logic])
def test_engines_that_give_up_leave_the_verdict_unknown(
    make: Callable[[], Problem], plant: Callable[..., None]
) -> None:
    """A time-out is never a no."""
    plant(CpSat, "unknown")
    plant(Highs, "unknown")
    asked = make()
    run = analyse(asked)
    record = run["t"]
    assert record.verdict == "unknown"
    assert not record.packages.complete
    assert not record.unlocking.complete
    assert not record.blocking.complete
    assert run.result.plan.status == "unknown"
    assert not run.answered
    assert check_result(asked, asked.world(), run.result) == ()


def test_one_engine_alone_does_not_make_a_task_short(plant: Callable[..., None]) -> None:
    """Short takes a sum or two engines; without HiGHS, CP-SAT in two ways."""
    plant(Highs, "unknown")
    asked = _short_by_logic()
    run = analyse(asked)
    assert run["t"].verdict == "short"
    assert run.notes["t"].proof == "second engine"


def test_a_plan_survives_wrong_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both engines claim bounds that their own values beat: the plan is found all the same, no
    level's bound contradicts its value."""
    for engine in (CpSat, Highs):
        honest = engine.ask

        def ask(self: Any, *question: Any, honest: Any = honest) -> Outcome:
            outcome = honest(self, *question)
            if outcome.values is None or outcome.bound is None:
                return outcome
            wrong = outcome.bound - 1 if question[2].maximise else outcome.bound + 1
            return replace(outcome, status="feasible", bound=wrong)

        monkeypatch.setattr(engine, "ask", ask)
    asked = problem([{"task": "t", "lines": [line(1, target=2)]}], {("FRA", "bn"): 2})
    run = analyse(asked)
    assert run.result.plan.staffed == ("t",)
    assert check_result(asked, asked.world(), run.result) == ()


def test_an_allocation_that_the_checker_refuses_is_no_yes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An engine answers with values that break a rule: unknown, with the rule in the faults."""
    asked = problem([{"task": "t", "lines": [line(2)]}], {("FRA", "bn"): 2})
    honest = CpSat.ask

    def ask(self: CpSat, *question: Any) -> Outcome:
        outcome = honest(self, *question)
        values = outcome.values and tuple(min(value, 1) for value in outcome.values)
        return replace(outcome, values=values)

    monkeypatch.setattr(CpSat, "ask", ask)
    run = analyse(asked, command="blockers")
    assert run["t"].verdict == "unknown"
    assert any("R1" in fault for fault in run.faults), run.faults
