"""The cells of a model that a verdict can hang on: of its tasks and their lines, with the rule that
each belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from allocator.analysis.comparison.directions import (
    Direction,
    larger_helps,
    more_helps,
    together,
    turned,
    weaker_helps,
)
from allocator.analysis.comparison.values import NEVER, NUMBERS, Cell
from allocator.inputs.conditions import show
from allocator.inputs.problem import Lead, Line, Task
from allocator.inputs.schema.calendar import Calendar
from allocator.model import RULES
from allocator.words import listing

RULES_OF_COLUMNS = {column: rule.id for rule in RULES.values() for column in rule.columns}
"""By column."""


def of_horizon(number: int) -> Cell:
    """Of the model itself."""
    return Cell("horizon", number, f"{number:,}", _unclear)


def of_task(task: Task, calendar: Calendar = NUMBERS, *, led: bool = False) -> Iterator[Cell]:
    """Yield all but its lines. `led`: whether a condition asks who leads a task.

    calendar: the model's periods, and their months where they are known.
    """
    known = list(_of_task(task, calendar, led))
    return iter([*known, *_others(task, known)])


def of_line(task: Task, line: Line) -> Iterator[Cell]:
    """`target` is left out: no verdict depends on it."""
    known = list(_of_line(task, line))
    return iter([*known, *_others(line, known)])


def _others(part: Task | Line, known: Sequence[Cell]) -> Iterator[Cell]:
    """What rules read beside: which way it pulls is not taken for granted."""
    named = {cell.column for cell in known}
    for column in RULES_OF_COLUMNS:
        if column not in named and hasattr(part, column):
            value = getattr(part, column)
            yield Cell(column, value, "none" if value is None else str(value), _unclear)


def _of_task(task: Task, calendar: Calendar, led: bool) -> Iterator[Cell]:
    yield Cell("requires", task.requires, show(task.requires), weaker_helps)
    yield Cell("periods", task.periods, calendar.phrase(task.periods), _unclear)
    yield Cell("area", task.area, task.area or "none", _unclear)
    yield Cell("axis", task.axis, task.axis or "none", _unclear)
    yield Cell("min_nations", task.min_nations, str(task.min_nations), _less_helps)
    yield Cell("max_nations", task.max_nations, _limit(task.max_nations), _higher_limit_helps)
    yield Cell("members", task.members, listing(task.members or ("none",)), _fewer_help)
    reinforced = listing(task.reinforces or ("none",))
    yield Cell("reinforces", task.reinforces, reinforced, _fewer_help)
    yield Cell("max_share", task.max_share, _share(task.max_share), _higher_limit_helps)
    direction = _lead_direction_where_asked if led else _lead_direction
    yield Cell("lead", task.lead, _lead(task.lead), direction)


def _of_line(task: Task, line: Line) -> Iterator[Cell]:
    yield Cell("minimum", line.minimum, f"{line.minimum:,}", _less_helps)
    weights = tuple(line.weights.items())
    yield Cell("any_of", weights, _weights(weights), _each_weight_helps)
    scaled = (line.one_per, frozenset((task.id,) if line.of is None else line.of))
    yield Cell("one_per", scaled, _scaled(line), _scaled_direction)
    least = line.min_contribution
    yield Cell("min_contribution", least, f"{least:,}", _less_helps)


def _unclear(before: Any, after: Any) -> Direction:
    return "same" if before == after else "unclear"


def _less_helps(before: int, after: int) -> Direction:
    return turned(more_helps(before, after))


def _fewer_help(before: tuple[str, ...], after: tuple[str, ...]) -> Direction:
    return turned(larger_helps(before, after))


def _higher_limit_helps(before: int | None, after: int | None) -> Direction:
    return more_helps(*(NEVER if limit is None else limit for limit in (before, after)))


def _each_weight_helps(
    before: tuple[tuple[str, int], ...], after: tuple[tuple[str, int], ...]
) -> Direction:
    was, then = dict(before), dict(after)
    return together(more_helps(was.get(c, 0), then.get(c, 0)) for c in sorted({*was, *then}))


def _scaled_direction(
    before: tuple[int | None, frozenset[str]], after: tuple[int | None, frozenset[str]]
) -> Direction:
    if before[0] is None or after[0] is None:
        return _higher_limit_helps(before[0], after[0])
    return together((more_helps(before[0], after[0]), turned(larger_helps(before[1], after[1]))))


def _lead_direction(before: Lead | None, after: Lead | None) -> Direction:
    if before is None or after is None:
        if before == after:
            return "same"
        return "helps" if after is None else "hinders"
    return together(
        (
            _whoever_helps(before.any_of, after.any_of),
            turned(larger_helps(before.all_of or (), after.all_of or ())),
            _unbound_helps(before.provides, after.provides),
            _less_helps(before.min_share, after.min_share),
            "same" if (before.all_of is None) == (after.all_of is None) else "unclear",
        )
    )


def _lead_direction_where_asked(before: Lead | None, after: Lead | None) -> Direction:
    """Where `led_by` is asked, a nation that need not lead any more is one that does not."""
    if before == after:
        return "same"
    if before is None or after is None or before.all_of != after.all_of:
        return "unclear"
    return _lead_direction(before, after)


def _whoever_helps(before: tuple[str, ...] | None, after: tuple[str, ...] | None) -> Direction:
    """None is any nation."""
    if before is None or after is None:
        return _unbound_helps(before, after)
    return larger_helps(before, after)


def _unbound_helps(before: object | None, after: object | None) -> Direction:
    if before == after:
        return "same"
    if after is None:
        return "helps"
    return "hinders" if before is None else "unclear"


def _limit(most: int | None) -> str:
    return "no limit" if most is None else f"{most:,}"


def _share(thousandths: int | None) -> str:
    return "no limit" if thousandths is None else f"{thousandths / 1000:g}"


def _weights(weights: tuple[tuple[str, int], ...]) -> str:
    return listing((c if w == 1 else f"{c} ({w:,} each)" for c, w in weights), "or")


def _scaled(line: Line) -> str:
    if line.one_per is None:
        return "not scaled"
    return f"one per {line.one_per:,} people" + (f" of {listing(line.of)}" if line.of else "")


def _lead(lead: Lead | None) -> str:
    if lead is None:
        return "none"
    who = listing(lead.all_of) if lead.all_of else listing(lead.any_of or ("any nation",), "or")
    provides = f" with {lead.provides}" if lead.provides else ""
    return who + provides + (f", at least {lead.min_share / 1000:g}" if lead.min_share else "")
