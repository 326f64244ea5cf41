"""The world map where there are too many worlds to look at each: drawn ones are asked.

A world of the draw has every element with its chance, independent of the others. An answer that
does not come in time widens the interval; it counts neither as yes nor as no.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random

from allocator.deadline import Deadline
from allocator.minimal_sets.families import Answer, Mask
from allocator.minimal_sets.world_map import Z95, Influence, WorldMap

DRAWS = 1000
LEAST_DRAWS = 100
"""Fewer say too little to be shown."""

Ask = Callable[[Mask], Answer]


@dataclass(frozen=True)
class Draw:
    """The worlds drawn and answered, and how many were not."""

    yes: tuple[Mask, ...]
    no: tuple[Mask, ...]
    open: int

    def share(self) -> tuple[float, float]:
        """The share of ready worlds, and half the width of its 95 % interval."""
        return _share(len(self.yes), len(self.no), self.open)

    def influence(self, element: int) -> tuple[float, float]:
        """How much more often a world is ready with the element than without it, which is its
        Banzhaf index; and half the width of its 95 % interval."""
        with_yes, with_no = (sum(m >> element & 1 for m in side) for side in (self.yes, self.no))
        half = self.open / 2
        with_, margin = _share(with_yes, with_no, half)
        without, other = _share(len(self.yes) - with_yes, len(self.no) - with_no, half)
        return max(0.0, with_ - without), sqrt(margin**2 + other**2)


def sampled_map(
    names: Sequence[str],
    ask: Ask,
    necessary: Collection[str],
    likelihoods: Mapping[str, float | None],
    deadline: Deadline,
) -> WorldMap | None:
    """The map from drawn worlds; element i is `names[i]`. None where too few were answered.

    necessary: the elements known to be so. The draws are the same for the same names.
    """
    even = _draw(ask, [0.5] * len(names), deadline.part(0.5))
    if even is None:
        return None
    chances = [likelihoods.get(name) for name in names]
    known = [chance for chance in chances if chance is not None]
    likely = _draw(ask, known, deadline) if len(known) == len(names) else None
    ready, margin = even.share()
    weights = [even.influence(element) for element in range(len(names))]
    likelihood, beside = likely.share() if likely else (None, 0.0)
    return WorldMap(
        1 << len(names),
        ready,
        margin,
        likelihood,
        tuple(
            Influence(name, weight, None, name in necessary, None)
            for name, (weight, _) in zip(names, weights, strict=True)
        ),
        likelihood_margin=beside,
        banzhaf_margin=max(width for _, width in weights),
    )


def _draw(ask: Ask, chances: Sequence[float], deadline: Deadline) -> Draw | None:
    """Worlds drawn and asked until there are enough or the time is up."""
    rng = Random(0)
    answers: dict[Answer, list[Mask]] = {answer: [] for answer in Answer}
    for _ in range(DRAWS):
        if deadline.expired:
            break
        world = sum(1 << place for place, chance in enumerate(chances) if rng.random() < chance)
        answers[ask(world)].append(world)
    yes, no = answers[Answer.YES], answers[Answer.NO]
    if len(yes) + len(no) < LEAST_DRAWS:
        return None
    return Draw(tuple(yes), tuple(no), len(answers[Answer.UNKNOWN]))


def _share(yes: float, no: float, open_: float) -> tuple[float, float]:
    """A share and half the width of its 95 % interval (Agresti and Coull 1998), which holds
    whether what is open was all yes or all no."""
    drawn = yes + no + open_
    if not drawn:
        return 0.5, 0.5
    share, decided = (yes + open_ / 2) / drawn, yes + no + Z95**2
    centre = (yes + Z95**2 / 2) / decided
    width = Z95 * sqrt(centre * (1 - centre) / decided)
    return share, abs(share - centre) + width + open_ / 2 / drawn
