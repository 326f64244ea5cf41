"""What `compare` shows, against files that a person has read.

`UPDATE_GOLDEN=1 pytest tests/report/comparing` writes them anew; read the difference.
"""

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from small_runs import run

import allocator
from allocator.report.comparing import terminal
from allocator.report.terminal.console import rendered
from allocator.results.result import Plan, TaskRecord

GOLDEN = Path(__file__).parent / "golden"


def shown(comparison, kept=None, width=100):
    show = lambda console: terminal.show(comparison, console, kept)  # noqa: E731
    return rendered(show, io.StringIO(), width)


def compared(*runs, **how):
    return shown(allocator.compare(*runs, **how), Path("reports/comparison-1"))


def made_by(version, **how):
    return replace(run(**how), versions={"contribution-allocator": version})


def without_inputs(made):
    return replace(made, workspace=None)


def cut_off(made):
    """The same plan, not proved to staff as many tasks as it could."""
    (first, *rest) = made.result.plan.levels
    loose = (first.model_copy(update={"status": "feasible", "bound": 2}), *rest)
    plan = made.result.plan.model_copy(update={"levels": loose, "status": "feasible"})
    return replace(made, result=made.result.model_copy(update={"plan": plan}))


def timed_out(made):
    tasks = tuple(TaskRecord(task=record.task) for record in made.result.tasks)
    result = made.result.model_copy(update={"plan": Plan(), "tasks": tasks})
    return replace(made, result=result, timed_out=True)


CASES = {
    "a_world": lambda: compared(run(), run(world="truce")),
    "a_line": lambda: compared(run(world="truce"), run("larger", "truce")),
    "four_runs": lambda: compared(
        run(world="truce"),
        run("fewer", "truce"),
        run("watched", "truce"),
        run("larger", "today", "peace"),
    ),
    "other_tasks": lambda: compared(run(), run("other task")),
    "the_same_twice": lambda: compared(run(), run()),
    "inputs_not_known": lambda: compared(run(), without_inputs(run(world="truce"))),
    "a_run_that_timed_out": lambda: compared(run(), timed_out(run(world="truce"))),
    "another_version": lambda: compared(made_by("0.8"), made_by("0.9", world="truce")),
    "a_plan_not_proved": lambda: compared(run(), cut_off(run(world="truce"))),
    "no_time_for_reasons": lambda: compared(run(), run(world="truce"), time_limit=0),
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name):
    path = GOLDEN / f"{name}.txt"
    text = CASES[name]()
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over():
    assert {path.stem for path in GOLDEN.iterdir()} == set(CASES)


@pytest.mark.parametrize("width", [60, 80, 160])
def test_nothing_is_wider_than_the_terminal(width):
    comparison = allocator.compare(run(), run(world="truce"), run("other task"))
    assert max(map(len, shown(comparison, width=width).splitlines())) <= width
