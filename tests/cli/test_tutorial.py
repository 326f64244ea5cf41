"""The tutorial as a reader follows it: its files typed, its commands run, its outputs compared."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from allocator.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "tutorial.md").read_text(encoding="utf-8")
LEFT_OUT = "…"
STEP = re.compile(
    r"^`(?P<file>(?:inputs|models)/[\w.]+)`\n\n```(?:csv|yaml)\n(?P<content>.*?)^```$"
    r"|^```console\n\$ (?P<command>[^\n]+)\n(?P<shown>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
STEPS = list(STEP.finditer(PAGE))


def follow(steps: list[re.Match[str]]) -> Iterator[tuple[str, str, str]]:
    """Types each file; of each command the line, what the page shows, and what it prints."""
    for step in steps:
        if step["file"]:
            Path(step["file"]).parent.mkdir(exist_ok=True)
            Path(step["file"]).write_text(step["content"], encoding="utf-8")
        else:
            yield step["command"], step["shown"], printed(step["command"])


def printed(command: str) -> str:
    name, *arguments = shlex.split(command)
    assert name == "allocator"
    done = CliRunner().invoke(main, arguments, prog_name="allocator")
    assert done.exit_code == 0, f"{command}: {done.output}"
    return done.stdout


def is_shown(shown: str, output: str) -> bool:
    """Whether the output is what is shown, with any lines where some are left out."""
    lines = (".*" if line == LEFT_OUT else re.escape(line) for line in shown.splitlines())
    return re.fullmatch("\n".join(lines), output.rstrip("\n"), re.DOTALL) is not None


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
    assert f" {verdict}  bridge" in printed("allocator solve --with ceasefire")


def test_every_block_of_the_page_is_a_step() -> None:
    """No block is passed over, and a wrong output would be seen."""
    assert len(STEPS) == len(re.findall(r"^```\w+$", PAGE, re.MULTILINE))
    assert sum(step["file"] is not None for step in STEPS) == 6
    assert is_shown("a\n…\nd\n", "a\nb\nc\nd\n")
    assert not is_shown("a\n…\nd\n", "a\nb\nc\n")
    assert not is_shown("a\nb\n", "a\nB\n")
