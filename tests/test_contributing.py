"""CONTRIBUTING.md, the Makefile and the checks of a commit say what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PATH = re.compile(r"(?:allocator|tests|docs|reports|\.ci)/[\w./]*\w")
SWITCH = re.compile(r"^(\w+_GOLDEN)=1 pytest (?:-n 0 )?(\S+)", re.MULTILINE)


def commands_of(target: str) -> list[str]:
    """The lines that make runs for a target itself."""
    found = re.search(rf"^{target}:[^\n]*\n((?:\t[^\n]*\n)+)", MAKEFILE, re.MULTILINE)
    assert found, target
    return [line.strip() for line in found[1].splitlines()]


@pytest.mark.parametrize("text", [PAGE, MAKEFILE], ids=["page", "makefile"])
def test_every_path_that_is_named_is_there(text: str) -> None:
    named = set(PATH.findall(text))
    assert len(named) >= 10
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_every_make_target_that_is_named_is_there() -> None:
    for target in set(re.findall(r"make (quick|lint|check|\w+) {2}", PAGE)):
        assert commands_of(target)


def test_every_switch_that_writes_golden_files_is_read_there() -> None:
    """By a test file of the path that is named; and no such test file is left out."""
    switches = SWITCH.findall(PAGE)
    for switch, path in switches:
        place = ROOT / path
        files = [place] if place.is_file() else place.glob("test_*.py")
        assert any(switch in file.read_text(encoding="utf-8") for file in files), path
    reading = re.compile(r'environ\.get\("\w+_GOLDEN"\)')
    tests = (ROOT / "tests").rglob("test_*.py")
    writing = [file for file in tests if reading.search(file.read_text(encoding="utf-8"))]
    assert len(writing) == len(switches)


def test_lint_is_the_same_everywhere() -> None:
    """By make, in `.ci/run` and before a commit."""
    lint = commands_of("lint")
    assert "\n".join(lint) in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    hooks = YAML(typ="safe").load(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [repository["repo"] for repository in hooks] == ["local"]
    entries = [hook["entry"] for hook in hooks[0]["hooks"]]
    assert [line.removesuffix(" .") for line in lint] == entries


def test_what_is_named_in_code_is_there() -> None:
    """Names in back quotes that stand right before `in` and a file."""
    named = re.findall(r"`(\w+)`,? (?:in|of) `(allocator/[\w/]+\.py)`", PAGE)
    assert len(named) >= 2
    for name, path in named:
        assert re.search(rf"\b{name}\b", (ROOT / path).read_text(encoding="utf-8")), name
