"""Writes reports/reference/: the kept report of the reference case.

    python tests/reference/write_report.py

Some minutes. The same inputs give the same bytes; inputs.json holds their hashes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import case

REPORT = case.ROOT / "reports" / "reference"


def findings() -> str:
    from pages_of_findings import findings_page

    return findings_page()


def actors() -> str:
    from pages_of_actors import actors_page

    return actors_page()


def dilemma() -> str:
    from pages_of_dilemma import dilemma_page

    return dilemma_page()


def dilemma_numbers() -> str:
    from pages_of_dilemma import numbers

    from allocator.report.tables.csvs import csv_text

    return csv_text(numbers())


def dilemma_picture() -> str:
    from pages_of_dilemma import picture_file

    return picture_file()


def fragility() -> str:
    from pages_of_fragility import fragility_page

    return fragility_page()


def fragility_numbers() -> str:
    from pages_of_fragility import answers

    from allocator.report.tables.csvs import csv_text
    from allocator.report.tables.fragility import table

    return csv_text(table([one for _, one in answers()]))


def inputs() -> str:
    return json.dumps(dict(sorted(case.planner().workspace.files.items())), indent=2) + "\n"


FILES: Mapping[str, Callable[[], str]] = {
    "findings.md": findings,
    "actors.md": actors,
    "dilemma.md": dilemma,
    "dilemma.csv": dilemma_numbers,
    "dilemma.svg": dilemma_picture,
    "fragility.md": fragility,
    "fragility.csv": fragility_numbers,
    "inputs.json": inputs,
}


def write(folder: Path = REPORT) -> None:
    """Makes every file before it writes the first."""
    made = {}
    for name, make in FILES.items():
        made[name] = make()
        print(name, flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
