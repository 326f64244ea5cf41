"""Page 1 alone: one sheet, and nothing on it that the run does not say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from report_cases import asked, small_run

import allocator
from allocator.cli import main
from allocator.report.folder.runs import BRIEF, write_run
from allocator.report.page.brief import ROWS, brief
from allocator.results.result import Plan, TaskRecord
from allocator.results.run import PlanNotes
from tests.handmade import line, problem
from tests.inputs.workspace_files import write_small
from tests.plenty import analyse
from tests.report.page.browsing import Open
from tests.report.page.reading import Read


def crowded():
    """Forty tasks with long titles, most of them waiting for a dozen acts with long names."""
    acts = {
        f"act_{n}": {
            "name": f"A holder with a long name does what it said it would {n}",
            "effort": 1 + n % 9,
        }
        for n in range(1, 13)
    }
    tasks = [
        {
            "task": f"task_{n}",
            "title": f"A task whose title is much longer than anybody would want it {n}",
            "priority": 1 + n % 3,
            "lines": [line(1 + n % 5)],
            "requires": " and ".join(list(acts)[: n % 12]) or "always",
        }
        for n in range(40)
    ]
    found = problem(tasks, {("FRA", "bn"): 3, ("GBR", "bn"): 1}, preconditions=acts, horizon=8)
    return analyse(found, found.world())


def test_it_says_who_can_what_blocks_and_what_to_do_next() -> None:
    read = Read(brief(small_run(), "For exercise only"))
    for text in (
        "2 ready",
        "1 of 5 tasks staffed; the best plan found, not proved",
        "People in place: 360",
        "Least effort",
        "Scarcest AWACS: 4 open, 6 asked for",
        "No act opens",
        "Training 1 ready staffed FRA",
        "Presence in the west 1 blocked no 2 acts of DEU, RUS, UKR, effort 11",
        "Air surveillance 2 short no lacks 2 aircraft (AWACS) on orbit",
        "Mine clearance 2 unknown no not decided in time",
        "Theatre reserve 3 ready contested kept out by “Training”",
    ):
        assert text in read.text, text
    assert read.text.count("For exercise only") == 2
    assert read.raw["script"] == []


def test_a_run_without_a_plan_or_of_some_tasks_has_one_too() -> None:
    run = small_run(timed_out=True, plan_notes=PlanNotes(), notes={})
    tasks = tuple(TaskRecord(task=record.task) for record in run.result.tasks)
    result = run.result.model_copy(update={"plan": Plan(), "tasks": tasks})
    read = Read(brief(replace(run, result=result)))
    assert "none was found before the run stopped" in read.text
    assert "Time limit" in read.text
    assert "Joint plan:" not in Read(brief(asked("blockers", "air_watch"))).text


@pytest.mark.parametrize("run", [small_run, crowded])
def test_it_prints_on_one_sheet(open_page: Open, run) -> None:
    opened = open_page(brief(run(), "For exercise only"))
    sheet = opened.page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page(?!s)", sheet)) == 1
    assert opened.page.locator("#table-brief tbody tr").count() <= ROWS


def test_an_accessibility_checker_finds_no_serious_fault(open_page: Open) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(open_page(brief(small_run())).page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_the_command_writes_it_beside_the_run_and_verify_knows_it(tmp_path: Path) -> None:
    planner = allocator.load(write_small(tmp_path / "plan"))
    folder = write_run(planner.solve(world="truce", time_limit=60), tmp_path / "run")
    page = (folder / "report.html").read_bytes()
    said = CliRunner().invoke(main, ["report", str(folder), "--brief"])
    assert said.output == f"Written: {folder / BRIEF}\n"
    assert (folder / "report.html").read_bytes() == page
    where = ["-w", str(tmp_path / "plan")]
    checked = CliRunner().invoke(main, ["verify", str(folder), *where])
    assert checked.exit_code == 0, checked.output
    (folder / BRIEF).write_text("edited", encoding="utf-8")
    checked = CliRunner().invoke(main, ["verify", str(folder), *where])
    assert checked.exit_code != 0
    again = CliRunner().invoke(main, ["report", str(folder), "--brief"])
    assert again.exit_code == 0
    assert (folder / "brief-edited-1.html").read_text(encoding="utf-8") == "edited"
