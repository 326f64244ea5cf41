"""The decision table: criteria and objectives, run by run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.analysis.comparison.side import Side
from allocator.report.comparing import figures as of
from allocator.report.comparing.words import BASE, LESS, RUN
from allocator.report.sentences import situation as say
from allocator.report.tables.table import Columns, Table, Value, make_table, whole
from allocator.results.result import Level

VERDICTS = ("ready", "blocked", "short")

CRITERIA: dict[str, tuple[str, str, Callable[[Side], int | None]]] = {
    "ready": ("tasks ready, asked about alone", "tasks", lambda s: of.verdicts(s, "ready")),
    "blocked": ("tasks blocked", "tasks", lambda s: of.verdicts(s, "blocked")),
    "short": ("tasks short", "tasks", lambda s: of.verdicts(s, "short")),
    "unknown": ("tasks not decided", "tasks", lambda s: of.verdicts(s, "unknown")),
    "staffed": (
        "tasks staffed in the joint plan",
        "tasks",
        lambda s: len(s.result.plan.staffed) if of.planned(s) else None,
    ),
    "nations": (
        "nations that send anything",
        "nations",
        lambda s: len({c.nation for c in s.result.plan.allocation}) if of.planned(s) else None,
    ),
    "people": ("people deployed in the fullest period", "people", of.people_in_all),
    "commitments_released": (
        "commitments of which units are released",
        "commitments",
        lambda s: len(of.released(s) or ()) if of.planned(s) else None,
    ),
}
"""By id, in reading order: words, unit, and the figure of a side. Objectives follow."""


def criteria(comparison: ComparisonRecord) -> Table:
    columns: Columns = {
        "criterion": "id of the criterion; objectives by their own",
        "meaning": "the criterion in words",
        "unit": "what the figure counts",
        "run": RUN,
        "figure": whole("raw value", "as `unit` says"),
        "status": "of an objective: optimal (proved) or feasible (best found)",
        "base_figure": whole(BASE, "as `unit` says"),
        "difference": whole(LESS, "as `unit` says"),
    }
    measured = (
        (name, meaning, unit, side.name, *_measured(comparison, side, name))
        for name, (meaning, unit, _) in CRITERIA.items()
        for side in comparison.sides
    )
    rows = (*measured, *_level_criteria(comparison))
    return make_table("criteria", "One row a criterion and run.", columns, rows)


def _measured(comparison: ComparisonRecord, side: Side, name: str) -> tuple[Value, ...]:
    """A number of verdicts is no difference while some are not decided."""
    value = CRITERIA[name][2]
    here, base = value(side), value(comparison.base)
    open_ = any(of.verdicts(one, "unknown") for one in (side, comparison.base))
    comparable = here is not None and base is not None and not (open_ and name in VERDICTS)
    return here, "", base, here - base if comparable else None  # type: ignore[operator]


def _level_criteria(comparison: ComparisonRecord) -> Iterator[tuple[Value, ...]]:
    for name, side, level, base in _levels(comparison):
        here, before, apart = _reached(level, base)
        status = level.status if level else ""
        yield name, say.objective(name), "", side.name, here, status, before, apart


def levels(comparison: ComparisonRecord) -> Table:
    columns: Columns = {
        "objective": "id of the objective",
        "meaning": "the objective in words",
        "run": RUN,
        "value": whole("what the plan reaches", "as the objective counts"),
        "bound": whole(
            "what no plan can beat that keeps the earlier ones", "as the objective counts"
        ),
        "status": "optimal (value equals bound, proved) or feasible; blank: not an objective here",
        "base_value": whole(BASE, "as the objective counts"),
        "difference": whole(LESS, "as the objective counts"),
    }
    rows = (_level_row(*found) for found in _levels(comparison))
    return make_table("levels", "One row an objective and run.", columns, rows)


def _level_row(name: str, side: Side, level: Level | None, base: Level | None) -> tuple[Value, ...]:
    here, before, apart = _reached(level, base)
    bound, status = (level.bound, level.status) if level else (None, "")
    return name, say.objective(name), side.name, here, bound, status, before, apart


def _reached(level: Level | None, base: Level | None) -> tuple[Value, Value, Value]:
    """The value, the base's, and the difference."""
    if level is None or base is None:
        return level.value if level else None, base.value if base else None, None
    return level.value, base.value, level.value - base.value


def _levels(comparison: ComparisonRecord) -> Iterator[tuple[str, Side, Level | None, Level | None]]:
    """Of the plans that are known."""
    known = {
        side.name: {level.objective: level for level in side.result.plan.levels}
        if of.planned(side)
        else {}
        for side in comparison.sides
    }
    for name in dict.fromkeys(name for found in known.values() for name in found):
        for side in comparison.sides:
            yield name, side, known[side.name].get(name), known[comparison.base.name].get(name)
