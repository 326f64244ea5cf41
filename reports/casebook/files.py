"""The files of `reports/reference/`, each with the function that makes its text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from allocator.report.tables.csvs import csv_text
from allocator.report.tables.fragility import table
from casebook import case
from casebook.pages_of_actors import actors_page
from casebook.pages_of_dilemma import dilemma_page, numbers, picture_file
from casebook.pages_of_findings import findings_page
from casebook.pages_of_fragility import answers, fragility_page

REPORT = case.ROOT / "reports" / "reference"


def _dilemma_numbers() -> str:
    return csv_text(numbers())


def _fragility_numbers() -> str:
    return csv_text(table([one for _, one in answers()]))


def _inputs() -> str:
    return json.dumps(dict(sorted(case.planner().workspace.files.items())), indent=2) + "\n"


FILES: Mapping[str, Callable[[], str]] = {
    "findings.md": findings_page,
    "actors.md": actors_page,
    "dilemma.md": dilemma_page,
    "dilemma.csv": _dilemma_numbers,
    "dilemma.svg": picture_file,
    "fragility.md": fragility_page,
    "fragility.csv": _fragility_numbers,
    "inputs.json": _inputs,
}


def write(names: Iterable[str] = FILES, folder: Path = REPORT) -> None:
    """Make every file of `names`, and only then write the first."""
    made = {}
    for name in names:
        made[name] = FILES[name]()
        print(name, flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
