"""From what somebody wrote to the sweep that it states, or to all that is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from allocator.inputs.files.folder import LARGEST_MODEL
from allocator.inputs.files.raw import RawModel
from allocator.inputs.files.text_file import read_text
from allocator.inputs.files.yaml_file import read_model
from allocator.inputs.issues import Issue, Place, RefusedError, SweepError, in_order
from allocator.inputs.messages import issue
from allocator.inputs.rows.model_rows import PartsReader
from allocator.inputs.schema import Row
from allocator.inputs.show import harmless
from allocator.inputs.sweeps.names import Names
from allocator.inputs.sweeps.spec import (
    SweepSpec,
    SweptCells,
    SweptChange,
    SweptDraws,
    SweptWorld,
)
from allocator.inputs.workspace import Workspace

GivenSweep: TypeAlias = str | os.PathLike[str] | Mapping[str, Any]
"""A YAML file, or what one states."""

Parts: TypeAlias = Mapping[type[Row], Mapping[str, type[Row]]]

MEMORY = "sweep"
"""What messages call a sweep that no file states, and its name."""

ONE: Parts = {SweepSpec: {"draws": SweptDraws}}
MANY: Parts = {
    SweepSpec: {"worlds": SweptWorld, "changes": SweptChange},
    SweptChange: {"change": SweptCells},
}


@dataclass(frozen=True)
class Sweep:
    """A sweep that fits its workspace. name: of its answer; file: what messages call it; models:
    those that are swept, the default one among them where none is named."""

    name: str
    file: str
    spec: SweepSpec
    models: tuple[str, ...]


def read_sweep(given: GivenSweep, workspace: Workspace) -> Sweep:
    """The sweep. Raises SweepError with all that is wrong with it, each with file, line and the
    path within it."""
    try:
        raw, issues = _raw(given)
    except RefusedError as refused:
        raise SweepError([_of_sweeps(refused.issue)]) from None
    reader = PartsReader(raw, ONE, MANY)
    spec = reader.part(SweepSpec, raw.data, ())
    assert isinstance(spec, SweepSpec)
    names = Names(workspace, spec, reader.place)
    found = [*issues, *reader.issues, *names.issues()]
    if any(one.is_error for one in found):
        raise SweepError(in_order(found))
    return Sweep(spec.name or raw.stem or MEMORY, raw.file, spec, names.models)


def _raw(given: GivenSweep) -> tuple[RawModel, list[Issue]]:
    if isinstance(given, Mapping):
        return RawModel(MEMORY, None, given), []
    path = Path(given)
    file = harmless(str(path))
    text, _ = read_text(path, file, LARGEST_MODEL)
    return read_model(file, path.stem, text)


def _of_sweeps(found: Issue) -> Issue:
    """What is said of a model's file, as it is said of a sweep's."""
    if found.code != "W136":
        return found
    return issue("W701", Place(found.place.file), found.found)
