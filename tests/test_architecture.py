"""`docs/architecture.md` leads to files that exist, and draws the rooms as their imports are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.benchmarks import house

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PATHS = sorted(set(re.findall(r"`((?:allocator|docs|tests)/[\w./]*|\w+\.toml)`", PAGE)))
QUESTIONS = re.findall(r"^\| (.+\?) \| (.+) \|$", PAGE.split("## What a newcomer asks")[1], re.M)
ARROW = re.compile(r"(\w+)(?:\[[^]]*\])? --> (\w+)")


@pytest.mark.parametrize("path", PATHS)
def test_every_path_exists(path: str) -> None:
    assert (ROOT / path).exists()
    assert (ROOT / path).is_dir() == path.endswith("/")


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", PAGE))
def test_every_link_leads_somewhere(link: str) -> None:
    assert (ROOT / "docs" / link).is_file()


def test_whatever_reads_as_a_path_is_tested() -> None:
    assert set(re.findall(r"`([^` ]*/[^` ]*)`", PAGE)) <= set(PATHS)


def test_twenty_questions_have_a_file_each() -> None:
    assert len(dict(QUESTIONS)) == len(QUESTIONS) >= 20
    for question, answer in QUESTIONS:
        files = re.findall(r"`([\w./]+)`", answer)
        assert files, question
        assert all((ROOT / file).is_file() for file in files), question


def test_the_picture_has_every_room_and_no_arrow_that_is_none() -> None:
    picture = PAGE.split("```mermaid")[1].split("```")[0]
    drawn = set(ARROW.findall(picture))
    rooms = house.the_house().rooms()
    assert {name for arrow in drawn for name in arrow} == set(rooms)
    for above, below in drawn:
        assert below in rooms[above], f"{above} does not import {below}"


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("allocator/model/rules/r05_caveats.py", '"""R5: '),
        ("allocator/checker/rules.py", '"R5": '),
        ("allocator/inputs/messages/names.py", '"W401": '),
        ("allocator/search/feasibility/oracle.py", "def certain("),
        ("allocator/model/build.py", "RULES"),
        ("allocator/inputs/schema/objectives.py", "OBJECTIVES"),
        ("allocator/report/tables/run.py", "MAKERS"),
        ("allocator/report/tables/plan.py", '"allocation"'),
        ("allocator/report/folder/runs.py", "replace_folder"),
    ],
)
def test_what_is_looked_for_stands_there(file: str, says: str) -> None:
    """The answers that lead to the heart of the matter lead there still."""
    assert f"`{file}`" in PAGE
    assert says in (ROOT / file).read_text("utf-8")
