"""`allocator list`: what is kept, by what its own files say; damaged folders among the others."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from allocator.results.store.kept_list import kept_answers
from tests.cli.commanding import run
from tests.inputs.workspace_files import write_small

PLAN = "nation,task,capability,quantity\nFRA,west,mech,3\nGBR,west,mech,9\n"
COMMANDS = {
    "solve": ("solve", "--world", "truce", "--without", "GBR"),
    "packages": ("packages", "west", "--with", "ceasefire"),
    "blockers": ("blockers",),
    "offers": ("offers",),
    "review": ("review", "plan.csv"),
    "repair": ("repair", "plan.csv", "--world", "truce"),
    "order": ("order",),
    "levers": ("levers",),
    "fragility": ("fragility", "west"),
    "ranges": ("ranges", "--draws", "0"),
    "endure": ("endure", "--world", "truce", "--lose", "FRA", "--from", "2"),
    "comparison": ("compare", "--worlds", "today,truce"),
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One answer of every kind, made once."""
    folder = tmp_path_factory.mktemp("kept")
    write_small(folder)
    before = os.getcwd()
    os.chdir(folder)
    try:
        Path("plan.csv").write_text(PLAN)
        for name, command in COMMANDS.items():
            done = run(*command, "--out", f"reports/{name}", "--quiet")
            assert done.exit_code == 0, done.output
    finally:
        os.chdir(before)
    return folder


