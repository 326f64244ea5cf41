"""Partners who can only join together, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.results.coalitions import Partners
from allocator.words import count, listing

SHOWN = 5


def partners(found: Sequence[Partners]) -> Iterator[str]:
    """The circles, the most frequent first, each with the packages that it is in."""
    packages: dict[tuple[str, ...], int] = {}
    for one in found:
        for circle in one.circles:
            packages[circle] = packages.get(circle, 0) + 1
    order = sorted(packages, key=lambda circle: (-packages[circle], len(circle), circle))
    for circle in order[:SHOWN]:
        where = count(packages[circle], "package")
        yield (
            f"In {where} {listing(circle)} can only announce together: the caveats of each wait "
            "for another of them."
        )
    if len(order) > SHOWN:
        yield f"And {count(len(order) - SHOWN, 'circle')} more."
