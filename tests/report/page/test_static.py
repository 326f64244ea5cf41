"""What stands in the file itself, before any script runs."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from report_cases import asked, small_run

import allocator
from allocator.report.folder.rewriting import write_reports
from allocator.report.folder.runs import PAGE, write_run
from allocator.report.page import page
from allocator.results.result import Plan, TaskRecord
from allocator.results.run import PlanNotes, RunRecord
from allocator.results.store.reading import read_run
from allocator.results.store.restored import restored
from tests.inputs.workspace_files import write_small
from tests.report.page.reading import Read


def nothing_known() -> RunRecord:
    run = small_run(timed_out=True)
    tasks = tuple(TaskRecord(task=record.task) for record in run.result.tasks)
    result = run.result.model_copy(update={"plan": Plan(), "tasks": tasks})
    return replace(run, result=result, notes={}, plan_notes=PlanNotes())


def no_task() -> RunRecord:
    run = small_run()
    result = run.result.model_copy(update={"plan": Plan(), "tasks": ()})
    problem = replace(run.problem, tasks=())
    return replace(run, problem=problem, result=result, notes={}, plan_notes=PlanNotes())


RUNS = {
    "solve": small_run,
    "packages": lambda: asked("packages", "training"),
    "blockers": lambda: asked("blockers", "western_presence", "air_watch"),
    "nothing known": nothing_known,
    "interrupted": lambda: small_run(interrupted=True),
    "no task": no_task,
}


@pytest.mark.parametrize("name", RUNS)
def test_every_kind_of_run_has_a_page(name: str) -> None:
    """All its links lead somewhere on it, no two elements share an id, and it says how the run
    ended."""
    run = RUNS[name]()
    found = Read(page(run))
    assert len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)
    assert found.tags.count("h1") == 1
    for record in run.result.tasks:
        assert run.problem.task(record.task).title in found.text
    assert ("Interrupted" in found.text) == run.interrupted
    assert ("Time limit" in found.text) == run.timed_out


def test_all_that_matters_is_there_without_scripts() -> None:
    """Mail gateways strip them."""
    found = Read(page(small_run())).text
    for text in (
        "1 of 5 tasks staffed",
        "2 ways; needed whichever way is taken: “A ceasefire holds”",
        "11 points of effort · 18.0 % Vote of the Bundestag bundestag A ceasefire holds ceasefire",
        "May come ESP FRA",
        "orbit lacks 2 aircraft (AWACS) in periods 1-2",
        "A ceasefire holds",
        "the joint plan",
        "NATO plans",
        "people deployed, summed over periods 1,440 720 HiGHS best found",
    ):
        assert text in found, text


def test_only_its_own_style_and_script_may_run() -> None:
    """The policy names them by their hashes; nothing else is let through."""
    html = page(small_run())
    found = Read(html)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy[1].replace("&#39;", "'").split("; "))
    data, script = found.raw["script"]
    (style,) = found.raw["style"]
    hashes = [b64encode(sha256(part.encode()).digest()).decode() for part in (style, script)]
    assert rules == {
        "default-src": "'none'",
        "style-src": f"'sha256-{hashes[0]}'",
        "script-src": f"'sha256-{hashes[1]}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert not set("<>&") & set(data)


def test_the_handling_mark_stands_at_both_ends() -> None:
    mark = "RELEASABLE <TO> ALL & SUNDRY"
    for html in (
        page(small_run(), mark),
        page(small_run(options={"seed": 0, "workers": 2, "handling_mark": mark})),
    ):
        body = html[html.index("<body>") :]
        assert body.count("RELEASABLE &lt;TO&gt; ALL &amp; SUNDRY</bdi></div>") == 2
        assert body.index("RELEASABLE") < body.index("<h1>") < body.rindex("RELEASABLE")
    assert 'class="mark' not in page(small_run())


def test_a_kept_run_gives_the_same_page_again(tmp_path: Path) -> None:
    planner = allocator.load(write_small(tmp_path / "plan"))
    folder = write_run(planner.solve(world="truce", time_limit=60), tmp_path / "run")
    written = (folder / PAGE).read_bytes()
    (folder / PAGE).unlink()
    assert folder / PAGE in write_reports(restored(read_run(folder)), folder)
    # The copy of a model is laid out anew, so that its lines have other numbers.
    lines = re.compile(rb"\.yaml:\d+")
    assert lines.sub(b"", (folder / PAGE).read_bytes()) == lines.sub(b"", written)


def test_every_figure_leads_to_its_row(tmp_path: Path) -> None:
    """From what a nation sends, what a line asks for and what holds back, to the row's place,
    basis and source."""
    planner = allocator.load(write_small(tmp_path / "plan"))
    html = page(planner.solve(with_=["ceasefire"], time_limit=60))
    rows = dict(re.findall(r'<tr id="row-(\d+)".*?>(.*?)</tr>', html, re.DOTALL))
    assert len(rows) == 15
    sent = re.search(r'<tr id="sent-0-0">(.*?)</tr>', html, re.DOTALL)
    assert sent is not None
    numbers = re.findall(r'href="#row-(\d+)"', sent[1])
    assert numbers
    assert all("availability.csv:2" in rows[number] for number in numbers)
    assert all("an estimate" in rows[number] for number in numbers)


def test_trade_offs_and_departures_where_there_are_some() -> None:
    """Of the tasks and the plan that they were asked for; no section without any."""
    told = Read(page(small_run())).text
    for text in (
        "The joint plan, with as many tasks of each priority staffed as can be",
        "staffed as can be risk to the right, contingents upwards",
        "2 points, all there are No. risk contingents Nations 1 0 2 DEU FRA 2 5 1 FRA",
        "FRA “Training” tasks of priority 1 staffed: 1 to 0",
        "GBR not known no plan found in time",
    ):
        assert text in told, text
    assert "trade-offs" not in Read(page(nothing_known())).ids
