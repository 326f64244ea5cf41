"""Packages: known coalitions, each as good as it can be, and what a limit or the time leaves."""

from __future__ import annotations

from itertools import combinations

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.packages.search import Packing, candidates
from allocator.problem import Problem
from allocator.result import Packages
from tests.handmade import line, problem
from tests.plenty import plenty


def _packing(asked: Problem, deadline: Deadline | None = None) -> Packing:
    return Packing(asked, asked.world(), "t", Settings(), deadline or plenty())


def _coalitions(found: Packages) -> list[tuple[str, ...]]:
    return [package.nations for package in found.sets]


def _three_of_five() -> Problem:
    return problem([{"task": "t", "lines": [line(3)]}], {(f"N{i}", "bn"): 1 for i in range(5)})


def test_k_of_n_nations() -> None:
    """Every three of five, and no others, in order."""
    found = _packing(_three_of_five()).run(plenty())
    assert found.complete
    assert _coalitions(found) == list(combinations([f"N{i}" for i in range(5)], 3))


def test_nobody_can_be_left_out_and_the_smallest_come_first() -> None:
    """One large nation, or two small ones together."""
    have = {("DEU", "bn"): 2, ("EST", "bn"): 1, ("LVA", "bn"): 1}
    found = _packing(problem([{"task": "t", "lines": [line(2)]}], have)).run(plenty())
    assert _coalitions(found) == [("DEU",), ("EST", "LVA")]


def test_a_task_that_needs_nobody_has_the_empty_package() -> None:
    """One package, of no nation."""
    found = _packing(problem([{"task": "t", "lines": [line(0)]}], {("FRA", "bn"): 1})).run(plenty())
    assert found.complete
    assert _coalitions(found) == [()]


def test_a_partner_belongs_to_the_package_though_it_fills_nothing_needed() -> None:
    """Poland comes only where France does."""
    asked = problem(
        [{"task": "t", "lines": [line(2)]}],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1, ("POL", "bn"): 2},
        caveats=[{"nation": "POL", "requires": "joins(FRA)"}],
    )
    assert _coalitions(_packing(asked).run(plenty())) == [("FRA", "GBR"), ("FRA", "POL")]


def test_each_package_is_as_good_as_it_can_be() -> None:
    """The target first, then as few people as possible: the coalition sends four of its six
    units, the light ones."""
    asked = problem(
        [{"task": "t", "lines": [line(3, "bn", "hq", target=4)]}],
        {("FRA", "bn"): 2, ("GBR", "hq"): 4},
        capabilities={"bn": {"personnel": 100}},
    )
    found = _packing(asked).run(plenty())
    (package,) = found.sets
    assert package.nations == ("GBR",)
    assert [(cell.capability, cell.quantity) for cell in package.allocation] == [("hq", 4)]


def test_a_limit_keeps_the_smallest_and_says_that_there_are_more() -> None:
    """Two of the ten."""
    found = _packing(_three_of_five()).run(plenty(), limit=2)
    assert (len(found.sets), found.complete) == (2, False)


def test_without_time_nothing_is_listed_or_called_complete() -> None:
    """The deadline is over before it begins; with more time the same search comes to its end."""
    packing = _packing(_three_of_five(), Deadline(0))
    found = packing.run(Deadline(0))
    assert (found.sets, found.complete) == ((), False)
    found = packing.run(plenty())
    assert (len(found.sets), found.complete) == (10, True)


@pytest.mark.parametrize("capability", ["bn", "hq"])
def test_only_nations_that_have_something_the_task_takes_are_asked(capability: str) -> None:
    """Others can be in no minimal package."""
    asked = problem(
        [{"task": "t", "lines": [line(1, capability)]}],
        {("FRA", "bn"): 1, ("GBR", "hq"): 1, ("POL", "bn"): 0, ("POL", "hq"): 0},
    )
    assert candidates(asked, "t") == (("FRA",) if capability == "bn" else ("GBR",))
