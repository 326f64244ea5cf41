"""The plan over time: every figure is of units that stand together, in every rendering."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import openpyxl
from report_cases import cell, small_plan, small_run

from allocator.inputs.schema.calendar import Month
from allocator.report.page import page
from allocator.report.page.brief import brief
from allocator.report.sentences.sending import senders
from allocator.report.tables.run import all_tables, table
from allocator.report.tables.timeline import Fill, Span, timeline
from allocator.report.terminal import run as terminal
from allocator.report.terminal.console import rendered
from allocator.report.workbook import write_workbook
from allocator.results.result import Plan
from allocator.results.run import PlanNotes
from tests.report.page.reading import Read


def changing():
    """France hands over to Britain, and Germany sends more in the second period."""
    sent = (
        cell("DEU", "training", "trainers", "mech", 1, 1),
        cell("DEU", "training", "trainers", "mech", 2, 2),
        cell("FRA", "training", "trainers", "mech", 1, 4),
        cell("GBR", "training", "trainers", "mech", 2, 5),
    )
    return planned(small_plan().model_copy(update={"allocation": sent, "shortfalls": ()}))


def planned(plan):
    run = small_run(plan_notes=PlanNotes())
    return replace(run, result=run.result.model_copy(update={"plan": plan}))


def test_what_changes_is_told_by_period_and_what_does_not_in_one_figure() -> None:
    run = changing()
    found = timeline(run)
    assert found.spans == (Span(1, 1), Span(2, 2))
    assert found.people == (5 * 180, 7 * 180)
    (line,) = found.lines
    assert line.parts == (Fill(2, 3, 5), Fill(2, 3, 7))
    assert [lane.nation for lane in found.lanes] == ["GBR", "FRA", "DEU"]
    steady = timeline(small_run())
    assert (steady.spans, steady.people) == ((Span(1, 2),), (360,))


def test_no_sentence_adds_up_units_that_never_stand_together() -> None:
    """Nine units in all were the fullest periods of three nations, and stand in no period."""
    run = changing()
    assert senders(run.problem, run.result.plan.allocation) == (
        "DEU at most 2 mechanised companies; FRA 4 mechanised companies in period 1; "
        "GBR 5 mechanised companies in period 2"
    )
    shown = rendered(
        lambda console: terminal.show_solve(run, console, terminal.Follow()), io.StringIO(), 200
    )
    assert re.search(r"together +people +900 +1,260", shown)
    assert re.search(r"training +trainers +2 +3 +5 in period 1, 7 in period 2", shown)
    read = Read(page(run)).text
    assert "at most 2 mechanised companies" in read
    assert "People in place, all nations 900 1,260" in read
    assert "1,980" not in read


def test_a_bar_is_as_wide_as_nothing_changes() -> None:
    html = page(small_run())
    found = re.search(r'<table class="time" id="table-time">.*?</table>', html, re.DOTALL)
    assert found is not None
    assert found[0].count("<b>360</b>") == 1
    assert "Period 1-2" in found[0]


def test_a_scaled_line_needs_what_the_people_of_the_period_ask_for() -> None:
    run = changing()
    task = run.problem.task("training")
    scaled = replace(task.lines[0], one_per=180, minimum=0, target=0)
    tasks = tuple(replace(t, lines=(scaled,)) if t is task else t for t in run.problem.tasks)
    rows = table(replace(run, problem=replace(run.problem, tasks=tasks)), "filled").rows
    assert rows == (("training", "trainers", 1, 5, 5, 5), ("training", "trainers", 2, 7, 7, 7))


def test_the_workbook_has_the_plan_in_units_by_period(tmp_path) -> None:
    run = changing()
    write_workbook(run, all_tables(run), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)
    units = [[c.value for c in row] for row in book["plan_units"].iter_rows()]
    assert units[0] == [
        "nation", "task", "line", "capability", "unit", "period 1", "period 2", "most",
    ]  # fmt: skip
    assert units[1:] == [
        ["DEU", "training", "trainers", "mech", "company", 1, 2, 2],
        ["FRA", "training", "trainers", "mech", "company", 4, None, 4],
        ["GBR", "training", "trainers", "mech", "company", None, 5, 5],
    ]
    lines = [[c.value for c in row] for row in book["plan_lines"].iter_rows()]
    assert lines[1:] == [["training", "trainers", 2, 3, 5, 7]]


def test_nobody_flattens_the_chart_of_the_others(tmp_path) -> None:
    """A nation with many times the people of all others is named beside the picture."""
    giant = (cell("POL", "training", "trainers", "mech", p, 900) for p in (1, 2))
    run = changing()
    plan = run.result.plan.model_copy(update={"allocation": (*run.result.plan.allocation, *giant)})
    run = planned(plan)
    write_workbook(run, all_tables(run), tmp_path / "a.xlsx")
    charts = openpyxl.load_workbook(tmp_path / "a.xlsx")["charts"]._charts
    titles = [
        "".join(part.t for p in chart.title.tx.rich.p for part in p.r or ()) for chart in charts
    ]
    assert "People by nation, in its fullest period; beside POL 162,000" in titles


def test_without_a_plan_there_is_nothing_over_time() -> None:
    run = planned(Plan())
    assert timeline(run).lanes == ()
    assert table(run, "filled").rows == ()
    assert "table-time" not in page(run)


def test_periods_have_their_months_where_they_are_known() -> None:
    run = changing()
    run = replace(run, problem=replace(run.problem, starts=Month.parse("2026-01")))
    assert "FRA 4 mechanised companies in period 1 (2026-01 to 2026-06)" in senders(
        run.problem, run.result.plan.allocation
    )
    told = "900 in period 1 (2026-01 to 2026-06), 1,260 in period 2 (2026-07 to 2026-12)"
    assert told in Read(brief(run)).text
    shown = rendered(
        lambda console: terminal.show_solve(run, console, terminal.Follow()), io.StringIO(), 200
    )
    assert "5 in period 1 (2026-01 to 2026-06), 7 in period 2 (2026-07 to 2026-12)" in shown
    assert "Period 1 2026-01 to 2026-06 Period 2 2026-07 to 2026-12" in Read(page(run)).text
