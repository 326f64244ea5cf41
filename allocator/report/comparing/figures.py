"""The figures of one side that are laid beside those of others; None where they are not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.analysis.comparison.side import Side
from allocator.results.result import Cell, Verdict

K = TypeVar("K", bound=tuple[str, ...])


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of a side, that of the base, and the difference; None where one is not known."""

    key: tuple[str, ...]
    side: Side
    figure: int | None
    base: int | None

    @property
    def difference(self) -> int | None:
        if self.figure is None or self.base is None:
            return None
        return self.figure - self.base


def beside(
    comparison: ComparisonRecord,
    of: Callable[[Side], Mapping[K, int] | None],
    is_known: Callable[[Side, K], bool] = lambda side, key: True,
) -> Iterator[Beside]:
    """Yield every key that any side has, in each side; zero where a side that is known lacks it.

    comparison: the runs side by side. of: the figures of a side. is_known: whether a side's figure
    is known.
    """
    known = {side.name: of(side) for side in comparison.sides}
    keys = sorted({key for figures in known.values() for key in figures or ()})

    def figure(side: Side, key: K) -> int | None:
        figures = known[side.name]
        return figures.get(key, 0) if figures is not None and is_known(side, key) else None

    for key in keys:
        for side in comparison.sides:
            yield Beside(key, side, figure(side, key), figure(comparison.base, key))


def people_of_nations(side: Side) -> dict[tuple[str], int] | None:
    """In each nation's fullest period, over all tasks."""
    return _people(side, lambda cell: (cell.nation,))


def people_of_tasks(side: Side) -> dict[tuple[str], int] | None:
    return _people(side, lambda cell: (cell.task,))


def people_in_all(side: Side) -> int | None:
    found = _people(side, lambda cell: ("",))
    return None if found is None else max(found.values(), default=0)


def sent(side: Side) -> dict[tuple[str, str, str], int] | None:
    """Units by nation, task and capability, in the fullest period."""
    if not planned(side):
        return None
    cells = side.result.plan.allocation
    return _most(((c.nation, c.task, c.capability), c.period, c.quantity) for c in cells)


def released(side: Side) -> dict[tuple[str], int] | None:
    """Units by commitment, in the fullest period."""
    if not planned(side):
        return None
    return _most(((r.commitment,), r.period, r.quantity) for r in side.result.plan.released)


def missing(side: Side) -> dict[tuple[str, str, str], int]:
    """Units to add by task, line and capability, in the worst period."""
    units = ((record.task, unit) for record in side.result.tasks for unit in record.gaps.units)
    return _most(((task, u.line, u.capability), u.period, u.quantity) for task, u in units)


def knows_missing(side: Side, key: tuple[str, str, str]) -> bool:
    """Whether it is known what the task lacks; nothing, where it can be staffed."""
    record = side.records.get(key[0])
    return record is not None and (
        record.verdict in ("ready", "blocked")
        or record.gaps.units_status in ("optimal", "feasible")
    )


def verdicts(side: Side, verdict: Verdict) -> int:
    return sum(record.verdict == verdict for record in side.result.tasks)


def tasks_of(side: Side, nation: str) -> list[str]:
    return sorted({c.task for c in side.result.plan.allocation if c.nation == nation})


def nations_at(side: Side, task: str) -> list[str]:
    return sorted({c.nation for c in side.result.plan.allocation if c.task == task})


def planned(side: Side) -> bool:
    """Whether a joint plan is known."""
    return side.result.plan.status != "unknown"


def _people(side: Side, key: Callable[[Cell], K]) -> dict[K, int] | None:
    if not planned(side) or side.inputs is None:
        return None
    units = side.inputs.problem.capabilities
    cells = side.result.plan.allocation
    return _most((key(c), c.period, c.quantity * units[c.capability].personnel) for c in cells)


def _most(rows: Iterable[tuple[K, int, int]]) -> dict[K, int]:
    """By key, the sum in the period where it is highest."""
    sums: Counter[tuple[K, int]] = Counter()
    for key, period, quantity in rows:
        sums[key, period] += quantity
    found: dict[K, int] = {}
    for (key, _), total in sums.items():
        found[key] = max(found.get(key, 0), total)
    return found
