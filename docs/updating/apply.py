"""Writes a workspace of a later date: rows of this folder in place of those with the same id.

    python docs/updating/apply.py SPRING AUTUMN

SPRING stays as it is; rows with an id that it does not have are added at the end.
"""

from __future__ import annotations

import csv
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(before: Path, after: Path) -> None:
    """Copy the workspace, then replace rows table by table."""
    for part in ("inputs", "models"):
        shutil.copytree(before / part, after / part)
    for update in sorted(HERE.glob("*.csv")):
        replace_rows(after / "inputs" / update.name, update)


def replace_rows(table: Path, update: Path) -> None:
    """The first column is the id."""
    columns, rows = read(table)
    _, later = read(update)
    merged = {row[columns[0]]: row for row in rows} | {row[columns[0]]: row for row in later}
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(merged.values())


def read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Columns and rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or []), list(reader)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
