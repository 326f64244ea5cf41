"""What a workbook says of itself: its sheets, where texts and formats stand, how dates count.

Only what the values of cells depend on is looked at. Fonts, fills, borders, themes, views, names,
drawings, rules and whatever else there is may be as odd as they like.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from allocator.inputs.spreadsheet.events import Allowance, Attributes, Handler, parse
from allocator.inputs.spreadsheet.package import MOST_PARTS, Package, WorkbookFileError

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


class Sheet(NamedTuple):
    """A sheet, and the part that holds its cells."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Contents:
    """Sheets in their order; the parts that list them, that hold shared texts and formats; '' where
    there are none."""

    sheets: tuple[Sheet, ...]
    book: str
    texts: str
    formats: str
    from_1904: bool


def read_contents(package: Package, allowance: Allowance) -> Contents:
    """Raises ValueError, expat.ExpatError or WorkbookFileError where that cannot be read."""
    root = _relations(package, allowance, "")
    book = next(_targets(root, "/officeDocument"), "xl/workbook.xml")
    found = _Book()
    with package.open(book) as source:
        parse(source, book, found, allowance)
    related = _relations(package, allowance, book)
    return Contents(
        tuple(_sheets(found.sheets, related)),
        book,
        next(_targets(related, "/sharedStrings"), ""),
        next(_targets(related, "/styles"), ""),
        found.from_1904,
    )


def _sheets(listed: list[Attributes], related: dict[str, _Relation]) -> Iterator[Sheet]:
    for sheet in listed:
        relation = related.get(sheet.get(f"{_OFFICE}}}id", ""))
        if relation is None:
            raise ValueError(f"the sheet {sheet.get('name')} has no part")
        if relation.kind.endswith("/worksheet"):
            yield Sheet(sheet["name"], relation.target, sheet.get("state", "visible") != "visible")


class _Relation(NamedTuple):
    kind: str
    target: str


def _targets(relations: dict[str, _Relation], kind: str) -> Iterator[str]:
    return (relation.target for relation in relations.values() if relation.kind.endswith(kind))


def _relations(package: Package, allowance: Allowance, part: str) -> dict[str, _Relation]:
    """What a part refers to, by id; links to the outside are left out, and never followed."""
    folder, name = posixpath.split(part)
    listing, found = posixpath.join(folder, "_rels", f"{name}.rels"), _RelationList()
    if listing in package:
        with package.open(listing) as source:
            parse(source, listing, found, allowance)
    return {
        one.get("Id", ""): _Relation(
            one.get("Type", ""), posixpath.join(folder, one.get("Target", "").replace("\\", "/"))
        )
        for one in found.entries
        if one.get("TargetMode", "Internal").lower() != "external"
    }


class _RelationList(Handler):
    namespace = _RELATIONS
    begins: ClassVar = {"Relationship": "relation"}

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Attributes] = []

    def relation(self, attributes: Attributes) -> None:
        self.entries.append(attributes)
        _refuse_many(self.entries)


class _Book(Handler):
    begins: ClassVar = {"sheet": "sheet", "workbookPr": "properties"}

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Attributes] = []
        self.from_1904 = False

    def sheet(self, attributes: Attributes) -> None:
        if self.within("sheets"):
            self.sheets.append(attributes)
            _refuse_many(self.sheets)

    def properties(self, attributes: Attributes) -> None:
        self.from_1904 = attributes.get("date1904", "0").lower() in ("1", "true", "on")


def _refuse_many(listed: list[Attributes]) -> None:
    if len(listed) > MOST_PARTS:
        raise WorkbookFileError("large", f"over {MOST_PARTS:,} sheets or relations")
