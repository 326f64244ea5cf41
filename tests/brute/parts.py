"""What the lists of brute force are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from operator import le
from typing import TypeVar

from allocator.checker import RULES, AddedKey
from allocator.checker.case import Case
from allocator.results.result import UnitKey

LIMIT = 20_000
"""The most allocations that are listed of a task in a period, of a task, or of tasks together."""

Cost = tuple[int | Fraction, ...]
T = TypeVar("T")


class NotTinyError(Exception):
    """More allocations than brute force should list, or a form that it does not cover."""


@dataclass(frozen=True)
class Part:
    """Units of some tasks in some periods. `cost`: what is less is better, each figure for
    itself: units used by pair and period, less the fill of lines with `of` by period, targets
    missed, contributors, price of what is added."""

    units: Mapping[UnitKey, int]
    cost: Cost
    added: Mapping[AddedKey, int] = field(default_factory=dict)

    def with_(self, other: Part) -> Part:
        return Part(
            {**self.units, **other.units},
            tuple(a + b for a, b in zip(self.cost, other.cost, strict=True)),
            {**self.added, **other.added},
        )

    def nations_at(self, task: str) -> frozenset[str]:
        return frozenset(key[0] for key in self.units if key[1] == task)


class Memory:
    """What has been worked out already, by key."""

    def __init__(self) -> None:
        self.known: dict[object, object] = {}

    def remembered(self, key: object, make: Callable[[], T]) -> T:
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]  # type: ignore[return-value]


def breaks(case: Case, *rules: str) -> bool:
    return any(True for rule in rules for _ in RULES[rule](case))


def front(parts: Iterable[Part], judge: Callable[[Part], bool]) -> list[Part]:
    """The parts that pass, without those that another one equals or betters in every figure."""
    kept: list[Part] = []
    for part in sorted(parts, key=lambda part: sum(part.cost)):
        bettered = any(all(map(le, other.cost, part.cost)) for other in kept)
        if not bettered and judge(part):
            kept.append(part)
    return kept
