"""Small problems in which one rule alone decides."""

from __future__ import annotations

from typing import Any

from allocator.inputs.problem import Problem
from allocator.results.result import UnitKey
from tests.handmade import line, problem

Units = dict[UnitKey, int]


def sent(**units: int) -> Units:
    """Units of `bn` sent to line `l` of task `t`: by nation, in period 1; `FRA_2` in period 2."""
    found = {}
    for name, quantity in units.items():
        nation, _, period = name.partition("_")
        if quantity:
            found[nation, "t", "l", "bn", int(period or 1)] = quantity
    return found


def task(minimum: int = 1, **more: Any) -> dict[str, Any]:
    return {"task": "t", "lines": [line(minimum)], **more}


def plain(*tasks: dict[str, Any], **more: Any) -> Problem:
    """Three units each of FRA and GBR, unless the case says otherwise."""
    have = more.pop("have", {("FRA", "bn"): 3, ("GBR", "bn"): 3})
    return problem(tasks or [task()], have, **more)


def held(quantity: int, **more: Any) -> dict[str, Any]:
    return {"nation": "FRA", "capability": "bn", "quantity": quantity,
            "release_requires": "never", **more}  # fmt: skip


def limit(requires: str = "never", **more: Any) -> dict[str, Any]:
    return {"nation": "FRA", "requires": requires, **more}


SUPPORT = {"task": "s", "lines": [{"line": "m", "any_of": {"med": 1}, "one_per": 10, "of": ["t"]}]}
