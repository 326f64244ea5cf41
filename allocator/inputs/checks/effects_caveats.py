"""Caveats that limit nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from allocator.inputs.conditions import Always
from allocator.inputs.draft import Draft
from allocator.inputs.issues import Issue
from allocator.inputs.messages import issue
from allocator.inputs.schema import AvailabilityRow, CaveatRow, OfferRow, OperationModel, TaskRow
from allocator.inputs.schema.axis import AXES
from allocator.inputs.schema.calendar import Calendar
from allocator.inputs.show import quoted
from allocator.near import near

_CALLED = {"axis": "line of effort"}


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a caveat can be about in one task of one model: the task itself, or one that it
    reinforces."""

    tasks: tuple[TaskRow, ...]
    periods: frozenset[int]
    calendar: Calendar
    capabilities: frozenset[str]


def caveats_always_lifted(draft: Draft) -> Iterator[Issue]:
    """Caveats whose condition always holds."""
    for row in draft.caveats:
        if isinstance(row.requires, Always):
            yield issue("W508", draft.place(row, "requires"), quoted(row.caveat))


def caveats_of_nowhere(draft: Draft) -> Iterator[Issue]:
    """Areas and lines of effort that no task has, and domains that no capability has."""
    areas = {task.area for _, task in draft.tasks if task.area}
    axes = {task.axis for _, task in draft.tasks if task.axis}
    domains = {row.domain for row in draft.capabilities}
    for row in draft.caveats:
        own_axes = tuple(axis for axis in row.axis if axis not in AXES)
        places = (("area", row.area, areas), ("axis", own_axes, axes))
        for column, names, known in (*places, ("domain", row.domain, domains)):
            for name in names:
                if name not in known:
                    place, expected = draft.place(row, column), ", ".join(sorted(known)) or "none"
                    meant, what = near(name, known), _CALLED.get(column, column)
                    yield issue("W509", place, quoted(name), expected, meant, what=what)


def caveats_without_match(draft: Draft) -> Iterator[Issue]:
    """Caveats with no task in scope, or with no units that the nation could send there."""
    scopes = [_scope(model, task) for model, task in draft.tasks]
    domains = {row.capability: row.domain for row in draft.capabilities}
    held: dict[str, set[str]] = {}
    rows: tuple[AvailabilityRow | OfferRow, ...] = (*draft.availability, *draft.offers)
    for row in rows:
        if row.quantity:
            held.setdefault(row.nation, set()).add(row.capability)
    for caveat in draft.caveats:
        counted = {c for c in held.get(caveat.nation, ()) if _counts(caveat, c, domains[c])}
        if not any(_matches(caveat, scope, counted) for scope in scopes):
            place, nation = draft.place(caveat, "caveat"), quoted(caveat.nation)
            yield issue("W507", place, quoted(caveat.caveat), nation=nation)


def _scope(model: OperationModel, task: TaskRow) -> _Scope:
    calendar = model.horizon.calendar
    capabilities = frozenset(c for line in task.lines for c in line.capabilities)
    tasks = (task, *(other for other in model.tasks if other.task in task.reinforces))
    return _Scope(tasks, frozenset(task.periods.within(calendar)), calendar, capabilities)


def _counts(caveat: CaveatRow, capability: str, domain: str) -> bool:
    return (not caveat.domain or domain in caveat.domain) and (
        not caveat.capability or capability in caveat.capability
    )


def _matches(caveat: CaveatRow, scope: _Scope, counted: set[str]) -> bool:
    return (
        any(caveat.is_about(task.task, task.axis or "", task.area) for task in scope.tasks)
        and not scope.capabilities.isdisjoint(counted)
        and not scope.periods.isdisjoint(caveat.periods.within(scope.calendar))
    )
