"""Workspaces to start from: a small one that reads in ten minutes, and one with nothing in it."""

from __future__ import annotations

import csv
import os
from io import StringIO
from pathlib import Path

from allocator.atomic import replace_file
from allocator.inputs.files.convert import WORKBOOK, convert, refuse_taken
from allocator.inputs.files.raw import Raw, RawModel, RawTable
from allocator.inputs.files.reference import copied, copy_reference, put, reference_folder
from allocator.inputs.schema import TABLES

SMALL = Path(__file__).parent / "small"
"""Three tasks, six nations, and what a nation may say of its part."""

EXAMPLES: dict[str, dict[str, str]] = {
    "nations": {"nation": "FRA", "name": "France", "active_personnel": "200000"},
    "capabilities": {
        "capability": "infantry",
        "name": "Infantry company",
        "domain": "land",
        "unit": "company;companies",
        "personnel": "150",
        "rotation": "2",
    },
    "availability": {
        "nation": "FRA",
        "capability": "infantry",
        "quantity": "12",
        "basis": "assumption",
    },
    "commitments": {
        "commitment": "fra_guard",
        "nation": "FRA",
        "capability": "infantry",
        "quantity": "2",
        "to": "national",
        "purpose": "Guard duty at home",
        "release_requires": "mandate",
        "basis": "assumption",
    },
    "preconditions": {
        "precondition": "mandate",
        "name": "A mandate",
        "kind": "legal",
        "status": "open",
        "holder": "UN",
    },
    "caveats": {
        "caveat": "fra_mandate",
        "nation": "FRA",
        "area": "abroad",
        "requires": "mandate",
        "max_personnel": "600",
        "basis": "assumption",
    },
    "offers": {
        "offer": "fra_four",
        "nation": "FRA",
        "capability": "infantry",
        "quantity": "4",
        "task": "presence",
        "status": "indicated",
        "basis": "assumption",
    },
    "worlds": {"world": "mandated", "precondition": "mandate"},
}
"""A row of each table, to be seen and taken over."""

MODEL = """\
name: operation
title: An operation
horizon: {periods: 2, months_per_period: 6}
# tasks:
#   - task: presence
#     title: Presence
#     area: abroad
#     requires: mandate
#     lines:
#       - {line: foot, any_of: {infantry: 1}, minimum: 4, target: 6}
"""


def start(what: str, target: Path) -> None:
    """Make a workspace: a workbook where `target` ends in .xlsx, else a folder.

    what: "reference", "small" or "empty". Raises FileExistsError where something is there already.
    """
    if target.suffix.lower() != WORKBOOK:
        {"reference": copy_reference, "small": copy_small, "empty": write_empty}[what](target)
    elif what == "empty":
        _write_empty_workbook(target)
    else:
        convert(SMALL if what == "small" else reference_folder(), target)


def copy_small(folder: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Copy the small workspace into `folder`; raises as `copy_reference` does."""
    return put(folder, lambda new: copied(SMALL, new))


def write_empty(folder: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Write headers alone into `folder`, each with a row that is commented out; raises as
    `copy_reference` does."""
    return put(folder, _fill)


def _fill(new: Path) -> None:
    for part in ("inputs", "models"):
        (new / part).mkdir()
    for name, kind in TABLES.items():
        text = header_and_example(list(kind.model_fields), EXAMPLES.get(name, {}))
        (new / "inputs" / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    (new / "models" / "operation.yaml").write_text(MODEL, encoding="utf-8", newline="")


def _write_empty_workbook(target: Path) -> None:
    """Sheets with headers alone, which say what each column is, and a model without tasks."""
    from allocator.inputs.workbook.writer import write_workbook

    refuse_taken(target)
    tables = {name: RawTable(name, name, tuple(kind.model_fields)) for name, kind in TABLES.items()}
    horizon = {"periods": "2", "months_per_period": "6"}
    model = {"name": "operation", "title": "An operation", "horizon": horizon}
    raw = Raw(tables, (RawModel("models", None, model),))
    replace_file(target, lambda file: write_workbook(raw, file))


def header_and_example(columns: list[str], row: dict[str, str]) -> str:
    """The header, and the row with a '#' before it, which readers pass over."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    if row:
        text.write("# ")
        writer.writerow([row.get(column, "") for column in columns])
    return text.getvalue()
