"""A case of a later date as its page tells it: rows entered, questions asked, and compared."""

from __future__ import annotations

import csv
import runpy
import sys
from pathlib import Path

import pytest

import allocator
from tests.cli.pages import DOCS, blocks_of, follow, is_shown, steps_of

PAGE = (DOCS / "updating.md").read_text(encoding="utf-8")
STEPS = steps_of(PAGE)
APPLY = "python docs/updating/apply.py spring autumn"
ROWS = DOCS / "updating"


def apply(before: str = "spring", after: str = "autumn") -> None:
    """The line of the page that is no command of the tool."""
    script = str(ROWS / "apply.py")
    sys.argv = [script, before, after]
    runpy.run_path(script, run_name="__main__")


def test_the_page_is_what_a_reader_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", sys.argv)
    assert APPLY in PAGE
    seen = 0
    for command, shown, output in follow(STEPS, before={1: apply}):
        assert is_shown(shown, output), f"{command}:\n{output}"
        seen += 1
    assert seen == 6


def test_every_block_of_the_page_is_a_step() -> None:
    assert len(STEPS) == blocks_of(PAGE)
    assert PAGE.count("```\n" + APPLY) == 1


@pytest.fixture(scope="module")
def autumn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("updating") / "autumn"
    kept = sys.argv
    apply(str(DOCS.parent), str(folder))
    sys.argv = kept
    return folder


def test_the_spring_case_is_left_as_it_is(autumn: Path) -> None:
    """Only what the rows of the update say is another; nothing is added or gone."""
    changed = {path.name: entered(path) for path in ROWS.glob("*.csv")}
    assert set(changed) == {"offers.csv", "preconditions.csv"}
    for path in (DOCS.parent / "inputs").glob("*.csv"):
        before, after = entered(path), entered(autumn / "inputs" / path.name)
        assert len(before) == len(after)
        differ = [now for was, now in zip(before, after, strict=True) if was != now]
        assert differ == sorted(changed.get(path.name, []), key=after.index), path.name


def entered(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_of_a_later_date_says_since_when_and_from_whom() -> None:
    """No row of the update names the report, which knows nothing of it."""
    rows = [row for path in ROWS.glob("*.csv") for row in entered(path)]
    assert len(rows) > 10
    for row in rows:
        assert "2025)" in row["source"], row
        assert "GMF" not in row["source"], row
        assert row["note"], row
    assert all(row["as_of"] > "2025-05-15" for row in entered(ROWS / "offers.csv"))


def test_the_circle_is_gone_once_the_pledges_are_made(autumn: Path) -> None:
    found = allocator.load(autumn).order(["air_missile_defence"], time_limit=300)
    assert found.circles.sets == ()
    assert found.deadlocked == ()
    assert found.task("air_missile_defence").earliest_month == 6
