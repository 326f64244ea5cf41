"""Every way in which substitutes can meet lines that share capabilities.

Units of one capability are alike whoever sends them, so whether supplies meet a group of lines
depends on the totals by capability alone. The totals that are just enough are listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from allocator.problem import Line, Task

MOST_SPLITS = 1500
"""More combinations than this are not listed."""

Totals = Mapping[str, int]
"""Units by capability."""


def components(task: Task) -> Iterator[tuple[Line, ...]]:
    """The lines that need anything, grouped by shared capabilities, direct or not."""
    rest = [line for line in task.lines if line.minimum]
    while rest:
        group = [rest.pop(0)]
        shared = set(group[0].weights)
        while joining := [line for line in rest if shared & set(line.weights)]:
            group += joining
            shared.update(c for line in joining for c in line.weights)
            rest = [line for line in rest if line not in joining]
        yield tuple(sorted(group, key=lambda line: line.id))


def enough(lines: Sequence[Line]) -> list[Totals] | None:
    """The totals one of which must be reached for the lines to be met; None if too many."""
    ways = [list(_ways(line)) for line in lines]
    number = 1
    for of_line in ways:
        number *= len(of_line)
    if number > MOST_SPLITS:
        return None
    found = {tuple(sorted(_sum(split).items())) for split in product(*ways)}
    return [dict(totals) for totals in sorted(found)]


def _ways(line: Line) -> Iterator[Totals]:
    """The minimal numbers of each substitute that meet one line."""
    capabilities = sorted(line.weights.items(), key=lambda item: (-item[1], item[0]))
    yield from _share_out(line.minimum, capabilities)


def _share_out(need: int, capabilities: Sequence[tuple[str, int]]) -> Iterator[Totals]:
    (capability, weight), rest = capabilities[0], capabilities[1:]
    most = max(0, -(-need // weight))
    if not rest:
        yield {capability: most}
        return
    for units in range(most + 1):
        for others in _share_out(need - units * weight, rest):
            yield {capability: units, **others}


def _sum(split: Sequence[Totals]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for part in split:
        for capability, units in part.items():
            totals[capability] = totals.get(capability, 0) + units
    return totals
