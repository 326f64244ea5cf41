"""Each engine raises, hangs or lies at each of its calls in turn: nothing false is said, nothing is
lost, the fault is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from erring import ENGINES, KINDS, Erring, Kind, erring

from allocator.analysis import Analysis, Request
from allocator.analysis.second_opinions.notes import recheck_notes
from allocator.analysis.second_opinions.result import recheck
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.inspection import from_tables
from allocator.inputs.problem import Problem, World
from allocator.progress import silent
from allocator.results.fragility import Fragility
from allocator.results.run import Command, RunRecord
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.fragility.figures import figures as figures_of
from allocator.search.fragility.search import fragility
from tests.brute.claims import record_untruths, untruths
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import analyse, plenty
from tests.thorough import some

MOST_CALLS = 12
COMMANDS: tuple[Command, ...] = ("solve", "packages", "blockers")
SEEDS = {"plain": (2, 9), "in parts": (21,), "by SCIP": (31,)}
"""Of which workspaces, by the path that is forced."""


@pytest.fixture(autouse=True)
def _engines_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess that passes the checker needs no engine; a search that hangs is left soon."""
    monkeypatch.setattr(StaffingOracle, "_guess", lambda *_: False)
    monkeypatch.setattr("allocator.engines.engine.GRACE", 0.05)


def _force(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if path == "in parts":
        monkeypatch.setattr("allocator.search.plan.levels.LARGE", 1)
    if path == "by SCIP":
        # CP-SAT's first turn never ends with an answer, and every program has its relaxation.
        monkeypatch.setattr("allocator.engines.portfolio.EFFORT", 1e-7)
        monkeypatch.setattr("allocator.search.plan.direct.ROUGH", 1)


def _wrong(asked: Problem, world: World, run: RunRecord) -> list[str]:
    if run.command == "solve":
        return untruths(asked, world, run.result)
    return [text for one in run.result.tasks for text in record_untruths(asked, world, one)]


def _turns(
    asked: Problem, world: World, command: Command, engine: str, kind: Kind
) -> Iterator[tuple[Erring, RunRecord]]:
    """A run for each call of the engine that errs, until there are no more."""
    for at in some(range(MOST_CALLS)):
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


BEYOND: dict[Command, dict[str, object]] = {
    "solve": {"departures": True, "front": ["protect_commitments", "fewer_contingents"]},
    "packages": {"front": ["protect_commitments", "fewer_contingents"]},
    "blockers": {"relax": ["caveats", "commitments"]},
}
"""What may be asked of each command beyond itself."""


def _all_that_may_be_asked(asked: Problem, world: World, command: Command) -> RunRecord:
    tasks = tuple(task.id for task in asked.tasks)
    options = {"seed": 0, "workers": 1, **BEYOND[command]}
    how = Request(asked, world, command, tasks, options, {}, silent)
    return Analysis(how, plenty()).run()


@pytest.mark.parametrize("kind", ["raises", "false no", "false best"])
@pytest.mark.parametrize("engine", ["cpsat", "highs"])
@pytest.mark.parametrize("command", BEYOND)
def test_what_is_asked_beyond_a_result_stays_true(
    command: Command, engine: str, kind: Kind
) -> None:
    """Departures, fronts, prices, indices, what may be lifted: whoever asks the engine that errs,
    honest engines confirm all that is said afterwards."""
    asked = question(12)
    fired = 0
    for at in (0, 2, 5, 9, 14):
        with erring(engine, kind, at) as planted:
            run = _all_that_may_be_asked(asked.problem, asked.world, command)
        fired += planted.fired
        found = recheck(asked.problem, asked.world, run.result, plenty())
        recheck_notes(
            asked.problem, asked.world, run.result, run.notes, run.plan_notes, plenty(), found
        )
        assert found.faults == [], f"call {at}: {run.faults}"
    assert fired or engine == "highs"


@pytest.mark.parametrize("kind", ["raises", "false no"])
@pytest.mark.parametrize("engine", ["cpsat", "highs"])
def test_flips_stay_true(engine: str, kind: Kind) -> None:
    """What turns a verdict is as with honest engines, or left open."""
    asked = question(9)
    task = asked.problem.tasks[0].id
    workspace, _ = from_tables(asked.tables, asked.models)
    assert workspace is not None
    figures = figures_of(workspace, asked.problem, task)

    def flips() -> Fragility:
        return fragility(asked.problem, asked.world, task, figures, Settings(), plenty(), workers=1)

    honest = flips()
    for at in range(4):
        with erring(engine, kind, at):
            found = flips()
        known = {flip.figure: flip for flip in honest.flips}
        assert found.verdict in (honest.verdict, "unknown")
        assert all(known[flip.figure] == flip for flip in found.flips if flip.exact), found.faults
        assert set(found.steady) <= set(honest.steady), found.faults


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
