"""`allocator compare`: kept runs, runs solved for it, and what is refused."""

import json

import pytest

from tests.cli.commanding import run
from tests.inputs.workspace_files import write_small


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """A workspace with two kept runs of today and truce."""
    plan = write_small(tmp_path_factory.mktemp("plan"))
    for world in ("today", "truce"):
        folder = plan / "kept" / world
        assert run("solve", "-w", plan, "--world", world, "--out", folder).exit_code == 0
    return plan


def test_kept_runs(plan, tmp_path):
    done = run("compare", plan / "kept/today", plan / "kept/truce", "--out", tmp_path / "c")
    assert done.exit_code == 0
    assert "Why west is ready, not blocked\n  Because  “Ceasefire” holds" in done.stdout
    assert f"Kept in          {tmp_path / 'c'}"[:60] in done.stdout
    data = json.loads((tmp_path / "c" / "machine/comparison.json").read_text())
    assert data["runs"][1]["folder"] == str(plan / "kept/truce")
    assert (
        (tmp_path / "c" / "tables/tasks_wide.csv")
        .read_text()
        .startswith("task,title,today,truce\n")
    )
    assert not (tmp_path / "c" / "runs").exists()
    for command in ("verify", "report"):
        assert "but a comparison; name one of the runs" in run(command, tmp_path / "c").stderr


def test_a_grid_is_solved_first(plan, tmp_path):
    done = run("compare", "-w", plan, "--worlds", "today,truce", "--out", tmp_path / "c", "--json")
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    assert [row["world"] for row in data["runs"]] == ["today", "truce"]
    assert done.stdout.encode() == (tmp_path / "c" / "machine/comparison.json").read_bytes()
    kept = sorted(path.name for path in (tmp_path / "c" / "runs").iterdir())
    assert kept == ["small-today", "small-truce"]
    assert run("verify", "-w", plan, tmp_path / "c/runs/small-truce").exit_code == 0


def test_a_kept_run_beside_one_that_is_solved_now(plan, tmp_path):
    arguments = ("--worlds", "truce", "--with", "peace@2", "--out", tmp_path / "c", "--json")
    done = run("compare", "-w", plan, plan / "kept/today", *arguments)
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    assert [row["run"] for row in data["runs"]] == ["today", "truce + peace@2"]


def test_before_and_after_something_is_brought_about(plan, tmp_path):
    arguments = ("--worlds", "today,today+peace@1", "--out", tmp_path / "c", "--json")
    done = run("compare", "-w", plan, *arguments)
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    assert [row["run"] for row in data["runs"]] == ["today", "today + peace@1"]
    assert data["changes"][0]["sets"][0][0]["id"] == "peace"
    assert (tmp_path / "c" / "runs" / "small-today+peace@1").is_dir()


def test_what_a_run_that_is_solved_saw_is_named(plan, tmp_path, monkeypatch):
    from dataclasses import replace

    from allocator.planner import Planner

    solve = Planner.solve
    faulty = lambda self, *given, **how: replace(solve(self, *given, **how), faults=("t: odd",))  # noqa: E731
    monkeypatch.setattr(Planner, "solve", faulty)
    done = run("compare", "-w", plan, "--worlds", "today,truce", "--out", tmp_path / "c")
    assert done.exit_code == 0
    assert done.stderr.count("At fault: t: odd.") == 1


def test_it_is_kept_among_the_reports(plan):
    done = run("compare", "-w", plan, plan / "kept/today", plan / "kept/truce")
    (folder,) = (plan / "reports").glob("comparison-*")
    assert done.exit_code == 0
    assert (folder / "tables/changes.csv").is_file()


def test_an_earlier_comparison_is_replaced_and_nothing_else(plan, tmp_path):
    arguments = ("compare", plan / "kept/today", plan / "kept/truce", "--out", tmp_path / "c")
    assert run(*arguments).exit_code == 0
    assert run(*arguments).exit_code == 0
    (tmp_path / "c" / "notes.txt").write_text("mine")
    done = run(*arguments)
    assert done.exit_code == 2
    assert "notes.txt" in done.stderr
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("dear")
    done = run(*arguments[:-1], tmp_path / "other")
    assert (done.exit_code, "holds no comparison" in done.stderr) == (2, True)
    (tmp_path / "c" / "notes.txt").unlink()
    (tmp_path / "c" / "runs" / "mine").mkdir(parents=True)
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "0 to compare"),
        (("kept/today",), "1 to compare"),
        (("--worlds", "today"), "1 to compare"),
        (("kept/today", "kept/truce", "--world", "truce"), "a kept run has its world"),
        (("kept/today", "kept/truce", "--with", "peace"), "a kept run has its world"),
        (("kept/today", "inputs"), "holds no run"),
        (("kept/today", "nowhere"), "nowhere holds no run: there is no such folder; `all"),
        (("kept/today", "inputs/caveats.csv"), "no run: it is no folder; `allocator list` shows"),
        (("kept/today", "kept/trice"), "there is no such folder; did you mean kept/truce?"),
        (("--worlds", "today,trice"), "no world 'trice'; did you mean truce?"),
        (("--worlds", "today,today+peas"), "no precondition 'peas'; did you mean peace?"),
        (("--models", "small,smal"), "no model 'smal'; did you mean small?"),
        (("--worlds", "today,,truce"), "a name is missing in 'today,,truce'; take out ','"),
        (("--worlds", "today,truce,"), "a name is missing in 'today,truce,'"),
        (("--worlds", "today,truce+"), "a name is missing in 'today,truce+'; take out ',' or '+'"),
        (("--models", ""), "'--models': a name is missing in ''"),
        (("--worlds", "today,truce, today"), "'--worlds': 'today' stands there twice"),
        (("--worlds", "today", "--worlds", "today"), "'today' stands there twice; name it once"),
        (("--models", "small,small"), "'--models': 'small' stands there twice"),
        (("--worlds", "+peace,today + peace"), "'today+peace' stands there twice"),
    ],
)
def test_what_cannot_be_compared(plan, monkeypatch, arguments, said):
    monkeypatch.chdir(plan)
    done = run("compare", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_run_in_another_form_is_refused(plan, tmp_path):
    import shutil

    other = shutil.copytree(plan / "kept/truce", tmp_path / "other")
    text = (other / "machine/result.json").read_text().replace('"schema": 1', '"schema": 2', 1)
    (other / "machine/result.json").write_text(text)
    done = run("compare", plan / "kept/today", other)
    assert done.exit_code == 1
    assert "form 2 of result.json" in done.stderr


def test_a_run_without_its_inputs_is_compared_without_reasons(plan, tmp_path):
    import shutil

    other = shutil.copytree(plan / "kept/truce", tmp_path / "other")
    (other / "inputs" / "caveats.csv").unlink()
    done = run("compare", plan / "kept/today", other, "--out", tmp_path / "c", "--json")
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    assert "inputs/caveats.csv was changed after the run" in data["runs"][1]["inputs"]
    (change,) = data["changes"]
    assert (change["explained"], change["sets"]) == ("inputs", [])
    assert data["differences"] == {"truce": None}


def test_no_time_at_all(plan, tmp_path):
    arguments = ("--worlds", "today,truce", "--time-limit", "0", "--out", tmp_path / "c")
    done = run("compare", "-w", plan, *arguments)
    assert done.exit_code == 3
