"""Whatever passes `check` can be kept in every format: a workspace with every length at its
limit."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from allocator.cli import main
from allocator.inputs.schema.types import LONGEST_ID, LONGEST_NAME, LONGEST_TEXT
from tests.inputs.workspace_files import SMALL, write_small

IDS = ("mech", "medical", "fra_reserve", "ceasefire", "peace", "gbr_front", "manoeuvre", "care")
TEXTS = ("France", "Ceasefire", "Reserve", "Mechanised battalion", "ukraine_west", "Field hospital")


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def _longest(text: str) -> str:
    """With each id, name and text as long as it may be."""
    for name in ("small", "truce"):
        text = text.replace(name, name + "é" * ((LONGEST_NAME - len(name)) // 2) + "x")
    for one in TEXTS:
        text = text.replace(one, one + "x" * (LONGEST_TEXT - len(one)))
    for one in (*IDS, "FRA", "west"):
        longer = one + "_" * (LONGEST_ID - len(one))
        text = re.sub(rf"(?<![A-Za-z_]){one}(?![A-Za-z])", longer, text)
    return text


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write_small(tmp_path / "plan", {name: _longest(text) for name, text in SMALL.items()})


def _worlds(plan: Path) -> list[str]:
    with (plan / "inputs" / "worlds.csv").open(encoding="utf-8") as file:
        return [row["world"] for row in csv.DictReader(file)]


def test_every_length_at_its_limit(plan: Path, tmp_path: Path) -> None:
    (world,) = _worlds(plan)
    assert len(world.encode()) >= LONGEST_NAME - 1
    checked = _run("check", "-w", plan)
    assert checked.exit_code == 0, checked.output
    solved = _run("solve", "-w", plan, "--world", world)
    assert (solved.exit_code, "could not be kept" in solved.stderr) == (0, False), solved.stderr
    (folder,) = (plan / "reports").iterdir()
    assert load_workbook(folder / "results.xlsx").sheetnames
    assert _run("verify", "-w", plan, folder).exit_code == 0
    assert _run("report", folder).exit_code == 0
    book = tmp_path / "plan.xlsx"
    assert _run("convert", plan, book).exit_code == 0
    assert _run("check", "-w", book).exit_code == 0
    assert _run("convert", book, tmp_path / "again").exit_code == 0
    assert (tmp_path / "again" / "inputs" / "nations.csv").read_text("utf-8") == (
        plan / "inputs" / "nations.csv"
    ).read_text("utf-8")


def test_a_comparison_of_worlds_with_much_on_top(plan: Path) -> None:
    """The folders of its runs are called by all that holds."""
    (world,) = _worlds(plan)
    peace = "peace" + "_" * (LONGEST_ID - len("peace"))
    worlds = f"{world},{world}+{peace},{world}+{peace}+{peace}@2"
    done = _run("compare", "-w", plan, "--worlds", worlds, "--time-limit", "60")
    assert (done.exit_code, "could not be kept" in done.stderr) == (0, False), done.output
    (folder,) = (plan / "reports").iterdir()
    assert len(list((folder / "runs").iterdir())) == 3
