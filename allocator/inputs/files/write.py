"""Write tables and models as a workspace folder."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from allocator.inputs.conditions import Condition, show
from allocator.inputs.schema import TABLES, Periods
from allocator.inputs.schema.base import is_blank
from allocator.inputs.schema.calendar import Month


def write_tables(
    tables: Mapping[str, Sequence[Mapping[str, Any] | BaseModel]],
    models: Sequence[Mapping[str, Any] | BaseModel],
    folder: str | os.PathLike[str],
) -> None:
    """Write inputs/*.csv and models/NAME.yaml below `folder`, over what is there.

    Rows may be mappings of columns to values, or rows of a workspace. A table without rows gets
    its header alone. Raises KeyError for a model without a name.

    tables: rows by name of the table.
    """
    inputs, model_folder = Path(folder) / "inputs", Path(folder) / "models"
    for made in (inputs, model_folder):
        made.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        _write_table(inputs / f"{name}.csv", name, [_values(row) for row in rows])
    for model in models:
        data = _values(model)
        _write_model(model_folder / f"{data['name']}.yaml", data)


def cell(value: Any) -> str:
    """A value as the text of a cell."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Periods():
            return value.text
        case float() if value.is_integer():
            return str(int(value))
        case list() | tuple():
            return ";".join(map(cell, value))
    return show(value) if isinstance(value, Condition) else str(value)


def _write_table(path: Path, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    used = dict.fromkeys(column for row in rows for column in row)
    columns = list(used) or list(TABLES[name].model_fields)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([cell(row.get(column)) for column in columns] for row in rows)


def _write_model(path: Path, data: Mapping[str, Any]) -> None:
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.width = 100
    with path.open("w", encoding="utf-8", newline="\n") as file:
        yaml.dump(plain(data), file)


def _values(row: Mapping[str, Any] | BaseModel) -> dict[str, Any]:
    """The row's fields by name; of a workspace's row, those that say something."""
    if isinstance(row, BaseModel):
        fields: Iterable[tuple[str, Any]] = ((name, getattr(row, name)) for name in _said(row))
        return {name: value for name, value in fields if _says_something(row, name, value)}
    return dict(row)


def _says_something(row: BaseModel, name: str, value: Any) -> bool:
    """An empty list does only where a blank would mean another: no objective at all."""
    return value is not None and (value != () or type(row).model_fields[name].default != ())


def _said(row: BaseModel) -> Iterable[str]:
    return (name for name in type(row).model_fields if name in row.model_fields_set)


def plain(value: Any) -> Any:
    """A part of a model as mappings, lists, text and numbers."""
    match value:
        case BaseModel() | Mapping():
            entries = _values(value).items()
            return {key: plain(entry) for key, entry in entries if not is_blank(entry)}
        case list() | tuple():
            return [plain(entry) for entry in value]
    return cell(value) if isinstance(value, Periods | Condition | Month) else value
