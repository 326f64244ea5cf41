"""The workbook of a run: all its tables, nothing that could run, nothing lost without a word."""

import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from report_cases import asked, small_run
from workbook_cases import HOSTILE, LONG, hostile_run, random_run

from allocator.report.sentences.reading_order import in_reading_order
from allocator.report.tables.decisions import decision_wide
from allocator.report.tables.families import whole_sets
from allocator.report.tables.inputs import input_tables
from allocator.report.tables.run import all_tables
from allocator.report.tables.table import make_table, whole
from allocator.report.workbook import excerpts, sheets, write_workbook
from allocator.results.result import Cell, Plan, TaskRecord
from allocator.results.run import PlanNotes

# openpyxl knows no data bars of today, which is no matter to us.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
FORMULA = re.compile(r"(SUM|SUMIFS|COUNT|COUNTIFS|IF|MAX)\(|^[A-Z]+\d+\*[A-Z]+\d+$")


def written(run, path, **how):
    write_workbook(run, all_tables(run), path)
    return openpyxl.load_workbook(path, **how)


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def formulas(path):
    found = (re.findall(r"<f>([^<]*)", text) for text in parts(path).values())
    return sorted(formula for some in found for formula in some)


def texts(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def values(sheet):
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def with_plan(run, **changes):
    plan = run.result.plan.model_copy(update=changes)
    return replace(run, result=run.result.model_copy(update={"plan": plan}))


# --- what is in it ---------------------------------------------------------------------------


@pytest.mark.parametrize("run", [small_run(), random_run(3)], ids=["small", "random"])
def test_every_table_with_rows_has_its_sheet_and_every_cell_of_it(run, tmp_path):
    book = written(run, tmp_path / "a.xlsx", data_only=True)
    others = ("decision", "unlocking", "blocking")
    tables = [t for t in all_tables(run) if t.name not in others]
    tables += [
        decision_wide(in_reading_order(run)),
        *(whole_sets(run, name) for name in others[1:]),
    ]
    for table in (*tables, *input_tables(run)):
        if not table.rows:
            assert table.name not in book
            continue
        header, *rows = values(book[table.name])
        assert header == table.header
        assert rows == [tuple(None if v == "" else v for v in row) for row in table.rows]


def test_sets_stand_a_row_each_with_all_their_members():
    """What the tidy tables say in a row a member, said in a row a set."""
    run = small_run()
    for name in ("unlocking", "blocking"):
        tidy = next(t for t in all_tables(run) if t.name == name)
        members = {(row[0], row[1], row[3], row[7]) for row in tidy.rows}
        found = set()
        for task, number, size, effort, named in whole_sets(run, name).rows:
            own = [m for m in members if m[:2] == (task, number)]
            assert (len(own), sum(m[3] for m in own)) == (size, effort)
            found |= {m for m in own if m[2] in named.split("; ")}
        assert found == members != set()


def test_sheets_stand_in_reading_order(tmp_path):
    names = written(small_run(), tmp_path / "a.xlsx").sheetnames
    plans = ["plan", "plan_periods", "plan_units", "plan_lines", "charts"]
    assert names[:7] == ["cover", "decision", *plans]
    assert names[-2:] == ["dictionary", "provenance"]
    inputs = [n for n in written(random_run(3), tmp_path / "b.xlsx").sheetnames if "input_" in n]
    assert inputs[0] == "input_nations"
    assert inputs[-2:] == ["input_tasks", "input_lines"]


def test_the_cover_says_what_was_asked_and_found_and_leads_everywhere(tmp_path):
    book = written(small_run(), tmp_path / "a.xlsx")
    said = "\n".join(texts(book["cover"]))
    assert "1 of 5 tasks staffed" in said
    ready = "2 tasks (“Training” and “Theatre reserve”)"
    assert f"Ready, a coalition can staff it now: {ready}." in said
    assert "Without rows\nrules" in said
    links = [cell.hyperlink for row in book["cover"].iter_rows() for cell in row if cell.hyperlink]
    seen = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert [link.location for link in links] == [f"'{name}'!A1" for name in seen[1:]]
    assert {link.target for link in links} == {None}


def test_a_handling_mark_stands_top_and_bottom_of_every_page(tmp_path):
    run = small_run(options={"handling_mark": "R&D only"})
    for sheet in written(run, tmp_path / "a.xlsx").worksheets:
        assert sheet.oddHeader.center.text == sheet.oddFooter.center.text == "R&&D only"
    write_workbook(run, all_tables(run), tmp_path / "a.xlsx", "=another")
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx")["cover"]["A2"]
    assert (cell.value, cell.data_type) == ("=another", "s")


def test_sheets_for_programs_are_hidden_and_listed(tmp_path):
    """What they hold is there for formulas, for programs, and for whoever shows them."""
    book = written(small_run(), tmp_path / "a.xlsx")
    hidden = {sheet.title for sheet in book.worksheets if sheet.sheet_state == "hidden"}
    assert {"allocation", "packages", "waiting", "dictionary", "provenance"} <= hidden
    assert not {"decision", "plan", "findings", "ways", "pools"} & hidden
    rows = [[cell.value for cell in row] for row in book["cover"].iter_rows()]
    assert {row[0] for row in rows if row[3] == "yes"} == hidden
    inputs = {s.title for s in written(random_run(3), tmp_path / "b.xlsx").worksheets
              if s.sheet_state == "hidden" and s.title.startswith("input_")}  # fmt: skip
    assert "input_nations" in inputs


def test_an_interrupted_run_says_so_on_its_cover(tmp_path):
    book = written(small_run(interrupted=True), tmp_path / "a.xlsx")
    assert "Interrupted" in texts(book["cover"])


@pytest.mark.parametrize("command", ["packages", "blockers"])
def test_without_a_joint_plan_there_is_none_on_any_sheet(command, tmp_path):
    book = written(asked(command, "training", "western_presence"), tmp_path / "a.xlsx")
    assert not {"plan", "plan_periods", "charts", "allocation"} & set(book.sheetnames)
    assert "Joint plan" not in texts(book["cover"])
    assert book["decision"].max_column == 4


def test_it_prints_on_a4_across_with_its_header_on_every_page(tmp_path):
    for sheet in written(small_run(), tmp_path / "a.xlsx").worksheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        if sheet.title not in ("cover", "charts"):
            assert sheet.print_title_rows == "$1:$1"
            assert sheet.freeze_panes is not None


def test_verdicts_are_coloured_and_shares_have_bars(tmp_path):
    book = written(small_run(), tmp_path / "a.xlsx")

    def rules(name):
        found = book[name].conditional_formatting
        return {rule.type for area in found for rule in area.rules}

    assert rules("tasks") == rules("decision") == {"cellIs"}
    assert rules("plan") == rules("ways") == {"dataBar"}
    assert len(book["charts"]._charts) == 2


# --- the plan by nation ----------------------------------------------------------------------


def test_totals_are_formulas_with_the_values_of_the_plan(tmp_path):
    run = small_run()
    people = sum(row[-2] for t in all_tables(run) if t.name == "allocation" for row in t.rows)
    assert people
    formulas_of = written(run, tmp_path / "a.xlsx")
    shown = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)
    for name in ("plan", "plan_periods"):
        (row,) = (r for r in range(1, 20) if shown[name].cell(r, 1).value == "total")
        column = shown[name].max_column - 1
        assert shown[name].cell(1, column).value == "total"
        assert shown[name].cell(row, column).value == people
        assert formulas_of[name].cell(row, column).value.startswith("=SUM(")
        assert formulas_of[name].cell(2, 3).value.startswith("=IF(COUNTIFS('allocation'!")
        assert shown[name].cell(row + 1, column).value == 0


