"""The figures of packages, against the checker's own reading of the objectives."""

from __future__ import annotations

import pytest

from allocator.checker import objective_values
from allocator.engines import Settings
from allocator.inputs.problem import Problem
from allocator.results.result import TaskRecord, allocation_of
from allocator.search.packages.ranked import ranked
from allocator.search.packages.search import PackageSearch
from allocator.search.packages.values import ranking, values
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import analyse, plenty


def _record(asked: Problem) -> TaskRecord:
    found = PackageSearch(asked, asked.world(), "t", Settings(), plenty()).run(plenty())
    return TaskRecord(task="t", verdict="ready", packages=found)


@pytest.mark.parametrize("first", range(3000, 3060, 30))
def test_figures_are_those_of_the_objectives(first: int) -> None:
    """Risk, people and shortfall of the tasks staffed, of every package of random problems."""
    compared = 0
    for seed in range(first, first + 30):
        asked = question(seed)
        run = analyse(asked.problem, asked.world, command="packages")
        for record in run.result.tasks:
            for package in record.packages.sets:
                staffed = {cell.task for cell in package.allocation} | {record.task}
                plan = allocation_of(staffed, package.allocation, package.released)
                known = objective_values(asked.problem, plan)
                found = values(asked.problem, record.task, package)
                idle = objective_values(asked.problem, allocation_of((), (), ()))
                compared += 1
                if "protect_commitments" in known:
                    assert found.release_risk == known["protect_commitments"], seed
                if "economy" in known:
                    assert found.people == known["economy"], seed
                if "meet_targets" in known and len(asked.problem.tasks) == 1:
                    assert found.shortfall == known["meet_targets"] <= idle["meet_targets"], seed
    assert compared > 10


def test_the_largest_share_is_that_of_the_worst_period_and_rounded_up() -> None:
    """Two of three units."""
    asked = problem([{"task": "t", "lines": [line(3)]}], {("FRA", "bn"): 2, ("GBR", "bn"): 1})
    (only,) = ranked(asked, _record(asked))
    assert (only.values.largest, only.values.largest_share) == ("FRA", 667)


def test_without_people_nobody_has_a_share() -> None:
    asked = problem(
        [{"task": "t", "lines": [line(1)]}],
        {("FRA", "bn"): 1},
        capabilities={"bn": {"personnel": 0}},
    )
    (only,) = ranked(asked, _record(asked))
    assert (only.values.largest, only.values.largest_share) == ("", None)


def test_who_leads_is_read_off_the_allocation() -> None:
    """Of the two that may, the one with the headquarters."""
    asked = problem(
        [
            {
                "task": "t",
                "lines": [line(3, "bn"), {"line": "h", "any_of": {"hq": 1}, "minimum": 1}],
                "lead": {"any_of": ["FRA", "GBR"], "provides": "hq", "min_share": 0.3},
            }
        ],
        {("FRA", "bn"): 2, ("GBR", "bn"): 1, ("GBR", "hq"): 1},
    )
    (only,) = ranked(asked, _record(asked))
    assert only.values.leads == ("GBR",)


def test_the_least_risk_to_commitments_comes_first() -> None:
    """Then the targets: the large nation meets them, but releases; two small ones do neither."""
    asked = problem(
        [{"task": "t", "lines": [line(2, target=3)]}],
        {("DEU", "bn"): 3, ("EST", "bn"): 1, ("LVA", "bn"): 1},
        commitments=[
            {"nation": "DEU", "capability": "bn", "quantity": 2, "release_requires": "always"}
        ],
    )
    found = ranked(asked, _record(asked))
    assert [one.package.nations for one in found] == [("EST", "LVA"), ("DEU",)]
    assert [one.number for one in found] == [2, 1]
    assert [one.pick for one in found] == [1, 2]
    assert found[0].values.release_risk == 0 < found[1].values.release_risk
    assert ranking([], []) == []
