"""Sums of single coalitions: no word against brute force, nor less than the tables of all say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from allocator.inputs.problem import Problem, World
from allocator.model import Scope
from allocator.model.scope import alone
from allocator.search.feasibility.coalition_sums import CoalitionSums
from allocator.search.feasibility.world_sums import WorldSums
from allocator.search.feasibility.world_units import WorldQuestion
from allocator.search.minimal_sets.world_sets import WorldSpace
from allocator.search.packages.search import candidates
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.handmade import line, problem
from tests.search.feasibility.test_world_sums import plain


@dataclass(frozen=True)
class Coalitions:
    """The coalitions of one task."""

    problem: Problem
    world: World
    task: str

    @property
    def nations(self) -> tuple[str, ...]:
        return candidates(self.problem, self.world, self.task)

    @property
    def scope(self) -> Scope:
        return replace(alone(self.problem, self.world, self.task), nations=self.nations)

    @property
    def elements(self) -> tuple[tuple[str, str], ...]:
        return tuple(("nation", name) for name in self.nations)

    def sums(self) -> CoalitionSums:
        return CoalitionSums(self.problem, self.scope, self.elements)

    def names(self, on: int) -> frozenset[str]:
        return frozenset(name for k, name in enumerate(self.nations) if on >> k & 1)

    def tables(self, worlds: WorldSpace) -> tuple[Any, Any]:
        most, sure = (
            WorldSums(WorldQuestion(self.problem, self.scope, self.elements, worlds, sure))
            for sure in (False, True)
        )
        return most.refuted(), sure.proved()


@pytest.mark.parametrize("first", range(1600, 1624, 12))
def test_against_brute_force_and_the_tables(first: int) -> None:
    """What is refuted cannot staff the task, what is proved can; what the tables prove is known.
    The tables refute more: they know of leaders and of least contributions."""
    refuted = proved = total = 0
    for seed in range(first, first + 12):
        made = question(seed)
        for asked in (made.problem, plain(made.problem)):
            for task in asked.tasks:
                case = Coalitions(asked, made.world, task.id)
                sums, worlds = case.sums(), WorldSpace(len(case.nations))
                no, yes = case.tables(worlds)
                for on in range(1 << worlds.size):
                    where = f"seed {seed}: {task.id} by {sorted(case.names(on))}"
                    assert sums.prove(on) >= worlds.has(yes, on), where
                    try:
                        ready = oracle.ready(asked, made.world, task.id, (task.id, case.names(on)))
                    except NotTinyError:
                        continue
                    assert not (sums.refute(on) and ready), where
                    assert not (worlds.has(no, on) and ready), where
                    assert ready or not sums.prove(on), where
                    total += 1
                    refuted += sums.refute(on)
                    proved += sums.prove(on)
    assert refuted > total / 3
    assert proved > total / 20


def _coalitions(have: dict[tuple[str, str], int], *lines: Any, **more: Any) -> Coalitions:
    asked = problem([{"task": "t", "lines": list(lines), **more.pop("task", {})}], have, **more)
    return Coalitions(asked, asked.world(), "t")


def _sides(case: Coalitions) -> dict[str, str]:
    """By coalition, in letters: what the sums say."""
    sums = case.sums()
    return {
        "".join(sorted(case.names(on))): "no"
        if sums.refute(on)
        else "yes"
        if sums.prove(on)
        else "?"
        for on in range(1 << len(case.nations))
    }


def test_two_lines_on_one_pool_and_a_substitute() -> None:
    """Either nation's two units fill one of the lines; a headquarters stands for one unit."""
    case = _coalitions(
        {("A", "bn"): 2, ("B", "bn"): 2, ("C", "hq"): 1},
        line(2, line="l"),
        line(1, "bn", "hq", line="m"),
    )
    assert _sides(case) == {
        "": "no", "A": "no", "B": "no", "C": "no",
        "AB": "yes", "AC": "yes", "BC": "yes", "ABC": "yes",
    }  # fmt: skip


def test_a_partner_that_brings_nothing_is_no_company() -> None:
    """B's own partner is not among those who could come, so B stays away, and A with it."""
    case = _coalitions(
        {("A", "bn"): 2, ("B", "bn"): 1, ("C", "hq"): 1},
        line(2),
        caveats=[
            {"nation": "A", "requires": "joins(B)"},
            {"nation": "B", "requires": "joins(C)"},
        ],
    )
    assert set(_sides(case).values()) == {"no"}


def test_partners_that_ask_for_each_other_come_together() -> None:
    """Neither alone, both at once."""
    case = _coalitions(
        {("A", "bn"): 2, ("B", "bn"): 1},
        line(2),
        caveats=[
            {"nation": "A", "requires": "joins(B)"},
            {"nation": "B", "requires": "joins(A)"},
        ],
    )
    assert _sides(case) == {"": "no", "A": "no", "B": "no", "AB": "yes"}


def test_a_task_that_waits_for_a_nation() -> None:
    """The task's own condition names B, who need not be enough."""
    case = _coalitions({("A", "bn"): 2, ("B", "bn"): 1}, line(2), task={"requires": "joins(B)"})
    assert _sides(case) == {"": "no", "A": "no", "B": "no", "AB": "yes"}


def test_more_than_units_is_not_proved() -> None:
    """Where a task asks for a number of nations, enough units are no proof."""
    case = _coalitions({("A", "bn"): 2, ("B", "bn"): 1}, line(2), task={"min_nations": 2})
    assert _sides(case) == {"": "no", "A": "?", "B": "no", "AB": "?"}
