"""What the schema says against a value, as issues."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from pydantic import ValidationError

from allocator.inputs.files.raw import UNREAD
from allocator.inputs.issues import Issue, Place
from allocator.inputs.messages import issue
from allocator.inputs.schema import Row
from allocator.inputs.schema.base import is_blank
from allocator.inputs.schema.model import RULES
from allocator.inputs.schema.rules import faults
from allocator.inputs.show import foreign, printable, quoted
from allocator.near import near

At: TypeAlias = Callable[[tuple[Any, ...]], Place]

CODES = {
    "missing": "W201",
    "extra_forbidden": "W202",
    "id": "W203",
    "reserved": "W204",
    "whole": "W205",
    "bounds": "W206",
    "share": "W207",
    "choice": "W208",
    "literal_error": "W208",
    "periods": "W209",
    "condition": "W210",
    "empty": "W211",
    "text": "W212",
    "list": "W213",
    "tuple_type": "W213",
    "mapping": "W213",
    "dict_type": "W213",
    "model_type": "W213",
    "name": "W214",
    "length": "W219",
    "month": "W220",
    "date": "W221",
    "line_both": "W301",
    "line_unfilled": "W302",
    "line_amount": "W303",
    "target_below": "W304",
    "lead_empty": "W305",
    "lead_both": "W306",
    "nations_range": "W307",
    "repeated": "W308",
}
"""The code of each kind of misfit."""

_IN_ASCII = {"W203", "W205", "W207", "W209", "W220", "W221"}
"""Misfits of what is written in letters, digits and signs that every keyboard has."""

_EXPECTED = {
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping of keys to values",
}


def misfit_issues(error: ValidationError, kind: type[Row], at: At) -> Iterator[Issue]:
    """Yield one issue for each field of a row of the given kind that does not fit.

    `at` gives the place of a path of keys within the row. Rules between fields are left out.

    error: what the schema says.
    """
    for fault in error.errors(include_url=False):
        path = tuple(part for part in fault["loc"] if part != "[key]")
        if fault["input"] is UNREAD:
            continue
        if path or fault["type"] == "model_type":
            details = fault.get("ctx", {})
            yield _issue(fault["type"], at(path), path, fault["input"], details, kind)


def rule_issues(row: Row, unread: Collection[str], at: At) -> Iterator[Issue]:
    """Yield what the rules between its fields say against a row of which some were not read.

    unread: fields that could not be read. at: gives the place of a path of keys.
    """
    for fault in faults(row, RULES.get(type(row), ()), unread):
        details = dict(fault.context or {})
        field = details.pop("field", None)
        place = at((field,) if field else ())
        yield _issue(fault.type, place, (), None, details, type(row))


def _issue(
    fault: str,
    place: Place,
    path: tuple[Any, ...],
    value: object,
    details: Mapping[str, Any],
    kind: type[Row],
) -> Issue:
    match CODES.get(fault, "W213"):
        case "W201":
            return issue("W201", place, "blank", _expected_of(kind, str(path[-1])))
        case "W202":
            known = [field.alias or name for name, field in kind.model_fields.items()]
            meant = near(str(path[-1]), known)
            return issue("W202", place, quoted(str(path[-1])), ", ".join(known), meant)
        case "W208":
            found = details.get("found", value)
            options = re.findall(r"'([^']*)'", details["expected"])
            meant = near(str(found), options) if not is_blank(found) else ""
            return issue("W208", place, quoted(found), details["expected"], meant)
        case code:
            return _plain_issue(code, fault, place, value, details)


def _plain_issue(
    code: str, fault: str, place: Place, value: object, details: Mapping[str, Any]
) -> Issue:
    found = details.get("found", value)
    return issue(
        code,
        place,
        quoted(found) + (foreign(found) if code in _IN_ASCII else ""),
        details.get("expected") or _EXPECTED.get(fault, "another value"),
        entry=quoted(details.get("entry")),
        problem=printable(details.get("problem", "")),
        character=details.get("character"),
    )


def _expected_of(kind: type[Row], field: str) -> str:
    described = kind.model_fields[field].description or "a value"
    return f"{field} ({described.rstrip('.')})"


def failed_fields(error: ValidationError) -> frozenset[str]:
    """The fields of the row that something is wrong with; none for a fault of the whole row."""
    return frozenset(str(fault["loc"][0]) for fault in error.errors() if fault["loc"])


def without(issues: Iterable[Issue], columns: Iterable[str]) -> list[Issue]:
    """The issues that are not about a missing value in one of these columns."""
    skipped = frozenset(columns)
    return [i for i in issues if not (i.code == "W201" and i.place.column in skipped)]
