"""When supplies can be shared out between lines that draw on the same capabilities.

Units of one capability are alike whoever sends them, so whether supplies meet a group of lines
depends on the totals by capability alone. Where every line counts its substitutes alike, or there
is one line only, a few sums say so whatever the figures are. Elsewhere the totals that are just
enough are listed, where they are few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from allocator.inputs.problem import Line, Task

MOST_SPLITS = 1500
"""More combinations than this are not listed."""

MOST_SUMS = 64
"""More sums than this are not added up: every group of lines may have one."""

Totals = Mapping[str, int]
"""Units by capability."""


@dataclass(frozen=True)
class Ways:
    """The lines are met where in one of `needs` every sum of `sums` reaches its figure.

    sums: weights by capability. needs: a figure a sum.
    """

    sums: tuple[Totals, ...]
    needs: tuple[tuple[int, ...], ...]


def components(task: Task) -> Iterator[tuple[Line, ...]]:
    """The lines that need anything, grouped by shared capabilities, direct or not."""
    for group in grouped([(line, task) for line in task.lines]):
        yield tuple(sorted((line for line, _ in group), key=lambda line: line.id))


def grouped(lines: Sequence[tuple[Line, Task]]) -> Iterator[list[tuple[Line, Task]]]:
    """As `components`, of the lines of several tasks, each with its task."""
    rest = [one for one in lines if one[0].minimum]
    while rest:
        group = [rest.pop(0)]
        shared = set(group[0][0].weights)
        while joining := [one for one in rest if shared & set(one[0].weights)]:
            group += joining
            shared.update(c for line, _ in joining for c in line.weights)
            rest = [one for one in rest if one not in joining]
        yield group


def ways(lines: Sequence[Line]) -> Ways | None:
    """When totals meet the lines, exactly; None where neither sums nor a short list say so."""
    return _by_sums(lines) or _by_list(lines)


def enough(lines: Sequence[Line]) -> list[Totals] | None:
    """The totals one of which must be reached for the lines to be met; None if too many."""
    found = [_ways(line, MOST_SPLITS) for line in lines]
    listed = [ways for ways in found if ways is not None]
    if len(listed) < len(found) or prod(map(len, listed)) > MOST_SPLITS:
        return None
    totals = {tuple(sorted(_sum(split).items())) for split in product(*listed)}
    return [dict(split) for split in sorted(totals)]


def _by_list(lines: Sequence[Line]) -> Ways | None:
    splits = enough(lines)
    if splits is None:
        return None
    used = sorted({c for line in lines for c in line.weights})
    needs = tuple(tuple(split.get(c, 0) for c in used) for split in splits)
    return Ways(tuple({c: 1} for c in used), needs)


def _by_sums(lines: Sequence[Line]) -> Ways | None:
    if len(lines) == 1:
        return Ways((dict(lines[0].weights),), ((lines[0].minimum,),))
    if any(len(set(line.weights.values())) > 1 for line in lines):
        return None
    groups = _groups(lines)
    if groups is None:
        return None
    needs = tuple(
        sum(_units(line.minimum, max(line.weights.values())) for line in lines if _within(line, g))
        for g in groups
    )
    return Ways(tuple(dict.fromkeys(sorted(group), 1) for group in groups), (needs,))


def _within(line: Line, group: frozenset[str]) -> bool:
    return group >= set(line.weights)


def _groups(lines: Sequence[Line]) -> list[frozenset[str]] | None:
    """Whatever capabilities some lines have between them: units can be shared out exactly where,
    of each of these, there are as many as the lines need that take nothing else (Hall 1935;
    Gale 1957). None if too many."""
    found: dict[frozenset[str], None] = {}
    for line in lines:
        own = frozenset(line.weights)
        found |= dict.fromkeys([own, *(own | other for other in found)])
        if len(found) > MOST_SUMS:
            return None
    return list(found)


def _ways(line: Line, most: int) -> list[Totals] | None:
    """The minimal numbers of each substitute that meet one line, the heaviest first; None if
    there are more than `most`. They are counted before they are listed."""
    *others, (last, weight) = sorted(line.weights.items(), key=lambda item: (-item[1], item[0]))
    found: list[tuple[dict[str, int], int]] = [({}, line.minimum)]
    for capability, own in others:
        if sum(_units(need, own) + 1 for _, need in found) > most:
            return None
        found = [
            ({**split, capability: units}, need - units * own)
            for split, need in found
            for units in range(_units(need, own) + 1)
        ]
    return [{**split, last: _units(need, weight)} for split, need in found]


def _units(need: int, weight: int) -> int:
    """So many units of the weight meet what is needed."""
    return max(0, -(-need // weight))


def _sum(split: Sequence[Totals]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for part in split:
        for capability, units in part.items():
            totals[capability] = totals.get(capability, 0) + units
    return totals
