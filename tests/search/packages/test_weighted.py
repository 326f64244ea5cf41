"""A rule by weights is claimed only where every coalition bears it out."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from allocator.inputs.problem import Problem, World
from allocator.results.threshold_game import ThresholdGame
from allocator.search.packages.search import candidates
from allocator.search.packages.weighted import threshold_game
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.handmade import line, problem
from tests.search.packages.councils import NICE, SECURITY_COUNCIL, council

LINE = {"line": "h", "any_of": {"hq": 1}, "minimum": 1}
HAVE = {("FRA", "bn"): 2, ("GBR", "bn"): 2, ("GBR", "hq"): 1, ("POL", "bn"): 1, ("POL", "hq"): 1}


def _rule(asked: Problem, world: World, task: str = "t") -> ThresholdGame | None:
    return threshold_game(asked, world, task, candidates(asked, world, task))


def _compare(asked: Problem, world: World, task: str, rule: ThresholdGame) -> None:
    for size in range(len(rule.nations) + 1):
        for members in combinations(range(len(rule.nations)), size):
            coalition = (task, frozenset(rule.nations[i] for i in members))
            assert oracle.ready(asked, world, task, coalition) == rule.wins(members), coalition


@pytest.mark.parametrize("first", range(4000, 4300, 100))
def test_every_coalition_bears_the_rule_out(first: int) -> None:
    """On random problems, by brute force."""
    compared = 0
    for seed in range(first, first + 100):
        made = question(seed)
        for task in made.problem.tasks:
            rule = _rule(made.problem, made.world, task.id)
            if rule is None or not rule.nations:
                continue
            try:
                _compare(made.problem, made.world, task.id, rule)
            except NotTinyError:
                continue
            compared += 1
    assert compared > 10


@pytest.mark.parametrize(
    "task",
    [
        {"lines": [line(2), LINE]},
        {"lines": [line(3, min_contribution=2), LINE]},
        {"lines": [line(2), LINE], "min_nations": 3},
        {"lines": [{"line": "l", "any_of": {"bn": 2, "hq": 3}, "minimum": 7}]},
        {"lines": [line(2), {**LINE, "minimum": 0}], "min_nations": 2},
    ],
)
def test_forms_that_weights_decide(task: dict[str, Any]) -> None:
    """Least contributions, numbers of nations, substitutes in one line."""
    asked = problem([{"task": "t"} | task], HAVE)
    rule = _rule(asked, asked.world())
    assert rule is not None
    _compare(asked, asked.world(), "t", rule)


@pytest.mark.parametrize(
    "task",
    [
        {"lines": [line(2), {**LINE, "any_of": {"hq": 1, "bn": 1}}]},
        {"lines": [line(2)], "max_nations": 2},
        {"lines": [line(2)], "max_share": 0.5},
        {"lines": [line(2)], "lead": {"any_of": ["FRA"]}},
        {"lines": [line(2), {"line": "s", "any_of": {"hq": 1}, "one_per": 20}]},
    ],
)
def test_forms_that_they_may_not_decide(task: dict[str, Any]) -> None:
    """Shared capabilities, and whatever the task asks for beside its lines."""
    asked = problem([{"task": "t"} | task], HAVE)
    assert _rule(asked, asked.world()) is None


@pytest.mark.parametrize(
    ("caveat", "claimed"),
    [
        ({"requires": "joins(GBR)"}, False),
        ({"requires": "never", "max_personnel": 10}, True),
        ({"requires": "never", "max_personnel": 10, "nation": "GBR"}, False),
        ({"requires": "ceasefire"}, True),
        ({"requires": "joins(FRA)"}, True),
    ],
)
def test_caveats_that_depend_on_company_or_on_several_lines(
    caveat: dict[str, Any], claimed: bool
) -> None:
    """A limit on people that two lines share binds one or the other."""
    asked = problem(
        [{"task": "t", "lines": [line(2), LINE]}],
        HAVE,
        preconditions=["ceasefire"],
        caveats=[{"nation": "FRA"} | caveat],
    )
    rule = _rule(asked, asked.world())
    assert (rule is not None) == claimed
    if rule is not None:
        _compare(asked, asked.world(), "t", rule)


@pytest.mark.parametrize(("units", "claimed"), [(4, True), (3, False)])
def test_what_is_kept_up_counts_only_where_it_is_all_that_counts(units: int, claimed: bool) -> None:
    """Of three units one is on at any time and one is left over: two nations can share it."""
    asked = problem(
        [{"task": "t", "lines": [line(2)]}],
        {("FRA", "bn"): units, ("GBR", "bn"): units},
        capabilities={"bn": {"rotation": 2}},
        horizon=2,
    )
    rule = _rule(asked, asked.world())
    assert (rule is not None) == claimed
    if rule is not None:
        _compare(asked, asked.world(), "t", rule)


def test_a_council_is_its_own_rule() -> None:
    """Up to the order of nations, which is by id."""
    for rule, names in ((SECURITY_COUNCIL, ("units",)), (NICE, ("votes", "members", "people"))):
        asked = council(rule, names)
        found = _rule(asked, asked.world())
        assert found is not None
        given = dict(zip(rule.nations, rule.weights, strict=True))
        at = [names.index(line.id) for line in asked.task("t").lines]
        assert found.needs == tuple(rule.needs[i] for i in at)
        for nation, weights in zip(found.nations, found.weights, strict=True):
            assert weights == tuple(given[nation][i] for i in at)
