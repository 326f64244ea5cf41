"""Every fault of a workbook has its own message, at its sheet and cell."""

from __future__ import annotations

import resource
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cases_of_workbooks import COMPANIONS, WORKBOOKS, WorkbookCase, put
from test_messages import _assert_complete
from workbook_files import BookEdit, part_of, small_workbook, with_parts, write_book

import allocator
from allocator.inputs.inspection import inspect
from allocator.inputs.issues import Issue, WorkspaceError
from allocator.inputs.messages import MESSAGES


def _found(path: Path, data: bytes) -> tuple[Any, tuple[Issue, ...]]:
    path.write_bytes(data)
    return inspect(path)


def _label(case: WorkbookCase) -> str:
    return f"{case[0]}-{case[2]}"


def test_the_small_workbook_has_no_issue(tmp_path: Path) -> None:
    path = write_book(tmp_path / "plan.xlsx")
    workspace, issues = inspect(path)
    assert issues == ()
    assert workspace is not None
    assert {*workspace.files} == {"plan.xlsx"}
    assert workspace.path == str(path)


@pytest.mark.parametrize("case", WORKBOOKS, ids=_label)
def test_one_fault_gives_its_own_message_at_its_cell(case: WorkbookCase, tmp_path: Path) -> None:
    code, edit, place = case
    workspace, issues = inspect(write_book(tmp_path / "plan.xlsx", edit))
    assert (code, place) in {(issue.code, str(issue.place)) for issue in issues}
    assert {issue.code for issue in issues} - COMPANIONS.get(code, set()) == {code}
    assert (workspace is None) == any(MESSAGES[issue.code].severity == "error" for issue in issues)
    for issue in issues:
        _assert_complete(issue)


@pytest.mark.parametrize(
    ("code", "found", "data"),
    [
        ("W102", "no workbook", lambda: b"nation,name\nFRA,France\n"),
        ("W102", "no workbook", lambda: b""),
        ("W102", "an archive without a workbook", lambda: _zipped({"readme.txt": b"x"})),
        ("W102", "binary", lambda: _zipped({"[Content_Types].xml": b"", "xl/workbook.bin": b""})),
        (
            "W102",
            "OpenDocument",
            lambda: _zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        ),
        ("W102", "Strict", lambda: with_parts({"xl/workbook.xml": _strict})),
        ("W102", "old Excel", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)),
        ("W122", "password", lambda: _encrypted()),
        ("W122", "password", lambda: _with_encrypted_parts()),
        ("W123", "", lambda: small_workbook()[:3000]),
        ("W123", "", lambda: _with_a_byte_changed()),
        ("W123", "sheet nations", lambda: with_parts({part_of("nations"): lambda x: x[:-40]})),
        ("W123", "sheet nations", lambda: with_parts({part_of("nations"): _with_entities})),
        ("W123", "", lambda: with_parts({"xl/sharedStrings.xml": _with_entities})),
        ("W123", "", lambda: with_parts({"xl/sharedStrings.xml": lambda x: None})),
        ("W123", "", lambda: with_parts({"xl/workbook.xml": lambda x: b"<x/>"})),
        ("W123", "twice", lambda: with_parts({part_of("nations"): _with_a_row_twice})),
        ("W124", "sheet2.xml with 400,", lambda: _bomb()),
        ("W124", "parts", lambda: _zipped({f"{n}": b"" for n in range(10_001)})),
    ],
)
def test_files_that_are_no_workbook(
    code: str, found: str, data: Callable[[], bytes], tmp_path: Path
) -> None:
    workspace, issues = _found(tmp_path / "plan.xlsx", data())
    assert workspace is None
    (issue,) = issues
    assert issue.code == code
    assert found in issue.found
    _assert_complete(issue)