@pytest.fixture
def here(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that a test may damage."""
    shutil.copytree(kept, tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    return tmp_path / "w"


def listed(*more: str) -> dict[str, dict]:
    """By the name of the folder."""
    done = run("list", "--json", *more)
    assert done.exit_code == 0, done.output
    return {Path(one["folder"]).name: one for one in json.loads(done.stdout)["answers"]}


def test_every_kind_of_answer_is_listed_with_what_came_of_it(here: Path) -> None:
    found = listed()
    assert set(found) == set(COMMANDS)
    assert all(one["damaged"] is None for one in found.values()), found
    assert all(one["complete"] is True for one in found.values())
    assert {name: one["kind"] for name, one in found.items()} == {n: n for n in COMMANDS}
    assert {one["model"] for one in found.values()} == {"small"}
    assert found["solve"]["world"] == "truce"
    assert found["solve"]["switches"]["without"] == ["GBR"]
    assert found["packages"]["switches"]["with"] == ["ceasefire"]
    assert found["comparison"]["found"] == "2 runs, 1 verdict changed"


def test_what_is_said_is_what_the_json_says(here: Path) -> None:
    found = listed()
    for name in ("solve", "packages", "blockers"):
        tasks = json.loads((here / "reports" / name / "machine/result.json").read_text())["tasks"]
        counts: dict[str, int] = {}
        for task in tasks:
            counts[task["verdict"]] = counts.get(task["verdict"], 0) + 1
        assert found[name]["verdicts"] == counts
        assert all(f"{n} {word}" in found[name]["found"] for word, n in counts.items())
    review = json.loads((here / "reports/review/machine/review.json").read_text())
    assert found["review"]["found"] == f"breaks in {len(review['violations'])} places"
    repair = json.loads((here / "reports/repair/machine/repair.json").read_text())
    assert found["repair"]["found"] == f"{len(repair['edits'])} cells changed"


def test_the_newest_comes_first_and_older_ones_are_counted(here: Path) -> None:
    for number, name in enumerate(("order", "levers", "solve")):
        path = here / "reports" / name / "machine/run.json"
        said = json.loads(path.read_text())
        path.write_text(json.dumps({**said, "began": f"2031-01-0{3 - number}T00:00:00+00:00"}))
    assert list(listed("--limit", "3")) == ["order", "levers", "solve"]
    done = run("list", "--limit", "2")
    assert f"and {len(COMMANDS) - 2} older ones" in done.stdout
    assert json.loads(run("list", "--json", "--limit", "2").stdout)["more"] == len(COMMANDS) - 2
    assert len(listed("--limit", "0")) == len(COMMANDS)


def test_an_answer_that_was_cut_off_is_not_complete(here: Path) -> None:
    path = here / "reports" / "solve" / "machine/run.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "timed_out": True}))
    found = listed()["solve"]
    assert (found["complete"], found["stopped"]) == (False, "time limit")
    assert "(not complete: time limit)" in run("list").stdout
    path = here / "reports" / "comparison" / "machine/comparison.json"
    said = json.loads(path.read_text())
    said["runs"][1]["stopped"] = "interrupted"
    path.write_text(json.dumps(said))
    assert listed()["comparison"]["complete"] is False
    path = here / "reports" / "order" / "machine/run.json"
    said = json.loads(path.read_text())
    for key in ("timed_out", "interrupted"):
        del said[key]
    path.write_text(json.dumps(said))
    assert listed()["order"]["complete"] is None
    assert "not said whether it is complete" in run("list").stdout


def test_the_terminal_names_folder_model_world_and_switches(here: Path) -> None:
    said = run("list").stdout
    assert "solve: small in truce; without GBR" in said
    assert all(f"reports/{name}" in said for name in COMMANDS)


def test_nothing_kept_is_said(tmp_path: Path) -> None:
    done = run("list", "-w", str(tmp_path))
    assert (done.exit_code, done.stdout.strip()) == (0, f"Nothing is kept in {tmp_path}/reports.")
    assert json.loads(run("list", "-w", str(tmp_path), "--json").stdout)["answers"] == []


def _deep(path: Path) -> None:
    path.write_text('{"a":' * 100_000 + "1" + "}" * 100_000)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_text(""),
    "no JSON": lambda path: path.write_text("{"),
    "a list": lambda path: path.write_text("[]"),
    "null": lambda path: path.write_text("null"),
    "other keys": lambda path: path.write_text('{"schema": 1}'),
    "no UTF-8": lambda path: path.write_bytes(b"\xff\xfe"),
    "deep": _deep,
    "the key twice": lambda path: path.write_text('{"tasks": [], "tasks": []}'),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a link": lambda path: (path.unlink(), path.symlink_to("/etc/passwd")),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize("file", ["run.json", "result.json", "review.json", "comparison.json"])
def test_a_damaged_folder_is_said_and_the_others_are_listed(
    here: Path, name: str, file: str
) -> None:
    folder = {"review.json": "review", "comparison.json": "comparison"}.get(file, "solve")
    DAMAGES[name](here / "reports" / folder / "machine" / file)
    found = listed()
    assert found[folder]["damaged"], found[folder]
    assert found[folder]["found"] is None
    assert all(one["damaged"] is None for other, one in found.items() if other != folder)
    done = run("list")
    assert done.exit_code == 0
    assert "damaged: " in done.stdout
    assert "root:" not in done.output


def _places(value: object, depth: int = 3) -> list[tuple[str | int, ...]]:
    """Where values stand in JSON, those that are deep left out."""
    if not depth or not isinstance(value, (dict, list)):
        return []
    inner = value.items() if isinstance(value, dict) else list(enumerate(value))[:1]
    return [(key, *rest) for key, v in inner for rest in [(), *_places(v, depth - 1)]]


@pytest.mark.parametrize("folder", COMMANDS)
def test_whatever_stands_in_the_place_of_a_value_nothing_crashes(
    kept: Path, tmp_path: Path, folder: str
) -> None:
    shutil.copytree(kept / "reports" / folder, tmp_path / folder)
    names = ("run.json", f"{folder}.json", "result.json")
    paths = [tmp_path / folder / "machine" / name for name in names]
    for path in filter(Path.is_file, paths):
        right = path.read_text()
        for place in _places(json.loads(right))[:60]:
            for wrong in (None, 7, [None]):
                data = at = json.loads(right)
                for step in place[:-1]:
                    at = at[step]
                at[place[-1]] = wrong
                path.write_text(json.dumps(data))
                (one,) = kept_answers(tmp_path).answers
                assert one.damaged or one.found
        path.write_text(right)


def test_links_and_what_is_no_answer_are_told_and_not_followed(here: Path) -> None:
    (here / "reports" / "linked").symlink_to(here / "reports" / "solve")
    (here / "reports" / "mine").mkdir()
    machine = here / "reports" / "review" / "machine"
    machine.rename(here / "aside")
    machine.symlink_to(here / "aside")
    (here / "reports" / "notes.txt").write_text("x")
    (here / "reports" / ".DS_Store").write_text("x")
    found = listed()
    assert found["linked"]["damaged"] == "a link, which is not followed"
    assert found["review"]["damaged"] == "its machine is a link, which is not followed"
    assert "it holds no answer" in found["mine"]["damaged"]
    assert set(found) == {*COMMANDS, "linked", "mine"}


def test_what_could_steer_a_terminal_is_made_visible(here: Path) -> None:
    odd = "a\x1b[31m$(touch x)`y`\u202e"
    (here / "reports" / "solve").rename(here / "reports" / odd)
    path = here / "reports" / odd / "machine/run.json"
    said = json.loads(path.read_text())
    said["options"]["without"] = ["\x1b]0;owned\x07"]
    path.write_text(json.dumps(said))
    (here / "reports" / os.fsdecode(b"half\xff")).mkdir()
    done = run("list")
    assert done.exit_code == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(done.output)
    assert run("list", "--json").exit_code == 0
    assert json.loads(run("list", "--json").stdout)
