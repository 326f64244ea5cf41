"""Whether a difference makes a task easier or harder to staff.

`helps`: whatever could be done before still can be. `hinders`: the other way round. Where neither
is certain the direction is `unclear`. A verdict is monotone in everything that has a direction,
so the search for reasons need not look at what pulls the other way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import product
from typing import Literal

from allocator.inputs.conditions import (
    Always,
    Condition,
    Joins,
    LedBy,
    Never,
    Precondition,
    Staffed,
    holds,
    leaves,
)

Direction = Literal["same", "helps", "hinders", "unclear"]

MOST_LEAVES = 10
"""Conditions that together name more are not compared."""


def together(found: Iterable[Direction]) -> Direction:
    """The direction of several differences that come as one."""
    several = {direction for direction in found if direction != "same"}
    if not several:
        return "same"
    return several.pop() if len(several) == 1 else "unclear"


def turned(direction: Direction) -> Direction:
    """Of the difference the other way round."""
    back: dict[Direction, Direction] = {"helps": "hinders", "hinders": "helps"}
    return back.get(direction, direction)


def more_helps(before: float, after: float) -> Direction:
    if before == after:
        return "same"
    return "helps" if after > before else "hinders"


def each_more_helps(before: Sequence[float], after: Sequence[float]) -> Direction:
    """Of figures period by period."""
    return together(more_helps(b, a) for b, a in zip(before, after, strict=True))


def larger_helps(before: Collection[object], after: Collection[object]) -> Direction:
    """Of sets: one that holds all of the other and more."""
    before, after = set(before), set(after)
    if before == after:
        return "same"
    if before < after:
        return "helps"
    return "hinders" if after < before else "unclear"


def weaker_helps(before: Condition, after: Condition) -> Direction:
    """Of conditions: one that holds whenever the other does, and more often."""
    if before == after:
        return "same"
    atoms = sorted({leaf for leaf in (*leaves(before), *leaves(after)) if _open(leaf)}, key=str)
    if len(atoms) > MOST_LEAVES:
        return "unclear"
    pairs = {
        (_holds(before, chosen), _holds(after, chosen))
        for chosen in (
            {atom for atom, on in zip(atoms, switches, strict=True) if on}
            for switches in product((False, True), repeat=len(atoms))
        )
    }
    return together(more_helps(b, a) for b, a in pairs)


def _open(leaf: Condition) -> bool:
    return not isinstance(leaf, Always | Never)


def _holds(condition: Condition, chosen: set[Condition]) -> bool:
    return holds(
        condition,
        {leaf.id for leaf in chosen if isinstance(leaf, Precondition)},
        {leaf.nation for leaf in chosen if isinstance(leaf, Joins)},
        {leaf.task for leaf in chosen if isinstance(leaf, Staffed)},
        {leaf.nation for leaf in chosen if isinstance(leaf, LedBy)},
    )
