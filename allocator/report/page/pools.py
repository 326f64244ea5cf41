"""The dilemma in one picture: one pool of forces, and what deterrence, defence and the operation
take of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allocator.analysis.dilemma import Pool, pools
from allocator.inputs.problem import Problem
from allocator.report.page.rows import Rows
from allocator.results.run import RunRecord

MOST_SHOWN = 16


@dataclass(frozen=True, slots=True)
class PoolBar:
    """Units that can be kept up at any one time. net: what rotation and commitments leave; open:
    what caveats let go of it in the solved world; sent: what the plan sends in its fullest period,
    None where there is no plan;
    asked: the minimums of all tasks together, None where substitutes make that no single figure.
    The shares are of the widest figure of the row, 0 to 100."""

    label: str
    held: int
    net: int
    open: int
    sent: int | None
    asked: int | None
    open_share: float
    net_share: float
    sent_share: float
    asked_share: float | None
    rows: tuple[int, ...]


def pool_bars(run: RunRecord, rows: Rows) -> tuple[PoolBar, ...]:
    """A bar a group of capabilities that fill the same lines one for one, the scarcest first."""
    problem = run.problem
    found = {pool.capability: pool for pool in pools(problem, run.world)}
    bars = [_bar(run, rows, [found[c] for c in kinds]) for kinds in groups(problem)]
    bars.sort(key=lambda bar: (bar.asked is None, _ease(bar), bar.label))
    return tuple(bars[:MOST_SHOWN])


def _ease(bar: PoolBar) -> float:
    return bar.open / bar.asked if bar.asked else float("inf")


def groups(problem: Problem) -> list[tuple[str, ...]]:
    """Capabilities that substitute for each other one for one in every line that takes either;
    others stand alone."""
    lines = [line for task in problem.tasks for line in task.lines]
    kinds = sorted({c for line in lines for c in line.weights})
    alike: dict[tuple[tuple[int, int], ...], list[str]] = {}
    for kind in kinds:
        taken = tuple((n, o.weights[kind]) for n, o in enumerate(lines) if kind in o.weights)
        alike.setdefault(taken, []).append(kind)
    return [tuple(found) for found in alike.values()]


def _bar(run: RunRecord, rows: Rows, found: list[Pool]) -> PoolBar:
    problem = run.problem
    kinds = [pool.capability for pool in found]
    net = sum(pool.net for pool in found) // problem.horizon
    free = sum(pool.open for pool in found) // problem.horizon
    sent, asked = _sent(run, kinds), _asked(problem, kinds)
    widest = max(net, free, sent or 0, asked or 0, 1)
    return PoolBar(
        ", ".join(problem.capabilities[kind].name for kind in kinds),
        sum(pool.held for pool in found),
        net,
        free,
        sent,
        asked,
        round(100 * free / widest, 2),
        round(100 * net / widest, 2),
        round(100 * (sent or 0) / widest, 2),
        None if asked is None else round(100 * asked / widest, 2),
        tuple(number for kind in kinds for number in rows.of("capability", kind)),
    )


def _sent(run: RunRecord, kinds: Iterable[str]) -> int | None:
    if run.result.plan.status == "unknown":
        return None
    per_period: dict[int, int] = {}
    for cell in run.result.plan.allocation:
        if cell.capability in kinds:
            per_period[cell.period] = per_period.get(cell.period, 0) + cell.quantity
    return max(per_period.values(), default=0)


def _asked(problem: Problem, kinds: list[str]) -> int | None:
    """What all lines that take these ask for in the fullest period; None where a line also takes
    others, counts them for more than one, or keeps pace with people."""
    per_period = dict.fromkeys(problem.periods, 0)
    for task in problem.tasks:
        for line in task.lines:
            if not set(kinds) & set(line.weights):
                continue
            others = set(line.weights) != set(kinds) or set(line.weights.values()) != {1}
            if others or line.scaled:
                return None
            for period in task.periods:
                per_period[period] += line.minimum
    return max(per_period.values(), default=0)
