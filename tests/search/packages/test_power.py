"""Who matters: whole runs against brute force over every coalition, and what is sampled."""

from __future__ import annotations

from itertools import combinations, permutations
from math import factorial

import pytest

from allocator.checker import power as again
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.results.coalitions import Power
from allocator.results.threshold_game import ThresholdGame
from allocator.search.minimal_sets.families import Answer, Families
from allocator.search.packages import matters, power
from allocator.search.packages.search import PackageSearch
from tests import oracle
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.plenty import analyse, plenty
from tests.search.packages.councils import NICE, SECURITY_COUNCIL, council


def _power(asked: Problem, world: World, task: str) -> Power | None:
    return analyse(asked, world, command="packages", tasks=[task]).notes[task].power


def _winning(asked: Problem, world: World, task: str, nations: list[str]) -> set[frozenset[str]]:
    every = (
        frozenset(members)
        for size in range(len(nations) + 1)
        for members in combinations(nations, size)
    )
    return {members for members in every if oracle.ready(asked, world, task, (task, members))}


def _check(found: Power, winning: set[frozenset[str]]) -> None:
    nations = [one.nation for one in found.weights]
    minimal = [c for c in winning if all(c - {n} not in winning for n in c)]
    assert (found.winning, found.packages) == (len(winning), len(minimal))
    assert found.share == len(winning) / 2 ** len(nations)
    swings = {n: sum(n in c and c - {n} not in winning for c in winning) for n in nations}
    total = sum(swings.values())
    for one in found.weights:
        n = one.nation
        pivots = sum(
            frozenset(order[: order.index(n) + 1]) in winning
            and frozenset(order[: order.index(n)]) not in winning
            for order in permutations(nations)
        )
        assert one.banzhaf == pytest.approx(swings[n] / 2 ** (len(nations) - 1))
        assert one.banzhaf_share == pytest.approx(swings[n] / total if total else 0)
        assert one.shapley == pytest.approx(pivots / factorial(len(nations)))
        assert one.veto == all(n in c for c in minimal)
        assert one.never_needed == (not any(n in c for c in minimal))


@pytest.mark.parametrize("first", range(4400, 4460, 20))
def test_indices_equal_those_of_asking_about_every_coalition(first: int) -> None:
    """Winning coalitions, packages, both indices, vetoes and who is never needed, however they
    were come by; where weights decide, counting and listing say the same."""
    compared = 0
    for seed in range(first, first + 20):
        made = question(seed)
        run = analyse(made.problem, made.world, command="packages")
        assert run.faults == (), f"seed {seed}"
        for record in run.result.tasks:
            found = run.notes[record.task].power
            assert (found is not None) == (record.verdict == "ready"), f"seed {seed}"
            if found is None:
                continue
            nations = [one.nation for one in found.weights]
            try:
                winning = _winning(made.problem, made.world, record.task, nations)
            except NotTinyError:
                continue
            _check(found, winning)
            compared += 1
            packing = PackageSearch(made.problem, made.world, record.task, Settings(), plenty())
            counted = matters.by_weights(packing.questions, plenty())
            if counted is not None:
                _check(counted, winning)
    assert compared > 5


def test_substitutes_by_listing_and_by_counting() -> None:
    """Nations that may change places; those that are never needed have no substitutes."""
    rule = ThresholdGame(("A", "B", "C", "D"), ((2,), (1,), (1,), (0,)), (3,))
    counted = power.counted(rule, plenty())
    listed = power.listed(["A", "B", "C", "D"], [0b0011, 0b0101])
    assert counted is not None
    for found in (counted, listed):
        assert [one.substitutes for one in found.weights] == [(), ("C",), ("B",), ()]


@pytest.mark.parametrize(
    ("weights", "need", "packages"),
    [
        (((1,), (1,)), 2, [0b11]),  # both in the one package
        (((2,), (2,), (4,)), 4, [0b011, 0b100]),  # always together, though not in every package
    ],
)
def test_those_that_are_needed_together_replace_each_other_nowhere(
    weights: tuple[tuple[int], ...], need: int, packages: list[int]
) -> None:
    """They may change places, but neither stands in for the other where it is absent."""
    names = ["A", "B", "C"][: len(weights)]
    counted = power.counted(ThresholdGame(tuple(names), weights, (need,)), plenty())
    assert counted is not None
    for found in (counted, power.listed(names, packages)):
        assert [one.substitutes for one in found.weights] == [()] * len(names)
        table = again.from_packages(names, _named(names, packages))
        assert not list(again.power_faults(found, names, again.counted(table)))


