"""What may stand in a cell that we write, and text that can be nothing but text."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TypeAlias

from allocator.errors import InputsWrongError

LONGEST_TEXT = 32_767
"""UTF-16 units in a cell; spreadsheet programs cut off or refuse what is longer."""

LARGEST_EXACT = 10**15
"""Spreadsheets keep fifteen digits of a number; a whole number beyond is written as text."""

MARKED_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Text that starts so would be a formula if somebody edited its cell; it gets a quote prefix."""

_HALF = re.compile("[\ud800-\udfff]")


class UnfitError(InputsWrongError, ValueError):
    """A value that no cell can hold. The message names sheet and cell."""


class TooLongError(UnfitError):
    """A text that is longer than a cell may be."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of our own, never made from input text, and the value that it has now."""

    text: str
    value: str | int | float = 0


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to a cell of this workbook; there are no links to anywhere else."""

    text: str
    sheet: str
    cell: str = "A1"


Cell: TypeAlias = str | int | float | bool | Formula | Link | None
"""None and '' are a blank cell, True and False are 'yes' and 'no'."""


def plain(value: Cell) -> str | int | float | None:
    """What the cell shows: blank as None, whole numbers too large for a spreadsheet as text.

    Raises UnfitError for a number that is none and for half characters.
    """
    match value:
        case Formula():
            return value.value
        case Link():
            return plain(value.text)
        case bool():
            return "yes" if value else "no"
        case int():
            return value if abs(value) <= LARGEST_EXACT else str(value)
        case float():
            return _finite(value)
        case str():
            return _whole_characters(value) or None
    return None


def shortened(text: str, end: str) -> str:
    """The text, cut where it is too long for a cell; then it ends with `end`."""
    if units(text) <= LONGEST_TEXT:
        return text
    kept = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - units(end))]
    return kept.decode("utf-16-le", "ignore") + end


def units(text: str) -> int:
    """The length of a text as a spreadsheet counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise UnfitError(f"{value} is no number that a cell can hold")
    return value


def _whole_characters(text: str) -> str:
    if not text.isascii() and _HALF.search(text):
        raise UnfitError("the text holds half a character, which no file can hold")
    return text