def test_nothing_sent_is_blank_and_units_without_people_are_zero(tmp_path):
    run = small_run()
    none = {n: replace(c, personnel=0) for n, c in run.problem.capabilities.items()}
    run = replace(run, problem=replace(run.problem, capabilities=none))
    sent = Cell(nation="GBR", task="reserve", line="x", capability="mech", period=1, quantity=1)
    both = ("reserve", "training")
    run = with_plan(run, staffed=both, allocation=(*run.result.plan.allocation, sent))
    sheet = written(run, tmp_path / "a.xlsx", data_only=True)["plan"]
    rows = {row[0]: row for row in values(sheet)}
    assert rows["nation"][2:4] == ("reserve", "training")
    assert rows["FRA"][2:4] == (None, 0)
    assert rows["GBR"][2:4] == (0, None)
    assert any("Nothing from" in text for text in texts(sheet))


def test_a_plan_that_sends_nothing_has_no_sheets_of_its_own(tmp_path):
    book = written(with_plan(small_run(), allocation=()), tmp_path / "a.xlsx")
    assert not {"plan", "plan_periods", "charts", "allocation"} & set(book.sheetnames)


@pytest.mark.parametrize("names", [("total", "unit"), ("Reserve", "reserve"), ("true", "x")])
def test_ids_that_a_spreadsheet_confuses_get_figures_instead_of_formulas(names, tmp_path):
    """It tells no case apart, takes TRUE for no text, and wants every header once."""
    run = small_run()
    new = dict(zip(("reserve", "training"), names, strict=True))
    tasks = tuple(replace(t, id=new.get(t.id, t.id)) for t in run.problem.tasks)
    records = tuple(
        TaskRecord(task=new.get(r.task, r.task), verdict=r.verdict) for r in run.result.tasks
    )
    cells = tuple(c.model_copy(update={"task": names[1]}) for c in run.result.plan.allocation)
    plan = Plan(status="optimal", staffed=tuple(sorted(names)), allocation=cells)
    result = run.result.model_copy(update={"plan": plan, "tasks": records})
    run = replace(
        run,
        problem=replace(run.problem, tasks=tasks),
        result=result,
        notes={},
        plan_notes=PlanNotes(),
    )
    book = written(run, tmp_path / "a.xlsx")
    header, first = values(book["plan"])[:2]
    column = next(n for n, name in enumerate(header) if n > 1 and name.startswith(names[1]))
    if names[1] == "unit":
        assert header[2].startswith("total (2)")
    assert first[column] == sum(c.quantity * 180 for c in cells)
    assert str(values(book["plan"])[2][column]).startswith("=SUM(")
    assert len({h.casefold() for h in values(book["decision"])[0]}) == len(
        values(book["decision"])[0]
    )


