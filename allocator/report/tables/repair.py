"""A repaired plan as tables and as JSON data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from allocator.inputs.given import GivenRow
from allocator.report.tables.dated import dated
from allocator.report.tables.table import Columns, Table, Value, joined, make_table, whole
from allocator.results.corrected import corrected
from allocator.results.repair import Edit, Pairs, Repair

CORRECTED = "corrected"


def all_tables(found: Repair) -> tuple[Table, ...]:
    """The tables of a repair's folder, in reading order."""
    return tuple(made_table(found, name) for name in TABLES)


def made_table(found: Repair, name: str) -> Table:
    """One of them, with months where the model says in which it starts. Raises KeyError for a
    table there is not."""
    return dated(TABLES[name](found), found.calendar)


def levels(found: Repair) -> Table:
    """How near it is."""
    columns: Columns = {
        "order": whole("1 was optimised first"),
        "objective": "level of the distance, then objective of the model",
        "value": whole("what the plan reaches, as low as possible", "of the objective"),
        "bound": whole("proved: no plan that keeps those before is nearer", "of the objective"),
        "status": "optimal (value equals bound, proved) or feasible",
        "proved_by": "what proved the bound",
    }
    made = (
        (order, level.objective, level.value, level.bound, level.status, level.proved_by)
        for order, level in enumerate(found.plan.levels, 1)
    )
    return make_table("levels", "One row a level, in the order of their weight.", columns, made)


def edits(found: Repair) -> Table:
    """What changes."""
    columns: Columns = {
        "nation": "nation that sends",
        "task": "task that receives",
        "line": "requirement line",
        "capability": "id of the capability",
        "period": whole("period, counted from 1"),
        "from": whole("units in the given plan", "units"),
        "to": whole("units in the repaired plan", "units"),
        "rows": "rows of the given plan, ';' between; blank where it has none",
    }
    places = _places(found)
    made = (
        (e.nation, e.task, e.line, e.capability, e.period, e.before, e.after,
         joined(places.get(e.key, ())))
        for e in found.edits
    )  # fmt: skip
    return make_table("edits", "One row a cell with other units.", columns, made)


def _places(found: Repair) -> dict[Any, list[str]]:
    places: dict[Any, list[str]] = {}
    for row in found.given.rows:
        for key in row.keys:
            places.setdefault(key, []).append(row.place.line)
    return places


def corrected_plan(found: Repair) -> Table:
    """The plan as it can be put in the place of the given one."""
    columns: Columns = {
        "nation": "nation that sends",
        "task": "task that receives",
        "line": "requirement line",
        "capability": "id of the capability",
        "periods": "periods, ';' between",
        "quantity": whole("units in each of the periods", "units"),
        "kind": "planned, exactly, at_least or at_most",
        "note": "as in the given plan; what a changed row was",
    }
    rows = corrected(found.given, found.edits) if found.plan.status != "unknown" else ()
    before = {edit.key: edit for edit in found.edits}
    made = (_corrected_row(row, before) for row in rows)
    return make_table(CORRECTED, "One row a row of the repaired plan.", columns, made)


def _corrected_row(row: GivenRow, before: dict[Any, Edit]) -> tuple[Value, ...]:
    was = sorted({before[key].before for key in row.keys if key in before})
    told = f"was {', '.join(map(str, was))}" if was else ""
    note = "; ".join(part for part in (row.note, told) if part)
    periods = ";".join(map(str, row.periods))
    return (row.nation, row.task, row.line, row.capability, periods, row.quantity, row.kind, note)


def clashes(found: Repair) -> Table:
    """What cannot all stand."""
    columns: Columns = {
        "family": "clash (their rows cannot all stand) or free (freeing all of them does)",
        "set": whole("number of the set in its family"),
        "nation": "nation of the pair",
        "task": "task of the pair",
        "rules": "of a clash: rules that the rows clash over, ';' between",
    }
    both = found.clashes
    numbered = [("clash", n, one.pairs, one.rules) for n, one in enumerate(both.clashes, 1)]
    numbered += [("free", n, pairs, ()) for n, pairs in enumerate(both.frees, 1)]
    made = (
        (family, number, nation, task, joined(rules))
        for family, number, pairs, rules in numbered
        for nation, task in pairs
    )
    return make_table("clashes", "One row a nation and task of a set.", columns, made)


def released(found: Repair) -> Table:
    """What it releases."""
    columns: Columns = {
        "commitment": "id of the commitment",
        "period": whole("period, counted from 1"),
        "quantity": whole("units released", "units"),
    }
    made = ((r.commitment, r.period, r.quantity) for r in found.plan.released)
    return make_table("released", "One row for committed units that are released.", columns, made)


def data(found: Repair) -> dict[str, Any]:
    """What `--json` prints."""
    plan = found.plan.model_dump(mode="json", by_alias=True)
    return {
        "schema": 1,
        "model": found.model,
        "world": {"name": found.world.name, "holds": dict(found.world.starts)},
        "levels": plan["levels"],
        "plan": plan,
        "edits": [edit_data(edit) for edit in found.edits],
        "clashes": [_pairs(one.pairs) for one in found.clashes.clashes],
        "frees": [_pairs(pairs) for pairs in found.clashes.frees],
        "clash_rules": [list(one.rules) for one in found.clashes.clashes],
        "clashes_complete": found.clashes.complete,
        "added": list(found.added),
        "given": {"file": found.given.file, "rows": [_row(row) for row in found.given.rows]},
    }


def edit_data(edit: Edit) -> dict[str, Value]:
    """One edit, as JSON has it."""
    return {
        "nation": edit.nation,
        "task": edit.task,
        "line": edit.line,
        "capability": edit.capability,
        "period": edit.period,
        "from": edit.before,
        "to": edit.after,
    }


def _pairs(pairs: Pairs) -> list[list[str]]:
    return [list(pair) for pair in pairs]


def _row(row: GivenRow) -> dict[str, Any]:
    return {
        "nation": row.nation,
        "task": row.task,
        "line": row.line,
        "capability": row.capability,
        "periods": list(row.periods),
        "quantity": row.quantity,
        "kind": row.kind,
        "place": row.place.line,
    }


def write_corrected(found: Repair, path: Path) -> Path:
    """Write the corrected plan as a sheet of a new workbook, or as CSV where the path ends so."""
    from allocator.report.tables.csvs import csv_text

    table = made_table(found, CORRECTED)
    if path.suffix.lower() == ".csv":
        path.write_bytes(csv_text(table).encode("utf-8"))
        return path
    from allocator.inputs.spreadsheet import SheetColumn, new_book, write_table

    columns = [SheetColumn(c.name, c.meaning, c.kind) for c in table.columns]
    with new_book(path, f"{found.model}: repaired plan") as book:
        write_table(book, CORRECTED, columns, table.rows)
    return path


def sheets(found: Repair) -> dict[str, bytes]:
    """The corrected plan as a workbook, by the name of its file; none without a plan."""
    if found.plan.status == "unknown":
        return {}
    with TemporaryDirectory() as folder:
        path = write_corrected(found, Path(folder) / f"{CORRECTED}.xlsx")
        return {path.name: path.read_bytes()}


TABLES: dict[str, Callable[[Repair], Table]] = {
    "levels": levels,
    "edits": edits,
    CORRECTED: corrected_plan,
    "clashes": clashes,
    "released": released,
}
"""The tables of a repair, by name, in reading order."""
