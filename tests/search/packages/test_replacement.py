"""What a task's best plan costs without a nation, against brute force."""

from __future__ import annotations

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.search.packages.replacement import replacement
from allocator.search.packages.search import PackageSearch
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import analyse, plenty


@pytest.mark.parametrize("first", range(4500, 4530, 15))
def test_every_level_without_every_nation_equals_brute_force(first: int) -> None:
    """With all who could come, without each by itself, or that it cannot be done."""
    compared = 0
    for seed in range(first, first + 15):
        made = question(seed)
        run = analyse(made.problem, made.world, command="packages")
        for record in run.result.tasks:
            found = run.notes[record.task].replacement
            if record.verdict != "ready" or found is None:
                continue
            nations = frozenset(one.nation for one in found.nations)
            try:
                for one in found.nations:
                    others = nations - {one.nation}
                    asked = (made.problem, made.world, record.task)
                    ready = oracle.ready(*asked, (record.task, others))
                    assert one.possible == ("yes" if ready else "no"), f"seed {seed}"
                    values = {level.objective: level.value for level in one.levels}
                    known = oracle.best_values_of_package(*asked, others) if ready else {}
                    assert values == known, f"seed {seed}"
                    compared += 1
            except NotTinyError:
                continue
    assert compared > 5


def test_without_time_there_is_no_price() -> None:
    asked = problem([{"task": "t", "lines": [line(1)]}], {("FRA", "bn"): 1})
    packing = PackageSearch(asked, asked.world(), "t", Settings(), Deadline(0))
    assert replacement(packing.questions, Settings(), Deadline(0)) is None


def test_who_sends_nothing_costs_nothing() -> None:
    """France alone meets the target with fewest contingents; without it two are needed."""
    asked = problem(
        [{"task": "t", "lines": [line(2)]}],
        {("FRA", "bn"): 2, ("GBR", "bn"): 1, ("POL", "bn"): 1},
    )
    packing = PackageSearch(asked, asked.world(), "t", Settings(), plenty())
    found = replacement(packing.questions, Settings(), plenty())
    assert found is not None
    of = {one.nation: {v.objective: v.value for v in one.levels} for one in found.nations}
    base = {level.objective: level.value for level in found.levels}
    assert of["GBR"] == of["POL"] == base
    assert of["FRA"] == base | {"fewer_contingents": 2}
