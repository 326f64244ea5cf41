"""Tables with runs in columns: raw values, and differences from the base."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.report.comparing.tables import MAKERS
from allocator.report.comparing.words import LESS
from allocator.report.tables.table import Column, Figure, Table, Value, make_table, whole

WIDE = {
    "tasks": (("task", "title"), "verdict"),
    "why": (("task", "title"), "reason"),
    "criteria": (("criterion", "meaning", "unit"), "figure"),
    "levels": (("objective", "meaning"), "value"),
    "nations": (("nation", "name"), "people"),
    "contributions": (("nation", "task", "capability"), "units"),
    "released": (("commitment", "nation", "capability", "purpose"), "units"),
    "gaps": (("task", "line", "capability"), "units"),
}
"""Tables that can be laid out with runs in columns: what names a row, and what stands in it."""


def wide(comparison: ComparisonRecord, name: str) -> Table:
    """A table of WIDE with a column a run, and one for each run's difference from the base where
    it holds figures."""
    table = MAKERS[name](comparison)
    keys, value = WIDE[name]
    column = {c.name: c for c in table.columns}
    at = {c.name: position for position, c in enumerate(table.columns)}
    rows: dict[tuple[Value, ...], dict[Value, tuple[Value, ...]]] = {}
    for row in table.rows:
        rows.setdefault(tuple(row[at[k]] for k in keys), {})[row[at["run"]]] = row
    figures = column[value].kind == "whole"
    return make_table(
        f"{name}_wide",
        f"{table.description.removesuffix('.')}, runs in columns.",
        {**{k: column[k].meaning for k in keys}, **_runs(comparison, column[value], figures)},
        _wide_rows(comparison, rows, at, value, figures),
    )


def _runs(comparison: ComparisonRecord, value: Column, figures: bool) -> dict[str, str | Figure]:
    """A column a run; of figures also one for its difference."""
    unit, base = value.unit, comparison.base.name
    found: dict[str, str | Figure] = {}
    for side in comparison.sides:
        meaning = f"{value.meaning}: {side.name}"
        found[heading(side.name)] = whole(meaning, unit) if figures else meaning
    for side in comparison.others if figures else ():
        found[f"{side.name} less {base}"] = whole(f"{LESS}: {side.name}", unit)
    return found


def heading(name: str) -> str:
    """The run's name as a header that no other column has."""
    taken = {column for keys, _ in WIDE.values() for column in keys}
    return f"run {name}" if name.casefold() in taken else name


def _wide_rows(
    comparison: ComparisonRecord,
    rows: Mapping[tuple[Value, ...], Mapping[Value, tuple[Value, ...]]],
    at: Mapping[str, int],
    value: str,
    figures: bool,
) -> Iterable[tuple[Value, ...]]:
    for key, by_run in rows.items():
        sides = [by_run.get(side.name) for side in comparison.sides]
        raw = (row[at[value]] if row else None for row in sides)
        apart = (row[at["difference"]] if row else None for row in sides[1:]) if figures else ()
        yield (*key, *raw, *apart)


def all_tables(comparison: ComparisonRecord) -> tuple[Table, ...]:
    """Tidy ones first, then those with runs in columns."""
    tidy = tuple(make(comparison) for make in MAKERS.values())
    return (*tidy, *(wide(comparison, name) for name in WIDE))
