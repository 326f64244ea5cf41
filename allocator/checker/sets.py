"""What holds for every family of sets in a result."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from allocator.results.result import Family, Packages, by_size


def antichain_faults(name: str, sets: Sequence[tuple[Hashable, ...]]) -> Iterator[str]:
    """Sets that contain another one of the family, or stand twice."""
    place = {member: bit for bit, member in enumerate(dict.fromkeys(m for s in sets for m in s))}
    kept: dict[int, set[int]] = {}
    for one in sorted(sets, key=lambda members: len(set(members))):
        mask = sum(1 << place[member] for member in set(one))
        # Of sets of the same size, only equal ones contain each other.
        smaller = (other for size in kept if size < mask.bit_count() for other in kept[size])
        if mask in kept.get(mask.bit_count(), ()) or any(o & mask == o for o in smaller):
            yield f"{name}: {one} contains another one, or stands twice"
        kept.setdefault(mask.bit_count(), set()).add(mask)


def order_faults(name: str, sets: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Sets stand by size, then by members; members are sorted, each once."""
    if tuple(sets) != by_size(set(one) for one in sets):
        yield f"{name} are not sorted by size, then by members"


def counted_faults(name: str, said: Family | Packages) -> Iterator[str]:
    """Those that are counted are more than those that are listed, which are not all."""
    if said.in_all is not None and (said.complete or said.in_all <= len(said.sets)):
        yield f"{name}: said to be {said.in_all:,} in all, and {len(said.sets):,} are listed"
