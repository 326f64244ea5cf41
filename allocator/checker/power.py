"""Who matters for a task, counted again: every coalition is looked at, one by one.

The table of all coalitions is made from the packages, or from weights and needs, and everything
is read off it by definition. That takes time and memory that double with each nation, so there is
a limit to how many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, isclose
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from allocator.results.coalitions import Power, Weight

Table: TypeAlias = npt.NDArray[np.bool_]
"""By coalition, whether it wins; nation i is bit i of the coalition's number."""

MOST_NATIONS = 27
"""A table of 134 million coalitions."""

_BLOCK = 20
"""So many nations are taken at once where totals are added up."""


def from_packages(names: Sequence[str], packages: Sequence[Sequence[str]]) -> Table:
    """A coalition wins where it has a package in it."""
    bit = {name: 1 << i for i, name in enumerate(names)}
    table = np.zeros(1 << len(names), np.bool_)
    for package in packages:
        table[sum(bit[name] for name in package)] = True
    for i in range(len(names)):
        with_it = _halves(table, i)
        with_it[:, 1] |= with_it[:, 0]
    return table


def from_weights(weights: Sequence[Sequence[int]], needs: Sequence[int]) -> Table:
    """A coalition wins where its members' weights add up to every need."""
    low = weights[:_BLOCK]
    inner = [_totals([weight[k] for weight in low]) for k in range(len(needs))]
    table = np.ones(1 << len(weights), np.bool_)
    for block, rows in enumerate(table.reshape(-1, 1 << len(low))):
        outer = [w for i, w in enumerate(weights[_BLOCK:]) if block >> i & 1]
        for k, need in enumerate(needs):
            rows &= inner[k] >= need - sum(weight[k] for weight in outer)
    return table


@dataclass(frozen=True)
class Counted:
    """winning: coalitions; minimal: of these, with nobody to spare. swings[i]: coalitions that
    win with nation i and not without it; shapley[i]: its Shapley-Shubik index."""

    table: Table
    winning: int
    minimal: int
    swings: tuple[int, ...]
    shapley: tuple[Fraction, ...]

    def substitutes(self, i: int, j: int) -> bool:
        """Whether the two may change places in every coalition, and one decides in some without
        the other."""
        low, high = min(i, j), max(i, j)
        size = self.table.size.bit_length() - 1
        cut = self.table.reshape(1 << (size - high - 1), 2, 1 << (high - low - 1), 2, 1 << low)
        one, other, neither = cut[:, 0, :, 1], cut[:, 1, :, 0], cut[:, 0, :, 0]
        return bool(np.array_equal(one, other) and np.any(one & ~neither))


def counted(table: Table) -> Counted:
    """Read off the table."""
    size = table.size.bit_length() - 1
    by_size, with_nation = _by_size(table, size)
    winning = sum(by_size)
    every = factorial(size)
    shapley = []
    for own in with_nation:
        total = 0
        for k in range(size + 1):
            if own[k]:
                total += own[k] * factorial(k - 1) * factorial(size - k)
            if others := by_size[k] - own[k]:
                total -= others * factorial(k) * factorial(size - k - 1)
        shapley.append(Fraction(total, every))
    # Whoever wins without a nation wins with it too.
    swings = tuple(2 * sum(own) - winning for own in with_nation)
    return Counted(table, winning, _minimal(table, size), swings, tuple(shapley))


def power_faults(power: Power, names: Sequence[str], found: Counted) -> Iterator[str]:
    """Yield what is wrong with the figures, a sentence each. names: the nations of the table; the
    others are in no package.

    power: the figures. found: the coalitions, counted again.
    """
    idle = len(power.weights) - len(names)
    number = found.winning << idle
    figures = (
        ("nations that could come", power.nations, len(power.weights)),
        ("coalitions that can staff it", power.winning, number),
        ("packages", power.packages, found.minimal),
        ("the share of coalitions", power.share, number / (1 << len(power.weights))),
    )
    for what, said, right in figures:
        if said is None or not isclose(said, right, rel_tol=1e-9, abs_tol=1e-12):
            yield f"{what}: {said}, counted again {right}"
    place = {name: i for i, name in enumerate(names)}
    for weight in power.weights:
        for what, said_, right_ in _weight_figures(weight, names, place, found):
            same = isclose(said_, right_, rel_tol=1e-9, abs_tol=1e-12) if _float(right_) else None
            if same is False or (same is None and said_ != right_):
                yield f"{what} of {weight.nation}: {said_}, counted again {right_}"