# --- what cannot happen ----------------------------------------------------------------------


def test_no_text_becomes_a_formula_a_link_or_a_macro(tmp_path):
    written(small_run(), tmp_path / "a.xlsx")
    book = written(hostile_run(), tmp_path / "b.xlsx")
    assert formulas(tmp_path / "b.xlsx") == formulas(tmp_path / "a.xlsx")
    assert all(FORMULA.search(text) for text in formulas(tmp_path / "b.xlsx"))
    found = parts(tmp_path / "b.xlsx")
    assert not [name for name in found if "externalLink" in name or "vba" in name]
    relations = "".join(text for name, text in found.items() if name.endswith(".rels"))
    assert "External" not in relations
    assert "example.org" not in relations
    sheet = book["input_nations"]
    place = [cell.value for cell in sheet[1]].index("note") + 1
    notes = [sheet.cell(row, place) for row in range(2, sheet.max_row + 1)]
    # Control characters in the form of the file, in which openpyxl leaves them.
    wanted = [
        text.strip().replace("\x01", "_x0001_").replace("\x1b", "_x001B_") for text in HOSTILE
    ]
    assert [cell.value for cell in notes[-len(HOSTILE) :]] == wanted
    assert {cell.data_type for cell in notes[-len(HOSTILE) :]} == {"s"}


