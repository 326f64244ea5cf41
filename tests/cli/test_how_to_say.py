"""Each recipe of docs/how-to-say.md on a small example of its own: rows typed, command run."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from allocator.inputs.files.starters import copy_small
from tests.cli.test_tutorial import is_shown, printed

PAGE = (Path(__file__).parents[2] / "docs" / "how-to-say.md").read_text(encoding="utf-8")
RECIPES = {
    section.partition("\n")[0]: section.partition("\n")[2] for section in PAGE.split("\n## ")[1:]
}
STEP = re.compile(
    r"^`(?P<file>(?:inputs|models)/[\w.]+)`\n\n```(?:csv|yaml)\n(?P<content>.*?)^```$"
    r"|^```console\n\$ (?P<command>[^\n]+)\n(?P<shown>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def _add(file: str, content: str) -> None:
    if file.endswith(".yaml"):
        _add_to_task(Path(file), content)
    else:
        _add_rows(Path(file), content)


def _add_rows(path: Path, content: str) -> None:
    rows = [*csv.DictReader(path.read_text().splitlines()), *csv.DictReader(content.splitlines())]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _add_to_task(path: Path, content: str) -> None:
    """Keys of the task that is named, and lines of its own; a task that is new as a whole."""
    yaml = YAML(typ="safe")
    model, added = yaml.load(path.read_text()), yaml.load(content)
    task: dict[str, Any] = next((t for t in model["tasks"] if t["task"] == added["task"]), {})
    if not task:
        model["tasks"].append(task)
    lines = {line.get("line"): line for line in added.get("lines", ())}
    kept = [lines.pop(line.get("line"), line) for line in task.get("lines", ())]
    task |= added | {"lines": [*kept, *lines.values()]}
    with path.open("w") as file:
        yaml.dump(model, file)


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_does_what_it_says(title: str, here: Path) -> None:
    copy_small(here)
    shown = 0
    for step in STEP.finditer(RECIPES[title]):
        if step["file"]:
            _add(step["file"], step["content"])
        else:
            output = printed(step["command"])
            assert is_shown(step["shown"], output), f"{step['command']}:\n{output}"
            shown += 1
    assert shown


def test_every_block_is_a_step() -> None:
    for title, section in RECIPES.items():
        blocks = re.findall(r"^```\w+$", section, re.MULTILINE)
        assert len([*STEP.finditer(section)]) == len(blocks), title
