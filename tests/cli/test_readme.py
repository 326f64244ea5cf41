"""What the README shows: the output of a command as it comes, and a picture of the page."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from test_tutorial import is_shown, printed

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```console\n\$ ([^\n]+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_twenty_lines_of_output_are_shown() -> None:
    ((_, shown),) = SHOWN
    assert 20 <= len(shown.splitlines()) <= 40


@pytest.mark.parametrize(("command", "shown"), SHOWN)
def test_what_is_shown_is_what_comes(command: str, shown: str, here: Path) -> None:
    """Line by line, but for those left out: how long it took, and where the run is kept."""
    printed("allocator init plan")
    output = printed(f"{command} -w plan")
    assert is_shown(shown, output), output
    assert not is_shown(shown, output.replace(" 2.3 %", " 2.4 %"))


def test_the_picture_is_there_and_small() -> None:
    (path,) = re.findall(r"^!\[[^\]]+\]\(([^)]+)\)$", README, re.MULTILINE)
    data = (ROOT / path).read_bytes()
    assert data.startswith(b"\x89PNG\r\n")
    assert struct.unpack(">II", data[16:24]) == (1280, 960)
    assert len(data) < 100_000
