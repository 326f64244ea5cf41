"""What is said of other worlds than the solved one, against brute force in each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from allocator.deadline import Deadline
from allocator.inputs.problem import Problem, World
from allocator.results.blocking import VerdictMap
from allocator.results.result import Family, TaskRecord
from allocator.search.blockers.verdict_map import base_world, from_record, reversible_preconditions
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.handmade import line, problem
from tests.plenty import analyse

SEEDS = range(0, 120, 2)


def _truth(asked: Problem, where: World, task: str) -> dict[frozenset[str], str]:
    """The verdict in every world on the ground, by what is brought about."""
    table = oracle.ready_table(asked, where, task)
    otherwise = "blocked" if any(table.values()) else "short"
    return {met: "ready" if ready else otherwise for met, ready in table.items()}


def _cases(seconds: float) -> Iterator[tuple[str, VerdictMap, dict[frozenset[str], str]]]:
    for seed in SEEDS:
        asked = question(seed)
        if not reversible_preconditions(asked.problem, asked.world):
            continue
        run = analyse(asked.problem, asked.world, command="blockers", deadline=Deadline(seconds))
        assert run.faults == (), f"seed {seed}"
        where = base_world(asked.problem, asked.world)
        for task, notes in run.notes.items():
            assert notes.everywhere is not None
            try:
                yield f"seed {seed}, {task}", notes.everywhere, _truth(asked.problem, where, task)
            except NotTinyError:
                continue


def test_every_world_on_the_ground_has_its_verdict() -> None:
    """Complete families, and with them the right verdict in each world."""
    cases = list(_cases(60))
    assert len(cases) > 20
    assert {v for _, _, truth in cases for v in truth.values()} == {"ready", "blocked", "short"}
    for name, found, truth in cases:
        assert found.complete, name
        assert {met: found.verdict(met) for met in truth} == truth, name


@pytest.mark.parametrize("seconds", [0, 0.01])
def test_what_is_cut_off_is_right_or_unknown(seconds: float) -> None:
    for name, found, truth in _cases(seconds):
        said = {met: found.verdict(met) for met in truth}
        wrong = {met for met in truth if said[met] not in ("unknown", truth[met])}
        assert not wrong, name


def _chain() -> Problem:
    return problem(
        [{"task": "t", "lines": [line(1)], "requires": "talks and vote"}],
        {("FRA", "bn"): 1},
        preconditions={
            "peace": {"implies": "talks"},
            "talks": {},
            "vote": {},
            "law": {"status": "met"},
            "army": {"status": "ruled_out"},
        },
        worlds=[
            {"world": "w", "precondition": "peace"},
            {"world": "w", "precondition": "army"},
            {"world": "w", "precondition": "vote", "from_period": 2},
        ],
        horizon=2,
    )


def test_the_ground_keeps_what_cannot_be_taken_away() -> None:
    """What is met, ruled out and held all the same, or comes later."""
    asked = _chain()
    where = asked.world("w")
    assert dict(where.starts) == {"army": 1, "law": 1, "peace": 1, "talks": 1, "vote": 2}
    assert dict(base_world(asked, where).starts) == {"army": 1, "law": 1, "vote": 2}
    assert reversible_preconditions(asked, where) == ("peace", "talks")


def test_what_one_world_says_of_the_others() -> None:
    """A way in the world, with what already holds, is one everywhere; while nothing else than
    what holds is brought about, a blocked task stays blocked."""
    asked = _chain()
    family = Family(complete=True, sets=(("vote",),))
    record = TaskRecord(task="t", verdict="blocked", unlocking=family, blocking=family)
    found = from_record(asked, asked.world("w"), record)
    assert found == VerdictMap(False, (("peace", "talks", "vote"),), (("vote",),))
    assert found.verdict({"peace", "talks", "vote"}) == "ready"
    assert found.verdict({"peace", "talks"}) == "blocked"
    assert found.verdict({"vote"}) == "unknown"
