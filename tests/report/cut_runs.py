"""Runs that are cut off after so many questions to the engines: the same each time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from allocator.deadline import Deadline
from allocator.engines.cpsat import CpSat
from allocator.engines.highs import Highs
from allocator.inputs.inspection import from_tables
from allocator.planner import Planner
from allocator.results.run import RunRecord
from tests.generator import tables_and_models

Row = dict[str, Any]
FRONT = ("protect_commitments", "fewer_contingents")


def varied(*, edited: bool = False) -> Planner:
    """Every verdict, ways by implication, packages by the dozen, commitments, gaps and lifts.

    edited: with a few figures and caveats that turn verdicts, up and down.
    """
    nations = ("DEU", "ESP", "FRA", "GBR", "ITA", "POL")
    tables: dict[str, list[Row]] = {
        "nations": [{"nation": n, "name": n, "active_personnel": 1000} for n in nations],
        "capabilities": [
            {"capability": c, "name": c, "domain": "land", "unit": c, "personnel": people}
            for c, people in (("bn", 10), ("hq", 3), ("med", 5))
        ],
        "availability": [
            {"nation": n, "capability": c, "quantity": units, "basis": "estimate"}
            for number, n in enumerate(nations)
            for c, units in (("bn", 2 + number % 2), ("hq", 1), ("med", number % 3))
            if units
        ],
        "preconditions": [
            {"precondition": p, "name": p, "kind": "political", "status": "open",
             "implies": implies, "effort": effort, "likelihood": 0.3, "holder": holder}
            for p, implies, effort, holder in (
                ("ceasefire", "", 4, "RUS"), ("peace", "ceasefire", 9, "RUS"),
                ("mandate", "", 2, "UN"), ("vote", "", 3, "DEU"), ("sejm", "", 3, "POL"),
            )
        ],
        "caveats": [
            {"caveat": "v1", "nation": "DEU", "task": "west", "requires": "vote",
             "basis": "estimate"},
            {"caveat": "v2", "nation": "POL", "task": "west", "requires": "sejm",
             "basis": "estimate"},
            {"caveat": "v3", "nation": "ITA", "task": "east", "requires": "never",
             "basis": "estimate"},
            {"caveat": "v4", "nation": "ESP", "task": "east", "requires": "never",
             "basis": "estimate"},
        ],
        "commitments": [
            {"commitment": f"c{n}", "nation": n, "capability": "bn", "quantity": 1, "to": "nato",
             "purpose": "plans", "release_requires": "always", "release_risk": 3,
             "basis": "estimate"}
            for n in ("FRA", "GBR")
        ],
        "worlds": [{"world": "talks", "precondition": "mandate"}],
    }  # fmt: skip

    if edited:
        tables["caveats"].pop()
        tables["availability"][0]["quantity"] = 4
        tables["commitments"].pop()

    def need(name: str, minimum: int, kind: str = "bn") -> Row:
        return {"line": name, "any_of": {kind: 1}, "minimum": minimum, "target": minimum + 2}

    tasks: list[Row] = [
        {"task": "depot", "priority": 1, "lines": [need("l", 5), need("m", 2, "med")],
         "min_nations": 2},
        {"task": "west", "priority": 1, "requires": "ceasefire",
         "lines": [need("l", 16 if edited else 13), need("h", 1, "hq")]},
        {"task": "east", "priority": 2, "lines": [need("l", 14)]},
        {"task": "north", "priority": 2, "requires": "mandate or peace", "lines": [need("l", 4)]},
        {"task": "post", "priority": 3, "lines": [need("h", 7 if edited else 6, "hq")],
         "max_share": 0.5},
    ]  # fmt: skip
    model = {"name": "m", "horizon": {"periods": 2, "months_per_period": 6}, "tasks": tasks}
    return _planner(tables, [model])


def random(seed: int) -> Planner:
    return _planner(*tables_and_models(seed))


def _planner(tables: dict[str, list[Row]], models: list[Row]) -> Planner:
    workspace, issues = from_tables(tables, models)
    assert workspace is not None, [str(issue) for issue in issues]
    return Planner(workspace)


def solve(planner: Planner) -> RunRecord:
    return planner.solve("m", departures=True, front=FRONT, workers=1)


def packages(planner: Planner) -> RunRecord:
    tasks = [task.id for task in planner.problem("m").tasks]
    return planner.packages(tasks, "m", front=FRONT, workers=1)


def blockers(planner: Planner) -> RunRecord:
    return planner.blockers((), "m", relax=["caveats", "commitments"], workers=1)


def elsewhere(planner: Planner) -> RunRecord:
    """In a world in which more holds than in others that its page speaks of."""
    problem = planner.problem("m")
    held = problem.open_preconditions(problem.world())[:2]
    return planner.solve("m", with_=held, workers=1)


COMMANDS: dict[str, Callable[[Planner], RunRecord]] = {
    "solve": solve,
    "packages": packages,
    "blockers": blockers,
    "elsewhere": elsewhere,
}


def cut_after(
    questions: int,
    ask: Callable[[Planner], RunRecord],
    planner: Planner,
    patch: pytest.MonkeyPatch,
    of: Sequence[type] = (CpSat, Highs),
) -> RunRecord:
    """The run, where the time is up once the engines, or others, have been asked so many
    questions."""
    asked = 0
    remaining = Deadline.remaining

    def counted(engine: Callable[..., Any]) -> Callable[..., Any]:
        def answer(*given: Any, **how: Any) -> Any:
            nonlocal asked
            asked += 1
            return engine(*given, **how)

        return answer

    with patch.context() as within:
        for engine in of:
            within.setattr(engine, "ask", counted(engine.ask))
        within.setattr(
            Deadline, "remaining", lambda self: 0.0 if asked >= questions else remaining(self)
        )
        return ask(planner)
