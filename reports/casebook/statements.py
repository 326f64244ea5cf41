"""What the report says, paragraph by paragraph, in our own words: `statements.csv`.

Nothing is said under the report's name that is not in this list. Paragraphs are counted within
their chapter, pictures and headings left out; the four key results are the first four of theirs.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPORT = "GMF, Coalition of the Willing (May 2025)"
"""How a source names the report; `: France 2, Poland 5` follows, chapters and paragraphs."""


@dataclass(frozen=True)
class Statement:
    id: str
    chapter: str
    paragraph: int
    says: str

    @property
    def place(self) -> str:
        return f"{self.chapter} {self.paragraph}"


@cache
def statements() -> dict[str, Statement]:
    """Return every statement by its id, in the order of the report."""
    path = Path(__file__).with_name("statements.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = (
        Statement(row["statement"], row["chapter"], int(row["paragraph"]), row["says"])
        for row in rows
    )
    return {one.id: one for one in found}


def of_chapter(chapter: str) -> tuple[Statement, ...]:
    return tuple(one for one in statements().values() if one.chapter == chapter)


def cited(source: str) -> tuple[str, ...]:
    """Return the paragraphs of the report that a source names, such as `France 2`."""
    found = re.search(re.escape(REPORT) + r": ([^;|]*)", source)
    return tuple(part.strip() for part in found[1].split(",")) if found else ()
