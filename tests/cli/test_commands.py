"""The commands: what they print where, what they ask, what they end with."""

import json
import time
from dataclasses import replace

import pytest
from report_cases import asked

from allocator.inputs.issues import Issue, Place, WorkspaceError
from allocator.results.result import Plan, TaskRecord
from allocator.results.run import PlanNotes
from tests.cli.commanding import run


def issue(number, severity="error", file="inputs/caveats.csv"):
    return Issue(
        "W01", severity, Place(file, number, "requires"), f"fault {number}", hint="mend it"
    )


# --- solve, packages, blockers ---------------------------------------------------------------


def test_solve_shows_the_plan_and_keeps_the_run(planner, here):
    done = run("solve", "small")
    assert done.exit_code == 0
    assert "1 of 5 tasks staffed" in done.stdout
    (kept,) = (here / "reports").iterdir()
    assert str(kept.relative_to(here)) in done.stdout
    assert json.loads((kept / "machine/result.json").read_text())["model"] == "small"


def test_options_reach_the_planner(planner, here):
    options = ["--world", "later", "--with", "sejm@2", "--with", "bundestag", "--time-limit", "7.5"]
    done = run("solve", *options, "--workers", "3", "--seed", "5")
    assert done.exit_code == 0
    ((call, how),) = planner.calls
    assert call == ("solve", None)
    assert (how["world"], how["with_"]) == ("later", ("sejm@2", "bundestag"))
    assert (how["time_limit"], how["workers"], how["seed"]) == (7.5, 3, 5)
    assert 0 < how["deadline"].remaining() <= 7.5


def test_what_is_asked_beyond_the_plan_reaches_the_planner(planner, here):
    options = ["--without", "FRA", "--without", "GBR", "--departures"]
    assert run("solve", *options, "--front", "economy,fewer_contingents").exit_code == 0
    assert run("packages", "training", "--front", "economy,share_burden").exit_code == 0
    (_, solve), (_, packages) = planner.calls
    assert (solve["without"], solve["departures"]) == (("FRA", "GBR"), True)
    assert list(solve["front"]) == ["economy", "fewer_contingents"]
    assert list(packages["front"]) == ["economy", "share_burden"]


def test_every_command_that_keeps_a_run_leaves_nations_out(planner, here):
    """And repeats it in the command that it says comes next."""
    for command in (["solve"], ["packages", "training"], ["blockers", "training"]):
        done = run(*command, "--without", "FRA", "--without", "GBR")
        assert done.exit_code == 0
        _, how = planner.calls[-1]
        assert how["without"] == ("FRA", "GBR")
    assert "packages training --without FRA --without GBR" in done.stdout
    assert run("solve").exit_code == 0
    assert "without" not in planner.calls[-1][1]


def test_which_packages_are_asked_for_reaches_the_planner(planner, here):
    options = ["--limit", "3", "--with-nation", "FRA", "--without-nation", "DEU"]
    assert run("packages", "training", *options, "--max-nations", "4").exit_code == 0
    ((_, how),) = planner.calls
    assert (how["limit"], how["max_nations"]) == (3, 4)
    assert (how["with_nations"], how["without_nations"]) == (("FRA",), ("DEU",))


def test_the_next_command_repeats_the_question(planner, here):
    done = run("solve", "small", "--world", "later", "--with", "sejm")
    assert "blockers western_presence --model small --world later --with sejm" in done.stdout


def test_a_way_out_can_be_tried_as_it_stands(planner, here):
    done = run("blockers", "western_presence", "--model", "small", "--world", "later")
    text = "allocator solve small --world later --with bundestag --with ceasefire"
    assert text in done.stdout


@pytest.mark.parametrize("command", [("packages", "training"), ("blockers", "training")])
def test_packages_and_blockers_print_records_as_json(planner, here, command):
    done = run(*command, "--json")
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    assert list(data) == ["schema", "model", "world", "tasks"]
    assert [record["task"] for record in data["tasks"]] == ["training"]


