"""What rules declare of themselves: a rule that declares nothing stops every shortcut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from allocator.inputs.problem import Problem, World
from allocator.model import RULES
from allocator.model.rules.rule import Rule
from allocator.model.scope import alone
from allocator.search.feasibility.one_period import fits
from allocator.search.feasibility.supply_bound import SupplyBound
from allocator.search.packages.weighted import threshold_game
from tests.handmade import line, problem

PLAIN = problem([{"task": "t", "lines": [line(3)]}], {("A", "bn"): 3, ("B", "bn"): 2}, horizon=2)


def _sums(asked: Problem) -> bool:
    return SupplyBound(asked, asked.task("t")).simple


def _weights(asked: Problem) -> bool:
    return threshold_game(asked, World("today", {}), "t", ("A", "B")) is not None


def _summed(asked: Problem) -> bool:
    scope = alone(asked, World("today", {}), "t")
    return fits(asked, replace(scope, nations=("A", "B")))


@pytest.mark.parametrize("shortcut", [_sums, _weights, _summed])
def test_a_rule_that_declares_nothing_stops_it(
    shortcut: Callable[[Problem], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shortcut(PLAIN), "the case is no test of it"
    monkeypatch.setitem(RULES, "R99", Rule("R99", "unheard of", lambda variables: None))
    assert not shortcut(PLAIN)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_bears_its_number_and_a_title(rule: Rule) -> None:
    assert RULES[rule.id] is rule
    assert rule.title


def test_no_column_and_no_part_belongs_to_two_rules() -> None:
    columns = [column for rule in RULES.values() for column in rule.columns]
    parts = [part.switch for rule in RULES.values() for part in rule.parts]
    assert len(columns) == len({*columns})
    assert len(parts) == len({*parts})
