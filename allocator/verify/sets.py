"""What holds for every family of sets in a result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.result import by_size


def antichain_faults(name: str, sets: Sequence[tuple[object, ...]]) -> Iterator[str]:
    """Sets that contain another one of the family."""
    for place, one in enumerate(sets):
        for other in sets[place + 1 :]:
            if set(one) <= set(other) or set(other) <= set(one):
                yield f"{name}: one of {one} and {other} contains the other"


def order_faults(name: str, sets: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Sets stand by size, then by members; members are sorted, each once."""
    if tuple(sets) != by_size(set(one) for one in sets):
        yield f"{name} are not sorted by size, then by members"
