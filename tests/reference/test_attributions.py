"""Nothing stands under the report's name that is not in the list of what it says.

`attributions.csv` lists every row that names the report, what the row claims, and the statements it
rests on; `reports/casebook/statements.csv` has these, with the paragraph of each. A row that comes
to say something else has to be read against its paragraphs again.
"""

from __future__ import annotations

import re

import pytest

from casebook import case
from casebook.findings import FINDINGS
from casebook.positions import ACTORS, CHAPTERS
from casebook.statements import REPORT, of_chapter, statements
from tests.reference.attributed import NAMED, attributed, listed, paragraphs

ROWS = {one.row: one for one in attributed()}
LISTED = listed()


def test_there_are_as_many_rows_as_names():
    assert len(ROWS) == len(list(attributed())) > 150


@pytest.mark.parametrize("name", ROWS)
def test_a_row_that_names_the_report_says_what_the_list_has(name):
    row = ROWS[name]
    assert name in LISTED, f"{row.place} names the report; read its paragraphs, then list it"
    assert row.claims == LISTED[name]["claims"], f"{row.place} says something else than was read"
    assert set(row.paragraphs) == paragraphs(LISTED[name]), row.place
    assert row.paragraphs


def test_nothing_is_listed_that_no_row_says():
    assert LISTED.keys() == ROWS.keys()
    assert all(row["statements"] for row in LISTED.values())


def test_statements_are_numbered_and_in_order():
    """By chapter, each paragraph after the one before; several of one paragraph may follow."""
    assert len(statements()) > 50
    for chapter in {one.chapter for one in statements().values()}:
        numbers = [one.paragraph for one in of_chapter(chapter)]
        assert numbers == sorted(numbers)
        assert numbers[0] >= 1
        assert numbers[-1] <= 8
    assert all(one.says and not NAMED.search(one.says) for one in statements().values())


def test_every_actor_has_its_chapter():
    """The three Baltic countries share one."""
    assert {CHAPTERS[nation] for nation in ("EST", "LVA", "LTU")} == {"Baltic Countries"}
    assert all(of_chapter(CHAPTERS[nation]) for nation in ACTORS)
    assert len(set(CHAPTERS.values())) == 11


def test_a_finding_of_the_report_rests_on_its_statements():
    """What the figures add rests on none."""
    for make in FINDINGS:
        finding = make()
        assert bool(finding.statements) == (finding.group != "ours"), finding.title
        assert set(finding.statements) <= statements().keys()


@pytest.mark.parametrize("folder", ["inputs", "models"])
def test_pages_and_notes_name_no_chapter_without_a_paragraph(folder):
    """The report is named in full, or with chapter and paragraph; never by a chapter alone."""
    for path in sorted((case.ROOT / folder).iterdir()):
        text = path.read_text(encoding="utf-8")
        assert "chapter on" not in text, path
        for line in text.splitlines():
            for named in re.findall(re.escape(REPORT) + r"(.{0,3})", line):
                assert path.suffix == ".md" or re.match(r": [A-Z]", named), (path, line)