def _named(names: list[str], packages: list[int]) -> list[list[str]]:
    return [[name for i, name in enumerate(names) if mask >> i & 1] for mask in packages]


def test_the_security_council_as_a_workspace() -> None:
    """Through the whole search."""
    asked = council(SECURITY_COUNCIL, ("units",))
    packing = PackageSearch(asked, asked.world(), "t", Settings(), plenty())
    found = packing.questions.search(plenty())
    for known in (
        matters.by_packages(packing.questions, found, plenty()),
        matters.by_weights(packing.questions, plenty()),
    ):
        assert known is not None
        assert (known.winning, known.packages) == (848, 210)
        by_name = {one.nation: one for one in known.weights}
        assert by_name["P0"].banzhaf_share == pytest.approx(0.1669, abs=5e-5)
        assert by_name["E0"].banzhaf_share == pytest.approx(0.0165, abs=5e-5)
        assert by_name["P0"].shapley == pytest.approx(0.1963, abs=5e-5)
        assert by_name["E0"].shapley == pytest.approx(0.00186, abs=5e-6)
        assert by_name["P0"].veto
        assert not by_name["E0"].veto
        assert len(by_name["E0"].substitutes) == 9


def test_too_many_packages_to_list_are_counted() -> None:
    """27 nations, half a million packages."""
    asked = council(NICE, ("votes", "members", "people"))
    packing = PackageSearch(asked, asked.world(), "t", Settings(), plenty())
    known = matters.by_weights(packing.questions, plenty())
    assert known is not None
    assert (known.basis, known.packages, known.winning) == ("counted", 561_820, 2_718_752)
    assert packing.questions.faults == []


def test_weights_that_the_answers_contradict_are_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A rule that is too generous is a fault, and nothing is counted by it."""
    asked = council(SECURITY_COUNCIL, ("units",))
    wrong = ThresholdGame(SECURITY_COUNCIL.nations, SECURITY_COUNCIL.weights, (38,))
    monkeypatch.setattr(matters, "threshold_game", lambda *_: wrong)
    packing = PackageSearch(asked, asked.world(), "t", Settings(), plenty())
    assert matters.by_weights(packing.questions, plenty()) is None
    assert len(packing.questions.faults) == 1


def test_what_is_sampled_says_so_and_encloses_the_truth() -> None:
    """Two of three nations: half of all coalitions; each nation decides in half of the others'."""
    ask = lambda mask: Answer.YES if mask.bit_count() > 1 else Answer.NO  # noqa: E731
    found = power.sampled(["A", "B", "C"], ask, plenty())
    assert found is not None
    assert (found.basis, found.winning, found.packages) == ("sampled", None, None)
    assert abs(found.share - 0.5) <= found.margin < 0.05
    assert all(abs(one.banzhaf - 0.5) <= found.banzhaf_margin < 0.1 for one in found.weights)
    assert all(one.shapley is one.veto is None for one in found.weights)


def test_answers_that_do_not_come_widen_the_interval() -> None:
    ask = lambda mask: Answer.UNKNOWN if mask & 1 else Answer.YES  # noqa: E731
    found = power.sampled(["A", "B"], ask, plenty())
    assert found is not None
    assert found.margin > 0.4
    assert power.sampled(["A"], lambda mask: Answer.UNKNOWN, plenty()) is None
    assert power.sampled(["A"], ask, Deadline(0)) is None


def test_many_nations_of_which_few_matter_are_exact() -> None:
    """30 that could come, two in packages: the rest only doubles the coalitions."""
    names = [f"N{i:02}" for i in range(30)]
    found = power.listed(names, [0b01, 0b10])
    assert (found.basis, found.winning, found.packages) == ("listed", 3 << 28, 2)
    assert found.weights[0].banzhaf == 0.5
    assert found.weights[2].never_needed


def test_a_task_that_needs_nobody_is_won_by_every_coalition() -> None:
    found = power.listed(["A", "B"], [0])
    assert (found.winning, found.share, found.packages) == (4, 1.0, 1)
    assert all(one.never_needed and one.banzhaf == 0 for one in found.weights)


def test_a_family_that_was_cut_off_is_not_taken_for_whole() -> None:
    asked = council(SECURITY_COUNCIL, ("units",))
    packing = PackageSearch(asked, asked.world(), "t", Settings(), plenty())
    found = matters.by_packages(packing.questions, Families(minimal=[0b111]), plenty())
    assert found is not None
    assert found.basis == "sampled"
    assert abs(found.share - 848 / 2**15) <= found.margin
