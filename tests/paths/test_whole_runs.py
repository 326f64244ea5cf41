"""Whole runs of tiny problems by ways that only larger ones take, against brute force.

What is lowered or silenced leaves the rest to decide: the answers are the same by every way, and a
way that nobody took fails its test.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from tests import thorough
from tests.brute.claims import differences, untruths
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.paths.taken import Path, take
from tests.plenty import analyse

FEASIBILITY, SETS = "allocator.search.feasibility.", "allocator.search.minimal_sets."
BEST, BLOCKERS = "allocator.search.packages.best.", "allocator.search.blockers."
UNTABLED = {
    FEASIBILITY + "oracle.MOST_ELEMENTS": -1,
    "allocator.analysis.blocking.MOST_ELEMENTS": -1,
}
"""No table holds the switches of any question."""

SEARCHED = UNTABLED | {FEASIBILITY + "known_diagram.MOST_IN_DIAGRAM": -1}
"""Nor does a diagram."""

UNAUDITED = {FEASIBILITY + "oracle.AUDITED": 0, SETS + "table_search.AUDITED": 0}
"""What sums prove is not put to the engines as well."""

UNGUESSED = {FEASIBILITY + "oracle.MOST_MISSES": 0}
NO_SUMS = {FEASIBILITY + "sums.Sums.refute": False}
NO_SUMS_AT_ALL = NO_SUMS | {
    FEASIBILITY + "oracle.CoalitionSums.refute": False,
    FEASIBILITY + "oracle.CoalitionSums.prove": False,
}
WHOLE = {FEASIBILITY + "oracle.fits": False}
"""No smaller problem of one period stands in for the whole."""


def any_(table: Any) -> bool:
    return bool(table.any())


def some(found: Any) -> bool:
    return found is not None


def none(found: Any) -> bool:
    return found is None


FINISHED = {
    "sums and guesses": Path(
        {FEASIBILITY + "sums.Sums.refute": bool, FEASIBILITY + "oracle.StaffingOracle._guess": bool}
    ),
    "engines alone": Path(
        {FEASIBILITY + "oracle.StaffingOracle._search": some},
        UNGUESSED,
        NO_SUMS | WHOLE,
    ),
    "periods added up, and alike": Path(
        {FEASIBILITY + "one_period.OnePeriod.refuted": some,
         FEASIBILITY + "one_period.OnePeriod.stands": bool,
         FEASIBILITY + "oracle.StaffingOracle._same_in_all": bool},
        SEARCHED | UNGUESSED,
        NO_SUMS_AT_ALL,
    ),
    "tables by their sums": Path(
        {FEASIBILITY + "world_sums.WorldSums.refuted": any_,
         FEASIBILITY + "world_sums.WorldSums.proved": any_,
         SETS + "table_search.TableSearch._stands": bool},
        UNAUDITED,
    ),
    "worlds on which one allocation stands": Path(
        {FEASIBILITY + "oracle.StaffingOracle._likewise": len}, UNGUESSED, NO_SUMS
    ),
    "diagrams by their sums": Path(
        {SETS + "diagram_search.DiagramSearch.run": lambda found: found.complete},
        UNTABLED | {SETS + "diagram_search.AUDITED": 0},
    ),
    "diagrams, and answers for what sums leave open": Path(
        {SETS + "diagram_search.DiagramSearch.run": lambda found: found.complete,
         SETS + "diagram_search.DiagramSearch._round": none},
        UNTABLED | UNGUESSED,
        NO_SUMS,
    ),
    "diagrams without room": Path(
        {FEASIBILITY + "known_diagram.DiagramQuestion.families": none,
         SETS + "search.Search.run": lambda f: f.complete},
        UNTABLED | {SETS + "diagram_worlds.MOST_LEFT": 0, SETS + "diagram_worlds.ROOM": 5},
    ),
    "search without tables": Path({SETS + "search.Search.run": lambda f: f.complete}, SEARCHED),
    "diagrams of coalitions": Path(
        {SETS + "diagram_search.DiagramSearch.run": lambda found: found.complete,
         FEASIBILITY + "known_diagram.DiagramQuestion._of_nations": bool},
        UNTABLED,
    ),
    "sums of coalitions": Path(
        {FEASIBILITY + "coalition_sums.CoalitionSums.refute": bool,
         FEASIBILITY + "coalition_sums.CoalitionSums.prove": bool},
        SEARCHED | UNAUDITED,
    ),
    "search by engines alone": Path(
        {SETS + "search.Search.run": lambda f: f.complete},
        SEARCHED | UNGUESSED,
        NO_SUMS_AT_ALL | WHOLE,
    ),
    "releases beyond number": Path(
        {FEASIBILITY + "world_sums.WorldSums.proved": any_},
        UNAUDITED | {FEASIBILITY + "world_units.MOST_RELEASES": 0},
    ),
    "groups beyond number": Path(
        {FEASIBILITY + "supply_bound.components": some},
        {FEASIBILITY + "supply_bound.MOST_GROUPED": 1},
    ),
    "few witnesses": Path(
        {FEASIBILITY + "oracle.StaffingOracle.witnesses": some},
        {FEASIBILITY + "known_sets.MOST_KEPT": 1, FEASIBILITY + "certificates.MOST_WITNESSED": 1},
    ),
    "packages at once": Path({BEST + "BestPackages._at_once": lambda found: found[0]}),
    "packages level by level": Path(
        {BEST + "BestPackages._best": some}, {BEST + "OFTEN_AT_BEST": ()}
    ),
    "packages by the other engine": Path(
        {"allocator.engines.highs.Highs.ask": lambda found: found.status == "optimal",
         BEST + "BestPackages._best": some},
        {BEST + "EFFORT": 1e-9},
    ),
    "packages each by itself": Path({BEST + "best_allocation": some}, {}, {
        BEST + "BestPackages._best": None
    }),
}  # fmt: skip
"""Ways that answer everything."""

CUT = {
    "counted, and not all listed": Path(
        {SETS + "diagram_search.DiagramSearch.run": lambda found: found.whole},
        UNTABLED
        | {SETS + "diagram_search.MOST_LISTED": 1, SETS + "diagram_search.LISTED_OF_MANY": 1},
    ),
    "candidates beyond number": Path(
        {SETS + "search.Search.run": lambda found: not found.complete},
        SEARCHED | {SETS + "search.MOST_CANDIDATES": 1},
    ),
    "questions beyond number": Path(
        {SETS + "search.Search._shrink": lambda _: True},
        SEARCHED | {BLOCKERS + "gaps.MOST_LIFT_QUESTIONS": 1},
    ),
    "packages beyond number": Path(
        {"allocator.search.packages.search.PackageSearch.run": lambda found: not found.complete},
        {"allocator.analysis.packing.MOST_PACKAGES": 1},
    ),
    "shares beyond 64 bits": Path(
        {BLOCKERS + "gaps.added_shares": lambda found: not found[1]},
        {BLOCKERS + "gaps._LARGEST": 1},
    ),
}
"""Ways that may leave something out, and say so."""


@pytest.mark.parametrize("name", FINISHED)
def test_a_finished_run_equals_brute_force(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _judge(differences, FINISHED[name], monkeypatch)


@pytest.mark.parametrize("name", FINISHED)
def test_a_composed_workspace_equals_brute_force(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Members, reserves and who leads, whichever way is taken: each knows them, or stands aside."""
    take(monkeypatch, FINISHED[name])
    for seed in range(1100, 1104):
        asked = question(seed, composed=True)
        run = analyse(asked.problem, asked.world)
        assert run.faults == (), f"seed {seed}"
        with suppress(NotTinyError):
            assert differences(asked.problem, asked.world, run.result) == [], f"seed {seed}"


@pytest.mark.parametrize("name", CUT)
def test_what_is_cut_off_says_nothing_wrong(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _judge(untruths, CUT[name], monkeypatch)


def _judge(judge: Callable[..., list[str]], path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = take(monkeypatch, path)
    compared = 0
    for seed in thorough.some(range(900, 914)):
        asked = question(seed)
        run = analyse(asked.problem, asked.world)
        assert run.faults == (), f"seed {seed}"
        try:
            assert judge(asked.problem, asked.world, run.result) == [], f"seed {seed}"
        except NotTinyError:
            continue
        compared += 1
    assert compared >= thorough.least(11)
    assert all(count.decided for count in counts.values()), counts
