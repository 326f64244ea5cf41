"""A changed figure, id or verdict contradicts what is kept; other words and new columns do not."""

import re

import pytest

from casebook import files
from casebook.claims import contradictions
from tests.reference.kept import FRESH, kept

PAGE = """# Findings of 2025

The land force needs `us_backstop`, and 24 companies.

| statement | holds | evidence | rests on |
| --- | --- | --- | --- |
| It is ready | yes | sets: {`us_backstop`}; 1,200 people | [a.csv:2](../../a.csv#L2) |
| Not by itself | no | isr_support: short, 3 of 29 | |
"""
CHANGED = {
    "a figure of a sentence": ("24 companies", "25 companies"),
    "a figure of a cell": ("3 of 29", "3 of 30"),
    "a figure with a comma": ("1,200", "1,300"),
    "figures the other way round": ("3 of 29", "29 of 3"),
    "another id": ("sets: {`us_backstop`}", "sets: {`un_mandate`}"),
    "one more id": ("sets: {`us_backstop`}", "sets: {`us_backstop`}, {`un_mandate`}"),
    "a verdict": ("short", "blocked"),
    "what holds": ("| yes |", "| **no** |"),
    "a row that is gone": ("| Not by itself | no | isr_support: short, 3 of 29 | |\n", ""),
}
SAME = {
    "other words": ("It is ready", "It can be staffed"),
    "other words of a cell": ("sets:", "any of"),
    "a line broken elsewhere": ("needs `us_backstop`, and", "needs `us_backstop`,\nand"),
    "a row of the inputs that moved": ("a.csv:2](../../a.csv#L2)", "a.csv:3](../../a.csv#L3)"),
    "a new row": ("| Not by", "| New | yes | 77 | |\n| Not by"),
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
def test_a_changed_claim_is_seen(change):
    assert contradictions("a.md", PAGE, PAGE.replace(*change))


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_other_wording_is_no_change(change):
    assert PAGE.replace(*change) != PAGE
    assert contradictions("a.md", PAGE, PAGE.replace(*change)) == []


def test_a_new_column_is_no_change():
    wider = re.sub(r"^\|", "| 5 |", PAGE, flags=re.MULTILINE)
    assert contradictions("a.md", PAGE, wider) == []
    assert contradictions("a.csv", "id,units\na,1\n", "id,new,units\na,7,1\n") == []


@pytest.mark.parametrize("now", ["id,units\na,2\n", "id\na\n", "id,units\n"])
def test_a_table_has_its_cells_and_rows(now):
    assert contradictions("a.csv", "id,units\na,1\n", now)


PICTURE = kept("dilemma.svg")
SHOWN = re.findall(r">(\d+ of \d+)</text>", PICTURE)[-1]
OTHER = f"{int(SHOWN.split()[0]) - 1} of {SHOWN.split()[-1]}"


def test_a_picture_has_its_figures():
    assert contradictions("a.svg", PICTURE, PICTURE) == []
    assert contradictions("a.svg", PICTURE, PICTURE.replace(SHOWN, OTHER))


@FRESH
def test_a_false_file_is_named(tmp_path):
    name = "dilemma.svg"
    (tmp_path / name).write_text(PICTURE.replace(SHOWN, OTHER), encoding="utf-8")
    assert files.contradicted([name], tmp_path) == {name: OTHER}
    assert files.contradicted([name]) == {}


def test_what_is_written_says_what_it_was_made_with(tmp_path):
    """Only of the files that were written; others keep what they said."""
    files.write(["dilemma.svg"], tmp_path)
    (tmp_path / files.MADE_WITH).write_text(
        '{"actors.md": {"inputs": "of then"}}', encoding="utf-8"
    )
    files.write(["dilemma.svg"], tmp_path)
    assert files.made_with(tmp_path) == {
        "actors.md": {"inputs": "of then"},
        "dilemma.svg": files.present(),
    }
