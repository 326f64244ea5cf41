"""What sums over all sets of elements are made over: tables, or decision diagrams.

A set of worlds is whatever a space makes; sets of one space are joined by `|` and `&`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeAlias

Worlds: TypeAlias = Any
"""A set of worlds of some space: a table of bits, or a node of a diagram."""


class Total(Protocol):
    """A number for every world: the units of the parts that have it."""

    def at_least(self, need: int) -> Worlds:
        """The worlds whose number is `need` or more."""


class Space(Protocol):
    """All sets of some elements; element i is bit i of a mask."""

    @property
    def size(self) -> int: ...

    def nothing(self) -> Worlds: ...

    def everything(self) -> Worlds: ...

    def invert(self, worlds: Worlds) -> Worlds: ...

    def element(self, number: int) -> Worlds:
        """The worlds that have the element. Not to be changed in place."""

    def containing(self, mask: int) -> Worlds:
        """The worlds that have all elements of the mask."""

    def all_of(self, many: Sequence[Worlds]) -> Worlds:
        """The worlds that each of these has; one of them at least."""

    def total(self, parts: Sequence[tuple[int, Worlds]]) -> Total: ...

    def at_least(self, need: int, parts: Sequence[tuple[int, Worlds]]) -> Worlds:
        """The worlds in which the units of the parts that have them add up to `need`."""

    def narrowed(self, worlds: Worlds, need: int, parts: Sequence[tuple[int, Worlds]]) -> Worlds:
        """Those of the worlds, closed upwards, in which units add up."""

    def same(self, one: Worlds, other: Worlds) -> bool: ...

    def mark(self, worlds: Worlds) -> object:
        """Something that can be looked up, equal for equal sets of worlds."""
