"""Packages: known coalitions, each as good as it can be, and what a limit or the time leaves."""

from __future__ import annotations

from itertools import combinations

import pytest

from allocator.checker.packages import package_faults
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem
from allocator.results.result import Packages, TaskRecord
from allocator.search.packages.filter import ALL, PackageFilter
from allocator.search.packages.ranked import ranked
from allocator.search.packages.search import PackageSearch, candidates
from tests.handmade import line, problem
from tests.plenty import plenty


def _packing(
    asked: Problem, deadline: Deadline | None = None, wanted: PackageFilter = ALL
) -> PackageSearch:
    return PackageSearch(asked, asked.world(), "t", Settings(), deadline or plenty(), wanted)


def _coalitions(found: Packages) -> list[tuple[str, ...]]:
    return [package.nations for package in found.sets]


def _three_of_five() -> Problem:
    return problem([{"task": "t", "lines": [line(3)]}], {(f"N{i}", "bn"): 1 for i in range(5)})


def test_k_of_n_nations() -> None:
    """Every three of five, and no others, in order."""
    found = _packing(_three_of_five()).run(plenty())
    assert found.complete
    assert _coalitions(found) == list(combinations([f"N{i}" for i in range(5)], 3))


def _two_of_26(**more: object) -> Problem:
    """More nations than a table of coalitions holds."""
    nations = {(f"N{i:02}", "bn"): 1 for i in range(26)}
    return problem([{"task": "t", "lines": [line(2)]}], nations, **more)  # type: ignore[arg-type]


def test_more_nations_than_fit_a_table() -> None:
    """Every two of 26; the last comes with the first alone."""
    asked = _two_of_26(caveats=[{"nation": "N25", "requires": "joins(N00)"}])
    found = _packing(asked).run(plenty())
    pairs = list(combinations([f"N{i:02}" for i in range(26)], 2))
    assert found.complete
    assert _coalitions(found) == [p for p in pairs if p[1] != "N25" or p[0] == "N00"]


def test_packages_that_are_too_many_to_list_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 325 pairs the first that are asked for are listed, and whether these are all is said."""
    monkeypatch.setattr("allocator.search.minimal_sets.diagram_search.MOST_LISTED", 300)
    monkeypatch.setattr("allocator.search.minimal_sets.diagram_search.LISTED_OF_MANY", 30)
    pairs = [*combinations([f"N{i:02}" for i in range(26)], 2)]

    def said(**wanted: object) -> tuple[int, bool, int | None, int | None]:
        found = _packing(_two_of_26(), wanted=PackageFilter(**wanted)).run(plenty())  # type: ignore[arg-type]
        assert set(_coalitions(found)) <= set(pairs)
        return len(found.sets), found.complete, found.whole_to, found.in_all

    assert said() == (30, False, 1, 325)
    assert said(limit=40) == (40, False, 1, 325)
    assert said(with_nations=("N25",)) == (25, True, None, None)
    assert said(with_nations=("N25",), limit=3) == (3, False, 1, None)
    assert said(without_nations=tuple(f"N{i:02}" for i in range(20))) == (15, True, None, None)
    assert said(max_nations=1) == (0, True, None, None)
    # Packages are not held against what blocks, however many pairs they make.
    monkeypatch.setattr("allocator.search.minimal_sets.diagram_search.MOST_LISTED", 10_000)
    monkeypatch.setattr("allocator.search.minimal_sets.diagram_search.MOST_PAIRS", 1)
    assert said() == (325, True, None, None)


def test_sums_that_prove_too_much_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first yeses are asked: an engine's no is a fault, and the set is no package."""
    packing = _packing(_two_of_26())
    monkeypatch.setattr(packing.questions._diagram, "families", lambda *_: None)
    monkeypatch.setattr(packing.questions._coalitions, "refute", lambda on: False)
    monkeypatch.setattr(packing.questions._coalitions, "prove", lambda on: True)
    found = packing.run(plenty())
    assert not found.complete
    assert found.sets == ()
    assert packing.questions.faults[0] == "t: an engine refuses what sums prove: ()"


