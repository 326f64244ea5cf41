"""Problems too large for brute force: the joint plan against HiGHS by itself, level by level."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from allocator.checker import objective_values, violations
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.engines.highs import Highs
from allocator.inputs.problem import Problem
from allocator.model import build
from allocator.model.objectives import Objective, levels
from allocator.model.program import Program
from allocator.model.scope import joint
from allocator.search.plan.levels import optimise
from tests.handmade import problem
from tests.thorough import some

SECONDS = 3
"""Of either side, for all levels."""

Row = dict[str, Any]


def middling(seed: int) -> Problem:
    """10 to 12 nations, 6 to 8 capabilities, 4 to 6 tasks, 4 periods; every rule occurs."""
    rng = Random(seed)
    nations = [f"N{number:02}" for number in range(rng.randint(10, 12))]
    kinds = [f"k{number}" for number in range(rng.randint(6, 8))]
    votes = ["ceasefire", "mandate", "vote"]
    tasks = [_task(rng, f"t{number}", kinds, nations) for number in range(rng.randint(4, 6))]
    have = {(n, k): rng.randint(1, 6) for n in nations for k in kinds if rng.random() < 0.6}
    return problem(
        tasks,
        have,
        capabilities={
            k: {"personnel": rng.choice((50, 100, 400)), "rotation": rng.choice((1, 2, 3))}
            for k in kinds
        },
        preconditions={"ceasefire": {"status": "met"}, "mandate": {}, "vote": {"status": "met"}},
        commitments=[
            {
                "nation": nation,
                "capability": kind,
                "quantity": rng.randint(1, 2),
                "rotating": rng.choice(("yes", "no")),
                "release_requires": rng.choice(("never", "vote", "mandate")),
                "release_risk": rng.randint(1, 5),
            }
            for nation, kind in rng.sample(sorted(have), 8)
        ],
        caveats=[
            {
                "nation": rng.choice(nations),
                "task": rng.choice(tasks)["task"],
                "requires": rng.choice((*votes, f"joins({rng.choice(nations)})", "staffed(t0)")),
                "max_personnel": rng.choice(("", 200, 500)),
            }
            for _ in range(10)
        ],
        active_personnel={nation: rng.randint(5, 90) * 1000 for nation in nations[::2]},
        horizon=4,
    )


def _task(rng: Random, name: str, kinds: list[str], nations: list[str]) -> Row:
    taken = rng.sample(kinds, 3)
    minimum = rng.randint(2, 5)
    lines: list[Row] = [
        {"line": "l", "any_of": {taken[0]: 1, taken[1]: 2}, "minimum": minimum,
         "target": minimum + rng.randint(0, 4), "min_contribution": rng.randint(1, 2)},
        {"line": "m", "any_of": {taken[2]: 1}, "one_per": 1500},
    ]  # fmt: skip
    task: Row = {"task": name, "priority": rng.randint(1, 2), "lines": lines}
    if rng.random() < 0.5:
        task["min_nations"] = 2
    if rng.random() < 0.3:
        task["max_share"] = 0.6
    if rng.random() < 0.3:
        task["lead"] = {"any_of": rng.sample(nations, 4), "min_share": 0.2}
    if rng.random() < 0.3:
        task["periods"] = "2-3"
    return task


def _keep(program: Program, objective: Objective, value: int) -> None:
    if objective.maximise:
        program.at_least(objective.terms, value - objective.offset)
    else:
        program.at_most(objective.terms, value - objective.offset)


def _highs_alone(asked: Problem) -> dict[str, int]:
    """The values that HiGHS proves in turn, up to the first that it does not."""
    variables = build(asked, joint(asked, asked.world()))
    objectives = levels(variables)
    engine = Highs(variables.program)
    deadline = Deadline(SECONDS)
    proved: dict[str, int] = {}
    values = None
    for objective in objectives:
        outcome = engine.ask(deadline, None, objective, values)
        if outcome.status != "optimal":
            break
        values = outcome.values
        proved[objective.name] = objective.value(values)
        _keep(variables.program, objective, proved[objective.name])
    return proved


@pytest.mark.parametrize("seed", some(range(5)))
def test_both_ways_prove_the_same_values(seed: int) -> None:
    """Levels in turn by both engines, and by HiGHS alone on a program of its own: equal wherever
    both prove, and what one proves lies between value and bound of the other. The plan passes the
    checker and has the values that are claimed."""
    asked = middling(seed)
    variables = build(asked, joint(asked, asked.world()))
    found = optimise(variables, Settings(), Deadline(SECONDS))
    assert found.allocation is not None
    assert violations(asked, asked.world(), found.allocation) == ()
    claimed = {level.objective: level.value for level in found.levels}
    assert claimed == objective_values(asked, found.allocation)
    proved = _highs_alone(asked)
    compared = 0
    for level in found.levels:
        if level.objective not in proved:
            break
        low, high = sorted((level.value, level.bound))
        assert low <= proved[level.objective] <= high, level
        compared += 1
        if level.value != proved[level.objective]:
            break
    assert compared, "neither proved the number of tasks staffed"
