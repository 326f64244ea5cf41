"""The files of `reports/reference/`, each with the function that makes its text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from allocator.report.tables.csvs import csv_text
from allocator.report.tables.fragility import table
from allocator.results.run import versions
from casebook import case
from casebook.claims import contradictions
from casebook.pages_of_actors import actors_page
from casebook.pages_of_dilemma import dilemma_page, numbers, picture_file
from casebook.pages_of_findings import findings_page
from casebook.pages_of_fragility import answers, fragility_page
from casebook.pages_of_scopes import scopes_page

REPORT = case.ROOT / "reports" / "reference"


def _dilemma_numbers() -> str:
    return csv_text(numbers())


def _fragility_numbers() -> str:
    return csv_text(table([one for _, one in answers()]))


FILES: Mapping[str, Callable[[], str]] = {
    "findings.md": findings_page,
    "actors.md": actors_page,
    "scopes.md": scopes_page,
    "dilemma.md": dilemma_page,
    "dilemma.csv": _dilemma_numbers,
    "dilemma.svg": picture_file,
    "fragility.md": fragility_page,
    "fragility.csv": _fragility_numbers,
}


INPUTS, MADE_WITH = "inputs.json", "made_with.json"
"""Hashes of the tables and models; and for each file, what it was made with."""


def write(names: Iterable[str] = FILES, folder: Path = REPORT) -> None:
    """Make every file of `names`, and only then write the first."""
    made = {}
    for name in names:
        made[name] = FILES[name]()
        print(name, flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    _write_json(folder / INPUTS, case.planner().workspace.files)
    _write_json(folder / MADE_WITH, made_with(folder) | dict.fromkeys(made, present()))


def made_with(folder: Path = REPORT) -> dict[str, dict[str, str]]:
    """Return versions and the digest of the inputs, by file; empty where nothing was written."""
    kept = folder / MADE_WITH
    return json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}


def present() -> dict[str, str]:
    """Return what a file would be made with now."""
    hashes = json.dumps(case.planner().workspace.files, sort_keys=True)
    used = {name: version for name, version in versions().items() if name != "python"}
    return used | {"inputs": hashlib.sha256(hashes.encode()).hexdigest()}


def contradicted(names: Iterable[str] = FILES, folder: Path = REPORT) -> dict[str, str]:
    """Make files afresh and return, by name, the first row kept that they do not bear out."""
    found = {}
    for name in names:
        kept = (folder / name).read_text(encoding="utf-8")
        for row in contradictions(name, kept, FILES[name]()):
            found[name] = row
    return found


def _write_json(path: Path, said: Mapping[str, object]) -> None:
    path.write_text(json.dumps(said, indent=2, sort_keys=True) + "\n", encoding="utf-8")
