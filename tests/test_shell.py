"""Commands to paste: a shell reads back exactly what was meant."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

import allocator
from allocator.shell import offer

AWKWARD = [
    "plan & touch PWNED $(touch PWNED2)",
    "a'b",
    'a"b',
    "`x`",
    "a;b",
    "*",
    "$HOME",
    "ä ö",
    "",
]


@pytest.mark.parametrize("name", AWKWARD)
def test_a_shell_reads_back_the_words(name):
    line = offer("solve", name, options=[("--with", name), ("--world", "today")])
    words = ["allocator", "solve", name, "--with", name, "--world", "today"]
    assert shlex.split(line) == words
    if shutil.which("sh"):
        echoed = subprocess.run(
            ["sh", "-c", line.replace("allocator", "printf '%s\\n'", 1)],
            capture_output=True,
            text=True,
            check=True,
        )
        assert echoed.stdout.split("\n")[:-1] == words[1:]


def test_a_word_that_looks_like_an_option_is_none():
    line = offer("verify", "--out", options=[("-w", "x")])
    assert shlex.split(line) == ["allocator", "verify", "-w", "x", "--", "--out"]


def test_no_command_with_a_name_in_it_is_written_elsewhere():
    """Every other mention of a command is of fixed text."""
    root = Path(allocator.__file__).parent
    verbs = "solve|blockers|packages|check|report|compare|verify|init|convert|fragility|ranges"
    for file in root.rglob("*.py"):
        for line in file.read_text(encoding="utf-8").splitlines():
            found = re.search(rf"""f["'].*\ballocator ({verbs})\b(.*)""", line)
            assert not (found and "{" in found[2]), (file, line)
    script = (root / "report/page/templates/page.js").read_text(encoding="utf-8")
    assert script.count('"allocator"') == 1
    assert '"allocator ' not in script
