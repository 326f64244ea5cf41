"""What docstrings and docs/algorithms.md cite by author and year stands in docs/references.md, and
nothing else does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
YEAR = re.compile(r"\(?((?:18|19|20)\d\d)\)?[.,:;)]*")
BETWEEN = {"and", "et", "al", "index"}
"""Words that may stand among the names and the year."""


class Citation(NamedTuple):
    names: frozenset[str]
    year: str


def cited_in(text: str) -> Iterator[Citation]:
    """Every year that follows a capitalised word, with all the names right before it."""
    words = text.split()
    for place, word in enumerate(words):
        found = YEAR.fullmatch(word)
        names = frozenset(_names_before(words[:place])) if found else frozenset()
        if found and names:
            yield Citation(names, found[1])


def _names_before(words: list[str]) -> Iterator[str]:
    for word in reversed(words):
        bare = word.strip("(),.;:")
        if bare[:1].isupper():
            yield from (name.lower() for name in bare.split("-") if len(name) > 2)
        elif bare not in BETWEEN:
            return
        if word.startswith("(") or word.endswith(";"):
            return


def docstrings(path: Path) -> Iterator[str]:
    """Those of modules, classes and functions, and those that stand below a name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield text


METHODS = ROOT / "docs" / "algorithms.md"
IN_CODE = {
    citation: path.relative_to(ROOT)
    for path in sorted((ROOT / "allocator").rglob("*.py"))
    for text in docstrings(path)
    for citation in cited_in(text)
}
ON_THE_PAGE = {
    citation: METHODS.relative_to(ROOT)
    for citation in cited_in(METHODS.read_text(encoding="utf-8"))
}
CITED = ON_THE_PAGE | IN_CODE
ENTRIES = [
    line
    for line in (ROOT / "docs" / "references.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("- ")
]


def names(entry: str, citation: Citation) -> bool:
    words = set(re.findall(r"\w+", entry.lower()))
    return citation.names <= words and f"({citation.year})" in entry


def test_citations_are_found_in_every_form() -> None:
    text = "(X: Murakami and Uno 2014; Hall 1935), Shapley-Shubik index (1954), Ann et al.\n1997."
    assert set(cited_in(text)) == {
        Citation(frozenset({"murakami", "uno"}), "2014"),
        Citation(frozenset({"hall"}), "1935"),
        Citation(frozenset({"shapley", "shubik"}), "1954"),
        Citation(frozenset({"ann"}), "1997"),
    }
    assert not list(cited_in("dates as 2026-04-01, or some 2000 of them"))
    assert len(IN_CODE) >= 20
    assert len(ON_THE_PAGE) >= 30


@pytest.mark.parametrize("citation", CITED, ids=lambda c: f"{'-'.join(sorted(c.names))}-{c.year}")
def test_what_is_cited_is_listed(citation: Citation) -> None:
    assert any(names(entry, citation) for entry in ENTRIES), f"{CITED[citation]}: {citation}"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry[2:24])
def test_what_is_listed_is_cited(entry: str) -> None:
    assert any(names(entry, citation) for citation in CITED)


def test_entries_are_sorted_and_whole() -> None:
    assert sorted(ENTRIES) == ENTRIES
    for entry in ENTRIES:
        assert re.match(r"- [^()]+ \(\d{4}\)\. .+\.( doi:10\.\S+)?$", entry), entry
