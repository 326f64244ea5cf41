"""What stands in a cell, from how the file writes it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601
from openpyxl.utils.escape import unescape

from allocator.inputs.spreadsheet.cells import LARGEST_EXACT
from allocator.inputs.spreadsheet.odd import OddCell

Read: TypeAlias = str | int | float | bool | OddCell
"""A cell that is not blank."""

_LONGEST_NUMBER = 400
_LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Values:
    """Makes values of what cells hold. `dates` and `durations` are the styles that show those."""

    texts: Sequence[str] = ()
    dates: frozenset[int] = frozenset()
    durations: frozenset[int] = frozenset()
    from_1904: bool = False

    def read(self, kind: str, style: str, text: str) -> Read:
        """Return the value of a cell of this type (`t` in the file) that is not blank.

        Raises ValueError for what no spreadsheet program writes.

        kind: the cell's type, as the file says. style: the number of its style. text: what the file
        holds.
        """
        match kind:
            case "s":
                return self._shared(int(text))
            case "b":
                return bool(int(text))
            case "e":
                return OddCell("error", text)
            case "d":
                return OddCell("date", _shown(from_ISO8601(text)))
            case "n":
                return self._number(int(style), text)
        return unescaped(text)

    def _shared(self, number: int) -> str:
        if not 0 <= number < len(self.texts):
            raise ValueError(f"a cell holds text {number} of {len(self.texts)}")
        return self.texts[number]

    def _number(self, style: int, text: str) -> Read:
        number = _cast(text)
        if number is None:
            return OddCell("error", text[:_LONGEST_SHOWN])
        if style in self.dates or style in self.durations:
            return self._date(number, style in self.durations)
        whole = isinstance(number, float) and number.is_integer() and abs(number) <= LARGEST_EXACT
        return int(number) if whole else number

    def _date(self, number: float, is_duration: bool) -> OddCell:
        epoch = MAC_EPOCH if self.from_1904 else WINDOWS_EPOCH
        try:
            return OddCell("date", _shown(from_excel(number, epoch, is_duration)))
        except (OverflowError, ValueError):
            return OddCell("error", "#VALUE!")


def _cast(text: str) -> int | float | None:
    """The number; None for what is none, or none that a spreadsheet can hold."""
    if len(text) > _LONGEST_NUMBER:
        return None
    try:
        number = float(text)
        if not math.isfinite(number):
            return None
        return number if any(sign in text for sign in ".eE") else int(text)
    except ValueError:
        return None


def _shown(value: date | time | timedelta) -> str:
    """A date as 2026-04-01, with the time where there is one."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)


def unescaped(text: str) -> str:
    """The text, with what stands in it as `_x000D_`; halves of a character are put together."""
    if "_x" not in text:
        return text
    halves: str = unescape(text)
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