def test_nobody_can_be_left_out_and_the_smallest_come_first() -> None:
    """One large nation, or two small ones together."""
    have = {("DEU", "bn"): 2, ("EST", "bn"): 1, ("LVA", "bn"): 1}
    found = _packing(problem([{"task": "t", "lines": [line(2)]}], have)).run(plenty())
    assert _coalitions(found) == [("DEU",), ("EST", "LVA")]


def test_a_task_that_needs_nobody_has_the_empty_package() -> None:
    """One package, of no nation."""
    found = _packing(problem([{"task": "t", "lines": [line(0)]}], {("FRA", "bn"): 1})).run(plenty())
    assert found.complete
    assert _coalitions(found) == [()]


def test_a_partner_belongs_to_the_package_though_it_fills_nothing_needed() -> None:
    """Poland comes only where France does."""
    asked = problem(
        [{"task": "t", "lines": [line(2)]}],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1, ("POL", "bn"): 2},
        caveats=[{"nation": "POL", "requires": "joins(FRA)"}],
    )
    assert _coalitions(_packing(asked).run(plenty())) == [("FRA", "GBR"), ("FRA", "POL")]


def test_each_package_is_as_good_as_it_can_be() -> None:
    """The target first, then as few people as possible: the coalition sends four of its six
    units, the light ones."""
    asked = problem(
        [{"task": "t", "lines": [line(3, "bn", "hq", target=4)]}],
        {("FRA", "bn"): 2, ("GBR", "hq"): 4},
        capabilities={"bn": {"personnel": 100}},
    )
    found = _packing(asked).run(plenty())
    (package,) = found.sets
    assert package.nations == ("GBR",)
    assert [(cell.capability, cell.quantity) for cell in package.allocation] == [("hq", 4)]


def test_a_limit_keeps_the_smallest_and_says_that_there_are_more() -> None:
    """Two of the ten; no package has fewer than three nations."""
    found = _packing(_three_of_five(), wanted=PackageFilter(limit=2)).run(plenty())
    assert (len(found.sets), found.complete, found.whole_to) == (2, False, 2)


def test_a_limit_that_all_packages_fit_in_cuts_nothing() -> None:
    """Ten of ten."""
    found = _packing(_three_of_five(), wanted=PackageFilter(limit=10)).run(plenty())
    assert (len(found.sets), found.complete, found.whole_to) == (10, True, None)


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        (PackageFilter(with_nations=("N0",)), 6),
        (PackageFilter(with_nations=("N0", "N4")), 3),
        (PackageFilter(without_nations=("N0",)), 4),
        (PackageFilter(with_nations=("N1",), without_nations=("N0",)), 3),
        (PackageFilter(max_nations=3), 10),
        (PackageFilter(max_nations=2), 0),
        (PackageFilter(without_nations=("N0", "N1", "N2")), 0),
    ],
)
def test_those_that_are_wanted_are_all_there_and_no_others(
    wanted: PackageFilter, number: int
) -> None:
    """Of the ten; `complete` speaks of those that were asked for, and `only` says which."""
    found = _packing(_three_of_five(), wanted=wanted).run(plenty())
    assert found.complete
    assert found.only == wanted.in_words != ()
    every = combinations([f"N{i}" for i in range(5)], 3)
    assert _coalitions(found) == [nations for nations in every if wanted.admits(nations)]
    assert len(found.sets) == number


def test_a_limit_counts_those_that_are_wanted() -> None:
    """The first with the last nation is no early one."""
    found = _packing(_three_of_five(), wanted=PackageFilter(2, with_nations=("N4",))).run(plenty())
    assert _coalitions(found) == [("N0", "N1", "N4"), ("N0", "N2", "N4")]