def test_a_title_cannot_break_the_file(tmp_path):
    for text in ("=1+1", "]]>\ufffe", "a\x01/b:c*d?[e]"):
        run = small_run()
        run = replace(run, problem=replace(run.problem, title=text))
        assert written(run, tmp_path / "a.xlsx")["cover"]["A1"].value


# --- what does not fit -----------------------------------------------------------------------


def test_rows_beyond_what_a_sheet_gets_are_told_on_the_cover(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 1)
    run = small_run()
    book = written(run, tmp_path / "a.xlsx")
    rows = {t.name: len(t.rows) for t in all_tables(run)}
    assert book["net_availability"].max_row == 2
    said = "\n".join(texts(book["cover"]))
    number = rows["net_availability"]
    assert f"the sheet has the first 1 of {number:,} rows; net_availability.csv has all." in said
    # The plan has all figures, though not from an allocation that is not all there.
    assert rows["allocation"] > 1
    assert isinstance(values(book["plan"])[1][2], int)


def test_of_many_packages_the_first_of_each_task_have_their_units(tmp_path, monkeypatch):
    run = small_run()
    table = next(t for t in all_tables(run) if t.name == "packages")
    numbers = [int(row[table.header.index("package")]) for row in table.rows]
    assert max(numbers) > 1
    monkeypatch.setattr(excerpts, "MOST_UNITS", numbers.count(1))
    book = written(run, tmp_path / "a.xlsx")
    first = [row for row, number in zip(table.rows, numbers, strict=True) if number == 1]
    assert len(values(book["packages"])) - 1 == len(first) < len(numbers)
    said = "\n".join(texts(book["cover"]))
    shown = f"the sheet has {len(first)} of {len(numbers)} rows"
    assert f"{shown}, those of the first 1 package of each task; packages.csv has all." in said


@pytest.mark.parametrize("sizes", [[3, 3, 3], [9, 1], [1] * 12, [2, 5, 1, 4]])
@pytest.mark.parametrize("most", [1, 4, 9, 50])
def test_an_excerpt_has_whole_packages_and_no_more_than_it_may(sizes, most, monkeypatch):
    monkeypatch.setattr(excerpts, "MOST_UNITS", most)
    rows = [("t", n, k) for n, size in enumerate(sizes, 1) for k in range(size)]
    columns = {"task": "", "package": whole("", ""), "k": whole("", "")}
    table = make_table("packages", "One row a unit.", columns, rows)
    shown, which = excerpts.excerpt(table)
    last = max(row[1] for row in shown.rows)
    assert shown.rows == tuple(row for row in table.rows if row[1] <= last)
    assert len(shown.rows) <= most or last == 1
    assert last == len(sizes) or sum(sizes[: last + 1]) > most
    assert bool(which) == (shown.rows != table.rows) or (last == len(sizes) and len(rows) > most)


def test_a_text_beyond_what_a_cell_holds_is_told_on_the_cover(tmp_path):
    run = small_run()
    tasks = tuple(replace(t, title=LONG * 4) for t in run.problem.tasks)
    book = written(replace(run, problem=replace(run.problem, tasks=tasks)), tmp_path / "a.xlsx")
    shown = book["tasks"]["B2"].value
    assert shown.endswith("(cut off: the CSV file has it whole)")
    assert len(shown) == 32_767
    said = "\n".join(texts(book["cover"]))
    assert "5 texts longer than a cell may be, cut off there; tasks.csv has them whole." in said


def test_more_tasks_than_a_sheet_has_columns_are_told_on_the_cover(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_COLUMNS", 6)
    book = written(small_run(), tmp_path / "a.xlsx")
    assert "decision" not in book
    said = "\n".join(texts(book["cover"]))
    assert "has too many columns for a sheet; decision.csv has it." in said
