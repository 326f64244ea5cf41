"""Results as JSON bytes: the same result gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from allocator.results.certificate import Certificate
from allocator.results.result import Result

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from allocator.results.run import PlanNotes, RunRecord, TaskNotes


def result_bytes(result: Result) -> bytes:
    """`result.json`."""
    return data_bytes(_data(result))


def _data(result: Result) -> dict[str, Any]:
    """As JSON has it. What is said over ranges, or of offers, has a key only where it is said."""
    data = result.model_dump(mode="json", by_alias=True)
    for record in data["tasks"]:
        if record["over_ranges"] is None:
            del record["over_ranges"]
    return {key: value for key, value in data.items() if key not in OF_OFFERS or value is not None}


OF_OFFERS = ("count", "on")
"""Keys of a result that has to do with offers."""


def certificate_bytes(certificate: Certificate) -> bytes:
    """`certificate.json`; not indented, since it can be long."""
    text = certificate.model_dump_json(by_alias=True)
    return f"{text}\n".encode()


def answers_bytes(run: RunRecord) -> bytes:
    """What `packages` and `blockers` print: the task records, without a joint plan; those of
    `packages` with who matters and what it costs to do without them."""
    data = _data(run.result)
    del data["plan"]
    notes = _notes_adapter().dump_python(dict(run.notes), mode="json")
    for record in data["tasks"]:
        note = notes.get(record["task"]) or {}
        if run.command == "packages":
            record |= _who_matters(note)
        if partners := note.get("partners"):
            record["partners"] = partners
        if survive := note.get("survive"):
            record["survive"] = survive
            if len(data["tasks"]) == 1:
                data["survive"] = survive
    return data_bytes(data)


def _who_matters(note: Mapping[str, Any]) -> dict[str, Any]:
    """The figures alone: the plans and the rule behind them are in `notes.json`."""
    power, replacement = note.get("power"), note.get("replacement")
    prices = replacement["nations"] if replacement else []
    return {
        "power": power and {key: value for key, value in power.items() if key != "rule"},
        "replacement": [
            {key: one[key] for key in ("nation", "possible", "levels")} for one in prices
        ],
    }


def notes_bytes(notes: Mapping[str, TaskNotes]) -> bytes:
    """`notes.json`: what stands behind each task's record, for reports that are written again."""
    data = _notes_adapter().dump_python(dict(notes), mode="json")
    for note in data.values():
        # Only where it was asked for, or where there is any.
        for key in ("survive", "partners"):
            if not note[key]:
                del note[key]
    return data_bytes(data)


def read_notes(data: bytes) -> dict[str, TaskNotes]:
    """The notes that `notes_bytes` wrote. Raises pydantic.ValidationError for anything else."""
    return _notes_adapter().validate_json(data, strict=True)


def plan_notes_bytes(notes: PlanNotes) -> bytes:
    """`plan_notes.json`: what was asked of the joint plan beyond itself."""
    return data_bytes(_plan_notes_adapter().dump_python(notes, mode="json"))


def read_plan_notes(data: bytes) -> PlanNotes:
    """What `plan_notes_bytes` wrote. Raises pydantic.ValidationError for anything else."""
    return _plan_notes_adapter().validate_json(data, strict=True)


@cache
def _plan_notes_adapter() -> TypeAdapter[PlanNotes]:
    from pydantic import TypeAdapter

    from allocator.results.run import PlanNotes

    return TypeAdapter(PlanNotes)


@cache
def _notes_adapter() -> TypeAdapter[dict[str, TaskNotes]]:
    from pydantic import TypeAdapter

    from allocator.results.run import TaskNotes

    return TypeAdapter(dict[str, TaskNotes])


def data_bytes(data: Any) -> bytes:
    """Any JSON value, indented, with a line feed at the end. Raises ValueError for a number that
    JSON has no form for."""
    from pydantic_core import to_json

    # Ten times as fast as Python's own, which has no quick way to indent.
    text = to_json(data, indent=2, inf_nan_mode="constants")
    if b"NaN" in text or b"Infinity" in text:  # In a name, or for want of a number.
        text = json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False).encode()
    return text + b"\n"
