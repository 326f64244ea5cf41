"""Splits that show a no: however what could come is shared out between lines that take several
capabilities, one of them is short."""

from __future__ import annotations

from collections.abc import Collection

from allocator.checker.sharing import Coming, can_be_shared
from allocator.inputs.problem import Line, Task, World
from allocator.model.program import Check
from allocator.results.certificate import Coming as Units
from allocator.results.certificate import Proof
from allocator.search.feasibility.splits import components

Shown = dict[tuple[tuple[str, ...], tuple[int, ...]], tuple[str, ...]]
"""By lines and what could come of each of their capabilities: those of the lines that cannot be
filled together; none where all can, or where there are too many ways."""


def proof_by_splits(
    task: Task,
    coming: Coming,
    world: World,
    nations: Collection[str],
    check: Check,
    known: Shown | None = None,
) -> Proof | None:
    """Show that the nations cannot staff the task in the world, in one period, lines that draw on
    the same capabilities looked at together; or give None.

    coming: what could come to the task. world: which preconditions hold, and from which period.
    nations: who may contribute. check: raises where the time is up. known: what was found for
    other noes of the task, many of which leave the same units; added to.
    """
    known = {} if known is None else known
    groups = [*components(task)]
    for period in task.periods:
        check()
        totals = coming.totals(world, nations, period)
        for lines in groups:
            taken = {c: totals[c] for c in sorted({c for line in lines for c in line.weights})}
            key = tuple(line.id for line in lines), tuple(taken.values())
            if key not in known:
                known[key] = _short(lines, taken)
            if known[key]:
                return _proof([line for line in lines if line.id in known[key]], period, taken)
    return None


def _short(lines: Collection[Line], totals: dict[str, int]) -> tuple[str, ...]:
    """The lines that cannot all be filled, less those that it does not take; none where all can
    be, or where that is not known."""
    if can_be_shared([*lines], totals) is not False:
        return ()
    needed = list(lines)
    for line in lines:
        others = [other for other in needed if other is not line]
        if others and can_be_shared(others, totals) is False:
            needed = others
    return tuple(line.id for line in needed)


def _proof(needed: Collection[Line], period: int, totals: dict[str, int]) -> Proof:
    used = {c for line in needed for c in line.weights}
    return Proof(
        by="splits",
        lines=tuple(line.id for line in needed),
        periods=(period,),
        coming=tuple(Units(capability=c, units=n) for c, n in totals.items() if c in used),
    )
