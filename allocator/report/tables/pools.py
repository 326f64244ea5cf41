"""The pools of forces: what stands in for each other as one, in weighted units.

What is asked for is the fullest period's; everything else is what can be in place at any one time,
all periods alike, so that the one can be held against the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from allocator.report.tables.table import Columns, Table, joined, make_table, whole, yes_no

if TYPE_CHECKING:
    from allocator.analysis.dilemma import Layers
    from allocator.inputs.problem import Line, Problem
    from allocator.results.run import RunRecord


@dataclass(frozen=True, slots=True)
class PoolRow:
    """Weighted units. `open`, `waits`, `never` and `committed` add up to `kept_up`. weights: what a
    unit of each capability counts for. sent: by the plan in its fullest period, None without one.
    asked: the minimums of all tasks in the fullest period; `exact`: not just at the least."""

    weights: tuple[tuple[str, int], ...]
    held: int
    kept_up: int
    committed: int
    never: int
    waits: int
    open: int
    sent: int | None
    asked: int
    exact: bool


def pool_rows(run: RunRecord) -> tuple[PoolRow, ...]:
    """Return one a group of substitutes, the scarcest first: what is open against what is asked.

    run: what is shown.
    """
    from allocator.analysis.dilemma import layers  # Engines come with it, which a review has not.

    known = {one.capability: one for one in layers(run.problem, run.world)}
    rows = [_row(run, group, known) for group in groups(run.problem)]
    return tuple(sorted(rows, key=lambda row: (_ease(row), row.weights)))


def groups(problem: Problem) -> list[tuple[str, ...]]:
    """Return the capabilities that stand in for each other, directly or by others, each by id.

    problem: the model that is asked about, with its tables.
    """
    found: list[set[str]] = []
    for task in problem.tasks:
        for line in task.lines:
            joined_ = set(line.weights).union(*(g for g in found if g & set(line.weights)))
            found = [*(g for g in found if not g & joined_), joined_]
    return sorted(tuple(sorted(group)) for group in found if group)


def pools(run: RunRecord) -> Table:
    """Return the rows as a table. run: what is shown."""
    columns: Columns = {
        "pool": "capabilities that stand in for each other, ';' between",
        "counts": "what a unit of each counts for, ';' between",
        "held": whole("units in the tables, before rotation", "weighted units"),
        "kept_up": whole(
            "what rotation lets be in place at any one time, nothing committed: the sum of the "
            "next four",
            "weighted units",
        ),
        "committed": whole("committed elsewhere, whatever is brought about", "weighted units"),
        "never": whole("under caveats that no open precondition lets fall", "weighted units"),
        "waits": whole("let go once open preconditions are met", "weighted units"),
        "open": whole("may come to a task in this world, at the most", "weighted units"),
        "sent": whole(
            "by the joint plan in its fullest period; blank without a plan", "weighted units"
        ),
        "asked": whole("minimums of all tasks in the fullest period", "weighted units"),
        "asked_exact": "yes; or no: it is that at the least, more with the people deployed or by "
        "which capability is taken",
    }
    rows = (
        (
            joined(name for name, _ in row.weights),
            joined(str(weight) for _, weight in row.weights),
            row.held,
            row.kept_up,
            row.committed,
            row.never,
            row.waits,
            row.open,
            row.sent,
            row.asked,
            yes_no(row.exact),
        )
        for row in pool_rows(run)
    )
    text = "One row a pool of forces, the scarcest first: where its units are, and what is asked."
    return make_table("pools", text, columns, rows)


def _ease(row: PoolRow) -> float:
    return row.open / row.asked if row.asked else float("inf")


def _row(run: RunRecord, group: Sequence[str], known: dict[str, Layers]) -> PoolRow:
    lines = [
        (task.periods, line)
        for task in run.problem.tasks
        for line in task.lines
        if set(group) & set(line.weights)
    ]
    weights = {c: max(line.weights.get(c, 1) for _, line in lines) for c in group}

    def over(figure: str) -> int:
        total = sum(weights[c] * getattr(known[c], figure) for c in group)
        return int(total // run.problem.horizon)

    kept_up, free, reachable, open_ = map(over, ("kept_up", "uncommitted", "reachable", "open"))
    asked, exact = _asked(run.problem, lines, weights)
    return PoolRow(
        tuple(weights.items()),
        sum(weights[c] * known[c].held for c in group),
        kept_up,
        kept_up - free,
        free - reachable,
        reachable - open_,
        open_,
        _sent(run, weights),
        asked,
        exact,
    )


def _sent(run: RunRecord, weights: dict[str, int]) -> int | None:
    if run.result.plan.status == "unknown":
        return None
    per_period: dict[int, int] = {}
    for cell in run.result.plan.allocation:
        if cell.capability in weights:
            units = weights[cell.capability] * cell.quantity
            per_period[cell.period] = per_period.get(cell.period, 0) + units
    return max(per_period.values(), default=0)


def _asked(
    problem: Problem, lines: Sequence[tuple[tuple[int, ...], Line]], weights: dict[str, int]
) -> tuple[int, bool]:
    """The fullest period's minimums, in the weights of the group; and whether that is all."""
    per_period = dict.fromkeys(problem.periods, Fraction(0))
    exact = True
    for periods, line in lines:
        ratios = list(_ratios(line, weights))
        exact = exact and len(set(ratios)) == 1 and not line.scaled
        for period in periods:
            per_period[period] += line.minimum * min(ratios)
    most = max(per_period.values())
    return int(most), exact and most.denominator == 1


def _ratios(line: Line, weights: dict[str, int]) -> Iterator[Fraction]:
    """What a unit of the line comes to in the weights of the group, by capability."""
    return (Fraction(weights[c], weight) for c, weight in line.weights.items())
