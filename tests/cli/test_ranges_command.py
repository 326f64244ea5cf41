"""`allocator ranges` from the planner to the folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import allocator
from allocator.cli import main
from allocator.inputs.inspection import from_tables
from allocator.planner import Planner
from allocator.report.tables.ranges import data
from allocator.results.jsons import data_bytes
from tests.folders import contents
from tests.generator import question
from tests.inputs.workspace_files import SMALL, write_small
from tests.ranging import Row

RANGED = {
    "inputs/availability.csv": "nation,capability,quantity,low,high,group,basis\n"
    "FRA,mech,6,2,8,heavy,estimate\nGBR,mech,5,3,,heavy,estimate\n"
    "GBR,medical,2,1,,,estimate\n",
    "inputs/commitments.csv": SMALL["inputs/commitments.csv"],
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small(tmp_path / "plan", dict(RANGED))


def ranged(seed: int, wider: int = 0) -> Planner:
    asked = question(seed, ranged=True)
    lines = [line for task in asked.models[0]["tasks"] for line in task["lines"]]
    for row in (*asked.tables["availability"], *asked.tables["commitments"], *lines):
        _widen(row, wider)
    workspace, issues = from_tables(asked.tables, asked.models)
    assert workspace is not None, issues
    return Planner(workspace)


def _widen(row: Row, by: int) -> None:
    for column, sign in (("low", -1), ("high", 1)):
        if column in row:
            row[column] = max(0, int(row[column]) + sign * by)


def test_the_same_seed_gives_the_same_bytes_with_any_number_of_workers() -> None:
    for seed in (3, 8, 15):
        told = {
            data_bytes(data(ranged(seed).ranges((), "m", draws=80, workers=workers, seed=5)))
            for workers in (1, 2, 3)
        }
        assert len(told) == 1


def test_other_seeds_and_ways_of_drawing_give_other_draws() -> None:
    def chances(**how: Any) -> list[float]:
        found = [ranged(seed).ranges((), "m", draws=80, **how) for seed in range(8)]
        return [record.chance.share for one in found for record in one.tasks if record.chance]

    every = [chances(seed=1), chances(seed=2), chances(seed=1, uniform=True)]
    assert len({tuple(found) for found in every}) == 3


def test_a_wider_range_never_removes_an_outcome() -> None:
    can = {
        "surely ready": {True},
        "surely not": {False},
        "open": {True, False},
    }
    wider = 0
    for seed in range(60):
        before = ranged(seed).ranges((), "m", draws=0).tasks
        after = ranged(seed, 4).ranges((), "m", draws=0).tasks
        for one, other in zip(before, after, strict=True):
            assert can[one.over_ranges] <= can[other.over_ranges], (seed, one.task)
            wider += can[one.over_ranges] != can[other.over_ranges]
    assert wider


def test_together_is_for_open_tasks_alone_and_surely_ready_ones_have_chance_one() -> None:
    for seed in range(8):
        for record in ranged(seed).ranges((), "m", draws=40).tasks:
            assert (record.together is not None) == (record.over_ranges == "open")
            assert record.chance is not None
            share = record.chance.share
            assert record.over_ranges != "surely ready" or share == 1
            assert record.over_ranges != "surely not" or share == 0


def test_draws_are_paired_between_worlds(small: Path) -> None:
    planner = allocator.load(small)
    (one,) = planner.ranges(world="truce", draws=200).tasks
    (other,) = planner.ranges(with_=["peace"], draws=200).tasks
    assert one.chance == other.chance


def test_the_command_keeps_a_folder_and_prints_what_is_in_it(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "kept"
    asked = ["ranges", "-w", str(small), "--world", "truce", "--draws", "50", "--out", str(out)]
    answer = CliRunner().invoke(main, [*asked, "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert told == json.loads((out / "machine/ranges.json").read_text())
    tables = {
        f"tables/{name}.csv" for name in ("ranges", "together", "failing", "first", "figures")
    }
    machine = {"machine/ranges.json", "machine/run.json"}
    assert set(contents(out)) == {*tables, *machine, "report.html", "summary.md"}
    (record,) = told["tasks"]
    assert record["stated"] == "ready"
    assert record["chance"]["draws"] == 50
    again = CliRunner().invoke(main, asked)
    assert again.exit_code == 0
    assert "Over the ranges" in again.stdout


def test_one_figure_that_turns_it_is_named_with_its_place_and_its_flip(small: Path) -> None:
    text = (small / "inputs/availability.csv").read_text().replace("6,2,8,heavy", "6,6,6,")
    text = text.replace("GBR,mech,5,3,,heavy", "GBR,mech,5,0,9,")
    (small / "inputs/availability.csv").write_text(text)
    model = small / "models/small.yaml"
    model.write_text(model.read_text().replace("minimum: 2, target: 4", "minimum: 4, target: 4"))
    (record,) = allocator.load(small).ranges(world="truce", draws=200).tasks
    assert record.over_ranges == "open"
    assert record.together is not None
    (unit,) = record.together.units
    assert unit.place == "inputs/availability.csv:3"
    first = record.first[0]
    assert first.unit.place == unit.place
    assert first.flip is not None
    assert first.low is not None
    assert first.high is not None
    assert first.low < first.high


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--spread", "estimate"], "write BASIS=PER_CENT"),
        (["--spread", "estimate=-3"], "write BASIS=PER_CENT"),
        (["--spread", "estimate=nan"], "write BASIS=PER_CENT"),
        (["--spread", "estimate=inf"], "write BASIS=PER_CENT"),
        (["--spread", "estimat=3"], "did you mean estimate?"),
        (["--draws", "-1"], "-1"),
        (["nowhere"], "no task 'nowhere'"),
    ],
)
def test_what_is_wrong_is_told(small: Path, given: list[str], said: str) -> None:
    answer = CliRunner().invoke(main, ["ranges", "-w", str(small), *given])
    assert answer.exit_code == 2
    assert said in answer.stderr


def test_a_folder_of_something_else_is_left_alone(small: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    asked = ["ranges", "-w", str(small), "--out", str(tmp_path / "mine")]
    answer = CliRunner().invoke(main, asked)
    assert answer.exit_code != 0
    assert "notes.txt" in answer.stderr
