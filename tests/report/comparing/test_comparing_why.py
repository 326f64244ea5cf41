"""Why a verdict did not change, and the matrix of reasons: said alike everywhere."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape

import pytest
from openpyxl import load_workbook
from small_runs import run

import allocator
from allocator.report.comparing import terminal
from allocator.report.comparing.jsons import data
from allocator.report.comparing.tables import MAKERS
from allocator.report.comparing.why import why
from allocator.report.comparing.wide import wide
from allocator.report.comparing.workbook import write_workbook
from allocator.report.page.comparison import comparison_page
from allocator.report.terminal.console import rendered
from allocator.results.result import TaskRecord


@pytest.fixture(scope="module")
def comparison():
    return allocator.compare(
        run(), run("fewer"), run(world="truce"), run("larger", "today"), run("other task")
    )


def rows(found):
    table = why(found)
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]


def by_name(reason):
    """As people read it, with the names of preconditions in place of their ids."""
    names = {"ceasefire": "“Ceasefire”", "peace": "“Peace agreement”"}
    return re.sub("ceasefire|peace", lambda match: names[match[0]], reason)


def words(text):
    return " ".join(unescape(text).split())


def test_a_task_that_stays_blocked_says_what_it_waits_for(comparison):
    by_run = {row["run"]: row for row in rows(comparison) if row["task"] == "west"}
    base, fewer, truce, larger, other = by_run.values()
    assert base["stands"] == "base"
    assert base["reason"] == "blocked: waits for one of ceasefire or peace"
    assert fewer["stands"] == "same"
    assert fewer["reason"].startswith("still blocked: waits for one of ceasefire or peace")
    assert "1 difference that can matter does not turn it" in fewer["reason"]
    assert truce["stands"] == "changed"
    assert truce["reason"] == "ready: because of ceasefire holds from period 1"
    assert larger["verdict"] == "short"
    assert "because of manoeuvre: minimum 6 instead of 2" in larger["reason"]
    assert (other["verdict"], other["stands"], other["reason"]) == (None, "only in one", "")


def test_where_nothing_that_differs_can_matter_it_is_said():
    found = rows(allocator.compare(run(), run()))
    assert found[1]["differences"] == 0
    assert "(nothing that differs can matter to it)" in found[1]["reason"]


def test_a_task_that_stays_short_says_what_is_missing():
    found = rows(allocator.compare(run("larger"), run("larger", "truce")))[1]
    assert found["stands"] == "same"
    assert found["reason"].startswith("still short: manoeuvre lacks ")


def test_an_unknown_verdict_claims_no_reason():
    made = run(world="truce")
    tasks = tuple(TaskRecord(task=record.task) for record in made.result.tasks)
    cut = replace(made, result=made.result.model_copy(update={"tasks": tasks}))
    (_, found) = rows(allocator.compare(run(), cut))
    assert (found["stands"], found["reason"]) == ("not known", "unknown: not decided in this run")


def test_without_inputs_no_reason_is_made_up():
    found = rows(allocator.compare(run(), replace(run(world="truce"), workspace=None)))[1]
    assert found["reason"] == "ready: not known why, for the inputs of a run are not known"
    found = rows(allocator.compare(run(), replace(run("fewer"), workspace=None)))[1]
    assert found["differences"] is None
    assert found["reason"] == "still blocked: waits for one of ceasefire or peace"


def test_the_matrix_has_a_row_a_task_and_a_column_a_run(comparison):
    matrix = wide(comparison, "why")
    assert [row[0] for row in matrix.rows] == list(comparison.tasks_asked)
    assert len(matrix.columns) == 2 + len(comparison.sides)
    tidy = {(row["task"], row["run"]): row["reason"] for row in rows(comparison)}
    for row in matrix.rows:
        for side, cell in zip(comparison.sides, row[2:], strict=True):
            assert cell == tidy[row[0], side.name]


def test_page_workbook_json_and_terminal_say_the_same(comparison, tmp_path):
    told = data(comparison)
    assert told["why"] == rows(comparison)
    header = MAKERS["plan_changes"](comparison).header
    assert all(tuple(one) == header for one in told["plan_changes"])
    page = words(comparison_page(comparison))
    book = load_workbook(write_workbook(comparison, tmp_path / "c.xlsx"), read_only=True)
    sheet = {cell for row in book["why"].iter_rows(values_only=True) for cell in row}
    wide_sheet = {cell for row in book["why_wide"].iter_rows(values_only=True) for cell in row}
    for row in told["why"]:
        if row["reason"]:
            assert row["reason"] in sheet & wide_sheet
            assert by_name(row["reason"]).partition(": ")[2] in page
    assert "plan_changes" in book.sheetnames
    shown = words(rendered(lambda c: terminal.show(comparison, c), io.StringIO()))
    still = [row for row in told["why"] if row["stands"] == "same" and row["verdict"] != "ready"]
    assert still
    assert all(by_name(row["reason"]) in shown for row in still)


def test_cells_that_changed_stand_on_the_page_with_what_is_known():
    found = allocator.compare(run(world="truce"), run("fewer", "truce"))
    page = words(comparison_page(found))
    assert "What the plan sends otherwise" in page
    assert "the base's units break R3: FRA mech: 3 instead of 6" in page
    assert "not known which" in page
