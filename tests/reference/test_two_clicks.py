"""Who has read the report alone finds each actor, condition and result in two clicks.

`reports/casebook/looked_for.csv` is the list that was tried, chapter by chapter: from the page of
reports the first click opens a page of the kept report, the second the row of the tables.
"""

from __future__ import annotations

import csv
import re

import pytest

from casebook import case
from casebook.positions import ACTORS, CHAPTERS
from casebook.statements import statements
from tests.reference.kept import FRESH, kept

START = (case.ROOT / "reports" / "README.md").read_text(encoding="utf-8")
LIST = case.ROOT / "reports" / "casebook" / "looked_for.csv"
with LIST.open(encoding="utf-8", newline="") as file:
    LOOKED_FOR = list(csv.DictReader(file))


def named(item):
    return f"{item['chapter']}: {item['looked for']}"


@FRESH
@pytest.mark.parametrize("item", LOOKED_FOR, ids=named)
def test_it_is_two_clicks_away(item):
    assert f"(reference/{item['page']})" in START
    seen = section(kept(item["page"]), item["anchor"])
    if item["file"]:
        assert f"{item['file']}#L{line_of(item)})" in seen, "no link to its row"


def section(page, anchor):
    """What a reader sees who comes by the anchor; the whole page without one."""
    if not anchor:
        return page
    _, there, after = page.partition(f'<a id="{anchor}"></a>')
    assert there, "no such anchor"
    return after.partition('<a id="')[0]


def line_of(item):
    """The number of the line that carries the id."""
    lines = (case.ROOT / item["file"]).read_text(encoding="utf-8").splitlines()
    (number,) = (n for n, line in enumerate(lines, 1) if re.search(own(item["id"]), line))
    return number


def own(name):
    return rf"^  - {name}$" if name.startswith("task: ") else rf"^{name},"


def test_every_chapter_and_every_actor_was_looked_for():
    """Chapters of the list of statements; each actor under its own."""
    chapters = {item["chapter"] for item in LOOKED_FOR}
    assert chapters == {one.chapter for one in statements().values()}
    found = {(item["chapter"], item["id"]) for item in LOOKED_FOR}
    assert all((CHAPTERS[nation], nation) in found for nation in ACTORS)


def test_every_condition_that_the_report_names_was_looked_for():
    """Preconditions of whatever status that are its own, by what their rows cite."""
    cited = {
        row.precondition for row in case.planner().workspace.preconditions if "GMF" in row.source
    }
    found = {item["id"] for item in LOOKED_FOR if item["file"].endswith("preconditions.csv")}
    assert cited <= found


def test_every_key_result_was_looked_for():
    anchors = {item["anchor"] for item in LOOKED_FOR if item["page"] == "findings.md"}
    assert {f"finding-{n}" for n in ("1", "2", "3", "4", "dilemma")} <= anchors
