"""Who matters, counted again: by definition, equal to what counts it otherwise, and tampering
shows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations
from random import Random

import pytest

from allocator.checker import power as again
from allocator.results.coalitions import Power
from allocator.results.threshold_game import ThresholdGame
from allocator.search.minimal_sets.families import Mask
from allocator.search.packages.power import counted, listed
from tests.plenty import plenty

NAMES = ("BEL", "DEU", "FRA", "GBR", "ITA", "POL")


def masks(packages: list[tuple[str, ...]]) -> list[Mask]:
    return [sum(1 << NAMES.index(name) for name in package) for package in packages]


def drawn(seed: int) -> list[tuple[str, ...]]:
    """Random packages of up to six nations, none within another."""
    rng = Random(seed)
    sets = {tuple(sorted(rng.sample(NAMES, rng.randint(1, 4)))) for _ in range(rng.randint(1, 6))}
    return sorted(s for s in sets if not any(set(o) < set(s) for o in sets))


def by_hand(
    packages: list[tuple[str, ...]], names: list[str]
) -> tuple[int, list[int], list[Fraction]]:
    """Every coalition and every order of the nations, one by one."""

    def wins(members: set[str]) -> bool:
        return any(set(package) <= members for package in packages)

    coalitions = [set(c) for size in range(len(names) + 1) for c in combinations(names, size)]
    swings = [
        sum(wins(c) and not wins(c - {name}) for c in coalitions if name in c) for name in names
    ]
    orders = list(permutations(names))
    pivots = [0] * len(names)
    for order in orders:
        for place, name in enumerate(order):
            if wins(set(order[: place + 1])) and not wins(set(order[:place])):
                pivots[names.index(name)] += 1
    shapley = [Fraction(number, len(orders)) for number in pivots]
    return sum(map(wins, coalitions)), swings, shapley


@pytest.mark.parametrize("seed", range(8))
def test_every_coalition_and_order_by_hand(seed: int) -> None:
    packages = drawn(seed)
    names = sorted({name for package in packages for name in package})
    found = again.counted(again.from_packages(names, packages))
    winning, swings, shapley = by_hand(packages, names)
    assert (found.winning, found.minimal) == (winning, len(packages))
    assert (list(found.swings), list(found.shapley)) == (swings, shapley)


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_what_lists_and_what_counts(seed: int) -> None:
    packages = drawn(seed)
    names = sorted({name for package in packages for name in package})
    found = again.counted(again.from_packages(names, packages))
    assert list(again.power_faults(listed(NAMES, masks(packages)), names, found)) == []
    rng = Random(seed)
    weights = tuple((rng.randint(0, 5), rng.randint(0, 5)) for _ in NAMES)
    rule = ThresholdGame(NAMES, weights, (rng.randint(1, 12), rng.randint(0, 9)))
    power = counted(rule, plenty())
    assert power is not None
    assert list(again.power_faults(power, NAMES, weighed(rule))) == []


def weighed(rule: ThresholdGame) -> again.Counted:
    return again.counted(again.from_weights(rule.weights, rule.needs))


def test_a_rule_of_more_nations_than_one_block() -> None:
    """The Security Council's weights and eight who bring nothing."""
    weights = ((7,),) * 5 + ((1,),) * 10 + ((0,),) * 8
    found = weighed(ThresholdGame(tuple(map(str, range(23))), weights, (39,)))
    assert found.winning == 848 << 8
    assert found.minimal == 210
    assert [number >> 8 for number in found.swings[4:6]] == [848, 84]
    assert round(float(found.shapley[0]), 4) == 0.1963


def test_nobody_needed_and_nobody_enough() -> None:
    assert again.counted(again.from_packages((), [()])).winning == 1
    found = again.counted(again.from_packages(("FRA",), []))
    assert (found.winning, found.minimal, found.swings) == (0, 0, (0,))


def spoilt() -> list[tuple[str, Power]]:
    power = listed(NAMES, masks([("BEL", "DEU"), ("BEL", "FRA")]))
    first, second, *rest = power.weights
    wrong = {
        "coalitions": replace(power, winning=23),
        "packages": replace(power, packages=3),
        "share of coalitions": replace(power, share=0.5),
        "Banzhaf index of BEL": replace(first, banzhaf=0.7),
        "Banzhaf share of BEL": replace(first, banzhaf_share=0.7),
        "Shapley-Shubik index of BEL": replace(first, shapley=0.7),
        "veto of BEL": replace(first, veto=False),
        "never needed of BEL": replace(first, never_needed=True),
        "substitutes of BEL": replace(first, substitutes=("DEU",)),
        "substitutes of DEU": replace(second, substitutes=()),
        "veto of POL": replace(rest[-1], veto=True),
        "Banzhaf index of POL": replace(rest[-1], banzhaf=0.1),
    }
    found = []
    for words, one in wrong.items():
        if isinstance(one, Power):
            found.append((words, one))
        else:
            weights = tuple(one if w.nation == one.nation else w for w in power.weights)
            found.append((words, replace(power, weights=weights)))
    return found


@pytest.mark.parametrize(("words", "power"), spoilt(), ids=[words for words, _ in spoilt()])
def test_each_figure_that_is_wrong_is_named(words: str, power: Power) -> None:
    names = ("BEL", "DEU", "FRA")
    found = again.counted(again.from_packages(names, [("BEL", "DEU"), ("BEL", "FRA")]))
    faults = list(again.power_faults(power, names, found))
    assert [words in fault for fault in faults] == [True]
