"""The kinds of cell: ids, whole numbers, shares, conditions, cells with several values.

Cells are text in a file; other callers may pass numbers and values that are parsed already.
Whatever does not fit raises a `misfit` that says what was expected; `kind` is stable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, PlainValidator
from pydantic_core import PydanticCustomError

from allocator.inputs.conditions import KEYWORDS, ConditionError, parse
from allocator.inputs.conditions import Condition as ParsedCondition
from allocator.inputs.schema.calendar import Month as ParsedMonth
from allocator.inputs.schema.periods import Periods as ParsedPeriods
from allocator.inputs.schema.periods import PeriodsError

LARGEST = 10_000_000
LONGEST_HORIZON = 1200

LONGEST_ID = 100
LONGEST_NAME = 100
"""Bytes: a run's folder is called by model, world and time, and a name on a disk has 255."""

LONGEST_TEXT = 10_000
LONGEST_CELL = 30_000
"""Of entries or a condition; a spreadsheet's cell holds 32,767, and reports space them out."""

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NAME = re.compile(r"[^\W_][^\x00-\x1f\x7f/\\:*?\"<>|;]*")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_DIGITS = re.compile(r"-?[0-9]{1,30}")
_DECIMAL = re.compile(r"(?:[0-9]{1,30}\.?[0-9]{0,30}|\.[0-9]{1,30})(?:[eE][-+]?[0-9]{1,3})?")


def misfit(kind: str, expected: str, **details: Any) -> PydanticCustomError:
    """The error for a value that does not fit: what kind of misfit, and what was expected."""
    return PydanticCustomError(kind, "expected {expected}", {"expected": expected, **details})


def _plain(value: object) -> str:
    """The text of a cell; a number or a yes/no is shown as it would be written."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise misfit("text", "text")
    return str(value)


def _text(value: object) -> str:
    text = _plain(value).strip()
    if _UNWRITABLE.search(text):
        raise misfit("text", "text without NUL or half characters")
    return text


def refuse_longer(length: int, longest: int, unit: str = "characters") -> None:
    """Raise a misfit for more than every format can keep.

    length: how long it is. longest: how long it may be. unit: what is counted.
    """
    if length > longest:
        raise misfit("length", f"at most {longest:,}", problem=f"{length:,} {unit}")


def _limited(value: object) -> str:
    text = _text(value)
    refuse_longer(len(text.encode("utf-16-le")) // 2, LONGEST_TEXT)  # As spreadsheets count.
    return text


def _term(value: object) -> str:
    text = _limited(value)
    if ";" in text:
        raise misfit("text", "one word, without ';'")
    return text


def _unit(value: object) -> str:
    text = _limited(value)
    words = [word.strip() for word in text.split(";")]
    if len(words) > 2 or not all(words):
        raise misfit("text", "one word, or it and its plural with ';' between")
    return ";".join(words)


@dataclass(frozen=True, slots=True)
class Suggested:
    """To put on a `Term`: the words that are usual for it."""

    words: tuple[str, ...]


def _id(value: object) -> str:
    return _id_of(_plain(value))


# Large tables name the same few hundred ids, and the same windows, in row after row.
@lru_cache(maxsize=10_000)
def _id_of(text: str) -> str:
    text = _text(text)
    if not _ID.fullmatch(text):
        raise misfit("id", "letters, digits and '_', with a letter first")
    if text.lower() in KEYWORDS:
        raise misfit("reserved", "an id that is no word of the condition language")
    refuse_longer(len(text), LONGEST_ID)
    return text


def _name(value: object) -> str:
    text = _text(value)
    if not _NAME.fullmatch(text):
        raise misfit("name", "a name that can stand on the command line and in a file's name")
    refuse_longer(len(text.encode()), LONGEST_NAME, "bytes")
    return text


def _whole(low: int, high: int = LARGEST) -> PlainValidator:
    expected = f"a whole number from {low} to {high}, digits only"

    def check(value: object) -> int:
        number = _number(value, expected)
        if not low <= number <= high:
            raise misfit("bounds", expected)
        return number

    return PlainValidator(check)


REST = "rest"
"""The word for what is left of a nation's units, where a quantity may be one."""


def _quantity(value: object) -> int | Literal["rest"]:
    if isinstance(value, str) and value.strip() == REST:
        return "rest"
    expected = f"a whole number from 0 to {LARGEST}, digits only, or the word '{REST}'"
    number = _number(value, expected)
    if not 0 <= number <= LARGEST:
        raise misfit("bounds", expected)
    return number


