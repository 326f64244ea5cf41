"""Each engine raises, hangs or lies at each of its calls in turn: nothing false is said, nothing is
lost, the fault is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from erring import ENGINES, KINDS, Erring, Kind, erring

from allocator.deadline import Deadline
from allocator.feasibility.questions import Questions
from allocator.problem import Problem, World
from allocator.run import Command, Run
from tests.brute.claims import record_untruths, untruths
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import analyse

MOST_CALLS = 12
COMMANDS: tuple[Command, ...] = ("solve", "packages", "blockers")
SEEDS = {"plain": (2, 9), "in parts": (21,), "by SCIP": (31,)}
"""Of which workspaces, by the path that is forced."""


@pytest.fixture(autouse=True)
def _engines_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess that passes the checker needs no engine; a search that hangs is left soon."""
    monkeypatch.setattr(Questions, "_guess", lambda *_: False)
    monkeypatch.setattr("allocator.engines.engine.GRACE", 0.05)


def _force(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if path == "in parts":
        monkeypatch.setattr("allocator.plan.levels.LARGE", 1)
    if path == "by SCIP":
        # CP-SAT's first turn never ends with an answer, and every program has its relaxation.
        monkeypatch.setattr("allocator.engines.portfolio.EFFORT", 1e-7)
        monkeypatch.setattr("allocator.plan.whole.ROUGH", 1)


def _wrong(asked: Problem, world: World, run: Run) -> list[str]:
    if run.command == "solve":
        return untruths(asked, world, run.result)
    return [text for one in run.result.tasks for text in record_untruths(asked, world, one)]


def _turns(
    asked: Problem, world: World, command: Command, engine: str, kind: Kind
) -> Iterator[tuple[Erring, Run]]:
    """A run for each call of the engine that errs, until there are no more."""
    for at in range(MOST_CALLS):
        with erring(engine, kind, at) as planted:
            # A search that hangs takes what its turn has.
            deadline = Deadline(2 if kind == "hangs" else 60)
            run = analyse(asked, world, command=command, deadline=deadline)
        if not planted.fired:
            return
        yield planted, run


@pytest.mark.parametrize("path", SEEDS)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "hangs"])
@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_that_errs_once_makes_nothing_false(
    engine: str, kind: Kind, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever call it is, of whichever command. What shows is named."""
    _force(path, monkeypatch)
    for seed in SEEDS[path]:
        asked = question(seed)
        for command in COMMANDS:
            for planted, run in _turns(asked.problem, asked.world, command, engine, kind):
                where = f"seed {seed}, {command}, call {planted.at}: {run.faults}"
                assert _wrong(asked.problem, asked.world, run) == [], where
                if planted.erred and kind in ("raises", "wrong values"):
                    assert any(engine in fault for fault in run.faults), where


def _one_of_two() -> Problem:
    """Either task, not both: a plan to find, a bound to prove, a contest."""
    return problem(
        [{"task": "t", "lines": [line(2)]}, {"task": "u", "priority": 2, "lines": [line(1)]}],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_that_hangs_costs_its_turn_only(engine: str) -> None:
    """The others answer, and the run says who did not."""
    asked = _one_of_two()
    analyse(asked, asked.world())  # Loading an engine takes longer than a turn here.
    for planted, run in _turns(asked, asked.world(), "solve", engine, "hangs"):
        assert untruths(asked, asked.world(), run.result) == []
        assert run.result.plan.staffed == ("t",), planted
        assert any("did not end in time" in fault for fault in run.faults), planted


@pytest.mark.parametrize("kind", ["raises", "false no", "wrong values"])
@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_that_always_errs_leaves_the_rest_to_the_others(
    engine: str, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The joint plan is found and proved by those that are left, or as far as they can."""
    monkeypatch.setattr(Erring, "due", lambda self, one: one.name == self.engine)
    asked = _one_of_two()
    with erring(engine, kind, 0):
        run = analyse(asked, asked.world())
    assert untruths(asked, asked.world(), run.result) == []
    assert run.result.plan.staffed == ("t",)
