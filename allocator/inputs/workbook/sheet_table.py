"""One sheet as a table: its header, its rows with their cells, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from allocator.inputs.files.columns import check_columns, refuse_title, twice
from allocator.inputs.files.raw import UNREAD, RawRow, RawTable, Unread
from allocator.inputs.issues import Issue, Place, RefusedError
from allocator.inputs.messages import issue
from allocator.inputs.schema.base import is_blank, is_own
from allocator.inputs.schema.columns import Column
from allocator.inputs.show import printable, quoted
from allocator.inputs.spreadsheet.letters import letter_of
from allocator.inputs.spreadsheet.odd import OddCell
from allocator.inputs.spreadsheet.reading import Read, SheetCells
from allocator.inputs.workbook.layout import Layout, own_field

_MERGED_LOOKED_AT = 100
_FIRST = re.compile(r"[0-9]{4}-[0-9]{2}-01")
_ODD = {"date": "W215", "error": "W216", "uncomputed": "W217"}


def read_table(layout: Layout, sheet: str, cells: SheetCells) -> tuple[RawTable, list[Issue]]:
    """Return the table of the sheet: its first row that is not blank is the header.

    Raises RefusedError for a sheet without anything on it.

    layout: the columns that the sheet may have. cells: what stands on it.
    """
    filled = (line for line, row in cells.rows.items() if not all(map(is_blank, row.values())))
    top = next(filled, None)
    if top is None:
        raise RefusedError(issue("W111", Place(sheet), columns=", ".join(layout.headers)))
    reader = _Reader(layout, sheet, cells, top)
    reader.refuse_title()
    reader.check_header()
    reader.check_merged()
    reader.check_hidden()
    rows = tuple(reader.rows())
    return reader.table(rows), reader.issues


def spans(numbers: Sequence[int]) -> str:
    """Ascending numbers as people write them: `3, 7-9`."""
    starts = [n for i, n in enumerate(numbers) if i == 0 or numbers[i - 1] != n - 1]
    ends = [n for i, n in enumerate(numbers) if i + 1 == len(numbers) or numbers[i + 1] != n + 1]
    pairs = zip(starts, ends, strict=True)
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in pairs)


@dataclass
class _Reader:
    layout: Layout
    sheet: str
    cells: SheetCells
    top: int
    issues: list[Issue] = field(default_factory=list)
    header: dict[int, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, value in sorted(self.cells.rows[self.top].items()):
            text = _text(value)
            if text:
                self.header[number] = text
                self.letters.setdefault("", letter_of(number))
                self.letters.setdefault(text, letter_of(number))

    def refuse_title(self) -> None:
        """A sheet may have a title that people read, but not above the header."""
        later = (
            (line, [_text(value) for value in row.values()])
            for line, row in self.cells.rows.items()
            if line > self.top
        )
        place = Place(self.sheet, self.top, "", self.letters.get("", "A"))
        refuse_title(self.layout.headers, [*self.header.values()], later, place)

    def check_header(self) -> None:
        layout, names = self.layout, list(self.header.values())

        def at(column: str) -> Place:
            return self._place(self.top, column)

        self.issues += check_columns(layout.name, layout.headers, layout.required, names, at)

    def check_merged(self) -> None:
        """A merged range gives its value to its first cell only; the others look filled."""
        read = [number for number, name in self.header.items() if not is_own(name)]
        for left, first, right, last in self.cells.merged:
            if last >= self.top and any(left <= number <= right for number in read):
                corners = f"{letter_of(left)}{first}:{letter_of(right)}{last}"
                place = Place(self.sheet, first, "", letter_of(left))
                self.issues.append(issue("W126", place, corners))

    def check_hidden(self) -> None:
        """What nobody sees counts all the same: a filter hides rows and takes none away."""
        for number, name in self.header.items():
            if self.cells.hides_column(number) and not is_own(name):
                place = Place(self.sheet, self.top, "", letter_of(number))
                self.issues.append(issue("W526", place, quoted(name)))
        hidden = sorted(line for line in self.cells.hidden_rows if line >= self.top)
        if hidden:
            place = Place(self.sheet, hidden[0], "", self.letters.get("", "A"))
            self.issues.append(issue("W525", place, printable(spans(hidden))))

    def _covered(self, line: int) -> Iterator[int]:
        """The columns whose cell in this row is covered by a merged one, of the first merged."""
        for left, first, right, last in self.cells.merged[:_MERGED_LOOKED_AT]:
            if first <= line <= last:
                below = (n for n in self.header if left <= n <= right)
                yield from (n for n in below if (line, n) != (first, left))

    def rows(self) -> Iterator[RawRow]:
        """The rows below the header that are not blank."""
        known = {field.header: field.column for field in self.layout.fields}
        known |= {name: own_field(name).column for name in self.header.values() if is_own(name)}
        fields = {number: known[name] for number, name in self.header.items() if name in known}
        named, unsure = set(self.header), {*twice(list(self.header.values()))} & known.keys()
        for line, cells in self.cells.rows.items():
            if line <= self.top:
                continue
            if not cells.keys() <= named:
                self._refuse_unnamed(line, cells, named)
            values = {
                self.header[number]: self._value(line, self.header[number], column, cells[number])
                for number, column in fields.items()
                if number in cells and not is_blank(cells[number])
            }
            covered = {
                self.header[n]: UNREAD
                for n in self._covered(line)
                if n in fields and not is_own(self.header[n])
            }
            if not all(map(is_own, values)):
                values |= {name: UNREAD for name in covered if name not in values}
                values |= dict.fromkeys(unsure, UNREAD)
                yield RawRow(line, values)

    def _refuse_unnamed(self, line: int, cells: Mapping[int, Read], named: set[int]) -> None:
        """Says of a column without a header, once, that something stands in it."""
        for number, value in cells.items():
            if number not in named and not is_blank(value):
                place = Place(self.sheet, line, "", letter_of(number))
                shown = value.shown if isinstance(value, OddCell) else value
                self.issues.append(issue("W127", place, quoted(shown), header=self.top))
                named.add(number)

    def _value(self, line: int, header: str, column: Column, value: Read) -> Read | Unread:
        if not isinstance(value, OddCell):
            return value
        if is_own(header):
            return value.shown
        place = self._place(line, header)
        if value.kind == "date" and column.kind == "date":
            return value.shown
        if value.kind == "date" and column.kind == "text":
            self.issues.append(issue("W524", place, quoted(value.shown)))
            return value.shown
        # Spreadsheet programs make the first day of 2026-01 when somebody types it. Where spans
        # of periods are expected it may have been 1-4: only a planner knows.
        if (
            value.kind == "date"
            and column.kind in ("month", "start")
            and _FIRST.fullmatch(value.shown)
        ):
            return value.shown.removesuffix("-01")
        expected = f"{header} ({column.meaning.rstrip('.')})"
        self.issues.append(issue(_ODD[value.kind], place, quoted(value.shown), expected))
        return UNREAD

    def _place(self, line: int, header: str) -> Place:
        return Place(self.sheet, line, header, self.letters.get(header, self.letters.get("", "")))

    def table(self, rows: tuple[RawRow, ...]) -> RawTable:
        columns = tuple(self.header.values())
        return RawTable(self.layout.name, self.sheet, columns, rows, self.letters)


def _text(value: Read) -> str:
    return (value.shown if isinstance(value, OddCell) else str(value)).strip()
