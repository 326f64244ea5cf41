"""Ladders of random small workspaces beside brute force, level by level."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.firmness import COUNTS
from allocator.results.offers import Ladder
from allocator.search.offers import ladder as module
from allocator.search.offers.ladder import RANK, LadderSearch
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import Question, question
from tests.thorough import some

CHUNK = 20


def _searches(asked: Question) -> list[LadderSearch]:
    problems = {count: replace(asked.problem, count=count) for count in COUNTS}
    return [
        LadderSearch(problems, asked.world, task.id, Settings()) for task in asked.problem.tasks
    ]


@pytest.mark.parametrize("first", some(range(4020, 4080, CHUNK)))
def test_every_level_is_what_brute_force_finds(first: int) -> None:
    """And a looser level is never worse."""
    seen: Counter[str | None] = Counter()
    for seed in range(first, first + CHUNK):
        asked = question(seed, offered=True)
        for search in _searches(asked):
            search.run(Deadline(60))
            assert search.complete
            assert not search.faults
            ranks = [RANK[search.found[level]] for level in COUNTS]
            assert ranks == sorted(ranks)
            try:
                for level, problem in search.problems.items():
                    right = oracle.verdict(problem, asked.world, search.task)
                    assert search.found[level] == right, (seed, search.task, level)
            except NotTinyError:
                continue
            seen[Ladder(search.task, search.found).firmest] += 1
    assert len(seen) >= 4, seen


def test_a_task_that_is_alike_at_both_ends_is_asked_about_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    searched = LadderSearch._searched

    def counted(self: LadderSearch, level: str, deadline: Deadline) -> module.Verdict:
        asked.append(level)
        return searched(self, level, deadline)

    monkeypatch.setattr(LadderSearch, "_searched", counted)
    for seed in range(4000, 4030):
        for search in _searches(question(seed, offered=True)):
            asked.clear()
            search.run(Deadline(60))
            alike = search.found["in_place"] == search.found["inventory"]
            assert asked[0] == "inventory"
            assert len(asked) <= (2 if alike else 5)


def test_what_was_not_decided_is_unknown_and_no_rung() -> None:
    """Without time; and a firmer level that is open leaves the firmest uncertain."""
    (search, *_) = _searches(question(4001, offered=True))
    search.run(Deadline(0))
    assert set(search.found.values()) <= {"unknown", "short", "ready", "blocked"}
    open_ = Ladder("t", dict.fromkeys(COUNTS, "unknown") | {"possible": "ready"})
    assert open_.firmest == "possible"
    assert not open_.certain
