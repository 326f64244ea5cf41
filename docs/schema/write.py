"""Writes the JSON Schemas in this folder: python docs/schema/write.py

One a form, its number in the name. They are read off the models that the program itself reads and
writes with; what has no model there is said here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from listed import Listed
from printed import (
    Checked,
    Compared,
    Fragile,
    LeversFound,
    OffersPrinted,
    Ordered,
    Verified,
    World,
)
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, NoDefault
from ranged import Ranged
from swept import Swept

from allocator.inputs.rows.model_rows import MANY, ONE
from allocator.inputs.schema import TABLES, OperationModel, Row
from allocator.inputs.schema.columns import Column, columns_of
from allocator.results.certificate import Certificate
from allocator.results.coalitions import Partners, Power, Survive, Without
from allocator.results.jsons import OF_OFFERS
from allocator.results.result import Result
from allocator.results.store.kept_endurance import KeptEndurance
from allocator.results.store.provenance import Provenance

HERE = Path(__file__).parent
DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


class EveryKey(GenerateJsonSchema):
    """Of what is written: a key is there, and has a value, whether it has a default or not."""

    def field_is_required(self, *_: Any, **__: Any) -> bool:
        return True

    def get_default_value(self, schema: Any) -> Any:
        return NoDefault


def schemas() -> dict[str, Schema]:
    """Every schema by the name of its file."""
    found = {
        "result": _of_results(_written(Result)),
        "answers": _answers(),
        "certificate": _written(Certificate),
        "run": _open(Provenance.model_json_schema()),
        "check": _checked(),
        "verify": _written(Verified),
        "fragility": _fragility(),
        "order": _written(Ordered),
        "offers": _written(OffersPrinted),
        "levers": _written(LeversFound),
        "list": _written(Listed),
        "endure": _written(KeptEndurance),
        "comparison": _written(Compared),
        "ranges": _ranges(),
        "sweep": _written(Swept),
        "tables": _tables(),
        "model": _part(OperationModel),
    }
    return {f"{name}-1.json": _headed(name, body) for name, body in found.items()}


def _headed(name: str, body: Schema) -> Schema:
    return {"$schema": DIALECT, "$id": f"urn:contribution-allocator:{name}:1", **body}


def _written(kind: Any) -> Schema:
    """Of what the program writes: every key is always there."""
    found = _json_schema(kind)
    found["properties"]["schema"] = {"const": 1}
    if "TaskRecord" in found.get("$defs", {}):  # There only where figures have ranges.
        found["$defs"]["TaskRecord"]["required"].remove("over_ranges")
    return found


def _json_schema(kind: Any) -> Schema:
    adapter = TypeAdapter(kind)
    found: Schema = _open(adapter.json_schema(schema_generator=EveryKey, mode="serialization"))
    return found


def _open(part: Any) -> Any:
    """Without titles, which say nothing, and open for keys that are added later."""
    if isinstance(part, list):
        return [_open(one) for one in part]
    if not isinstance(part, dict):
        return part
    if "type" in part or "$ref" in part or "anyOf" in part:
        part = {key: value for key, value in part.items() if key != "title"}
    if part.get("additionalProperties") in (True, False):
        del part["additionalProperties"]
    return {key: _open(value) for key, value in part.items()}


def _of_results(found: Schema) -> Schema:
    """What it says of offers only where it does."""
    found["required"] = [name for name in found["required"] if name not in OF_OFFERS]
    return found


def _fragility() -> Schema:
    """What is not asked about only where there is any."""
    found = _written(Fragile)
    found["required"].remove("not_asked")
    return found


def _ranges() -> Schema:
    """Preconditions only where they were drawn."""
    found = _written(Ranged)
    found["required"].remove("preconditions")
    return found


def _checked() -> Schema:
    """The world only where one was asked about."""
    found = _written(Checked)
    found["properties"]["world"] = _json_schema(World)
    return found


def _answers() -> Schema:
    """What `packages --json` and `blockers --json` print: no plan; of packages, who matters."""
    found = _of_results(_written(Result))
    found["description"] = "What `allocator packages --json` and `blockers --json` print."
    _drop(found, "plan")
    power, without = _written_part(Power, "rule"), _written_part(Without, "plan")
    found["$defs"] = dict(
        sorted({**found["$defs"], **power.pop("$defs"), **without.pop("$defs")}.items())
    )
    record = found["$defs"]["TaskRecord"]["properties"]
    record["power"] = {"anyOf": [power, {"type": "null"}]}
    record["replacement"] = {"type": "array", "items": without}
    survive = _json_schema(Survive)
    found["$defs"] = dict(sorted({**found["$defs"], **survive.pop("$defs")}.items()))
    record["partners"] = {"type": "array", "items": _json_schema(Partners)}
    record["survive"] = found["properties"]["survive"] = survive
    return _with_used_parts(found)


def _written_part(kind: Any, left_out: str) -> Schema:
    found = _json_schema(kind)
    _drop(found, left_out)
    return found


def _drop(schema: Schema, key: str) -> None:
    del schema["properties"][key]
    schema["required"] = [name for name in schema["required"] if name != key]


def _with_used_parts(schema: Schema) -> Schema:
    """Without definitions that nothing refers to any more."""
    while unused := schema["$defs"].keys() - set(_referred(schema)):
        for name in unused:
            del schema["$defs"][name]
    return schema


def _referred(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"].rpartition("/")[2]
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _referred(one)


def _tables() -> Schema:
    """Of the input tables: the rows of each by the table's name, blank cells left out."""
    rows = {name: _part(kind) for name, kind in TABLES.items()}
    return {
        "type": "object",
        "description": "The input tables; a row has the columns that are not blank.",
        "properties": {name: {"type": "array", "items": row} for name, row in rows.items()},
        "additionalProperties": False,
    }


