"""A value of a table or a model as the cell of a sheet: figures are numbers, all else is text."""

from __future__ import annotations

from collections.abc import Mapping
from json import dumps
from typing import Any

from allocator.inputs.files.write import cell as text_of
from allocator.inputs.schema.base import is_blank, is_own
from allocator.inputs.schema.columns import Column
from allocator.inputs.workbook.model_sheets import NO_OBJECTIVE
from allocator.inputs.workbook.weights import shown


def as_cell(column: Column, value: Any) -> str | int | float | None:
    """What stands in the cell of a value that was read without an error; None is blank."""
    if column.name == "objectives" and value in ([], ()):
        return NO_OBJECTIVE
    if is_blank(value):
        return None
    if is_own(column.name):
        return value if type(value) in (str, int, float) else dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return shown(value)
    match column.kind:
        case "start" | "quantity" if not str(value).strip().isdigit():
            return text_of(value)
        case "whole" | "start" | "quantity":
            return int(value)
        case "share":
            return _share(value)
        case "yes_no":
            return "yes" if value in (True, "yes", "true", "True") else "no"
    return text_of(value)


def _share(value: Any) -> str | float:
    """The figure, or its text where a workbook, which keeps sixteen digits, would change it."""
    figure = float(value)
    return figure if float(f"{figure:.16G}") == figure else str(value)


def look_up(data: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """The value at a path of keys, None where there is none."""
    found: Any = data
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found
