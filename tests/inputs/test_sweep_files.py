"""The file of a sweep: what it states, and all that can be wrong with it, each at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.inputs.inspection import load
from allocator.inputs.issues import Issue, SweepError
from allocator.inputs.messages import MESSAGES
from allocator.inputs.sweeps.reading import GivenSweep, Sweep, read_sweep
from tests.inputs.workspace_files import write_small

GOOD = """\
name: figures
worlds:
  - today
  - {name: later, world: truce, with: [peace@2]}
changes:
  - name: as_stated
  - name: more
    change:
      - {table: availability, cells: {nation: FRA, capability: mech, quantity: 8}}
      - table: availability
        row: 1
        cells:
          quantity: 4
    without: [GBR]
    with: [ceasefire]
draws: {number: 20, spread: {estimate: 30}}
tasks: [west]
plan: false
time_limit: 5
"""


def read(folder: Path, text: str) -> Sweep:
    workspace = load(write_small(folder / "plan"))
    file = folder / "sweep.yaml"
    file.write_text(text)
    return read_sweep(file, workspace)


def issues(folder: Path, text: str) -> list[Issue]:
    with pytest.raises(SweepError) as wrong:
        read(folder, text)
    return list(wrong.value.issues)


def test_a_good_file_says_what_it_says(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    spec = found.spec
    assert (found.name, found.models) == ("figures", ("small",))
    assert [world.label for world in spec.worlds] == ["today", "later"]
    assert spec.worlds[1].with_ == ("peace@2",)
    assert spec.changes[1].change[0].cells["quantity"] == "8"
    assert spec.draws is not None
    assert spec.draws.spread == {"estimate": 30}
    assert not spec.plan


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    found = read(tmp_path, "draws: 7\n")
    assert found.name == "sweep"
    assert [world.label for world in found.spec.worlds] == ["today"]
    assert found.spec.changes == ()
    assert found.spec.draws is not None
    assert found.spec.draws.number == 7
    assert found.spec.plan


def test_a_mapping_states_the_same(tmp_path: Path) -> None:
    workspace = load(write_small(tmp_path))
    given: GivenSweep = {
        "worlds": ["truce"],
        "changes": [
            {"name": "a", "change": [{"table": "availability", "row": 0, "cells": {"quantity": 8}}]}
        ],
    }
    found = read_sweep(given, workspace)
    assert found.spec.changes[0].change[0].cells == {"quantity": "8"}
    with pytest.raises(SweepError, match="no key here"):
        read_sweep({"world": ["truce"]}, workspace)


def replaced(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


WRONG = [
    ("W701", "- a list\n", "", "a list"),
    ("W202", replaced("worlds:", "world:"), ":2 world", "worlds"),
    ("W401", replaced("world: truce", "world: truse"), ":4 worlds[later]", "'truce'"),
    ("W401", replaced("peace@2", "peas@2"), ":4 worlds[later].with[1]", "'peace'"),
    ("W703", replaced("peace@2", "peace@x"), ":4 worlds[later].with[1]", "peace@1"),
    ("W703", replaced("peace@2", "peace@2026-01"), ":4 worlds[later].with[1]", "small"),
    ("W401", replaced("[west]", "[east]"), ":17 tasks[1]", "west"),
    ("W401", "models: [smal]\n", ":1 models[1]", "'small'"),
    ("W401", replaced("[GBR]", "[GRB]"), ":14 changes[more].without[1]", "'GBR'"),
    (
        "W401",
        replaced("{table: availability", "{table: availabilty"),
        ":9 changes[more].change[1].table",
        "'availability'",
    ),
    (
        "W117",
        replaced("quantity: 8", "quantty: 8"),
        ":9 changes[more].change[1].cells.quantty",
        "'quantity'",
    ),
    ("W704", replaced("nation: FRA", "nation: POL"), ":9 changes[more].change[1]", "no row"),
    ("W704", replaced("row: 1", "row: 17"), ":10 changes[more].change[2]", "label 17"),
    (
        "W205",
        replaced("quantity: 8", "quantity: eight"),
        ":9 changes[more].change[1].cells.quantity",
        '"eight"',
    ),
    ("W206", replaced("quantity: 4", "quantity: -4"), ":13 changes[more].change[2].cells.quantity",
     "-4"),
    ("W211", replaced(", quantity: 8", ""), ":9 changes[more].change[1].cells", "nothing"),
    ("W705", replaced("name: more", "name: as_stated"), ":7 changes[as_stated]", "as_stated"),
    ("W705", replaced("name: later, world: truce, with: [peace@2]", "world: today"),
     ":4 worlds[2]", '"today"'),
    ("W706", replaced("number: 20", "number: 100000").replace("worlds:", "worlds:\n" + "".join(
        f"  - {{name: w{n}, world: today}}\n" for n in range(9))), ":1", "2,200,000"),
    ("W206", replaced("number: 20", "number: 0"), ":16 draws.number", "1 to 100,000"),
    ("W206", replaced("estimate: 30", "estimate: -3"), ":16 draws.spread", "-3"),
    ("W401", replaced("estimate: 30", "estimat: 30"), ":16 draws.spread.estimat", "'estimate'"),
    ("W208", replaced("plan: false", "plan: maybe"), ":18 plan", "maybe"),
    ("W206", replaced("time_limit: 5", "time_limit: 0"), ":19 time_limit", "0"),
    ("W211", "worlds: []\n", ":1 worlds", "at least one"),
    ("W213", replaced("cells: {nation: FRA, capability: mech, quantity: 8}", "cells: 8"),
     ":9 changes[more].change[1].cells", "mapping"),
    ("W131", "worlds: [\n", ":2", "YAML"),
    ("W134", GOOD + "plan: true\n", ":20", "twice"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "place", "said"), WRONG)
def test_what_is_wrong_is_told_at_its_place(
    code: str, text: str, place: str, said: str, tmp_path: Path
) -> None:
    found = issues(tmp_path, text)
    assert [one.code for one in found] == [code], found
    assert str(found[0].place) == f"{tmp_path}/sweep.yaml{place}"
    assert said in str(found[0])
    assert found[0].expected in found[0].message
    assert found[0].hint


def test_all_is_told_at_once(tmp_path: Path) -> None:
    text = replaced("truce", "truse").replace("quantity: 8", "quantity: eight")
    text = text.replace("[west]", "[east]").replace("plan:", "plans:").replace("[GBR]", "[]")
    found = issues(tmp_path, text)
    assert sorted(one.code for one in found) == ["W202", "W205", "W211", "W401", "W401"]


def test_a_name_that_stands_twice_is_told_at_its_own_line_behind_one_that_cannot_be_read(
    tmp_path: Path,
) -> None:
    text = "worlds:\n  - {wrld: x}\n  - {name: same}\n  - {name: same}\n"
    text += "changes:\n  - {nam: y}\n  - {name: a}\n  - {name: a}\n"
    twice = [str(one.place) for one in issues(tmp_path, text) if one.code == "W705"]
    assert twice == [f"{tmp_path}/sweep.yaml:{at}" for at in ("4 worlds[same]", "8 changes[a]")]


def test_tasks_of_a_model_that_is_not_known_are_not_held_against_the_others(tmp_path: Path) -> None:
    found = issues(tmp_path, "models: [smal]\ntasks: [east]\n")
    assert [(one.code, str(one.place)[-9:]) for one in found] == [("W401", "models[1]")]


def test_a_row_that_no_key_names_is_told_by_what_was_said_of_it(tmp_path: Path) -> None:
    cells = "{nation: FRA, requires: peace}"
    text = f"changes: [{{name: a, change: [{{table: caveats, cells: {cells}}}]}}]\n"
    (found,) = issues(tmp_path, text)
    assert found.code == "W704"
    assert '"nation FRA, requires peace"' in found.message
    assert "None" not in str(found)


def test_a_workspace_without_a_default_model_needs_one_named(tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    text = (folder / "models/small.yaml").read_text()
    (folder / "models/other.yaml").write_text(text.replace("name: small", "name: other"))
    with pytest.raises(SweepError) as wrong:
        read_sweep({"worlds": ["today"]}, load(folder))
    assert [one.code for one in wrong.value.issues] == ["W702"]
    assert read_sweep({"models": ["other", "small"]}, load(folder)).models == ("other", "small")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SweepError, match="W106"):
        read_sweep(tmp_path / "no.yaml", load(write_small(tmp_path / "plan")))


def test_every_code_fires() -> None:
    fired = {case[0] for case in WRONG} | {"W702"}
    assert {code for code in MESSAGES if code.startswith("W7")} <= fired