def test_json_is_alone_on_standard_output(planner, here):
    done = run("solve", "--json")
    assert json.loads(done.stdout)["schema"] == 1
    assert (
        done.stdout.encode() == next((here / "reports").glob("*/machine/result.json")).read_bytes()
    )


@pytest.mark.parametrize(
    "command", [("solve",), ("packages", "training"), ("blockers", "training")]
)
def test_a_table_is_alone_on_standard_output(planner, here, command):
    done = run(*command, "--table", "packages")
    assert done.exit_code == 0
    assert done.stdout.startswith("task,package,")
    assert (
        done.stdout.encode() == next((here / "reports").glob("*/tables/packages.csv")).read_bytes()
    )
    assert "Kept in" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("--table", "Allocations"), "did you mean allocation?"),
        (("--table", "zzz"), "there are tasks, decision,"),
        (("--table", "tasks", "--json"), "leave one out"),
    ],
)
def test_a_table_that_cannot_be_given_is_refused_before_the_search(planner, here, arguments, text):
    done = run("solve", *arguments)
    assert done.exit_code == 2
    assert text in done.stderr
    assert planner.calls == []


def test_tables_are_kept_as_parquet_where_asked(planner, here):
    pytest.importorskip("pyarrow")
    assert run("solve", "--parquet", "--out", "kept").exit_code == 0
    assert (here / "kept" / "tables/allocation.parquet").is_file()
    assert run("solve", "--out", "kept").exit_code == 0
    assert not (here / "kept" / "tables/allocation.parquet").exists()


def test_parquet_without_its_library_is_refused_before_the_search(planner, here, monkeypatch):
    monkeypatch.setattr("allocator.report.tables.parquet.find_spec", lambda _: None)
    done = run("solve", "--parquet")
    assert done.exit_code == 2
    assert "contribution-allocator[parquet]" in done.stderr
    assert planner.calls == []


def test_out_names_the_folder_and_foreign_folders_are_refused_before_the_search(planner, here):
    assert run("solve", "--out", "mine").exit_code == 0
    assert (here / "mine" / "machine/run.json").is_file()
    (here / "other").mkdir()
    (here / "other" / "letter.txt").write_text("dear")
    planner.calls.clear()
    done = run("solve", "--out", "other")
    assert done.exit_code == 2
    assert "holds no run" in done.stderr
    assert planner.calls == []


