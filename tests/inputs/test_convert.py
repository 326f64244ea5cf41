"""Nothing is lost on the way from a folder to a workbook and back."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from generator import tables_and_models
from test_in_memory import MODEL, TINY
from workbook_files import write_book
from workspace_files import SMALL, write_small

import allocator
from allocator.cli import main
from allocator.inputs.files.convert import ConversionError, convert
from allocator.inputs.files.reference import reference_folder
from allocator.inputs.files.write import write_tables
from allocator.inputs.inspection import from_tables, load
from allocator.inputs.issues import WorkspaceError
from allocator.inputs.spreadsheet import TooLongError
from allocator.inputs.workbook.layout import LAYOUTS
from allocator.inputs.workbook.values import as_cell
from allocator.inputs.workspace import Workspace
from tests.composing import compose

SEEDS = range(int(os.environ.get("ROUND_TRIPS", "40")))
"""ROUND_TRIPS=1000 pytest tests/inputs/test_convert.py goes further."""


def _bare(workspace: Workspace | None) -> Workspace:
    assert workspace is not None
    return dataclasses.replace(workspace, path="", files={})


def test_the_reference_case_comes_back_letter_by_letter(tmp_path: Path) -> None:
    """Its tables as files; its models as what they say."""
    source, book, back = reference_folder(), tmp_path / "plan.xlsx", tmp_path / "back"
    convert(source, book)
    convert(book, back)
    assert _bare(load(book)) == _bare(load(source)) == _bare(load(back))
    for table in (source / "inputs").glob("*.csv"):
        assert (back / "inputs" / table.name).read_bytes() == table.read_bytes()
    again = tmp_path / "again.xlsx"
    convert(back, again)
    assert again.read_bytes() == book.read_bytes()


@pytest.mark.parametrize("block", [SEEDS[n : n + 10] for n in SEEDS[::10]])
def test_random_workspaces_come_back(block: range, tmp_path: Path) -> None:
    """The tables as rows of text, so with blank cells, absent columns and every spelling."""
    for seed in block:
        tables, models = tables_and_models(seed)
        if seed % 2:
            compose(seed, tables, models)
        folder, book = tmp_path / str(seed), tmp_path / f"{seed}.xlsx"
        write_tables(tables, models, folder)
        convert(folder, book)
        first, _ = from_tables(tables, models)
        assert _bare(load(book)) == _bare(first), seed
        if seed % 10 == 0:
            convert(book, tmp_path / f"{seed} back")
            assert _bare(load(tmp_path / f"{seed} back")) == _bare(first), seed


@pytest.mark.parametrize("seed", range(12))
def test_random_workspaces_answer_the_same(seed: int, tmp_path: Path) -> None:
    tables, models = tables_and_models(seed)
    write_tables(tables, models, tmp_path / "plan")
    convert(tmp_path / "plan", tmp_path / "plan.xlsx")
    runs = [allocator.load(tmp_path / name).solve("m") for name in ("plan", "plan.xlsx")]
    first, second = (run.result.model_dump() for run in runs)
    assert first == second


AWKWARD = (
    *("=1+1", "+1", "-1", "@x", "'quoted", "1-4", "1E5", "007", "MAR1", "TRUE", "NO", "NA"),
    *("null", "~", "#REF!", "http://example.org", "a\nb", "a\r\nb", "a\tb", "a  b", "{=1}"),
    *("\x01\x02", "_x0041_", "x005F_", "a\u2028b", "\ufffe", "1.0", "<&>\"'"),
    *("\N{GRINNING FACE}", "2026-04-01"),
)


def test_text_survives_whatever_it_looks_like(tmp_path: Path) -> None:
    nations = [{"nation": f"N{n}", "name": text, "note": text} for n, text in enumerate(AWKWARD)]
    nations += TINY["nations"]
    model = {**MODEL, "title": "007", "note": "=1", "source": "NO\n- x: y"}
    write_tables({**TINY, "nations": nations}, [model], tmp_path / "plan")
    convert(tmp_path / "plan", tmp_path / "plan.xlsx")
    convert(tmp_path / "plan.xlsx", tmp_path / "back")
    first = _bare(load(tmp_path / "plan"))
    assert [row.name for row in first.nations[:-1]] == [text.strip() for text in AWKWARD]
    assert _bare(load(tmp_path / "plan.xlsx")) == first == _bare(load(tmp_path / "back"))


def test_figures_are_numbers_however_they_were_spelt(tmp_path: Path) -> None:
    edits: dict[str, Any] = {
        "inputs/availability.csv": ("GBR,medical,2", "GBR,medical, 002 "),
        "inputs/preconditions.csv": "precondition,name,kind,status,likelihood,implies\n"
        "ceasefire,Ceasefire,political,open,.50,\n"
        "peace,Peace,political,open,0.12345678901234567,ceasefire\n",
    }
    convert(write_small(tmp_path / "plan", edits), tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book["availability"]["C4"].value == 2
    # Seventeen digits are one more than a workbook keeps, so they stay text.
    likely = [book["preconditions"][cell].value for cell in ("E2", "E3")]
    assert likely == [0.5, "0.12345678901234567"]


def test_the_order_of_columns_and_blank_ones_stay(tmp_path: Path) -> None:
    text = "source,name,nation,note\n,France,FRA,\n,Britain,GBR,\n"
    folder = write_small(tmp_path / "plan", {"inputs/nations.csv": text})
    convert(folder, tmp_path / "plan.xlsx")
    convert(tmp_path / "plan.xlsx", tmp_path / "back")
    assert (tmp_path / "back/inputs/nations.csv").read_text() == text


def test_no_objective_stays_none(tmp_path: Path) -> None:
    edits: dict[str, Any] = {"models/small.yaml": ("name: small", "name: small\nobjectives: []")}
    convert(write_small(tmp_path / "plan", edits), tmp_path / "plan.xlsx")
    assert load(tmp_path / "plan.xlsx").models["small"].objectives == ()


def test_a_workspace_with_errors_is_not_converted(tmp_path: Path) -> None:
    folder = write_small(tmp_path / "plan", {"inputs/nations.csv": None})
    with pytest.raises(WorkspaceError):
        convert(folder, tmp_path / "plan.xlsx")
    with pytest.raises(WorkspaceError):
        convert(tmp_path / "nowhere", tmp_path / "plan.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_text_that_no_cell_holds_is_refused_with_its_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard behind the limits of the tables, seen to fire."""
    monkeypatch.setattr("allocator.inputs.schema.types.LONGEST_TEXT", 100_000)
    edits: dict[str, Any] = {"inputs/nations.csv": ("France", "F" * 40_000)}
    folder = write_small(tmp_path / "plan", edits)
    with pytest.raises(TooLongError, match="nations!B2: a text of 40,000"):
        convert(folder, tmp_path / "plan.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_what_does_not_read_the_same_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard behind every conversion, seen to fire: XlsxWriter 3.3 escapes only half of this
    text, so that it would read `_x005FA`; then a model that loses a figure."""
    edits: dict[str, Any] = {"inputs/nations.csv": ("France", "_x005F_x0041_")}
    folder = write_small(tmp_path / "plan", edits)
    with pytest.raises(ConversionError, match=r"inputs/nations\.csv:2 would not read the same"):
        convert(folder, tmp_path / "plan.xlsx")
    lost = {"minimum": None}
    monkeypatch.setattr(
        "allocator.inputs.workbook.writer.as_cell",
        lambda column, value: lost.get(
            column.name, value if value is None else as_cell(column, value)
        ),
    )
    with pytest.raises(ConversionError, match=r"lines!A2"):
        convert(write_small(folder), tmp_path / "plan.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_nothing_is_written_over_unless_it_is_said(tmp_path: Path) -> None:
    folder, book = write_small(tmp_path / "plan"), tmp_path / "plan.xlsx"
    convert(folder, book)
    for source, target in ((folder, book), (book, folder)):
        with pytest.raises(FileExistsError, match="already"):
            convert(source, target)
    convert(folder, book, over=True)
    with pytest.raises(FileExistsError, match="is a file"):
        convert(book, tmp_path / "plan/inputs/nations.csv", over=True)


def test_a_folder_that_is_written_over_keeps_what_is_the_same(tmp_path: Path) -> None:
    """So comments and the layout of a model file stay until the model changes."""
    folder = write_small(tmp_path / "plan", {"models/README.md": "mine"})
    commented = "# why\n" + SMALL["models/small.yaml"]
    (folder / "models/small.yaml").write_text(commented)

    def edit(book: Any) -> None:
        book["availability"]["C4"] = 3

    convert(write_book(tmp_path / "plan.xlsx", edit), folder, over=True)
    assert (folder / "models/small.yaml").read_text() == commented
    changed = SMALL["inputs/availability.csv"].replace("medical,2", "medical,3")
    assert (folder / "inputs/availability.csv").read_text() == changed


def test_a_changed_model_goes_to_the_file_that_it_has(tmp_path: Path) -> None:
    folder = write_small(tmp_path / "plan", {"models/small.yaml": None})
    (folder / "models").mkdir()
    (folder / "models/first.yaml").write_text(SMALL["models/small.yaml"])
    book = write_book(tmp_path / "plan.xlsx", lambda b: b["models"].__setitem__("B2", "Small"))
    convert(book, folder, over=True)
    assert [path.name for path in (folder / "models").iterdir()] == ["first.yaml"]
    assert load(folder).models["small"].title == "Small"


def test_a_model_that_would_be_left_behind_is_named(tmp_path: Path) -> None:
    folder = write_small(tmp_path / "plan", {"models/other.yaml": "name: other\n"})
    with pytest.raises(FileExistsError, match=r"models/other\.yaml holds a model"):
        convert(write_book(tmp_path / "plan.xlsx"), folder, over=True)


def test_the_sheets_of_a_workbook(tmp_path: Path) -> None:
    """Each is a table with a header that stays, meanings and drop-downs."""
    book = openpyxl.load_workbook(write_book(tmp_path / "plan.xlsx"))
    assert book.sheetnames == ["about", *LAYOUTS]
    for name in LAYOUTS:
        sheet = book[name]
        assert sheet.freeze_panes is not None
        assert sheet.tables[name].ref.startswith("A1:")
        for cell in sheet[1]:
            field = LAYOUTS[name].field(cell.value)
            assert field.column.meaning in cell.comment.text


def test_a_drop_down_wherever_a_value_is_a_choice_or_a_reference(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_book(tmp_path / "plan.xlsx"))
    found = {
        (sheet, book[sheet].cell(1, min(rule.sqref.ranges, key=str).min_col).value): rule.formula1
        for sheet in LAYOUTS
        for rule in book[sheet].data_validations.dataValidation
    }
    there = {(sheet, cell.value) for sheet in LAYOUTS for cell in book[sheet][1]}
    wanted = {
        (sheet, field.header)
        for sheet, layout in LAYOUTS.items()
        for field in layout.fields
        if field.column.kind in ("choice", "yes_no") or field.column.refers_to
    }
    assert set(found) == wanted & there
    assert found["commitments", "rotating"] == '"yes,no"'
    assert found["availability", "nation"].startswith("'nations'!$A$2:")
    assert found["tasks", "lead_any_of"].startswith("'nations'!$A$2:")
    assert found["lines", "task"].startswith("'tasks'!$B$2:")
    assert found["worlds", "precondition"].startswith("'preconditions'!$A$2:")


def test_a_sheet_explains_every_column_of_every_sheet(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write_book(tmp_path / "plan.xlsx"))["about"]
    rows = {(row[0].value, row[1].value): row for row in sheet.iter_rows()}
    for name, layout in LAYOUTS.items():
        for field in layout.fields:
            assert rows[name, field.header][2].value == field.column.meaning
    links = {cell.value: cell.hyperlink.location for cell in sheet["A"] if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in LAYOUTS}


def _command(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["convert", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_the_command(tmp_path: Path) -> None:
    folder, book = str(write_small(tmp_path / "plan")), str(tmp_path / "plan.xlsx")
    code, out, err = _command(folder, book)
    assert (code, out) == (0, f"The workspace is in {book}.\n")
    assert f"Next: allocator check -w {book}" in err
    code, _, err = _command(folder, book)
    assert (code, "is there already" in err) == (2, True)
    assert _command(book, folder, "--over")[0] == 0


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ({"inputs/nations.csv": None}, "W105"),
        (
            {"inputs/nations.csv": ("France", "F" * 40_000)},
            "has 40,000 characters",
        ),
        ({"inputs/nations.csv": ("France", "_x005F_x0041_")}, "would not read the same"),
    ],
)
def test_the_command_says_what_is_wrong(edit: dict[str, Any], said: str, tmp_path: Path) -> None:
    """Inputs that cannot be converted are wrong inputs, and leave nothing behind."""
    folder = str(write_small(tmp_path / "plan", edit))
    code, _, err = _command(folder, str(tmp_path / "plan.xlsx"))
    assert (code, said in err) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]
