"""A valid allocation under every rule, and faults planted in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from allocator.checker import is_valid, violations
from allocator.inputs.problem import Problem
from allocator.results.result import Allocation
from tests.handmade import line, problem

UNITS = {
    ("FRA", "t", "l", "bn", 1): 2,
    ("FRA", "t", "l", "bn", 2): 2,
    ("GBR", "t", "l", "bn", 1): 2,
    ("GBR", "t", "l", "bn", 2): 2,
    ("GBR", "t", "m", "med", 1): 1,
    ("GBR", "t", "m", "med", 2): 1,
}
VALID = Allocation(frozenset({"t"}), UNITS, {("c0", 1): 1, ("c0", 2): 1})
TASK: dict[str, Any] = {
    "task": "t",
    "requires": "ceasefire",
    "min_nations": 2,
    "max_nations": 2,
    "max_share": 0.6,
    "lead": {"any_of": ["FRA", "GBR"], "provides": "med", "min_share": 0.5},
    "lines": [
        line(4, min_contribution=2),
        {"line": "m", "any_of": {"med": 1}, "one_per": 50},
    ],
}
FRA = {("FRA", "bn"): 1}
COMMITMENT = {
    "nation": "FRA",
    "capability": "bn",
    "quantity": 1,
    "release_requires": "ceasefire",
}


def asked_of(task: Mapping[str, Any] | None = None, **other: Any) -> Problem:
    given: dict[str, Any] = {
        "capabilities": {"med": {"personnel": 5}},
        "preconditions": {"ceasefire": {"status": "met"}, "vote": {}},
        "commitments": [COMMITMENT],
        "caveats": [{"nation": "FRA", "requires": "vote", "capability": "med"}],
        "horizon": 3,
    }
    availability = {(n, "bn"): 2 for n in ("FRA", "GBR", "POL")} | {
        ("FRA", "med"): 1,
        ("GBR", "med"): 1,
    }
    asked = dict(TASK | {"periods": "1-2"} | dict(task or {}))
    beside = {"task": "u", "requires": "always", "lines": [line(0)]}
    return problem([asked, beside], availability, **(given | other))


def rules_broken(asked: Problem, allocation: Allocation, **question: Any) -> list[str]:
    found = violations(asked, asked.world(), allocation, **question)
    assert is_valid(asked, asked.world(), allocation, **question) == (not found)
    return sorted({violation.rule for violation in found})


def with_units(**changes: int) -> Allocation:
    """The valid allocation with `NATION_task_line_capability_period` changed."""
    units = dict(UNITS)
    for name, quantity in changes.items():
        nation, task, line_id, capability, period = name.split("_")
        units[nation, task, line_id, capability, int(period)] = quantity
    return replace(VALID, units={key: n for key, n in units.items() if n is not None})


def without(*keys: tuple[str, str, str, str, int]) -> Allocation:
    return replace(VALID, units={key: n for key, n in UNITS.items() if key not in keys})
