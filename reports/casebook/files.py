"""The files of `reports/reference/`, each with the function that makes its text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from allocator.report.tables.csvs import csv_text
from allocator.report.tables.fragility import table
from allocator.results.run import versions
from casebook import case
from casebook.claims import contradictions
from casebook.pages_of_actors import actors_page
from casebook.pages_of_backstop import backstop_page
from casebook.pages_of_cabinet import cabinet_page
from casebook.pages_of_dilemma import dilemma_page, numbers, picture_file
from casebook.pages_of_findings import findings_page
from casebook.pages_of_fragility import answers, fragility_page
from casebook.pages_of_ladder import ladder_page
from casebook.pages_of_leaving import leaving_page
from casebook.pages_of_order import order_page
from casebook.pages_of_ranges import ranges_page
from casebook.pages_of_scopes import scopes_page

REPORT = case.ROOT / "reports" / "reference"


def _dilemma_numbers() -> str:
    return csv_text(numbers())


def _fragility_numbers() -> str:
    return csv_text(table([one for _, one in answers()]))


FILES: Mapping[str, Callable[[], str]] = {
    "cabinet.md": cabinet_page,
    "findings.md": findings_page,
    "actors.md": actors_page,
    "scopes.md": scopes_page,
    "ranges.md": ranges_page,
    "order.md": order_page,
    "backstop.md": backstop_page,
    "ladder.md": ladder_page,
    "leaving.md": leaving_page,
    "dilemma.md": dilemma_page,
    "dilemma.csv": _dilemma_numbers,
    "dilemma.svg": picture_file,
    "fragility.md": fragility_page,
    "fragility.csv": _fragility_numbers,
}


SLOW = ("fragility.md", "fragility.csv", "ranges.md")
"""Files that share no answers with the others and take half of all the time."""

INPUTS, MADE_WITH = "inputs.json", "made_with.json"
"""Hashes of the tables and models; and for each file, what it was made with."""


def write(names: Iterable[str] = FILES, folder: Path = REPORT) -> None:
    """Make every file of `names`, and only then write the first."""
    made = dict(_made(names))
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
    for name, text in _made(names):
        kept = (folder / name).read_text(encoding="utf-8")
        for row in contradictions(name, kept, text):
            found[name] = row
    return found


def _made(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Make the files, those that are slow beside the others; in the order of their names."""
    asked = [name for name in FILES if name in set(names)]
    shares = [[n for n in asked if n not in SLOW], [n for n in asked if n in SLOW]]
    if not all(shares):
        yield from _share(asked)
        return
    with ProcessPoolExecutor(len(shares), mp_context=get_context("spawn")) as pool:
        made = dict(one for share in pool.map(_share, shares) for one in share)
    yield from ((name, made[name]) for name in asked)


def _share(names: list[str]) -> list[tuple[str, str]]:
    """Files of one process: what they ask is remembered from one to the next."""
    made = []
    for name in names:
        made.append((name, FILES[name]()))
        print(name, flush=True)
    return made


def _write_json(path: Path, said: Mapping[str, object]) -> None:
    path.write_text(json.dumps(said, indent=2, sort_keys=True) + "\n", encoding="utf-8")
