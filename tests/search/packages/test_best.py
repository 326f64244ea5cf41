"""The best allocation of each package: one program for all of them, or one for each."""

from __future__ import annotations

import pytest

from allocator.checker import objective_values
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.search.packages.best import BestPackages, best_allocation
from allocator.search.packages.search import PackageSearch
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import plenty


def _found(asked: Problem, world: World, task: str) -> list[tuple[str, ...]]:
    packing = PackageSearch(asked, world, task, Settings(), plenty())
    return [package.nations for package in packing.run(plenty()).sets]


def _programs(asked: Problem, world: World, task: str) -> BestPackages:
    nations = sorted({nation for nation, _ in asked.availability})
    return BestPackages(asked, world, task, nations, Settings())


@pytest.mark.parametrize("first", range(300, 340, 20))
def test_one_program_for_all_is_as_good_as_one_for_each(
    first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same value at every level; and the program for all proves it by itself."""
    quick = slow = 0
    for seed in range(first, first + 20):
        made = question(seed)
        asked, world = made.problem, made.world
        for task in asked.tasks:
            programs = _programs(asked, world, task.id)
            for nations in _found(asked, world, task.id):
                alone = best_allocation(asked, world, task.id, nations, Settings(), plenty())
                with monkeypatch.context() as patched:
                    patched.setattr(
                        "allocator.search.packages.best.best_allocation", lambda *_: None
                    )
                    shared = programs.allocation(nations, plenty())
                assert alone is not None
                slow += 1
                if shared is not None:
                    quick += 1
                    where = f"seed {seed}: {task.id} by {nations}"
                    values = objective_values(asked, shared)
                    assert values == objective_values(asked, alone), where
    assert slow > 20
    assert quick == slow


def _two_ways() -> Problem:
    """France alone, at a risk; or Poland and Spain."""
    return problem(
        [{"task": "t", "lines": [line(2)]}],
        {("FRA", "bn"): 2, ("POL", "bn"): 1, ("ESP", "bn"): 1},
        commitments=[
            {
                "nation": "FRA",
                "capability": "bn",
                "quantity": 1,
                "release_risk": 3,
                "release_requires": "always",
            }
        ],
    )


def test_what_is_not_proved_soon_has_a_program_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the engines' turns are not enough, the package is optimised as a plan is."""
    asked = _two_ways()
    programs = _programs(asked, asked.world(), "t")
    monkeypatch.setattr(programs, "_proved", lambda *_: None)
    found = programs.package(("FRA",), plenty())
    assert found is not None
    assert [(row.commitment, row.quantity) for row in found.released] == [("c0", 1)]


def test_the_program_is_as_before_after_every_package() -> None:
    """One package leaves nothing behind for the next."""
    asked = _two_ways()
    programs = _programs(asked, asked.world(), "t")
    first = programs.package(("FRA",), plenty())
    other = programs.package(("ESP", "POL"), plenty())
    assert first is not None
    assert other is not None
    assert {cell.nation for cell in other.allocation} == {"ESP", "POL"}
    assert not other.released
    assert programs.package(("FRA",), plenty()) == first


def test_no_time_no_allocation() -> None:
    asked = _two_ways()
    assert _programs(asked, asked.world(), "t").package(("FRA",), Deadline(0)) is None
