"""Coalitions that win by weight: every nation brings units to each of several needs, and a
coalition wins where it meets them all.

Counted, not listed. Nations are decided one after another; coalitions whose totals are alike so
far go on together, totals beyond a need count as the need, and those that have won or cannot win
any more go on no further (dynamic programming over the totals, Bilbao, Fernández, Jiménez Losada
and López 2000; as a decision diagram, Bolus 2011). All counts are whole numbers and exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial

from allocator.deadline import Deadline
from allocator.errors import AllocatorError
from allocator.results.threshold_game import ThresholdGame, Totals, meets

MOST_STATES = 1_000_000
"""More totals than this are not gone through."""


class TooManyTotalsError(AllocatorError):
    """Coalitions differ in too many totals to be counted in the time, or in memory."""


@dataclass(frozen=True)
class Counts:
    """winning: coalitions. swings[i]: coalitions that win with nation i and not without it.
    shapley[i]: its Shapley-Shubik index."""

    winning: int
    swings: tuple[int, ...]
    shapley: tuple[Fraction, ...]


def counts(rule: ThresholdGame, deadline: Deadline) -> Counts:
    """Raises TooManyTotalsError where they cannot be counted."""
    return _Diagram(rule, deadline).counts()


def winning(rule: ThresholdGame, deadline: Deadline) -> int:
    """How many coalitions win. Raises TooManyTotalsError."""
    return counts(rule, deadline).winning


def interchangeable(rule: ThresholdGame, i: int, j: int, deadline: Deadline) -> bool:
    """Tell whether the two nations may change places in every coalition. Raises TooManyTotalsError.

    The others win with i and with j exactly where they win with what both have at least.

    rule: the weights, and what they have to reach. deadline: when to end at the latest.
    """
    if rule.weights[i] == rule.weights[j]:
        return True
    one, other = rule.weights[i], rule.weights[j]
    both = tuple(map(min, one, other))
    numbers = {winning(rule.without(i, j, brought), deadline) for brought in (one, other, both)}
    return len(numbers) == 1


def substitutes(rule: ThresholdGame, i: int, j: int, deadline: Deadline) -> bool:
    """Tell whether each may take the place of the other where that one alone decides: they may
    change places, and either decides in some coalition without the other. Raises
    TooManyTotalsError.

    rule: the weights, and what they have to reach. i: number of a nation. j: number of another.
    deadline: when to end at the latest.
    """
    none = (0,) * len(rule.needs)
    return interchangeable(rule, i, j, deadline) and (
        winning(rule.without(i, j, rule.weights[i]), deadline)
        > winning(rule.without(i, j, none), deadline)
    )


def minimal(rule: ThresholdGame, deadline: Deadline) -> int:
    """How many coalitions win without anybody to spare. Raises TooManyTotalsError.

    Beside the totals goes what the lightest members bring: who is at least as heavy as another
    member cannot be spared where that one cannot.
    """
    if meets([0] * len(rule.needs), rule.needs):
        return 1
    weights = [rule.weights[i] for i in rule.order]
    rest = _rests(weights, len(rule.needs))
    # A member can be spared only of totals that are this far beyond the needs at the most.
    most = tuple(need + max(w[k] for w in weights) for k, need in enumerate(rule.needs))
    open_: dict[tuple[Totals, tuple[Totals, ...]], int] = {((0,) * len(rule.needs), ()): 1}
    number, seen = 0, 0
    for weight, left in zip(weights, rest[1:], strict=True):
        following: dict[tuple[Totals, tuple[Totals, ...]], int] = {}
        for (totals, lightest), coalitions in open_.items():
            taken = tuple(map(min, _sum(totals, weight), most))
            members = _lightest(lightest, weight)
            if meets(taken, rule.needs):
                if not any(meets(_less(taken, one), rule.needs) for one in members):
                    number += coalitions
            elif meets(_sum(taken, left), rule.needs):
                key = (taken, members)
                following[key] = following.get(key, 0) + coalitions
            if meets(_sum(totals, left), rule.needs):
                key = (totals, lightest)
                following[key] = following.get(key, 0) + coalitions
            _refuse_many(seen + len(following), deadline)
        open_ = following
        seen += len(open_)
    return number


class _Diagram:
    """Layer by layer, the totals and numbers of members that are still open, and how many
    coalitions come to each."""

    def __init__(self, rule: ThresholdGame, deadline: Deadline) -> None:
        self._rule = rule
        self._size = len(rule.nations)
        self._weights = [rule.weights[i] for i in rule.order]
        self._rest = _rests(self._weights, len(rule.needs))
        self._deadline = deadline
        # Of a coalition of k members: the orders of all nations in which a given member of it,
        # or a given nation outside, comes right after the other members.
        n = self._size
        self._inside = [0] + [factorial(k - 1) * factorial(n - k) for k in range(1, n + 1)]
        self._outside = [factorial(k) * factorial(n - k - 1) for k in range(n)] + [0]
        self._won: dict[tuple[int, int], tuple[int, int, int]] = {}

    def counts(self) -> Counts:
        layers = self._forward()
        swings, orders = [0] * self._size, [0] * self._size
        after: dict[tuple[Totals, int], tuple[int, int, int]] = {}
        for place in reversed(range(self._size)):
            before: dict[tuple[Totals, int], tuple[int, int, int]] = {}
            for (totals, members), coalitions in layers[place].items():
                _refuse_many(0, self._deadline)
                skip = self._value(place + 1, totals, members, after)
                taken = self._taken(place, totals)
                take = self._value(place + 1, taken, members + 1, after)
                before[totals, members] = (skip[0] + take[0], skip[1] + take[1], skip[2] + take[2])
                swings[place] += coalitions * (take[0] - skip[0])
                orders[place] += coalitions * (take[1] - skip[2])
            after = before
        zero = (0,) * len(self._rule.needs)
        number = self._value(0, zero, 0, after)[0]
        at = {nation: place for place, nation in enumerate(self._rule.order)}
        every = factorial(self._size)
        return Counts(
            number,
            tuple(swings[at[i]] for i in range(self._size)),
            tuple(Fraction(orders[at[i]], every) for i in range(self._size)),
        )

    def _forward(self) -> list[dict[tuple[Totals, int], int]]:
        zero = (0,) * len(self._rule.needs)
        layers = [{(zero, 0): 1} if self._open(0, zero) else {}]
        seen = 0
        for place in range(self._size):
            following: dict[tuple[Totals, int], int] = {}
            for (totals, members), coalitions in layers[-1].items():
                for key in ((totals, members), (self._taken(place, totals), members + 1)):
                    if self._open(place + 1, key[0]):
                        following[key] = following.get(key, 0) + coalitions
                # Within a layer, since one may have as many as all before it.
                _refuse_many(seen + len(following), self._deadline)
            layers.append(following)
            seen += len(following)
        return layers

    def _taken(self, place: int, totals: Totals) -> Totals:
        return tuple(map(min, _sum(totals, self._weights[place]), self._rule.needs))

    def _open(self, place: int, totals: Totals) -> bool:
        needs = self._rule.needs
        return not meets(totals, needs) and meets(_sum(totals, self._rest[place]), needs)

    def _value(
        self,
        place: int,
        totals: Totals,
        members: int,
        known: dict[tuple[Totals, int], tuple[int, int, int]],
    ) -> tuple[int, int, int]:
        """Winning coalitions that go on from here: how many, and their orders."""
        if meets(totals, self._rule.needs):
            return self._all_won(self._size - place, members)
        return known.get((totals, members), (0, 0, 0))

    def _all_won(self, left: int, members: int) -> tuple[int, int, int]:
        """As `_value` where the coalition has won, whoever else joins."""
        if (left, members) not in self._won:
            joining = [(comb(left, more), members + more) for more in range(left + 1)]
            self._won[left, members] = (
                1 << left,
                sum(number * self._inside[size] for number, size in joining),
                sum(number * self._outside[size] for number, size in joining),
            )
        return self._won[left, members]


def _rests(weights: Sequence[Totals], needs: int) -> list[Totals]:
    """What all nations from each place on bring together; nothing after the last."""
    rest: list[Totals] = [(0,) * needs]
    for weight in reversed(weights):
        rest.append(_sum(rest[-1], weight))
    return rest[::-1]


def _lightest(members: tuple[Totals, ...], weight: Totals) -> tuple[Totals, ...]:
    """The members that are at least as heavy as no other one, with the new one among them."""
    if any(meets(weight, one) for one in members):
        return members
    return tuple(sorted([*(one for one in members if not meets(one, weight)), weight]))


def _sum(one: Totals, other: Totals) -> Totals:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _less(one: Totals, other: Totals) -> Totals:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _refuse_many(seen: int, deadline: Deadline) -> None:
    if seen > MOST_STATES or deadline.expired:
        raise TooManyTotalsError