def _part(kind: type[Row]) -> Schema:
    """Of a row, or of a part of a model, as somebody writes it. `allocator check` asks more:
    bounds, names that are there, what fields say to each other."""
    columns = columns_of(kind)
    return {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "properties": {column.name: _field(kind, column) for column in columns},
        "required": [column.name for column in columns if column.required],
        **({"patternProperties": {"^_": {}}} if kind.may_have_own else {}),
        "additionalProperties": False,
    }


def _field(kind: type[Row], column: Column) -> Schema:
    said = {"description": column.meaning} if column.meaning else {}
    if column.name in ONE.get(kind, {}):
        return {**said, **_part(ONE[kind][column.name]), **said}
    if column.name in MANY.get(kind, {}):
        return {**said, "type": "array", "items": _part(MANY[kind][column.name])}
    one = _value(column)
    if not column.several:
        return {**said, **one}
    cell = {"type": "string", "description": "several with `;` between"}
    return {**said, "anyOf": [{"type": "array", "items": one}, cell]}


_MONTH = "^[1-9][0-9]{3}-(0[1-9]|1[0-2])$"


def _value(column: Column) -> Schema:
    whole = {
        "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+$"}]
    }
    match column.kind:
        case "choice" if column.open:
            return {"type": "string", "examples": list(column.choices)}
        case "choice":
            return {"enum": list(column.choices)}
        case "text":
            return {"type": ["string", "number"]}
        case "whole":
            return whole
        case "quantity":
            return {"anyOf": [*whole["anyOf"], {"const": "rest"}]}
        case "share":
            return {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string"}]}
        case "yes_no":
            return {"enum": [True, False, "yes", "no", "true", "false"]}
        case "weights":
            return {"type": "object", "minProperties": 1, "additionalProperties": whole}
        case "start":
            return {"anyOf": [*whole["anyOf"], {"type": "string", "pattern": _MONTH}]}
        case "date":
            return {"type": "string", "format": "date"}
        case "month":
            return {"type": "string", "pattern": _MONTH}
        case "periods":
            return {
                "anyOf": [{"type": "string"}, {"type": "integer", "minimum": 1}, {"type": "array"}]
            }
    return {"type": "string"}


def text(schema: Schema) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name, schema in schemas().items():
        (HERE / name).write_text(text(schema), encoding="utf-8")
