"""Figures that turn a verdict only far away, and those of which that is not known."""

from __future__ import annotations

from typing import Any

import pytest

import allocator
from allocator.planner import Planner
from allocator.search.fragility.need import most_needed


def planner(
    held: dict[tuple[str, str], int],
    lines: list[dict[str, Any]],
    people: dict[str, int],
    **task: Any,
) -> Planner:
    """One task; units by nation and capability, and people a unit."""
    tables: dict[str, Any] = {
        "nations": [{"nation": n, "name": n} for n in ("FRA", "GBR")],
        "capabilities": [
            {"capability": c, "name": c, "domain": "land", "unit": "unit", "personnel": number}
            for c, number in people.items()
        ],
        "availability": [
            {"nation": n, "capability": c, "quantity": units, "basis": "estimate"}
            for (n, c), units in held.items()
        ],
    }
    return allocator.from_tables(
        tables, {"m": {"name": "m", "tasks": [{"task": "t", "lines": lines, **task}]}}
    )


PACE = [
    {"capability": "bn", "minimum": 10},
    {"line": "med", "any_of": {"med": 1}, "one_per": 1},
]
MIXED = [{"line": "l", "any_of": {"bn": 1, "hq": 1}, "minimum": 11}]
FAR = {
    "a line that keeps pace with people": (
        planner({("FRA", "bn"): 10, ("GBR", "med"): 3}, PACE, {"bn": 100, "med": 0}),
        ("GBR med", 1000),
    ),
    "a least contribution": (
        planner(
            {("FRA", "bn"): 10},
            [{"capability": "bn", "minimum": 1, "min_contribution": 500}],
            {"bn": 100},
        ),
        ("FRA bn", 500),
    ),
    "a lead's share": (
        planner(
            {("FRA", "hq"): 1, ("GBR", "bn"): 10},
            MIXED,
            {"bn": 1000, "hq": 1},
            lead={"all_of": ["FRA"], "min_share": 0.5},
            min_nations=2,
        ),
        ("FRA hq", 1000),
    ),
    "everybody else's share": (
        planner(
            {("FRA", "hq"): 1, ("GBR", "bn"): 10},
            MIXED,
            {"bn": 1000, "hq": 1},
            max_share=0.5,
        ),
        ("FRA hq", 1000),
    ),
    "a rotation of more than twelve": (
        planner({("FRA", "bn"): 40}, [{"capability": "bn", "minimum": 3}], {"bn": 100}),
        ("bn", 20),
    ),
}


@pytest.mark.parametrize("case", FAR.values(), ids=FAR)
def test_a_figure_that_turns_the_verdict_far_away_is_found(case: tuple[Any, Any]) -> None:
    asked, (row, value) = case
    found = asked.fragility("t")
    turns = {flip.figure.row: flip.at for flip in found.flips if flip.figure.kind != "minimum"}
    assert turns[row] == value
    assert all(flip.exact for flip in found.flips)
    assert not found.undecided


def test_where_no_far_end_is_known_nothing_is_said() -> None:
    """Medics and their guards keep pace with each other's people: more of both never end it, but
    no number is known beyond which they would not."""
    lines = [
        {"line": "a", "any_of": {"med": 1}, "one_per": 15},
        {"line": "b", "any_of": {"med": 1}, "one_per": 15},
        {"capability": "bn", "minimum": 20},
    ]
    asked = planner({("FRA", "bn"): 10, ("GBR", "med"): 3}, lines, {"bn": 100, "med": 10})
    assert most_needed(asked.problem(), "GBR", "med") is None
    found = asked.fragility("t")
    assert [figure.row for figure in found.undecided] == ["GBR med"]
    assert "GBR med" not in {figure.row for figure in found.steady}