def _zipped(parts: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def _strict(part: bytes) -> bytes:
    """As Excel's 'Strict Open XML Spreadsheet' starts."""
    usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return part.replace(usual, b"http://purl.oclc.org/ooxml/spreadsheetml/main")


def _encrypted() -> bytes:
    """As a workbook with a password starts: an OLE container with such a stream."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
    return ole + "EncryptedPackage".encode("utf-16-le") + bytes(1000)


def _with_encrypted_parts() -> bytes:
    """The flag of an encrypted part, in each local header and in the directory."""
    data = bytearray(small_workbook())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def _with_a_byte_changed() -> bytes:
    data = bytearray(small_workbook())
    with zipfile.ZipFile(BytesIO(small_workbook())) as archive:
        part = archive.getinfo("xl/workbook.xml")
    data[part.header_offset + 30 + len(part.filename) + part.compress_size // 2] ^= 0xFF
    return bytes(data)


def _with_entities(part: bytes) -> bytes:
    """A definition that an XML parser would expand a thousand million times."""
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]>'.encode()
    head, _, rest = part.partition(b"?>")
    return head + b"?>" + doctype + rest


def _with_a_row_twice(part: bytes) -> bytes:
    start, end = part.index(b'<row r="2"'), part.index(b'<row r="3"')
    return part[:end] + part[start:end] + part[end:]


def _bomb() -> bytes:
    """A sheet that says it unpacks to more than any workspace needs; it is never unpacked."""
    data = bytearray(small_workbook())
    name = part_of("nations").encode()
    at = data.index(name, data.index(b"PK\x01\x02"))
    data[at - 22 : at - 18] = struct.pack("<I", 400_000_001)
    return bytes(data)


def test_a_real_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """Four hundred megabytes of spaces in a small file: refused by its size, in little memory."""

    class Zeros(BytesIO):
        left = 401_000_000

        def read(self, size: int | None = -1) -> bytes:
            taken = min(self.left, size or 0)
            self.left -= taken
            return b" " * taken

    path = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            source = Zeros()
            while block := source.read(1 << 20):
                part.write(block)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _, (issue,) = inspect(path)
    assert issue.code == "W124"
    assert "401,0" in issue.found
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


def test_a_million_empty_formatted_rows(tmp_path: Path) -> None:
    """They are passed over, and what stands below them is still read."""

    def fill(part: bytes) -> bytes:
        rows = "".join(
            f'<row r="{n}" s="1" customFormat="1"/>' for n in range(10, 1_048_576)
        ).encode()
        return part.replace(b"</sheetData>", rows + b"</sheetData>")

    path = tmp_path / "plan.xlsx"
    path.write_bytes(with_parts({part_of("availability"): fill}))
    assert inspect(path)[1] == ()
    last = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>FRB</t></is></c></row>'
    with_last = {
        part_of("availability"): lambda x: x.replace(b"</sheetData>", last + b"</sheetData>")
    }
    path.write_bytes(with_parts(with_last))
    assert "availability!A1048576 nation" in {str(issue.place) for issue in inspect(path)[1]}


def test_formatted_cells_without_a_value_cost_nothing_and_say_nothing(tmp_path: Path) -> None:
    cells = b"".join(b'<c r="%c7" s="1"/>' % letter for letter in b"ABCDEFGHIJKL")
    row = b'<row r="7">' + cells + b'<c s="1"/><c r="XFD7" s="1"><v></v></c></row>'
    edits = {part_of("availability"): lambda x: x.replace(b"</sheetData>", row + b"</sheetData>")}
    assert _found(tmp_path / "plan.xlsx", with_parts(edits))[1] == ()


def test_a_formula_is_the_value_that_was_kept_with_it(tmp_path: Path) -> None:
    def compute(part: bytes) -> bytes:
        start = part.index(b'<c r="C2"')
        end = part.index(b"</c>", start) + 4
        return part[:start] + b'<c r="C2"><f>3*2</f><v>6</v></c>' + part[end:]

    def say_nothing(part: bytes) -> bytes:
        text = b'<c r="D2" t="str"><f>IF(1,"","x")</f><v></v></c>'
        start = part.index(b'<c r="D2"')
        return part[:start] + text + part[part.index(b"/>", start) + 2 :]

    both = {part_of("availability"): lambda part: say_nothing(compute(part))}
    workspace, issues = _found(tmp_path / "plan.xlsx", with_parts(both))
    assert issues == ()
    assert (workspace.availability[0].quantity, workspace.availability[0].periods.text) == (6, "")


@pytest.mark.parametrize("formula", ['=WEBSERVICE("http://localhost:9/x")', "='[1]Sheet1'!A1"])
def test_nothing_is_run_or_followed(
    formula: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Formulas, links, queries: no socket is opened, no process started, no other file read."""
    path = write_book(tmp_path / "plan.xlsx", _with_a_sheet_of(formula))
    path.write_bytes(_with_an_external_link(path.read_bytes()))

    def refuse(*args: Any, **options: Any) -> None:
        raise AssertionError("followed")

    monkeypatch.setattr("socket.socket", refuse)
    monkeypatch.setattr("subprocess.Popen", refuse)
    assert inspect(path)[1] == ()


def _with_a_sheet_of(formula: str) -> BookEdit:
    def edit(book: Any) -> None:
        sheet = book.create_sheet("_own")
        sheet["A1"], sheet["A2"] = formula, "=cmd|'/c calc'!A1"

    return edit


def _with_an_external_link(data: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/_rels/workbook.xml.rels":
                link = (
                    b'<Relationship Id="rIdX" Target="file:///etc/passwd" TargetMode="External" '
                    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                    b'externalLink"/></Relationships>'
                )
                part = part.replace(b"</Relationships>", link)
            target.writestr(name, part)
    return made.getvalue()


def test_macros_are_said_to_be_there_and_left_alone(tmp_path: Path) -> None:
    data = with_parts({"xl/vbaProject.bin": lambda x: b"macros"})
    workspace, issues = _found(tmp_path / "plan.xlsm", data)
    assert workspace is not None
    assert [issue.code for issue in issues] == ["W523"]
    _assert_complete(issues[0])


@pytest.mark.parametrize("ending", [".xlsb", ".xls", ".ods"])
def test_other_kinds_by_their_ending(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"plan{ending}"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert [issue.code for issue in inspect(path)[1]] == ["W102"]


def test_what_a_planners_workbook_may_well_have(tmp_path: Path) -> None:
    """Blank rows, figures as text, other orders and cases, sheets of notes, spaces in headers."""

    def edit(book: Any) -> None:
        book["availability"].insert_rows(1, 2)
        book["availability"].insert_rows(5)
        book["availability"]["C4"] = " 6 "
        book["availability"]["D7"] = 2
        book["caveats"].title = "x"
        book["x"].title = "Caveats"
        book["nations"]["B1"] = " name "
        book["tasks"].move_range("C1:C9", cols=20)
        book.move_sheet("lines", -9)
        book.create_sheet("_sums")["A1"] = "=1"
        book["models"]["C2"] = "no"
        book["lines"]["E2"] = "mech:1"

    workspace, issues = inspect(write_book(tmp_path / "plan.xlsx", edit))
    assert issues == ()
    assert workspace is not None
    row = workspace.availability[0]
    assert (row.quantity, workspace.availability[2].periods.text) == (6, "2")
    assert str(workspace.place(row)) == "availability!A4"
    assert str(workspace.place(workspace.caveats[0], "requires")) == "Caveats!G2 requires"


def test_models_may_be_without_a_sheet_of_their_own(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book.remove(book["models"])
        book["availability"]["D3"] = None
        book["tasks"].delete_cols(8)  # periods
        book["tasks"]["A3"], book["tasks"]["B3"] = "other", "east"
        book["lines"]["A4"], book["lines"]["B4"] = "other", "east"
        book["lines"]["D4"], book["lines"]["F4"] = "mech", 1

    workspace, issues = inspect(write_book(tmp_path / "plan.xlsx", edit))
    assert issues == ()
    assert workspace is not None
    assert {*workspace.models} == {"small", "other"}
    assert [line.id for line in workspace.models["other"].tasks[0].lines] == ["mech"]
    assert str(workspace.place(workspace.models["other"])) == "tasks!A3"


def test_no_objective_at_all_is_not_the_default_order(tmp_path: Path) -> None:
    workspace, _ = inspect(write_book(tmp_path / "plan.xlsx", put("models", F2="none")))
    assert workspace is not None
    assert workspace.models["small"].objectives == ()


def test_lines_are_not_blamed_for_their_tasks_model(tmp_path: Path) -> None:
    _, issues = inspect(write_book(tmp_path / "plan.xlsx", put("tasks", A2="smal")))
    assert [(issue.code, str(issue.place)) for issue in issues] == [("W401", "tasks!A2 model")]
    assert "did you mean 'small'" in issues[0].hint


def test_every_place_of_a_model_is_a_cell(tmp_path: Path) -> None:
    workspace, _ = inspect(write_book(tmp_path / "plan.xlsx"))
    assert workspace is not None
    model = workspace.models["small"]
    task = model.tasks[0]
    places = {
        workspace.place(model, "title"): "models!B2 title",
        workspace.place(model.horizon, "months_per_period"): "models!E2 months_per_period",
        workspace.place(task, "area"): "tasks!E2 area",
        workspace.place(task.lead, "provides"): "tasks!N2 lead_provides",
        workspace.place(task.lines[1], "one_per"): "lines!H3 one_per",
        workspace.place(task.lines[1]): "lines!A3",
    }
    assert [str(place) for place in places] == [*places.values()]
    assert workspace.place(task, "area").cell == "E2"


def test_loading_raises_with_the_cells(tmp_path: Path) -> None:
    path = write_book(tmp_path / "plan.xlsx", put("availability", C2="six"))
    with pytest.raises(WorkspaceError, match="availability!C2 quantity"):
        allocator.load(path)
    record = inspect(path)[1][0].as_dict()
    assert (record["file"], record["row"], record["cell"]) == ("availability", 2, "C2")


def test_reading_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    path = write_book(tmp_path / "plan.xlsx")
    before = path.read_bytes()
    inspect(path)
    assert path.read_bytes() == before
    assert openpyxl.load_workbook(path).sheetnames[0] == "about"
