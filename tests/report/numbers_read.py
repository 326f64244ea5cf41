"""The numbers of a text that people read, and whether a run's data holds them.

The data: the JSON of the run, its tables, the inputs, and sums of the allocation that are written
out here.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl

from allocator.report.page import page
from allocator.report.tables.run import all_tables
from allocator.report.terminal import run as terminal
from allocator.report.terminal.console import rendered
from allocator.report.workbook import write_workbook
from allocator.results import jsons
from allocator.results.run import RunRecord
from tests.report.page.reading import Read

SMALL = 41
"""Numbers below are ids, periods, priorities and counts, which are everywhere."""

SHOW = {
    "solve": terminal.show_solve,
    "packages": terminal.show_packages,
    "blockers": terminal.show_blockers,
}


# --- the data ---------------------------------------------------------------------------------


def known_numbers(run: RunRecord) -> set[float]:
    """All that the run's data holds, and what is added up of it here."""
    result = json.loads(jsons.result_bytes(run.result))
    texts = [
        jsons.result_bytes(run.result), jsons.notes_bytes(run.notes),
        jsons.plan_notes_bytes(run.plan_notes), jsons.certificate_bytes(run.certificate),
        jsons.data_bytes(run.provenance()),
    ]  # fmt: skip
    found = {number for text in texts for number in numbers(text.decode())}
    cells = (" ".join(map(str, row)) for table in all_tables(run) for row in table.rows)
    found |= {number for text in cells for number in numbers(text)}
    found.add(round(sum(run.seconds.values()), 1))
    found |= set(averages(run, result["tasks"]))
    found |= set(numbers(repr(run.problem)))
    found |= set(sums(run, result["plan"]["allocation"]))
    found |= {round(level["value"] / 1e6, 1) for level in result["plan"]["levels"]}
    found |= {round(level["bound"] / 1e6, 1) for level in result["plan"]["levels"]}
    return found


def sums(run: RunRecord, cells: Iterable[dict[str, Any]]) -> Iterator[float]:
    """People, and units of a capability, over any of nation, task and period."""
    totals: dict[tuple[object, ...], int] = {}
    kinds = run.problem.capabilities
    for cell in cells:
        people = kinds[cell["capability"]].personnel * cell["quantity"]
        named = [(name, cell[name]) for name in ("nation", "task", "period")]
        for size in range(4):
            for key in combinations(named, size):
                totals[key] = totals.get(key, 0) + people
                units = (*key, ("capability", cell["capability"]))
                totals[units] = totals.get(units, 0) + cell["quantity"]
    return (float(total) for total in totals.values())


def averages(run: RunRecord, tasks: Iterable[dict[str, Any]]) -> Iterator[float]:
    """People of each package, on average of the periods."""
    kinds = run.problem.capabilities
    for task in tasks:
        for package in task["packages"]["sets"]:
            cells = package["allocation"]
            people = sum(kinds[c["capability"]].personnel * c["quantity"] for c in cells)
            yield float(f"{people / run.problem.horizon:.0f}")


def numbers(text: str) -> Iterator[float]:
    """Those that stand by themselves: none in an id, a hash, a version, a day or a time."""
    text = re.sub(r"\d{4}-\d\d(?:-\d\d\S*|\b)|\d\d:\d\d\b|\d+\.\d+\.\d[\w.]*", " ", text)
    for found in re.findall(r"(?<![\w.,#])\d+(?:,\d{3})*(?:\.\d+)?(?![\w])", text):
        yield float(found.replace(",", ""))


# --- the renderings ---------------------------------------------------------------------------


def on_terminal(run: RunRecord) -> str:
    show = SHOW[run.command]
    return rendered(lambda c: show(run, c, terminal.Follow()), io.StringIO(), 300)


def on_page(run: RunRecord) -> str:
    """Without the numbers of rows that references lead to."""
    html = page(run)
    html = re.sub(r'<a class="ref".*?</a>|<span class="ref">.*?</span>', " ", html, flags=re.DOTALL)
    return Read(html).text


def in_workbook(run: RunRecord, path: Path) -> str:
    write_workbook(run, all_tables(run), path)
    book = openpyxl.load_workbook(path, data_only=True)
    lengths = {sheet.max_row - 1 for sheet in book}
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    # The contents on the cover say how long each sheet is.
    return "\n".join(str(v) for v in cells if v is not None and v not in lengths)


def strange(run: RunRecord, text: str, known: set[float]) -> list[float]:
    """Numbers of the text that are nowhere in the data."""
    percent = {round(100 * p.likelihood, 1) for p in run.problem.preconditions.values()
               if p.likelihood is not None}  # fmt: skip
    return sorted({n for n in numbers(text) if n >= SMALL and n not in known | percent | STANDING})


STANDING = {95.0, 100.0, 255.0}
"""Of texts that are the same of every run, such as the width of an interval."""
