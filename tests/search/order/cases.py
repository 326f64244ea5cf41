"""Random tiny problems in which preconditions wait for each other and for tasks."""

from __future__ import annotations

from random import Random
from typing import Any

from allocator.inputs.problem import Problem, World
from tests.handmade import problem

Row = dict[str, Any]
NAMES = ("a", "b", "c", "d", "e")
TASKS = ("t1", "t2", "t3")
HOLDERS = ("USA", "FRA", "FRA, USA", "DEU;FRA", "", "UKR", "usa")


def case(seed: int) -> tuple[Problem, World]:
    """A problem of at most five open preconditions and three tasks, and a world of it."""
    rng = Random(f"order {seed}")
    names = NAMES[: rng.randint(2, 5)]
    tasks = TASKS[: rng.randint(1, 3)]
    horizon = rng.choice((1, 2, 3))
    made = problem(
        [_task(rng, name, names, tasks, horizon) for name in tasks],
        {("FRA", "bn"): 2, ("GBR", "bn"): 1},
        preconditions={name: _precondition(rng, name, names, tasks) for name in names},
        caveats=[
            {"nation": "GBR", "requires": _condition(rng, 1, names, tasks)}
            for _ in range(rng.choice((0, 1)))
        ],
        horizon=horizon,
    )
    later = {
        name: rng.randint(1, horizon + 1) for name in rng.sample(names, rng.choice((0, 0, 1, 2)))
    }
    return made, made.world("today", later)


def _precondition(rng: Random, name: str, names: tuple[str, ...], tasks: tuple[str, ...]) -> Row:
    row: Row = {"holder": rng.choice(HOLDERS), "effort": str(rng.randint(1, 4))}
    row["status"] = rng.choice(("open",) * 8 + ("met", "ruled_out"))
    others = [other for other in names if other != name]
    if rng.random() < 0.25:
        row["implies"] = rng.choice(others)
    if rng.random() < 0.75:
        row["after"] = _condition(rng, 2, tuple(others), tasks, joins=False)
    row["lead_months"] = str(rng.choice((0, 0, 1, 2, 3, 7)))
    return row


def _task(
    rng: Random, name: str, names: tuple[str, ...], tasks: tuple[str, ...], horizon: int
) -> Row:
    line = {"capability": "bn", "minimum": rng.choice((1, 1, 2, 3))}
    row: Row = {"task": name, "lines": [line], "priority": rng.choice((1, 2, 3, 4))}
    row["requires"] = _condition(rng, 2, names, tasks, joins=False)
    if horizon > 1 and rng.random() < 0.4:
        row["periods"] = rng.choice(("1", "2", "2-", "1-2"))
    return row


def _condition(
    rng: Random, depth: int, names: tuple[str, ...], tasks: tuple[str, ...], joins: bool = True
) -> str:
    if depth and rng.random() < 0.5:
        parts = [_condition(rng, depth - 1, names, tasks, joins) for _ in range(2)]
        form = rng.choice(("and", "or", "at_least"))
        if form == "at_least":
            parts.append(_condition(rng, 0, names, tasks, joins))
            return f"at_least({rng.choice((1, 2, 2, 3))}, {', '.join(parts)})"
        return f"({parts[0]}) {form} ({parts[1]})"
    if rng.random() < 0.25:
        return f"staffed({rng.choice(tasks)})"
    if joins and rng.random() < 0.2:
        return "joins(FRA)"
    return rng.choice((*names, *names, "always", "never") if rng.random() < 0.2 else names)
