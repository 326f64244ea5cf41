"""A run's folder, read: every JSON file in it is checked as it is read, once, so that what comes
after may trust its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from allocator.errors import CommandWrongError, InputsWrongError
from allocator.near import near
from allocator.results.certificate import Certificate
from allocator.results.jsons import read_notes, read_plan_notes
from allocator.results.result import Result
from allocator.results.store.places import COMPARISON, PROVENANCE, answers_in, place
from allocator.results.store.provenance import Provenance
from allocator.results.store.strict_json import StrictJsonError, strict_json
from allocator.staging import settle_leftovers

if TYPE_CHECKING:
    from allocator.results.run import PlanNotes, TaskNotes

RESULT = "result.json"
NOTES = "notes.json"
PLAN_NOTES = "plan_notes.json"
CERTIFICATE = "certificate.json"
SCHEMA = 1
"""Of `result.json`."""

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)


class RunFolderError(CommandWrongError):
    """A folder that cannot be written to as a run, or that does not hold one."""


class KeptResultError(InputsWrongError):
    """A run's folder whose files do not hold what a run writes."""


@dataclass(frozen=True)
class KeptRun:
    """A run read back from its folder. `provenance` is `run.json`; the rest is None where the
    folder has no such file."""

    folder: Path
    result: Result
    provenance: Mapping[str, Any]
    certificate: Certificate | None = None
    notes: Mapping[str, TaskNotes] | None = None
    plan_notes: PlanNotes | None = None


def read_run(folder: Path) -> KeptRun:
    """The run that the folder holds.

    Raises RunFolderError where there is none, KeptResultError where its files are damaged.
    """
    if not folder.exists() and folder.parent.is_dir():
        settle_leftovers(folder.parent)  # Of a process that was killed as it replaced the run.
    for name in (RESULT, PROVENANCE):
        if not place(folder, name).is_file():
            raise RunFolderError(_no_run(folder, name))
    result = _read(folder, RESULT, _result)
    provenance = _read(folder, PROVENANCE, _provenance)
    certificate = _read_if_there(folder, CERTIFICATE, partial(_model, Certificate))
    notes = _read_if_there(folder, NOTES, lambda data, _: read_notes(data))
    plan_notes = _read_if_there(folder, PLAN_NOTES, lambda data, _: read_plan_notes(data))
    return KeptRun(folder, result, provenance, certificate, notes, plan_notes)


def _no_run(folder: Path, name: str) -> str:
    """Why what the folder lacks makes it no run; and what it holds, where another command's answer
    is kept in it."""
    if not folder.is_dir():
        return f"{folder} holds no run: {_no_folder(folder)}"
    told = f"{folder} holds no run: there is no {name} in it"
    if place(folder, COMPARISON).is_file():
        return f"{told}, but a comparison; name one of the runs that it compares"
    try:
        known = strict_json(place(folder, PROVENANCE))[1]
    except (OSError, StrictJsonError):
        return told
    command = known.get("command") if isinstance(known, dict) else None
    if not isinstance(command, str) or not place(folder, f"{command}.json").is_file():
        return told
    return f"{told}, but the answer of `{command}`; name a folder of solve, blockers or packages"


def _no_folder(folder: Path) -> str:
    """That it is none, and which one beside it may have been meant."""
    names: list[str] = []
    with suppress(OSError):  # What cannot be looked into has no names to tell.
        names = [path.name for path in answers_in(folder.parent)]
    meant = near(folder.name, names)
    hint = (
        f"did you mean {folder.parent / meant}?" if meant else "`allocator list` shows what is kept"
    )
    return f"{'it is no folder' if folder.exists() else 'there is no such folder'}; {hint}"


def _read_if_there(folder: Path, name: str, read: Callable[[bytes, Any], T]) -> T | None:
    return _read(folder, name, read) if place(folder, name).is_file() else None


def _read(folder: Path, name: str, read: Callable[[bytes, Any], T]) -> T:
    """What `read` makes of the file's bytes, and of the JSON in them."""
    try:
        return read(*strict_json(place(folder, name)))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in found["loc"])
        text = f"{key}: {found['msg']}" if key else found["msg"]
        raise KeptResultError(f"{folder} is damaged: {name}: {text}") from None
    except StrictJsonError as error:
        raise KeptResultError(f"{folder} is damaged: {name}: {error}") from None
    except _OtherSchemaError as error:
        raise KeptResultError(f"{folder} {error}") from None


class _OtherSchemaError(ValueError):
    pass


def _result(data: bytes, value: Any) -> Result:
    schema = value.get("schema") if isinstance(value, dict) else None
    if isinstance(value, dict) and "schema" not in value:
        raise StrictJsonError("schema: Field required")
    if type(schema) is int and schema != SCHEMA:
        raise _OtherSchemaError(
            f"was written in form {schema} of {RESULT}, by another version of the "
            f"allocator; this one reads form {SCHEMA}: solve its inputs again"
        )
    return _model(Result, data, value)


def _model(model: type[M], data: bytes, _: Any) -> M:
    return model.model_validate_json(data, strict=True)


def _provenance(data: bytes, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise StrictJsonError("it holds no object")
    Provenance.model_validate_json(data, strict=True)
    found: dict[str, Any] = value
    return found