def test_an_answer_is_shown_even_where_it_cannot_be_kept(planner, here, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("allocator.report.folder.runs.write_run", full)
    done = run("solve")
    assert done.exit_code == 0
    assert "1 of 5 tasks staffed" in done.stdout
    assert "No space left" in done.stderr


def test_a_result_that_the_checker_refuses_is_not_shown(planner, here, monkeypatch):
    monkeypatch.setattr("allocator.checker.check_result", lambda *_: ("R3: FRA sends 9 of 6",))
    done = run("solve")
    assert done.exit_code == 4
    assert done.stdout == ""
    assert "R3: FRA sends 9 of 6" in done.stderr
    assert not (here / "reports").exists()


def test_what_engines_disagree_on_is_said_beside_the_answer(planner, here):
    """The answers concerned are unknown already; the others are worth showing."""
    planner.change = lambda made: replace(made, faults=("reserve: on {vote}",))
    done = run("solve", "--json")
    assert done.exit_code == 0
    assert "reserve: on {vote}" in done.stderr
    assert json.loads(done.stdout)["model"]


def test_no_answer_in_time(planner, here):
    def nothing(made):
        tasks = tuple(TaskRecord(task=record.task) for record in made.result.tasks)
        result = made.result.model_copy(update={"plan": Plan(), "tasks": tasks})
        return replace(made, result=result, notes={}, plan_notes=PlanNotes(), timed_out=True)

    planner.change = nothing
    done = run("solve", "--time-limit", "0")
    assert done.exit_code == 3
    assert "reached" in done.stdout


def test_an_interrupted_run_is_kept(planner, here):
    planner.change = lambda made: replace(made, interrupted=True)
    done = run("solve")
    assert done.exit_code == 130
    assert "Interrupted" in done.stdout
    assert len(list((here / "reports").iterdir())) == 1


def test_where_memory_is_nearly_used_up_the_search_ends_with_what_is_known(
    planner, here, monkeypatch
):
    monkeypatch.setattr("allocator.cli.watching.nearly_out", lambda: True)

    def slowly(model=None, *, deadline, **how):
        while not deadline.expired:
            time.sleep(0.01)
        return replace(
            asked("packages", "training"),
            command="solve",
            interrupted=deadline.interrupted,
            out_of_memory=deadline.out_of_memory,
        )

    planner.solve = slowly
    done = run("solve", "--time-limit", "30")
    assert done.exit_code == 0
    assert done.stderr == "The memory is nearly used up; stopping with what is known.\n"
    assert "used up; what follows is what was known" in done.stdout
    (kept,) = (here / "reports").iterdir()
    assert json.loads((kept / "machine/run.json").read_text())["out_of_memory"] is True


@pytest.mark.parametrize("where", ["load", "check_result"])
def test_without_memory_before_an_answer_the_next_step_is_said(planner, here, monkeypatch, where):
    def fail(*_, **__):
        raise MemoryError

    monkeypatch.setattr("allocator.load" if where == "load" else f"allocator.checker.{where}", fail)
    done = run("solve")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "the memory is used up" in done.stderr
    assert "fewer tasks" in done.stderr
    assert not (here / "reports").exists()


def test_without_memory_to_keep_it_the_answer_is_shown(planner, here, monkeypatch):
    def fail(*_, **__):
        raise MemoryError

    monkeypatch.setattr("allocator.report.folder.runs.result_bytes", fail)
    done = run("solve")
    assert done.exit_code == 0
    assert "could not be kept" in done.stderr
    assert "training" in done.stdout
    assert list(here.iterdir()) == []


# --- what is wrong with the command line -----------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("solv",),
        ("solve", "--time-limit", "nan"),
        ("solve", "--time-limit", "inf"),
        ("solve", "--time-limit", "-1"),
        ("solve", "--time-limit", "soon"),
        ("solve", "--workers", "0"),
        ("solve", "--seed", "-1"),
        ("solve", "--wrld", "x"),
        ("solve", "-w", "nowhere"),
        ("packages",),
        ("verify", "nowhere"),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_no_traceback(here, arguments):
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Error:" in done.stderr
    assert "Traceback" not in done.output
    assert done.stdout == ""


def test_a_slip_gets_a_suggestion():
    assert "did you mean solve?" in run("sovle").stderr
    assert "--world" in run("solve", "--wrld", "x").stderr


def test_a_name_the_workspace_does_not_have(planner, here, monkeypatch):
    from allocator.errors import UsageError

    def refuse(*_, **__):
        raise UsageError("no model 'smal'; did you mean small?")

    monkeypatch.setattr(planner, "solve", refuse)
    done = run("solve", "smal")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "Error: no model 'smal'; did you mean small?\n"


def test_a_workspace_with_errors(here, monkeypatch):
    def refuse(path):
        raise WorkspaceError([issue(3), issue(4, "warning")])

    monkeypatch.setattr("allocator.load", refuse)
    done = run("solve", "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "line 3, requires: fault 3; mend it" in done.stderr


def test_a_fault_of_ours_shows_where_it_happened(planner, here, monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(planner, "solve", fail)
    done = run("solve")
    assert done.exit_code == 4
    assert "ZeroDivisionError: ours" in done.stderr


@pytest.mark.parametrize("command", ["init", "check", "solve", "packages", "blockers", "verify"])
def test_every_help_has_an_example(command):
    done = run(command, "--help")
    assert done.exit_code == 0
    assert f"allocator {command}" in done.stdout
    assert done.stdout.index("Example") < done.stdout.index("Options:")
