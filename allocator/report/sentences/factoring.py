"""A family of sets said shortly: what all have in common, then independent choices.

`{a,b,c} {a,b,d} {a,e,c} {a,e,d}` is `a, and one of b, e, and one of c, d`. The short form is used
only where it stands for exactly the sets of the family.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import comb, prod

from allocator.words import listing

Members = frozenset[str]
Choice = tuple[tuple[str, ...], ...]
"""Alternatives, one of which is taken; each is a tuple of members, sorted."""


@dataclass(frozen=True, slots=True)
class Factored:
    """`common` in every set, and one alternative of each choice. `empty`: a family of no sets."""

    common: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    empty: bool = False


def factor(sets: Iterable[Iterable[str]]) -> Factored:
    """The factored form of the family; `expand` gives back the same sets."""
    family = frozenset(frozenset(members) for members in sets)
    if not family:
        return Factored(empty=True)
    common = frozenset.intersection(*family)
    rest = frozenset(members - common for members in family)
    choices = () if rest == {frozenset()} else _choices(rest)
    return Factored(tuple(sorted(common)), choices)


def expand(factored: Factored) -> frozenset[Members]:
    """The sets that the factored form stands for."""
    if factored.empty:
        return frozenset()
    return frozenset(
        frozenset(factored.common).union(*taken) for taken in product(*factored.choices)
    )


def sentence(
    factored: Factored, name: Callable[[str], str] = str, longest: int | None = None
) -> str:
    """`a and b, and one of: c; d and e`.

    factored: the family. name: what is read in place of an id. longest: letters of a choice; one
    with more is counted, `one of 16 combinations`.
    """
    if factored.empty:
        return "none"
    parts = [listing(map(name, factored.common))] if factored.common else []
    for choice in factored.choices:
        text = _choice_in_words(choice, name)
        long = longest is not None and len(text) > longest
        parts.append(f"one of {len(choice):,} combinations" if long else text)
    return ", and ".join(parts) or "nothing"


def _choices(family: frozenset[Members]) -> tuple[Choice, ...]:
    """The family as a product over groups of members, or, where it is none, as one choice."""
    groups = _dependent_groups(family)
    projections = [frozenset(members & group for members in family) for group in groups]
    if prod(len(projection) for projection in projections) != len(family):
        projections = [family]
    return tuple(_in_order(projection) for projection in projections)


def _in_order(family: Iterable[Members]) -> Choice:
    return tuple(sorted((tuple(sorted(m)) for m in family), key=lambda m: (len(m), m)))


def _dependent_groups(family: frozenset[Members]) -> list[Members]:
    """Members that say something about each other are in the same group."""
    has = _sets_with(family)
    every = (1 << len(family)) - 1
    groups: list[set[str]] = []
    for member in sorted(has):
        near = [g for g in groups if any(_dependent(has[member], has[m], every) for m in g)]
        groups = [group for group in groups if group not in near]
        groups.append({member}.union(*near))
    return sorted((frozenset(group) for group in groups), key=sorted)


def _sets_with(family: frozenset[Members]) -> dict[str, int]:
    """For each member the sets that have it, a bit each."""
    having: dict[str, list[str]] = {member: [] for member in frozenset.union(*family)}
    for members in family:
        for member, digits in having.items():
            digits.append("1" if member in members else "0")
    return {member: int("".join(digits), 2) for member, digits in having.items()}


def _dependent(one: int, other: int, every: int) -> bool:
    """Whether one member says something of the other: of the ways to have or to lack the two, not
    all are there that each alone allows. By the sets that have them, and all sets."""
    both = [one & other, one & ~other, other & ~one, every & ~(one | other)]
    alone = [[one, every & ~one], [other, every & ~other]]
    first, second = (sum(map(bool, each)) for each in alone)
    return sum(map(bool, both)) != first * second


def _choice_in_words(choice: Choice, name: Callable[[str], str]) -> str:
    if taken := _any_of_size(choice):
        members = sorted({member for alternative in choice for member in alternative})
        return f"{'one' if taken == 1 else f'any {taken}'} of {listing(map(name, members), 'or')}"
    texts = [listing(map(name, alternative)) or "nothing more" for alternative in choice]
    return f"one of: {'; '.join(texts)}"


def _any_of_size(choice: Sequence[tuple[str, ...]]) -> int:
    """The k of a choice that is any k of its members; 0 where it is none."""
    members = sorted({member for alternative in choice for member in alternative})
    size = len(choice[0])
    if any(len(a) != size for a in choice) or len(choice) != comb(len(members), size):
        return 0
    return size if set(choice) == set(combinations(members, size)) else 0
