"""A column that a rule reads is compared, whether or not its direction is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allocator.analysis.comparison import cells
from allocator.model import RULES
from tests.handmade import line, problem


def test_every_column_of_a_rule_has_a_cell() -> None:
    task = problem([{"task": "t", "lines": [line(1)]}], {("A", "bn"): 1}).task("t")
    found = {cell.column for cell in cells.of_task(task)}
    found |= {cell.column for cell in cells.of_line(task, task.lines[0])}
    assert found == {column for rule in RULES.values() for column in rule.columns}


def test_a_column_of_a_new_rule_pulls_in_no_certain_direction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(cells.RULES_OF_COLUMNS, "place", "R99")
    one = problem([{"task": "t", "lines": [line(1)]}], {("A", "bn"): 1}).task("t")
    before, after = (
        next(cell for cell in cells.of_task(replace(one, place=place)) if cell.column == "place")
        for place in ("here", "there")
    )
    assert before.towards(after, "now") == "unclear"
    assert before.towards(before, "now") == "same"
    assert (before.text, after.text) == ("here", "there")
