"""The world map where there are too many worlds to look at each: drawn ones are asked.

A world of the draw has every element with its chance, independent of the others. An answer that
does not come in time widens the interval; it counts neither as yes nor as no.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from allocator.deadline import Deadline
from allocator.results.blocking import Influence, WorldMap
from allocator.search.minimal_sets.families import Answer, Mask
from allocator.search.minimal_sets.sampling import Estimate, Tally, draw, widest

DRAWS = 1000
LEAST_DRAWS = 100
"""Fewer say too little to be shown."""

Ask = Callable[[Mask], Answer]
Answers = Mapping[Answer, Sequence[Mask]]
"""The worlds drawn, by what was answered."""


def sampled_map(
    names: Sequence[str],
    ask: Ask,
    necessary: Mapping[str, bool],
    likelihoods: Mapping[str, float | None],
    deadline: Deadline,
) -> WorldMap | None:
    """Return the map from drawn worlds; element i is `names[i]`. None where too few were answered.

    necessary: of the elements of which it is known, whether they are in every way. The draws are
    the same for the same names.

    ask: whether the task is ready in a world. likelihoods: by name; None where there is no
    estimate. deadline: when to end at the latest.
    """
    even = _drawn(ask, [0.5] * len(names), deadline.part(0.5))
    if even is None:
        return None
    chances = [likelihoods.get(name) for name in names]
    known = [chance for chance in chances if chance is not None]
    likely = _drawn(ask, known, deadline) if len(known) == len(names) else None
    ready = _tally(even).share()
    weights = [_influence(even, element) for element in range(len(names))]
    likelihood = _tally(likely).share() if likely else None
    return WorldMap(
        1 << len(names),
        ready.value,
        ready.margin,
        likelihood.value if likelihood else None,
        tuple(
            Influence(name, weight.value, None, necessary.get(name), None)
            for name, weight in zip(names, weights, strict=True)
        ),
        likelihood_margin=likelihood.margin if likelihood else 0.0,
        banzhaf_margin=widest(weights),
    )


def _drawn(ask: Ask, chances: Sequence[float], deadline: Deadline) -> Answers | None:
    """Worlds drawn and asked until there are enough or the time is up."""
    rng = Random(0)
    answers: dict[Answer, list[Mask]] = {answer: [] for answer in Answer}
    for _ in range(DRAWS):
        if deadline.expired:
            break
        world = draw(rng, chances)
        answers[ask(world)].append(world)
    decided = len(answers[Answer.YES]) + len(answers[Answer.NO])
    return answers if decided >= LEAST_DRAWS else None


def _influence(answers: Answers, element: int) -> Estimate:
    """How much more often a world is ready with the element than without it, which is its Banzhaf
    index."""
    return _tally(answers, element, 1).more_than(_tally(answers, element, 0))


def _tally(answers: Answers, element: int | None = None, held: int = 1) -> Tally:
    """The answers in the worlds that have the element, or have it not; in all without one."""
    yes, no, open_ = (
        sum(element is None or world >> element & 1 == held for world in answers[answer])
        for answer in (Answer.YES, Answer.NO, Answer.UNKNOWN)
    )
    return Tally(yes, no, open_)
