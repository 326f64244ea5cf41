"""The values of a model as its file shows them: figures as numbers, several values as lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allocator.inputs.rows.model_rows import MANY, ONE
from allocator.inputs.schema import OperationModel, Row
from allocator.inputs.schema.base import is_blank, is_own
from allocator.inputs.schema.columns import Column, columns_of


def typed(data: Mapping[str, Any], kind: type[Row] = OperationModel) -> dict[str, Any]:
    """The data of a model, or of a part of one, that was read without an error; blanks left out."""
    columns = {column.name: column for column in columns_of(kind)}
    said = {key: value for key, value in data.items() if not is_blank(value)}
    return {
        key: value if is_own(key) else _value(kind, columns[key], value)
        for key, value in said.items()
    }


def _value(kind: type[Row], column: Column, value: Any) -> Any:
    if column.name in ONE.get(kind, {}):
        return typed(value, ONE[kind][column.name])
    if column.name in MANY.get(kind, {}):
        return [typed(entry, MANY[kind][column.name]) for entry in value]
    if column.several:
        return [part.strip() for part in value.split(";")] if isinstance(value, str) else value
    match column.kind:
        case "whole":
            return int(value)
        case "share":
            return float(value)
        case "weights":
            return {name: int(weight) for name, weight in value.items()}
        case "yes_no":
            return value in (True, "true", "True")
    return value
