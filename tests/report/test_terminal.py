"""What the terminal shows, against files that a person has read.

`UPDATE_GOLDEN=1 pytest tests/report/test_terminal.py` writes them anew; read the difference.
"""

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from report_cases import asked, records, small_run

from allocator.report.terminal import run as terminal
from allocator.report.terminal.console import Steps, rendered
from allocator.results.result import Gaps, Level, Plan, TaskRecord
from allocator.results.run import PlanNotes

GOLDEN = Path(__file__).parent / "golden"
WHERE = [("-w", "x")]
FOLLOW = terminal.Follow([("--model", "small"), *WHERE], WHERE, WHERE, Path("reports/small-today"))


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


class Narrow(io.StringIO):
    encoding = "cp1252"


def shown(run, show=terminal.show_solve, file=None, width=100):
    return rendered(lambda console: show(run, console, FOLLOW), file or io.StringIO(), width)


def nothing_known(**changes):
    run = small_run(**changes)
    tasks = tuple(TaskRecord(task=record.task) for record in run.result.tasks)
    # As a run without a plan writes them: the levels of sending nobody.
    levels = (
        Level(objective="staff_tasks[1]", value=0, bound=2, status="feasible"),
        Level(objective="release_risk", value=0, bound=0, status="optimal"),
    )
    result = run.result.model_copy(update={"plan": Plan(levels=levels), "tasks": tasks})
    return replace(run, result=result, notes={}, plan_notes=PlanNotes())


def by_a_rule():
    run = asked("blockers", "air_watch")
    gaps = Gaps(rules=("R8 max_share: no nation sends more than half",), units_status="none")
    record = records()[0].model_copy(update={"gaps": gaps})
    return replace(run, result=run.result.model_copy(update={"tasks": (record,)}))


CASES = {
    "solve": lambda: shown(small_run()),
    "solve_interrupted": lambda: shown(small_run(interrupted=True)),
    "solve_out_of_memory": lambda: shown(small_run(out_of_memory=True)),
    "solve_timed_out": lambda: shown(nothing_known(timed_out=True)),
    "packages": lambda: shown(asked("packages", "training"), terminal.show_packages),
    "packages_of_a_blocked_task": lambda: shown(
        asked("packages", "western_presence"), terminal.show_packages
    ),
    "blockers": lambda: shown(
        asked("blockers", "western_presence", "air_watch", "mine_clearance", "training"),
        terminal.show_blockers,
    ),
    "blockers_by_a_rule": lambda: shown(by_a_rule(), terminal.show_blockers),
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


@pytest.mark.parametrize("width", [40, 80, 100, 160])
def test_nothing_but_what_comes_next_is_wider_than_the_terminal(width):
    text, _, _ = shown(small_run(), width=width).partition("\nNext\n")
    assert max(len(line) for line in text.splitlines()) <= width


def test_a_command_to_paste_is_never_broken():
    """Half of one, pasted, asked about another world without a word."""
    narrow, wide = (
        shown(small_run(), width=width).split("\nNext\n")[1].split("\n\n")[0] for width in (40, 400)
    )
    assert narrow == wide
    commands = [line for line in narrow.splitlines() if "allocator " in line]
    assert max(map(len, commands)) > 40


def test_a_folder_with_blanks_in_its_name_is_not_broken_and_a_sentence_is():
    rows = [
        ("Kept in", "my reports/of the first conference/today"),
        ("Beside", "a-folder-whose-name-has-hyphens-and-no-end"),
        ("More", "a machine " * 9),
    ]
    text = rendered(lambda c: c.print(Steps(rows)), io.StringIO(), 30)
    assert "  Kept in  my reports/of the first conference/today\n" in text
    assert "  Beside   a-folder-whose-name-has-hyphens-and-no-end\n" in text
    assert max(len(line) for line in text.splitlines() if "machine" in line) <= 31


def test_colour_repeats_what_symbol_and_word_say(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[32m● ready" in shown(small_run(), file=Terminal())


def test_no_color_is_obeyed(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[32m" not in shown(small_run(), file=Terminal())


def test_an_old_encoding_loses_no_verdict():
    text = shown(small_run(), file=Narrow())
    assert "+ ready" in text
    assert "~ blocked" in text
    text.encode("cp1252")


def test_a_planners_text_is_shown_as_it_stands():
    run = small_run()
    tasks = tuple(
        replace(t, title="[red]x[/red] \x1b[2J :smile: \u202e") if t.id == "training" else t
        for t in run.problem.tasks
    )
    text = shown(replace(run, problem=replace(run.problem, tasks=tasks)))
    assert "[red]x[/red] \N{REPLACEMENT CHARACTER}[2J :smile:" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
