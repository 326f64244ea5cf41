"""Which number formats show dates: all that the looks of a cell have to do with its value."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format

from allocator.inputs.spreadsheet.events import Allowance, Attributes, Handler, parse
from allocator.inputs.spreadsheet.package import Package

_EAST_ASIAN_DATES = frozenset({*range(27, 37), *range(50, 59)})
_LONGEST_CODE = 255


def date_styles(
    package: Package, part: str, allowance: Allowance
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the styles of cells that show dates, and those that show durations.

    package: the parts of the workbook's file. part: the name of the part. allowance: how much may
    be unpacked yet.
    """
    formats = _Formats()
    if part:
        with package.open(part) as source:
            parse(source, part, formats, allowance)
    return formats.that_show(is_date_format), formats.that_show(is_timedelta_format)


class _Formats(Handler):
    begins: ClassVar = {"numFmt": "number_format", "xf": "style"}

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[str, str] = {}
        self.styles: list[str] = []

    def number_format(self, attributes: Attributes) -> None:
        if self.within("numFmts"):
            code = attributes.get("formatCode", "")[:_LONGEST_CODE]
            self.codes[attributes.get("numFmtId", "")] = code

    def style(self, attributes: Attributes) -> None:
        if self.within("cellXfs"):
            self.styles.append(attributes.get("numFmtId", "0"))

    def that_show(self, what: Callable[[str], bool]) -> frozenset[int]:
        """The styles whose format shows such a value."""
        shown = {number for number in {*self.styles} if what(self._code(number))}
        return frozenset(i for i, number in enumerate(self.styles) if number in shown)

    def _code(self, number: str) -> str:
        if number in self.codes:
            return self.codes[number]
        known = int(number) if number.isdecimal() and len(number) < 9 else 0
        return "d" if known in _EAST_ASIAN_DATES else builtin_format_code(known) or ""