def _weight_figures(
    weight: Weight, names: Sequence[str], place: dict[str, int], found: Counted
) -> Iterator[tuple[str, Any, Any]]:
    """What is said of a nation and what is right, figure by figure."""
    i = place.get(weight.nation)
    swings = 0 if i is None else found.swings[i]
    total = sum(found.swings)
    coalitions = found.table.size // 2 if names else 1
    yield "Banzhaf index", weight.banzhaf, swings / coalitions
    yield "Banzhaf share", weight.banzhaf_share, swings / total if total else 0.0
    shapley = Fraction(0) if i is None else found.shapley[i]
    yield "Shapley-Shubik index", weight.shapley or 0.0, float(shapley)
    yield "veto", weight.veto, _veto(found, i)
    yield "never needed", weight.never_needed, swings == 0
    alike = (
        other
        for j, other in enumerate(names)
        if i is not None and j != i and swings and found.swings[j] == swings
        if found.substitutes(i, j)
    )
    yield "substitutes", tuple(weight.substitutes), tuple(sorted(alike))


def _veto(found: Counted, i: int | None) -> bool:
    """Whether all others together lose, and all together win."""
    last = found.table.size - 1
    return i is not None and bool(found.table[last]) and not found.table[last ^ 1 << i]


def _float(value: object) -> bool:
    return isinstance(value, float)


def _by_size(table: Table, size: int) -> tuple[list[int], list[list[int]]]:
    """Winning coalitions by their number of members; the same of those with each nation in them.
    The table is folded along each half of the nations first."""
    low = size // 2
    square = table.reshape(1 << (size - low), 1 << low)
    of_low, of_high = _members(low), _members(size - low)
    totals = [0] * (size + 1)
    with_nation = [[0] * (size + 1) for _ in range(size)]
    for k in range(size - low + 1):
        folded = square[of_high == k].sum(axis=0, dtype=np.int64)
        for j, number in enumerate(_binned(folded, of_low)):
            totals[k + j] += number
        for i in range(low):
            own = _halves(folded, i)[:, 1].ravel()
            for j, number in enumerate(_binned(own, _halves(of_low, i)[:, 1].ravel())):
                with_nation[i][k + j] += number
    for k in range(low + 1):
        folded = square[:, of_low == k].sum(axis=1, dtype=np.int64)
        for i in range(size - low):
            own = _halves(folded, i)[:, 1].ravel()
            for j, number in enumerate(_binned(own, _halves(of_high, i)[:, 1].ravel())):
                with_nation[low + i][k + j] += number
    return totals, with_nation


def _binned(numbers: npt.NDArray[Any], sizes: npt.NDArray[Any]) -> list[int]:
    """The sum of the numbers by size; exact, since every sum is below 2 to the 53."""
    return [int(number) for number in np.bincount(sizes, weights=numbers)]


def _minimal(table: Table, size: int) -> int:
    least = table.copy()
    for i in range(size):
        with_it = _halves(least, i)
        with_it[:, 1] &= ~_halves(table, i)[:, 0]
    return int(np.count_nonzero(least))


def _halves(array: npt.NDArray[Any], i: int) -> npt.NDArray[Any]:
    """The array seen so that its second axis is whether nation i is in the coalition."""
    return array.reshape(-1, 2, 1 << i)


def _totals(units: Sequence[int]) -> npt.NDArray[Any]:
    """By coalition, the sum of its members' units."""
    totals = np.zeros(1, np.int64)
    for own in units:
        totals = np.concatenate([totals, totals + own])
    return totals


def _members(size: int) -> npt.NDArray[Any]:
    """By coalition, how many members it has."""
    return _totals([1] * size)
