"""Where the model says in which month it starts, whatever names a period names its months."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
from report_cases import small_problem, small_run

import allocator
from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.checker.case import Case
from allocator.checker.rules import RULES
from allocator.inputs.schema.calendar import Calendar, Month
from allocator.report.comparing import terminal as compared
from allocator.report.page import page
from allocator.report.page.comparison import comparison_page
from allocator.report.page.ranges import ranges_page
from allocator.report.tables import ranges as ranged
from allocator.report.tables import repair as repaired
from allocator.report.tables import review as reviewed
from allocator.report.tables.run import MAKERS, all_tables
from allocator.report.terminal.console import rendered
from allocator.report.terminal.ranges import show as show_ranges
from allocator.report.terminal.repair import show as show_repair
from allocator.report.terminal.review import show as show_review
from allocator.report.terminal.run import Follow, show_solve
from allocator.report.workbook import write_workbook
from allocator.results.result import Allocation
from allocator.results.run import RunRecord
from tests.inputs.workspace_files import SMALL, write_small

BARE = re.compile(r"(?<!over )(?<!fullest )(?<!target-)\bperiods? [0-9][-0-9]*(?![-0-9]* \()")
"""A period by its number alone."""

MODEL = "models/small.yaml"


def _dated(**changes: object) -> RunRecord:
    problem = replace(small_problem(), starts=Month.parse("2026-01"))
    world = problem.world("later")
    return small_run(problem=problem, world=world, **changes)


def _terminal(run: RunRecord) -> str:
    return rendered(lambda console: show_solve(run, console, Follow()), io.StringIO())


def _words(page: str) -> str:
    text = re.sub("<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(text).split())


def test_no_period_stands_without_its_months(tmp_path: Path) -> None:
    run = _dated()
    shown = {
        "terminal": " ".join(_terminal(run).split()),
        "page": " ".join(
            html.unescape(re.sub("<script.*?</script>|<[^>]+>", " ", page(run), flags=re.S)).split()
        ),
        "tables": "\n".join(str(row) for table in all_tables(run) for row in table.rows),
    }
    for name, text in shown.items():
        assert BARE.findall(text) == [], name
    assert "2 periods of 6 months, 2026-01 to 2026-12" in shown["terminal"]
    assert "from period 2 (2026-07 to 2026-12)" in shown["terminal"]
    assert "2 × 6 months, 2026-01 to 2026-12" in shown["page"]


def test_without_a_start_no_output_names_months() -> None:
    run = small_run()
    assert "months" not in {name for table in all_tables(run) for name in table.header}
    assert all_tables(run) == tuple(MAKERS[table.name](run) for table in all_tables(run))
    assert "2 periods of 6 months\n" in _terminal(run)


def test_tables_have_their_months_beside_periods_and_all_else_as_it_was() -> None:
    dated, with_periods = _dated(), set()
    tables, plains = all_tables(dated), all_tables(small_run(world=dated.world))
    for table, plain in zip(tables, plains, strict=True):
        if "months" not in table.header:
            assert not {"period", "periods"} & set(plain.header)
            assert table == plain or table.name == "findings"  # which are sentences
            continue
        with_periods.add(table.name)
        at = table.header.index("months")
        assert table.header[at - 1] in ("period", "periods")
        assert tuple((*row[:at], *row[at + 1 :]) for row in table.rows) == plain.rows
        named = {"1": "2026-01/2026-06", "2": "2026-07/2026-12"}
        for row in table.rows:
            assert row[at] == "; ".join(named[p.strip()] for p in str(row[at - 1]).split(";"))
    assert {
        "allocation",
        "released",
        "shortfalls",
        "gaps",
        "sums",
        "net_availability",
    } <= with_periods


def test_a_period_of_one_month_has_one_name() -> None:
    calendar = Calendar(3, Month.parse("2026-11"), 1)
    assert [calendar.months_of(p) for p in (1, 2, 3)] == ["2026-11", "2026-12", "2027-01"]
    assert calendar.phrase([1, 2, 3]) == "periods 1-3 (2026-11 to 2027-01)"
    assert calendar.phrase([1, 3]) == "periods 1 (2026-11) and 3 (2027-01)"
    assert Calendar(3).phrase([1, 2]) == "periods 1-2"


def test_the_workbook_names_them_too(tmp_path: Path) -> None:
    run = _dated()
    write_workbook(run, all_tables(run), tmp_path / "results.xlsx")
    book = openpyxl.load_workbook(tmp_path / "results.xlsx")
    header = [cell.value for cell in book["plan_periods"][1]]
    assert header[2:4] == ["period 1 (2026-01 to 2026-06)", "period 2 (2026-07 to 2026-12)"]
    sheet = book["allocation"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    units, each, people = (columns[n] for n in ("quantity", "personnel_per_unit", "personnel"))
    letters = (openpyxl.utils.get_column_letter(n) for n in (units, each))
    assert sheet.cell(2, people).value == "={}2*{}2".format(*letters)


def test_what_a_plan_breaks_is_told_with_months() -> None:
    dated = _dated()
    wrong = dated.result.plan.model_copy(update={"allocation": (), "released": ()})
    case = Case(dated.problem, dated.world, Allocation(frozenset(wrong.staffed), {}, {}))
    told = [violation.message for rule in RULES.values() for violation in rule(case)]
    assert any("in period 2 (2026-07 to 2026-12)" in text for text in told)
    assert [text for text in told if BARE.search(text)] == []


def test_models_that_start_in_different_months_are_compared_by_number(tmp_path: Path) -> None:
    first, later = (_starting(tmp_path / month, month) for month in ("2026-01", "2026-07"))
    comparison = allocator.compare(first, later)
    text = rendered(lambda console: compared.show(comparison, console), io.StringIO(), 200)
    said = "eriod 1 is 2026-01/2026-06 in small in truce and 2026-07/2026-12 in small in truce (2)"
    assert f"p{said}" in " ".join(text.split())
    assert f"P{said}" in page_text(comparison)
    assert list(comparison.runs["starts"]) == ["2026-01", "2026-07"]
    assert "starts" not in allocator.compare(small_run(), small_run()).runs.columns
    # The same months of a table are other periods of the later model.
    reasons = " ".join(comparison.differences.astype(str).agg(" ".join, axis=1))
    assert "5 in period 1 (2026-01 to 2026-06)" in reasons
    assert BARE.findall(reasons) == []


def page_text(comparison: ComparisonRecord) -> str:
    return html.unescape(comparison_page(comparison))


def _starting(folder: Path, month: str) -> RunRecord:
    edits = {
        MODEL: ("{periods: 4,", f"{{starts: {month}, periods: 4,"),
        "inputs/availability.csv": ("1-4", "/2026-06"),
        "inputs/caveats.csv": ("west,,,,", "west,,,2026-05/2026-09,"),
        "inputs/worlds.csv": ("ceasefire,1", "ceasefire,2026-07"),
    }
    return allocator.load(write_small(folder, edits)).solve(world="truce", workers=1)


DATED = {MODEL: ("{periods: 4,", "{starts: 2026-01, periods: 4,")}
PLAN = [
    {"nation": "GBR", "task": "west", "capability": "mech", "quantity": 2},
    {"nation": "GBR", "task": "west", "capability": "medical", "periods": "2-4", "quantity": 1},
]


def test_a_review_a_repair_and_ranges_name_months_as_well(tmp_path: Path) -> None:
    planner = allocator.load(write_small(tmp_path, DATED))
    plan = pd.DataFrame(PLAN)
    asked = {"world": "truce", "on": "2026-01-01"}
    review, repair = planner.review(plan, **asked), planner.repair(plan, **asked, workers=1)
    ranges = _ranged(tmp_path / "ranged").ranges(draws=50, **asked, workers=1)
    tables = [*reviewed.all_tables(review), *repaired.all_tables(repair)]
    named = {"1": "2026-01/2026-06", "2": "2026-07/2026-12", "3": "2027-01/2027-06"}
    named["4"] = "2027-07/2027-12"
    rows = 0
    for table in tables:
        at = next((n for n, c in enumerate(table.header) if c in ("period", "periods")), None)
        assert (at is None) == ("months" not in table.header), table.name
        for row in table.rows if at is not None else ():
            assert row[at + 1] == "; ".join(named[p.strip()] for p in str(row[at]).split(";"))
            rows += 1
    assert rows > 8
    assert list(repair.table("edits")["months"]) == [named["1"]]
    assert "months" in review.short.columns
    said = {
        "review": rendered(lambda console: show_review(review, console), io.StringIO(), 120),
        "repair": rendered(lambda console: show_repair(repair, console), io.StringIO(), 120),
        "ranges": rendered(lambda console: show_ranges(ranges, console), io.StringIO(), 120),
        "page": _words(ranges_page(ranges)),
        "tables": "\n".join(str(row) for table in ranged.tables(ranges) for row in table.rows),
    }
    for name, text in said.items():
        assert BARE.findall(" ".join(text.split())) == [], name
    for name in ("ranges", "page", "tables"):
        assert "periods 1-2 (2026-01 to 2026-12)" in " ".join(said[name].split()), name
    for name in ("review", "repair"):
        assert "1 (2026-01 to 2026-06)" in said[name], name
    # What it wrote is a plan again.
    repaired.write_corrected(repair, tmp_path / "corrected.csv")
    assert "periods,months," in (tmp_path / "corrected.csv").read_text(encoding="utf-8")
    assert planner.review(str(tmp_path / "corrected.csv"), **asked).valid


def _ranged(folder: Path) -> allocator.Planner:
    """With a line that may need far more than there is."""
    dated = SMALL[MODEL].replace(*DATED[MODEL]).replace("minimum: 2,", "minimum: 2, high: 30,")
    return allocator.load(write_small(folder, {MODEL: dated.replace(", target: 4", "")}))
