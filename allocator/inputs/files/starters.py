"""Workspaces to start from: a small one that reads in ten minutes, and one with nothing in it."""

from __future__ import annotations

import csv
import os
from io import StringIO
from pathlib import Path

from allocator.inputs.files.reference import copied, put
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


def header_and_example(columns: list[str], row: dict[str, str]) -> str:
    """The header, and the row with a '#' before it, which readers pass over."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    if row:
        text.write("# ")
        writer.writerow([row.get(column, "") for column in columns])
    return text.getvalue()
