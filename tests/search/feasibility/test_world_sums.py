"""Sums over all worlds at once: no word of theirs against brute force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from allocator.inputs.problem import Problem
from allocator.model.scope import alone
from allocator.results.blocking import Switch
from allocator.search.blockers.gaps import liftable
from allocator.search.packages.search import candidates
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.search.feasibility.both_sums import Sums, of_preconditions
from tests.thorough import some

MOST_SWITCHES = 8
CHUNK = 50
Judge = Callable[[Sequence[Switch]], bool]


@dataclass
class Share:
    """How many worlds there were, and how many the sums decided."""

    worlds: int = 0
    refuted: int = 0
    proved: int = 0

    def compare(self, sums: Sums, judge: Judge, where: str) -> None:
        """The oracle is asked at the edges of both tables; closed as they are, it is enough."""
        worlds = sums.worlds
        assert (worlds.below(sums.refuted) == sums.refuted).all(), where
        assert (worlds.above(sums.proved) == sums.proved).all(), where
        assert not (sums.refuted & sums.proved).any(), where
        for mask in worlds.masks(worlds.maximal(sums.refuted)):
            assert not judge(sums.switches(mask)), f"{where}: refuted {sums.switches(mask)}"
        for mask in worlds.masks(worlds.minimal(sums.proved)):
            assert judge(sums.switches(mask)), f"{where}: proved {sums.switches(mask)}"
        self.worlds += 1 << worlds.size
        self.refuted += worlds.count(sums.refuted)
        self.proved += worlds.count(sums.proved)


def _names(on: Sequence[Switch], kind: str) -> list[str]:
    return [name for of, name in on if of == kind]


@pytest.mark.parametrize("first", some(range(1000, 1150, CHUNK)))
def test_worldsof_preconditions_against_brute_force(first: int) -> None:
    """What is refuted is not ready, what is proved is; and a fair share is either."""
    share = Share()
    for seed in range(first, first + CHUNK):
        made = question(seed)
        asked, world = made.problem, made.world
        for task in asked.tasks:
            sums = of_preconditions(asked, world, task.id)
            assert len(sums.elements) <= MOST_SWITCHES

            def judge(on: Sequence[Switch], task: str = task.id) -> bool:
                met = asked.meeting(world, _names(on, "precondition"))  # noqa: B023
                return oracle.ready(asked, met, task)  # noqa: B023

            try:
                share.compare(sums, judge, f"seed {seed}: {task.id}")
            except NotTinyError:
                continue
    assert share.worlds > 4 * CHUNK
    assert share.proved
    assert share.refuted > share.worlds / 8
    assert share.refuted + share.proved > share.worlds / 5


def plain(asked: Problem) -> Problem:
    """Its tasks without composition, scaled lines and least contributions."""
    return replace(
        asked,
        tasks=tuple(
            replace(
                task,
                min_nations=0,
                max_nations=None,
                max_share=None,
                lead=None,
                lines=tuple(
                    replace(
                        line, one_per=None, of=None, min_contribution=0, minimum=line.minimum or 1
                    )
                    for line in task.lines
                ),
            )
            for task in asked.tasks
        ),
    )


@pytest.mark.parametrize("first", some(range(1500, 1560, 20)))
def test_worlds_of_plain_tasks_against_brute_force(first: int) -> None:
    """Where units are all that a task asks for, much is proved."""
    share = Share()
    for seed in range(first, first + 20):
        made = question(seed)
        asked, world = plain(made.problem), made.world
        for task in asked.tasks:
            sums = of_preconditions(asked, world, task.id)

            def judge(on: Sequence[Switch], task: str = task.id) -> bool:
                met = asked.meeting(world, _names(on, "precondition"))  # noqa: B023
                return oracle.ready(asked, met, task)  # noqa: B023

            try:
                share.compare(sums, judge, f"seed {seed}: {task.id}")
            except NotTinyError:
                continue
    assert share.proved > share.worlds / 15
    assert share.refuted > share.worlds / 8


@pytest.mark.parametrize("first", some(range(1200, 1260, 20)))
def test_worlds_of_nations_against_brute_force(first: int) -> None:
    """The switches are the nations that may send; companions may use any nation."""
    share = Share()
    for seed in range(first, first + 20):
        made = question(seed)
        asked, world = made.problem, made.world
        for task in asked.tasks:
            nations = candidates(asked, world, task.id)
            sums = Sums(asked, replace(alone(asked, world, task.id), nations=nations))

            def judge(on: Sequence[Switch], task: str = task.id) -> bool:
                coalition = (task, frozenset(_names(on, "nation")))
                return oracle.ready(asked, world, task, coalition)  # noqa: B023

            try:
                share.compare(sums, judge, f"seed {seed}: {task.id}")
            except NotTinyError:
                continue
    assert share.proved
    assert share.refuted + share.proved > share.worlds / 3


@pytest.mark.parametrize("first", some(range(1400, 1500, 25)))
def test_worlds_of_rows_against_brute_force(first: int) -> None:
    """The switches are caveats and commitments; the oracle takes their rows out."""
    share = Share()
    for seed in range(first, first + 25):
        made = question(seed)
        asked, world = made.problem, made.world
        best = asked.meeting(world, asked.open_preconditions(world))
        for task in asked.tasks:
            sums = Sums(asked, liftable(asked, best, task.id))

            def judge(on: Sequence[Switch], task: str = task.id) -> bool:
                return oracle.ready(_without(asked, on), best, task)  # noqa: B023

            try:
                share.compare(sums, judge, f"seed {seed}: {task.id}")
            except NotTinyError:
                continue
    assert share.proved
    assert share.refuted + share.proved > share.worlds / 6


def _without(asked: Problem, rows: Sequence[Switch]) -> Problem:
    return replace(
        asked,
        caveats=tuple(c for c in asked.caveats if ("caveat", c.id) not in rows),
        commitments=tuple(c for c in asked.commitments if ("commitment", c.id) not in rows),
    )
