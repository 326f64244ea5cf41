"""A planner's evening as its page tells it: from an empty workbook to a repaired plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.pages import DOCS, blocks_of, follow, is_shown, steps_of

PAGE = (DOCS / "session.md").read_text(encoding="utf-8")
STEPS = steps_of(PAGE)
WITHOUT_FRANCE = "allocator repair repaired.xlsx -w staff.xlsx --world asked --without FRA"


def free_what_has_to_stand() -> None:
    """What the page asks for in words: `planned` in the place of `exactly`."""
    sheets = load_workbook("repaired.xlsx")
    held = [c for row in sheets["corrected"].iter_rows() for c in row if c.value == "exactly"]
    assert len(held) == 1
    held[0].value = "planned"
    sheets.save("repaired.xlsx")


def test_the_page_is_what_a_planner_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    commands = [step["command"] for step in STEPS if step["command"]]
    assert commands[-2:] == [WITHOUT_FRANCE] * 2
    before = {len(commands) - 1: free_what_has_to_stand}
    for command, shown, output in follow(STEPS, "staff.xlsx", before):
        assert is_shown(shown, output), f"{command}:\n{output}"


def test_every_block_of_the_page_is_a_step() -> None:
    assert len(STEPS) == blocks_of(PAGE)
    assert sum(step["sheet"] is not None for step in STEPS) == 12
