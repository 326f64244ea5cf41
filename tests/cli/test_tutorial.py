"""The tutorial as a reader follows it: its files typed, its commands run, its outputs compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.pages import DOCS, blocks_of, follow, is_shown, printed, steps_of

PAGE = (DOCS / "tutorial.md").read_text(encoding="utf-8")
STEPS = steps_of(PAGE)


def test_the_page_is_what_a_reader_sees(here: Path) -> None:
    seen = list(follow(STEPS))
    for command, shown, output in seen:
        assert is_shown(shown, output), f"{command}:\n{output}"
    assert len(seen) >= 7


@pytest.mark.parametrize(("quantity", "verdict"), [("17", "ready"), ("16", "short")])
def test_the_figures_to_try_say_what_is_promised(here: Path, quantity: str, verdict: str) -> None:
    typed = [step for step in STEPS if step["file"]]
    assert not list(follow(typed))
    table = Path("inputs/availability.csv")
    table.write_text(table.read_text().replace(",24,", f",{quantity},"))
    shown = printed("allocator solve --with ceasefire")
    assert re.search(rf" {verdict}  .*\(bridge\)$", shown, re.MULTILINE)


def test_every_block_of_the_page_is_a_step() -> None:
    """No block is passed over, and a wrong output would be seen."""
    assert len(STEPS) == blocks_of(PAGE)
    assert sum(step["file"] is not None for step in STEPS) == 6
    assert is_shown("a\n…\nd\n", "a\nb\nc\nd\n")
    assert not is_shown("a\n…\nd\n", "a\nb\nc\n")
    assert not is_shown("a\nb\n", "a\nB\n")
