"""Where `docs/questions.md` says that a question is answered, a run has the answer."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from report_cases import small_run

from allocator.report.page import page
from allocator.report.tables.run import MAKERS, all_tables
from allocator.report.terminal import run as terminal
from allocator.report.terminal.console import rendered
from allocator.report.workbook import write_workbook
from tests.report.page.reading import Read

DOCS = Path(__file__).parents[2] / "docs" / "questions.md"
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


def questions() -> list[list[str]]:
    """A row a question: the question, and where page, terminal and workbook answer it."""
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if re.match(r"\| \d+\. ", line)]
    assert [row[0].partition(".")[0] for row in rows] == [str(n) for n in range(1, 13)]
    assert all(len(row) == 4 for row in rows)
    return rows


def words(cell: str) -> list[str]:
    return re.findall(r"\*([^*]+)\*", cell)


@cache
def parts() -> dict[str, str]:
    """The page by its sections, those that a link above leads to, and the first screen itself."""
    html = page(small_run())
    nav = re.search(r"<nav.*?</nav>", html, re.DOTALL)
    assert nav is not None
    linked = re.findall(r'href="#([\w-]+)"', nav[0])
    found = re.findall(r'<(?P<tag>section|aside) id="([\w-]+)"(.*?)</(?P=tag)>', html, re.DOTALL)
    return {name: text for _, name, text in found if name in linked}


@pytest.mark.parametrize("row", questions(), ids=lambda row: row[0].partition(".")[0])
def test_the_page_answers_on_the_first_screen_or_one_click_from_it(row: list[str]) -> None:
    found = re.findall(r"(?:`#([\w-]+)`|(?:the|its) card)(?:: ((?:\*[^*]+\*(?:, )?)+))?", row[1])
    assert found
    for place, said in found:
        name = place or "tasks"
        part = [text for at, text in parts().items() if at == name or f'id="{name}"' in text]
        assert part, f"{name} is in no part that the first screen leads to"
        told = Read(f"<div>{part[0]}</div>").text
        assert [word for word in words(said) if word not in told] == [], name
    assert 'href="#task-0"' in parts()["tasks"], "the table of tasks leads to each card"


@pytest.mark.parametrize("row", questions(), ids=lambda row: row[0].partition(".")[0])
def test_the_terminal_answers(row: list[str]) -> None:
    shown = rendered(
        lambda console: terminal.show_solve(small_run(), console, terminal.Follow()), io.StringIO()
    )
    assert words(row[2])
    assert [word for word in words(row[2]) if word not in shown] == []


@cache
def book(folder: Path) -> openpyxl.Workbook:
    write_workbook(small_run(), all_tables(small_run()), folder / "a.xlsx")
    return openpyxl.load_workbook(folder / "a.xlsx", data_only=True)


@pytest.mark.parametrize("row", questions(), ids=lambda row: row[0].partition(".")[0])
def test_the_workbook_answers(row: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    made = book(tmp_path_factory.getbasetemp())
    named = re.findall(r"`(\w+)`", row[3])
    assert named
    assert [name for name in named if name not in made.sheetnames] == []
    assert {name for name in named if name in MAKERS or name in made.sheetnames} == {*named}
    cover = [str(cell.value) for line in made["cover"].iter_rows() for cell in line]
    assert [word for word in words(row[3]) if word not in cover] == []
