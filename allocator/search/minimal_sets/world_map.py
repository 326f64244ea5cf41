"""The verdict in every world, and how much each precondition matters.

A world is what is brought about directly. With up to some 24 elements everything is exact and
read off the minimal sets in a table; above that in a decision diagram, where one can be had, and
else it is sampled, with an interval, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import comb
from random import Random
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from allocator.model.program import Check, go_on
from allocator.results.blocking import Influence, WorldMap
from allocator.search.minimal_sets import diagrams
from allocator.search.minimal_sets.families import Mask
from allocator.search.minimal_sets.sampling import Estimate, Tally, draw, widest
from allocator.search.minimal_sets.whole import Counts, Whole
from allocator.search.minimal_sets.world_sets import MOST_ELEMENTS, WorldSet, WorldSpace

Influences: TypeAlias = tuple[Influence, ...]
Bytes: TypeAlias = npt.NDArray[np.uint8]

SAMPLES = 2000


def world_map(
    names: Sequence[str],
    minimal: Sequence[Mask],
    likelihoods: Mapping[str, float | None],
    check: Check = go_on,
) -> WorldMap:
    """Return the map from the complete family of minimal sets; element i is `names[i]`.

    likelihoods: by name; None where there is no estimate. check: raises TimeUpError where the time
    for more than a draw is up.
    """
    chances = [likelihoods.get(name) for name in names]
    if len(names) > MOST_ELEMENTS:
        counts = diagrams.counted(len(names), minimal, chances, check)
        if counts is None:
            return _sampled(names, minimal, likelihoods)
        return _counted(names, counts, partial(_influences, names, minimal))
    worlds = WorldSpace(len(names))
    ready = worlds.above(worlds.of(minimal))
    banzhaf, shapley = _indices(worlds, ready)
    return WorldMap(
        1 << len(names),
        worlds.count(ready) / (1 << len(names)),
        0.0,
        _likelihood(worlds, ready, chances),
        _influences(names, minimal, banzhaf, shapley),
    )


def whole_map(
    names: Sequence[str], whole: Whole, likelihoods: Mapping[str, float | None], check: Check
) -> WorldMap | None:
    """Return the map of a question whose families are too many to list; element i is `names[i]`.

    whole: what is known of it. likelihoods: by name; None where there is no estimate. check: raises
    TimeUpError where the time is up. None where counting would take too long.
    """
    counts = whole.counts([likelihoods.get(name) for name in names], check)
    if counts is None:
        return None
    everything = (1 << len(names)) - 1

    def influence(banzhaf: Sequence[float], shapley: Sequence[float | None]) -> Influences:
        return tuple(
            Influence(
                name,
                banzhaf[i],
                shapley[i],
                not whole.has(everything & ~(1 << i)),
                not any(counts.swings[i]),
                tuple(other for j, other in enumerate(names) if stands_in(i, j)),
            )
            for i, name in enumerate(names)
        )

    def stands_in(i: int, j: int) -> bool:
        # Only who decides alike can take another's place.
        return i != j and counts.swings[i] == counts.swings[j] and whole.substitutes(i, j)

    return _counted(names, counts, influence)


def _counted(
    names: Sequence[str],
    counts: Counts,
    influences: Callable[[Sequence[float], Sequence[float | None]], Influences],
) -> WorldMap:
    size = len(names)
    of_each = [_indices_of(swings, size) for swings in counts.swings]
    return WorldMap(
        1 << size,
        counts.ready / (1 << size),
        0.0,
        counts.likelihood,
        influences([b for b, _ in of_each], [s for _, s in of_each]),
    )


def _influences(
    names: Sequence[str],
    minimal: Sequence[Mask],
    banzhaf: Sequence[float],
    shapley: Sequence[float | None],
) -> Influences:
    family = frozenset(minimal)
    return tuple(
        Influence(
            name,
            banzhaf[i],
            shapley[i],
            bool(family) and all(mask >> i & 1 for mask in family),
            not any(mask >> i & 1 for mask in family),
            tuple(names[j] for j in range(len(names)) if j != i and _substitutes(family, i, j)),
        )
        for i, name in enumerate(names)
    )


def _substitutes(family: frozenset[Mask], i: int, j: int) -> bool:
    """Whether one may take the place of the other in every minimal set that has only one of them.
    Two that are always there together are both needed: neither stands in for the other."""
    both, ever = 1 << i | 1 << j, False
    for mask in family:
        if (mask >> i ^ mask >> j) & 1:
            if mask ^ both not in family:
                return False
            ever = True
    return ever


def _indices(worlds: WorldSpace, ready: WorldSet) -> tuple[list[float], list[float | None]]:
    """Banzhaf and Shapley-Shubik indices of every element.

    Of the worlds of one size, those ready with the element less those ready without it, over
    pairs that differ in it alone, are the worlds in which it decides.
    """
    size = worlds.size
    sizes = worlds.sizes()
    held = worlds.unpacked(ready)
    by_size = _histogram(sizes, held, size)
    banzhaf: list[float] = []
    shapley: list[float | None] = []
    for i in range(size):
        shape = (-1, 2, 1 << i)
        with_i = _histogram(sizes.reshape(shape)[:, 1], held.reshape(shape)[:, 1], size)
        # Ready worlds of k + 1 elements with i, less ready worlds of k without it.
        swings = [with_i[k + 1] - (by_size[k] - with_i[k]) for k in range(size)]
        of_i = _indices_of(swings, size)
        banzhaf.append(of_i[0])
        shapley.append(of_i[1])
    return banzhaf, shapley


def _indices_of(swings: Sequence[int], size: int) -> tuple[float, float]:
    """The Banzhaf and the Shapley-Shubik index of an element, from the worlds in which it decides,
    by how many others they have."""
    shapley = sum(number / (size * comb(size - 1, k)) for k, number in enumerate(swings[:size]))
    return sum(swings) / (1 << (size - 1)), shapley


def _histogram(sizes: Bytes, held: Bytes, size: int) -> list[int]:
    counted = np.bincount(sizes[held.astype(bool)], minlength=size + 1)
    return [int(number) for number in counted]


def _likelihood(
    worlds: WorldSpace, ready: WorldSet, chances: Sequence[float | None]
) -> float | None:
    """The probability of a ready world, the elements independent; folded one at a time."""
    if any(chance is None for chance in chances):
        return None
    folded: npt.NDArray[Any] = worlds.unpacked(ready)
    for chance in reversed(chances):
        half = len(folded) // 2
        # The highest element splits the worlds into two halves.
        met = float(chance or 0)
        folded = (1 - met) * folded[:half] + met * folded[half:]
    return float(folded[0])


def _sampled(
    names: Sequence[str], minimal: Sequence[Mask], likelihoods: Mapping[str, float | None]
) -> WorldMap:
    """Shares of random worlds; the seed is fixed, so that the same input gives the same figures."""
    rng, size = Random(0), len(names)

    def is_ready(world: Mask) -> bool:
        return any(mask & world == mask for mask in minimal)

    def share(drawn: Sequence[Mask], counts: Callable[[Mask], bool]) -> Estimate:
        yes = sum(map(counts, drawn))
        return Tally(yes, len(drawn) - yes).share()

    def decides(bit: Mask) -> Callable[[Mask], bool]:
        return lambda world: is_ready(world | bit) and not is_ready(world & ~bit)

    drawn = [rng.getrandbits(size) for _ in range(SAMPLES)]
    ready = share(drawn, is_ready)
    banzhaf = [share(drawn, decides(1 << i)) for i in range(size)]
    chances = [chance for name in names if (chance := likelihoods.get(name)) is not None]
    likely = None
    if len(chances) == size:
        likely = share([draw(rng, chances) for _ in range(SAMPLES)], is_ready)
    return WorldMap(
        1 << size,
        ready.value,
        ready.margin,
        likely.value if likely else None,
        _influences(names, minimal, [one.value for one in banzhaf], [None] * size),
        likelihood_margin=likely.margin if likely else 0.0,
        banzhaf_margin=widest(banzhaf),
    )
