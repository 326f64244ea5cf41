"""What a kept file claims, apart from its wording: figures, ids, verdicts, cell by cell.

A kept file stands as long as each of its rows is still given, in the same order. Sentences may be
put otherwise, columns and rows be added; a figure, an id or a verdict that changed, or one more
beside it, is a contradiction.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

Row = Counter[tuple[str, ...]]
"""What each cell says, in the order of its words; cells in any order."""

FIGURE = r"\d+(?:,\d{3})*"
IDS = r"`[^`]+`|\b[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+\b"
VERDICTS = (
    r"\b(?:yes|no|surely ready|surely not|open|ready|blocked|short|unknown|none|nothing|not proved"
    r"|(?:not )?comes? out)\b"
)
SAID = re.compile(rf"{IDS}|[-+]?{FIGURE}")
IN_CELLS = re.compile(rf"{IDS}|[-+]?{FIGURE}|{VERDICTS}|in part")

WORDING = {"statement", "finding", "what it says", "figure"}
"""Columns that say in words what the others claim."""

PLACES = {"rests on", "place"}
"""Links to rows of the inputs, whose hashes are kept."""

ONE_OF_MANY = {"commitment", "unit-periods"}
"""Heads of a table of one way that costs no more than others: the solver may give another."""

ONE_WAY = "what NATO's plans lose"
"""The row of a page that has models as columns, likewise."""

LEDGER = "what is taken from"
"""The head of the first column of a table by plan, likewise."""


def contradictions(name: str, kept: str, now: str) -> list[str]:
    """Return the first row of a kept file that what is made `now` does not bear out, if any."""
    rows = {"csv": _csv_rows, "svg": _svg_rows, "md": _page_rows}[name.rpartition(".")[2]]
    fresh = iter([row for _, row in rows(now)])
    return [said for said, row in rows(kept) if row and not any(row <= one for one in fresh)][:1]


def _csv_rows(text: str) -> Iterator[tuple[str, Row]]:
    for row in csv.DictReader(io.StringIO(text)):
        yield str(row), Counter((key, row[key]) for key in row if key not in WORDING)


def _svg_rows(text: str) -> Iterator[tuple[str, Row]]:
    for said in re.findall(r">([^<]+)</text>", text):
        yield said, _row([SAID.findall(said)])


def _page_rows(text: str) -> Iterator[tuple[str, Row]]:
    for block in text.split("\n\n"):
        if block.startswith("|"):
            yield from _table_rows(block)
        else:
            yield block, _row([SAID.findall(_without_links(block))])


def _table_rows(block: str) -> Iterator[tuple[str, Row]]:
    for row in table(block):
        cells = (_without_links(row[head]) for head in row if head not in WORDING | PLACES)
        if not _one_of_many(row):
            yield " | ".join(row.values()), _row(IN_CELLS.findall(cell) for cell in cells)


def _one_of_many(row: Mapping[str, str]) -> bool:
    return row.keys() >= ONE_OF_MANY or row.get("") == ONE_WAY or LEDGER in row


def _row(cells: Iterable[list[str]]) -> Row:
    return Counter(tuple(cell) for cell in cells if cell)


def tables(text: str) -> list[list[Mapping[str, str]]]:
    """Return the tables of a Markdown page, each as its rows by head."""
    return [table(block) for block in text.split("\n\n") if block.startswith("|")]


def table(block: str) -> list[Mapping[str, str]]:
    """Return the rows of a Markdown table by its heads."""
    head, _, *rows = (_cells(line) for line in block.strip().splitlines())
    return [dict(zip(head, row, strict=True)) for row in rows]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def _without_links(text: str) -> str:
    return re.sub(r"\[([^\]]*)\]\([^)]*\)|<a [^>]*>", r"\1", text)
