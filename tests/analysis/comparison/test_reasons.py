"""The reasons for a verdict that changed, against all subsets of the differences."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from allocator.analysis.comparison import reasons as module
from allocator.analysis.comparison.counterfactual import CounterfactualOracle
from allocator.analysis.comparison.counterfactual_inputs import CounterfactualInputs
from allocator.analysis.comparison.difference import Difference, differences, relevant
from allocator.analysis.comparison.reasons import RANK, Reasons, reasons
from allocator.analysis.comparison.side import Side
from allocator.analysis.comparison.stated import Key
from allocator.deadline import Deadline
from allocator.engines import Settings
from tests import oracle
from tests.analysis.comparison.pairs import Table, judged, pair, table

SEEDS = range(48)
COMPOSED_SEEDS = range(500, 532)
OFFERED = range(1000, 1030)
"""Of pairs with offers."""
CASES = [
    *((seed, False) for seed in (*SEEDS, *OFFERED)),
    *((seed, True) for seed in (*COMPOSED_SEEDS, *OFFERED[:12])),
]
MOST = 7
"""Differences whose subsets are all asked."""

Sets = set[frozenset[Key]]


@cache
def changes(
    seed: int, composed: bool = False
) -> tuple[tuple[Side, Side, str, tuple[Difference, ...], Table], ...]:
    """The tasks of a pair whose verdict changed, with the verdict of every mixture."""
    a, b = pair(seed, composed=composed, offered=seed in OFFERED)
    found = differences(a, b)
    if len(found) > MOST:
        return ()
    keys = [difference.key for difference in found]
    return tuple(
        (a, b, task, found, table(a, b, task, keys))
        for task, record in a.records.items()
        if record.verdict != b.records[task].verdict
    )


def asked(a: Side, b: Side, task: str, found: tuple[Difference, ...]) -> Reasons:
    assert a.inputs is not None
    assert b.inputs is not None
    verdicts = (a.records[task].verdict, b.records[task].verdict)
    used = relevant(a.inputs, b.inputs, task, found)
    return reasons(CounterfactualInputs(a, b), task, verdicts, used, Settings(), Deadline(60))


def turning(a: Side, b: Side, task: str, verdicts: Table) -> Sets:
    """All subsets with which the task stands at least where b's does, seen from a's."""
    before, after = (RANK[side.records[task].verdict] for side in (a, b))
    sign = 1 if after > before else -1
    return {taken for taken, found in verdicts.items() if sign * (RANK[found] - after) >= 0}


def minimal(sets: Sets) -> Sets:
    return {one for one in sets if not any(other < one for other in sets)}


@pytest.mark.parametrize(("seed", "composed"), CASES)
def test_all_minimal_sets_are_found(seed: int, composed: bool) -> None:
    for a, b, task, found, verdicts in changes(seed, composed):
        got = asked(a, b, task, found)
        assert got.complete
        assert got.proof == "smallest"
        assert {frozenset(keys) for keys in got.sets} == minimal(turning(a, b, task, verdicts))
        assert list(map(len, got.sets)) == sorted(map(len, got.sets))
        assert not got.faults


def test_the_pairs_hold_every_kind_of_change() -> None:
    kinds, directions = Counter[tuple[str, str]](), Counter[str]()
    for seed in SEEDS:
        for a, b, task, found, _ in changes(seed):
            kinds[a.records[task].verdict, b.records[task].verdict] += 1
            directions.update(difference.direction("now") for difference in found)
    assert len(kinds) >= 5
    assert {"helps", "hinders", "unclear"} <= {*directions}


@pytest.mark.parametrize(("seed", "composed"), CASES)
def test_a_direction_is_kept_by_every_mixture(seed: int, composed: bool) -> None:
    """What helps never makes a verdict worse, whatever else is taken; what hinders never
    better. Both questions see it in the verdict."""
    for _, _, _, found, verdicts in changes(seed, composed):
        for difference in found:
            now, best = (difference.direction(question) for question in ("now", "best"))
            if now != best or now == "unclear":
                continue
            sign = 1 if now == "helps" else -1
            for taken, verdict in verdicts.items():
                more = verdicts[taken | {difference.key}]
                assert sign * (RANK[more] - RANK[verdict]) >= 0, difference.key


@pytest.mark.parametrize(("seed", "composed"), CASES)
def test_what_is_left_out_as_irrelevant_never_matters(seed: int, composed: bool) -> None:
    for a, b, task, found, verdicts in changes(seed, composed):
        assert a.inputs is not None
        assert b.inputs is not None
        used = {difference.key for difference in relevant(a.inputs, b.inputs, task, found)}
        for taken, verdict in verdicts.items():
            assert verdicts[taken & used] == verdict


@pytest.mark.parametrize("seed", [2, 5, 13])
def test_the_oracle_sees_the_same_mixtures(seed: int) -> None:
    for a, b, task, found, verdicts in changes(seed):
        if len(found) <= 4:
            keys = [difference.key for difference in found]
            assert table(a, b, task, keys, oracle.verdict) == verdicts  # type: ignore[arg-type]


# --- cut off ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "limits",
    [
        {"MOST_UNCLEAR": -1},
        {"MOST_SETS": 1},
        {"MOST_UNCLEAR": -1, "MOST_PARTS": 1},
        {"MANY": 0, "MOST_SETS": 0},
        *({"MANY": 0, "MOST_QUESTIONS": most} for most in (4, 5, 6, 7, 9, 12)),
    ],
    ids=str,
)
def test_less_is_claimed_where_less_was_asked(
    limits: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    proofs = Counter[str]()
    for name, value in limits.items():
        monkeypatch.setattr(module, name, value)
    for seed in SEEDS:
        for a, b, task, found, verdicts in changes(seed):
            got = asked(a, b, task, found)
            proofs[got.proof] += 1
            if got.sets:
                _holds(got, turning(a, b, task, verdicts))
    assert proofs["smallest"]


def _holds(got: Reasons, turns: Sets) -> None:
    """Every claim of the reasons, read off the table of all subsets."""
    first = frozenset(got.sets[0])
    smallest = min(map(len, turns))
    assert {frozenset(keys) for keys in got.sets} <= turns
    if got.complete:
        assert {frozenset(keys) for keys in got.sets} == minimal(turns)
    match got.proof:
        case "smallest":
            assert len(first) == smallest
        case "minimal":
            assert first in minimal(turns)
        case "irreducible":
            assert not any(first - {key} in turns for key in first)


def test_questions_that_are_used_up_leave_it_open(monkeypatch: pytest.MonkeyPatch) -> None:
    proofs = Counter[str]()
    for most in (0, 1, 3, 4, 6):
        monkeypatch.setattr(module, "MOST_QUESTIONS", most)
        for seed in SEEDS:
            for a, b, task, found, verdicts in changes(seed):
                got = asked(a, b, task, found)
                assert got.questions <= most
                assert bool(got.sets) != bool(got.open)
                proofs[got.open or got.proof] += 1
                if got.sets:
                    _holds(got, turning(a, b, task, verdicts))
    assert {"time", "enough", "smallest"} <= {*proofs}


def test_a_verdict_that_cannot_be_repeated_is_not_explained() -> None:
    """A run that says otherwise than its inputs do has no reasons."""
    a, b, task, found, _ = next(found for seed in SEEDS for found in changes(seed))
    verdicts = (b.records[task].verdict, a.records[task].verdict)
    got = reasons(CounterfactualInputs(a, b), task, verdicts, found, Settings(), Deadline(60))
    assert (got.open, got.sets) == ("not repeated", ())


def test_no_time_is_no_answer() -> None:
    a, b, task, found, _ = next(found for seed in SEEDS for found in changes(seed))
    verdicts = (a.records[task].verdict, b.records[task].verdict)
    got = reasons(CounterfactualInputs(a, b), task, verdicts, found, Settings(), Deadline(0))
    assert (got.open, got.sets, got.complete) == ("time", (), False)


def test_nothing_is_asked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows from an answer is not searched for."""
    searched: list[tuple[CounterfactualOracle, frozenset[Key]]] = []
    real = CounterfactualOracle._search

    def counted(self: CounterfactualOracle, taken: frozenset[Key]) -> object:
        searched.append((self, taken))
        return real(self, taken)

    monkeypatch.setattr(CounterfactualOracle, "_search", counted)
    for seed in list(SEEDS)[:12]:
        for a, b, task, found, _ in changes(seed):
            asked(a, b, task, found)
    assert searched
    assert max(Counter(searched).values()) == 1


def test_judged_is_the_engines_own_word() -> None:
    a, _ = pair(1)
    assert a.inputs is not None
    task = next(iter(a.records))
    assert a.records[task].verdict == judged(a.inputs.problem, a.world, task)
