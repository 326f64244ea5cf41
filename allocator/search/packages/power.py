"""Who matters for a task: how many coalitions can do it, and how often each nation decides.

A coalition is any set of the nations that could come; it wins where it can staff the task. Where
all packages are known, or counted, or weights alone decide, everything is exact; otherwise
coalitions are sampled, with an interval, and the result says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from random import Random

from allocator.deadline import Deadline
from allocator.model.program import Check, go_on
from allocator.results.blocking import WorldMap
from allocator.results.coalitions import Basis, Power, Weight
from allocator.results.threshold_game import ThresholdGame, Totals
from allocator.search.minimal_sets.families import Answer, Mask
from allocator.search.minimal_sets.sampling import Estimate, Tally, widest
from allocator.search.minimal_sets.whole import Whole
from allocator.search.minimal_sets.world_map import whole_map, world_map
from allocator.search.packages import thresholds

SAMPLES = 2000


def listed(names: Sequence[str], minimal: Sequence[Mask], check: Check = go_on) -> Power:
    """From all packages; nation i is `names[i]`. Nations in none of them double every number of
    coalitions and change no index. `check` raises TimeUpError where the time for more than a draw
    is up."""
    used = [i for i in range(len(names)) if any(mask >> i & 1 for mask in minimal)]
    family = [sum(1 << k for k, i in enumerate(used) if mask >> i & 1) for mask in minimal]
    found = world_map([names[i] for i in used], family, {}, check)
    return _of_map(names, found, len(minimal), "listed" if found.exact else "sampled")


def counted_whole(names: Sequence[str], whole: Whole, check: Check) -> Power | None:
    """Count from all coalitions that can staff the task, where the packages are too many to list.

    names: of the nations; nation i is bit i of a coalition. whole: what is known of the coalitions.
    check: raises TimeUpError where the time is up. None where counting would take too long.
    """
    found = whole_map(names, whole, {}, check)
    return None if found is None else _of_map(names, found, whole.unlocking, "counted")


def _of_map(names: Sequence[str], found: WorldMap, packages: int, basis: Basis) -> Power:
    """The map may leave out nations that are in no package."""
    exact, idle = found.exact, len(names) - len(found.influence)
    deciding = {one.precondition: one for one in found.influence}
    total = sum(one.banzhaf for one in found.influence)
    weights = []
    for name in names:
        one = deciding.get(name)
        if one is None:
            weights.append(Weight(name, 0.0, 0.0, 0.0 if exact else None, False, True))
            continue
        share = one.banzhaf / total if total else 0.0
        figures = one.banzhaf, share, one.shapley, one.necessary, one.never_needed
        weights.append(Weight(name, *figures, one.substitutes))
    return Power(
        basis,
        len(names),
        round(found.ready * found.worlds) << idle if exact else None,
        packages,
        found.ready,
        found.margin,
        found.banzhaf_margin,
        tuple(weights),
    )


def counted(rule: ThresholdGame, deadline: Deadline) -> Power | None:
    """By weights, whatever the number of nations; None where there is too much to count."""
    try:
        found = thresholds.counts(rule, deadline)
        packages = thresholds.minimal(rule, deadline)
        substitutes = _substitutes(rule, found.swings, deadline)
    except thresholds.TooManyTotalsError:
        return None
    size, total = len(rule.nations), sum(found.swings)
    weights = tuple(
        Weight(
            nation,
            found.swings[i] / (1 << (size - 1)),
            found.swings[i] / total if total else 0.0,
            float(found.shapley[i]),
            veto and found.winning > 0,
            not found.swings[i],
            substitutes[i],
        )
        for i, (nation, veto) in enumerate(zip(rule.nations, rule.vetoes, strict=True))
    )
    share = found.winning / (1 << size)
    return Power("counted", size, found.winning, packages, share, 0.0, 0.0, weights, rule)


def _substitutes(
    rule: ThresholdGame, swings: Sequence[int], deadline: Deadline
) -> list[tuple[str, ...]]:
    """Of each nation those that may take its place; nations that never decide have none. Pairs of
    the same weights are asked about once."""
    found: list[list[str]] = [[] for _ in rule.nations]
    known: dict[frozenset[Totals], bool] = {}
    for i in range(len(rule.nations)):
        for j in range(i):
            if not swings[i] or swings[i] != swings[j]:
                continue
            pair = frozenset((rule.weights[i], rule.weights[j]))
            if pair not in known:
                known[pair] = thresholds.substitutes(rule, i, j, deadline)
            if known[pair]:
                found[i].append(rule.nations[j])
                found[j].append(rule.nations[i])
    return [tuple(sorted(names)) for names in found]


def sampled(
    names: Sequence[str], ask: Callable[[Mask], Answer], deadline: Deadline
) -> Power | None:
    """Estimate from coalitions drawn at random, as many as there is time for; None without an
    answer.

    The seed is fixed. A nation's Banzhaf index is the share of winning coalitions among those
    that it is in, less the share among the others; answers that do not come widen the intervals.

    names: of the nations. ask: whether a coalition can staff the task. deadline: when to end at the
    latest.
    """
    rng, size = Random(0), len(names)
    drawn: list[tuple[Mask, Answer]] = []
    for _ in range(SAMPLES):
        coalition = rng.getrandbits(size)
        answer = ask(coalition)
        if deadline.expired:
            break
        drawn.append((coalition, answer))
    winning = _tally(drawn)
    if not winning.yes + winning.no:
        return None
    share = winning.share()
    indices = [_index(drawn, i) for i in range(size)]
    total = sum(index.value for index in indices)
    return Power(
        "sampled",
        size,
        None,
        None,
        share.value,
        share.margin,
        widest(indices),
        tuple(
            Weight(name, index.value, index.value / total if total else 0.0, None, None, None)
            for name, index in zip(names, indices, strict=True)
        ),
    )


def _index(drawn: Sequence[tuple[Mask, Answer]], i: int) -> Estimate:
    """How much more often coalitions win with the nation than without it."""
    inside = _tally([one for one in drawn if one[0] >> i & 1])
    return inside.more_than(_tally([one for one in drawn if not one[0] >> i & 1]))


def _tally(drawn: Sequence[tuple[Mask, Answer]]) -> Tally:
    counted = Counter(answer for _, answer in drawn)
    return Tally(counted[Answer.YES], counted[Answer.NO], counted[Answer.UNKNOWN])
