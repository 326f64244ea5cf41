"""The reasons of a comparison, where an engine raises, hangs or lies at each of its calls in turn:
held against the verdict of every mixture by honest engines."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache

import pytest
from erring import Erring, Kind, erring

from allocator.analysis.comparison.compare import compare
from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.analysis.comparison.difference import differences
from allocator.analysis.comparison.reasons import RANK, Reasons
from allocator.analysis.comparison.side import Side
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.report.comparing.jsons import data
from allocator.report.comparing.terminal import show
from allocator.report.page.comparison import comparison_page
from allocator.report.terminal.console import rendered
from allocator.search.feasibility.oracle import StaffingOracle
from tests.analysis.comparison.pairs import Table, pair, table
from tests.thorough import some

SEEDS = (3, 12, 18, 34, 38)
"""Pairs whose reasons the engines are asked for: up and down, one set and several."""

MOST_CALLS = 20
ENGINES = ("cpsat", "highs")
"""Those that are asked whether a task can be staffed."""

KINDS: tuple[Kind, ...] = ("raises", "wrong values", "false no")
"""Beside hanging; a question without an objective has no best."""


@cache
def honest(seed: int) -> tuple[Side, Side, dict[str, Table]]:
    """Both sides, and by task whose verdict changed that of every mixture."""
    a, b = pair(seed)
    keys = [difference.key for difference in differences(a, b)]
    changed = [t for t, record in a.records.items() if record.verdict != b.records[t].verdict]
    return a, b, {task: table(a, b, task, keys) for task in changed}


@pytest.fixture(autouse=True)
def _engines_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess that passes the checker needs no engine; a search that hangs is left soon."""
    for seed in SEEDS:
        honest(seed)
    monkeypatch.setattr(StaffingOracle, "_guess", lambda *_: False)
    monkeypatch.setattr("allocator.engines.engine.GRACE", 0.05)


def _turns(seed: int, engine: str, kind: Kind) -> Iterator[tuple[Erring, ComparisonRecord]]:
    """A comparison for each call of the engine that errs, until there are no more."""
    a, b, _ = honest(seed)
    for at in some(range(MOST_CALLS)):
        with erring(engine, kind, at) as planted:
            deadline = Deadline(2 if kind == "hangs" else 60)
            found = compare([a, b], Settings(), deadline)
        if not planted.fired:
            return
        yield planted, found


def _untruths(seed: int, found: ComparisonRecord) -> Iterator[str]:
    """What the reasons claim and the mixtures do not show."""
    a, b, tables = honest(seed)
    assert {change.task for change in found.changed} == set(tables)
    for change in found.changed:
        why = change.reasons
        assert why is not None
        before, after = RANK[a.records[change.task].verdict], RANK[b.records[change.task].verdict]
        sign = 1 if after > before else -1
        turns = {
            keys for keys, said in tables[change.task].items() if sign * (RANK[said] - after) >= 0
        }
        yield from (f"{change.task}: {text}" for text in _wrong(why, turns))


def _wrong(why: Reasons, turns: set[frozenset[object]]) -> Iterator[str]:
    sets = [frozenset[object](keys) for keys in why.sets]
    minimal = {one for one in turns if not any(other < one for other in turns)}
    if why.open == "not repeated":
        yield "the sides are said not to stand as they do"
    if not set(sets) <= turns:
        yield f"{sets} do not all turn it"
    if why.complete and set(sets) != minimal:
        yield f"{sets} are not all of {minimal}"
    for proof, stands in (
        ("smallest", lambda first: len(first) == min(map(len, turns))),
        ("minimal", lambda first: first in minimal),
        ("irreducible", lambda first: not any(first - {key} in turns for key in first)),
    ):
        if sets and why.proof == proof and not stands(sets[0]):
            yield f"{sets[0]} is not {proof}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_that_errs_once_makes_no_reason_false(engine: str, kind: Kind) -> None:
    fired = 0
    for seed in SEEDS:
        for planted, found in _turns(seed, engine, kind):
            where = f"seed {seed}, call {planted.at}: {found.faults}"
            assert list(_untruths(seed, found)) == [], where
            fired += 1
            if planted.erred and kind in ("raises", "wrong values"):
                assert any(engine in fault for fault in found.faults), where
            assert "time" not in {why.open for why in _reasons(found)}, where
    assert fired > 10


def _reasons(found: ComparisonRecord) -> list[Reasons]:
    return [change.reasons for change in found.changed if change.reasons is not None]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_no_that_is_taken_back_loses_no_reason(engine: str) -> None:
    """The engine that finds a solution where another says that there is none has the answer."""
    for seed in SEEDS:
        for planted, found in _turns(seed, engine, "false no"):
            assert all(why.complete for why in _reasons(found)), f"seed {seed}, call {planted.at}"


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_that_hangs_costs_its_turn_only(engine: str) -> None:
    for planted, found in _turns(18, engine, "hangs"):
        assert list(_untruths(18, found)) == [], planted
        assert any("did not end in time" in fault for fault in found.faults), planted


def _always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Erring, "due", lambda self, one: one.name == self.engine)


def test_an_engine_that_always_fails_is_no_want_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody confirms a no: the reasons are open, a longer limit would not help, and the engine is
    named, in the file too."""
    a, b, _ = honest(12)
    _always(monkeypatch)
    with erring("cpsat", "raises", 0):
        found = compare([a, b], Settings(), Deadline(60))
    (why,) = _reasons(found)
    assert (why.open, why.sets) == ("not decided", ())
    assert not found.timed_out
    shown = rendered(lambda console: show(found, console), io.StringIO(), 200)
    assert "engines gave no answer, or contradicted each other" in shown
    assert "time-limit" not in shown
    assert "Engines gave no answer, or contradicted each other." in comparison_page(found)
    told = data(found)
    assert told["changes"][0]["explained"] == "not decided"
    assert any("cpsat: failed with AttributeError" in fault for fault in told["faults"])


def test_what_an_earlier_turn_saw_is_named_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A task that is taken up again keeps the faults of its first turn."""
    turns = iter(
        [Reasons(open="not decided", faults=("one",)), Reasons(open="time", faults=("two", "one"))]
    )
    monkeypatch.setattr("allocator.analysis.comparison.compare.reasons", lambda *_: next(turns))
    a, b, _ = honest(12)
    assert compare([a, b], Settings(), Deadline(60)).faults == ("one", "two")
