"""An answer that is no run, read from its folder: its form is checked once, as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from allocator.results.store.places import PROVENANCE, place
from allocator.results.store.provenance import Options
from allocator.results.store.reading import KeptResultError
from allocator.results.store.strict_json import StrictJsonError, strict_json

M = TypeVar("M", bound=BaseModel)


class Kept(BaseModel):
    """A part of what is kept. Keys that came later are let pass."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)


class KeptEdit(Kept):
    """One cell that changes."""

    nation: str
    task: str
    line: str
    capability: str
    period: int
    before: int = Field(alias="from")
    after: int = Field(alias="to")


class _Asked(BaseModel):
    """What of `run.json` is read back. Keys that earlier versions did not write have defaults."""

    model_config = ConfigDict(extra="allow")

    options: Options
    inputs: dict[str, str] = {}
    files: dict[str, str] = {}


def holds(folder: Path, file: str) -> bool:
    """Whether the folder holds the answer of that file."""
    return all(place(folder, name).is_file() for name in (file, PROVENANCE))


def read_answer(folder: Path, file: str, form: type[M]) -> tuple[M, Mapping[str, Any]]:
    """Return what was kept, and what it was asked with.

    file: of the answer. form: the model of its JSON. Raises KeptResultError for a damaged folder.
    """
    try:
        data, _ = strict_json(place(folder, file))
        run, said = strict_json(place(folder, PROVENANCE))
    except StrictJsonError as error:
        raise KeptResultError(f"{folder} is damaged: {error}") from None
    kept = _read(folder, file, form, data)
    _read(folder, PROVENANCE, _Asked, run)
    return kept, said


def _read(folder: Path, file: str, form: type[M], data: bytes) -> M:
    try:
        return form.model_validate_json(data, strict=True)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in found["loc"])
        raise KeptResultError(f"{folder} is damaged: {file}: {key}: {found['msg']}") from None