def _number(value: object, expected: str) -> int:
    """Digits are a whole number, and so is a spreadsheet's 3.0 that comes as a number."""
    if isinstance(value, str) and _DIGITS.fullmatch(value.strip()):
        return int(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and value == value and abs(value) < 1e15 and value == int(value):  # type: ignore
        return int(value)  # type: ignore[call-overload, no-any-return]
    raise misfit("whole", expected)


def _share(value: object) -> float:
    expected = "a number from 0 to 1, with a point"
    if isinstance(value, str):
        if not _DECIMAL.fullmatch(value.strip()):
            raise misfit("share", expected)
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise misfit("share", expected)
    return float(value)


def _yes_no(value: object) -> bool:
    return _one_of(value, {"yes": True, "no": False})


def _true_false(value: object) -> bool:
    return _one_of(value, {"true": True, "false": False, "True": True, "False": False})


def _one_of(value: object, meaning: dict[str, bool]) -> bool:
    if isinstance(value, bool):
        return value
    text = _text(value)
    if text not in meaning:
        first, second = list(meaning)[:2]
        raise misfit("choice", f"'{first}' or '{second}'")
    return meaning[text]


def _condition(value: object) -> ParsedCondition:
    if isinstance(value, ParsedCondition):
        return value
    text = _text(value)
    refuse_longer(len(text), LONGEST_CELL)
    try:
        return parse(text)
    except ConditionError as error:
        raise misfit(
            "condition", error.expected, problem=error.problem, character=error.column
        ) from None


def _periods(value: object) -> ParsedPeriods:
    if isinstance(value, ParsedPeriods):
        return value
    text = ";".join(map(_text, value)) if isinstance(value, list | tuple) else _text(value)
    try:
        return _periods_of(text)
    except PeriodsError as error:
        raise misfit("periods", error.expected, entry=error.entry) from None


_periods_of = lru_cache(maxsize=10_000)(ParsedPeriods.parse)


def _held_periods(value: object) -> ParsedPeriods:
    """What a nation has is counted on only in periods that lie wholly inside its months."""
    periods = _periods(value)
    return replace(periods, entire=True) if periods.months else periods


def _month(value: object) -> ParsedMonth:
    if isinstance(value, ParsedMonth):
        return value
    try:
        return ParsedMonth.parse(_text(value))
    except ValueError:
        raise misfit("month", "a month such as 2026-01") from None


def _date(value: object) -> date:
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = _text(value) if isinstance(value, str) else ""
    try:
        return date.fromisoformat(text if _LIKE_DATE.fullmatch(text) else "")
    except ValueError:
        raise misfit("date", "a date such as 2026-01-31") from None


_LIKE_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LIKE_MONTH = re.compile(r"[0-9]{4}-.*")


def _start(value: object) -> int | ParsedMonth:
    if isinstance(value, ParsedMonth):
        return value
    if isinstance(value, str) and _LIKE_MONTH.fullmatch(value.strip()):
        return _month(value)
    expected = f"a whole number from 1 to {LARGEST}, digits only"
    number = _number(value, expected)
    if not 1 <= number <= LARGEST:
        raise misfit("bounds", expected)
    return number


def several(value: object) -> list[object]:
    """The entries of a cell: text is split at ';', a list is taken as it is."""
    if isinstance(value, str):
        value = [entry.strip() for entry in value.split(";")]
    if value is None or (isinstance(value, list | tuple) and not value):
        raise misfit("empty", "at least one entry")
    if not isinstance(value, list | tuple):
        raise misfit("list", "a list")
    if any(entry is None or entry == "" for entry in value):
        raise misfit("empty", "no empty entry: one ';' between two values, none at the end")
    refuse_longer(sum(len(f"{entry}; ") for entry in value), LONGEST_CELL)
    return list(value)


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


Id: TypeAlias = Annotated[str, PlainValidator(_id)]
Name: TypeAlias = Annotated[str, PlainValidator(_name)]
Text: TypeAlias = Annotated[str, PlainValidator(_limited)]
Term: TypeAlias = Annotated[str, PlainValidator(_term)]
"""A word of a list that no rule reads: any will do."""
Unit: TypeAlias = Annotated[str, PlainValidator(_unit)]
"""What one unit is called, and where it is irregular what several are: `company;companies`."""
Word = BeforeValidator(_stripped)
"""To put on a Literal: spaces around the word do not count."""

Whole: TypeAlias = Annotated[int, _whole(0)]
Quantity: TypeAlias = Annotated[int | Literal["rest"], PlainValidator(_quantity)]
"""A whole number, or the word for what is left."""
Positive: TypeAlias = Annotated[int, _whole(1)]
Effort: TypeAlias = Annotated[int, _whole(1, 10)]
PeriodCount: TypeAlias = Annotated[int, _whole(1, LONGEST_HORIZON)]
Share: TypeAlias = Annotated[float, PlainValidator(_share)]
YesNo: TypeAlias = Annotated[bool, PlainValidator(_yes_no)]
TrueFalse: TypeAlias = Annotated[bool, PlainValidator(_true_false)]

Condition: TypeAlias = Annotated[ParsedCondition, PlainValidator(_condition)]
Periods: TypeAlias = Annotated[ParsedPeriods, PlainValidator(_periods)]
HeldPeriods: TypeAlias = Annotated[ParsedPeriods, PlainValidator(_held_periods)]
Month: TypeAlias = Annotated[ParsedMonth, PlainValidator(_month)]
Date: TypeAlias = Annotated[date, PlainValidator(_date)]
Start: TypeAlias = Annotated[int | ParsedMonth, PlainValidator(_start)]
"""The number of a period, or a month: the first period that begins then or later."""
Several = BeforeValidator(several)
"""To put on a tuple: a cell with ';' between its values, or a list."""
Ids: TypeAlias = Annotated[tuple[Id, ...], Several]
GivenIds: TypeAlias = Annotated[tuple[Id, ...] | None, Several]
"""Ids that may be left out, but not written and left empty."""
Words: TypeAlias = Annotated[tuple[Text, ...], Several]
