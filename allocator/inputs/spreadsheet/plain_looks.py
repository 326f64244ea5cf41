"""A workbook without its looks, for a library that reads no other: what it shows stays.

Values, formulas, formats of numbers, comments, tables and sizes stay. Fonts, fills, borders, views,
rules of formats, drop-downs and names of ranges go.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import ClassVar
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from allocator.inputs.spreadsheet.contents import read_contents
from allocator.inputs.spreadsheet.events import Allowance, Attributes, Handler, parse
from allocator.inputs.spreadsheet.package import Package

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PROPERTIES = "docProps/"
_OF_BOOK = (
    "fileVersion", "fileSharing", "definedNames", "workbookPr", "workbookProtection", "bookViews",
    "calcPr", "customWorkbookViews", "extLst",
)  # fmt: skip
_OF_SHEETS = ("sheetViews", "conditionalFormatting", "dataValidations", "extLst")


def without_looks(package: Package) -> bytes:
    """Return the workbook's bytes. Raises what reading its contents and styles raises."""
    allowance = Allowance()
    contents = read_contents(package, allowance)
    sheets = {package.name_of(sheet.part) for sheet in contents.sheets}
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=1) as target:
        for info in package.parts.values():
            name = info.filename
            data = package.archive.read(info)
            if name == package.name_of(contents.formats):
                data = _styles(package, contents.formats, allowance)
            elif name == package.name_of(contents.book):
                data = _without(_OF_BOOK, data)
                if contents.from_1904:
                    data = _sheets_after(b'<workbookPr date1904="1"/>', data)
            elif name in sheets:
                data = _without(_OF_SHEETS, data)
            if not name.startswith(_PROPERTIES):
                target.writestr(name, data)
    return made.getvalue()


def _without(elements: tuple[str, ...], data: bytes) -> bytes:
    """The XML without these elements and all that is in them; in one pass, whatever it holds."""
    # The prefix of a name space may stand before the name.
    begins = rb"<((?:\w+:)?(?:%b))(?=[\s/>])[^<>]*>" % "|".join(elements).encode()
    kept, at = [], 0
    for found in re.finditer(begins, data):
        end = found.end()
        if found.start() < at:
            continue
        if not found[0].endswith(b"/>"):
            close = b"</%b>" % found[1]
            end = data.find(close, end) + len(close)
            if end < len(close):
                break
        kept.append(data[at : found.start()])
        at = end
    return b"".join((*kept, data[at:]))


def _sheets_after(element: bytes, data: bytes) -> bytes:
    return re.sub(rb"<(?:\w+:)?sheets\b", lambda found: element + found[0], data, count=1)


def _styles(package: Package, part: str, allowance: Allowance) -> bytes:
    """Styles of the same numbers that have formats of numbers alone."""
    found = _Formats()
    with package.open(part) as source:
        parse(source, part, found, allowance)
    formats = "".join(
        f"<numFmt numFmtId={quoteattr(number)} formatCode={quoteattr(code)}/>"
        for number, code in found.codes.items()
    )
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    styles = "".join(
        f'{plain.replace("0", number, 1)} xfId="0" applyNumberFormat="1"{quoted}/>'
        for number, quoted in found.styles
    )
    text = (
        f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts>'
        "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills>"
        f"<borders><border/></borders><cellStyleXfs>{plain}/></cellStyleXfs>"
        f"<cellXfs>{styles or plain + '/>'}</cellXfs>"
        f"<dxfs>{'<dxf/>' * found.rules}</dxfs></styleSheet>"
    )
    return text.encode()


class _Formats(Handler):
    begins: ClassVar = {"numFmt": "number_format", "xf": "style", "dxf": "rule"}

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[str, str] = {}
        self.styles: list[tuple[str, str]] = []
        self.rules = 0

    def number_format(self, attributes: Attributes) -> None:
        number = attributes.get("numFmtId", "")
        if self.within("numFmts") and number.isdecimal():
            self.codes[number] = attributes.get("formatCode", "")

    def style(self, attributes: Attributes) -> None:
        if self.within("cellXfs"):
            number = attributes.get("numFmtId", "0")
            quoted = attributes.get("quotePrefix") in ("1", "true")
            mark = ' quotePrefix="1"' if quoted else ""
            self.styles.append((number if number.isdecimal() else "0", mark))

    def rule(self, attributes: Attributes) -> None:
        """Tables name them by number."""
        self.rules += self.within("dxfs")