def test_small_packages_are_whole_before_large_ones_are_looked_for() -> None:
    """One large nation alone; four small ones are more than two nations."""
    have = {("DEU", "bn"): 4} | {(n, "bn"): 1 for n in ("EST", "LVA", "LTU", "FIN")}
    asked = problem([{"task": "t", "lines": [line(4)]}], have)
    found = _packing(asked, wanted=PackageFilter(max_nations=2)).run(plenty())
    assert (found.complete, _coalitions(found)) == (True, [("DEU",)])
    found = _packing(asked, wanted=PackageFilter(limit=1)).run(plenty())
    # No three of the small ones reach four units: a sum says so.
    assert (found.complete, found.whole_to) == (False, 3)


def test_each_package_is_told_when_it_is_certain() -> None:
    """In the order in which they are found; those that are not wanted are not told."""
    told: list[tuple[str, ...]] = []
    found = _packing(_three_of_five(), wanted=PackageFilter(with_nations=("N2",)))
    assert _coalitions(found.run(plenty(), told.append)) == told


def test_without_time_nothing_is_listed_or_called_complete() -> None:
    """The deadline is over before it begins; with more time the same search comes to its end."""
    packing = _packing(_three_of_five(), Deadline(0))
    found = packing.run(Deadline(0))
    assert (found.sets, found.complete) == ((), False)
    found = packing.run(plenty())
    assert (len(found.sets), found.complete) == (10, True)


def test_a_nation_that_can_never_come_is_not_asked() -> None:
    """Its caveat waits for a ceasefire that does not hold; one that waits for company may come."""
    asked = problem(
        [{"task": "t", "lines": [line(1)]}],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1, ("POL", "bn"): 1},
        preconditions=["ceasefire"],
        caveats=[
            {"nation": "FRA", "requires": "ceasefire"},
            {"nation": "POL", "requires": "joins(GBR)"},
        ],
    )
    assert candidates(asked, asked.world(), "t") == ("GBR", "POL")
    assert candidates(asked, asked.world("today", {"ceasefire": 1}), "t") == ("FRA", "GBR", "POL")


@pytest.mark.parametrize("capability", ["bn", "hq"])
def test_only_nations_that_have_something_the_task_takes_are_asked(capability: str) -> None:
    """Others can be in no minimal package."""
    asked = problem(
        [{"task": "t", "lines": [line(1, capability)]}],
        {("FRA", "bn"): 1, ("GBR", "hq"): 1, ("POL", "bn"): 0, ("POL", "hq"): 0},
    )
    assert candidates(asked, asked.world(), "t") == (("FRA",) if capability == "bn" else ("GBR",))


def _three_of_five_in_pairs() -> Problem:
    """Three nations of two units each reach the target, and can do with one fewer."""
    have = {(f"N{i}", "bn"): 2 for i in range(5)}
    return problem([{"task": "t", "lines": [line(5, target=6)]}], have)


def _first_best(asked: Problem, optimised: int | None) -> Packages:
    search = PackageSearch(
        asked, asked.world(), "t", Settings(), plenty(), ALL, optimised=optimised
    )
    return search.run(plenty())


def test_only_the_first_packages_have_their_best_allocation() -> None:
    """All are listed, and each has an allocation that passes; the first ones are as when all are
    the best, and no rank is given to the others."""
    asked = _three_of_five_in_pairs()
    every, few = _first_best(asked, None), _first_best(asked, 4)
    assert every.complete
    assert few.complete
    assert every.optimised is None
    assert _coalitions(few) == _coalitions(every)
    assert len(every.sets) == 10
    assert few.optimised == 4
    assert few.best == few.sets[:4] == every.sets[:4]
    record = TaskRecord(task="t", verdict="ready", packages=few)
    assert not list(package_faults(asked, asked.world(), record))
    assert {one.number for one in ranked(asked, record)} == {1, 2, 3, 4}


def test_more_called_best_than_there_are_is_a_fault() -> None:
    """The checker counts them."""
    asked = _three_of_five_in_pairs()
    found = _first_best(asked, 4)
    wrong = found.model_copy(update={"optimised": 11})
    record = TaskRecord(task="t", verdict="ready", packages=wrong)
    assert list(package_faults(asked, asked.world(), record)) == [
        "t: more packages are called best than there are"
    ]
