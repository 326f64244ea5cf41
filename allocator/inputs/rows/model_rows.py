"""The parts of a model file, checked from the lines up, so that one fault hides no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from allocator.inputs.draft import row_with_holes
from allocator.inputs.files.raw import KeyPath, RawModel
from allocator.inputs.issues import Issue, Place
from allocator.inputs.places import Spot
from allocator.inputs.rows.misfits import failed_fields, misfit_issues, rule_issues
from allocator.inputs.schema import Horizon, LeadRow, LineRow, OperationModel, Row, TaskRow
from allocator.inputs.show import printable

ONE: dict[type[Row], dict[str, type[Row]]] = {
    OperationModel: {"horizon": Horizon},
    TaskRow: {"lead": LeadRow},
}
MANY: dict[type[Row], dict[str, type[Row]]] = {
    OperationModel: {"tasks": TaskRow},
    TaskRow: {"lines": LineRow},
}
"""The parts below each part, by their key: `ONE` mapping, or a list of `MANY`."""


_ENTRY_NAMES = ("task", "line", "capability", "name")


def parse_model(raw: RawModel) -> tuple[OperationModel, list[Spot], list[Issue]]:
    """The model, the places of all its parts, and what is wrong with them."""
    reader = PartsReader(raw)
    model = reader.part(OperationModel, raw.data, ())
    assert isinstance(model, OperationModel)
    return model, reader.spots, reader.issues


@dataclass
class PartsReader:
    """Reads the parts of a file from the lines up. one, many: the parts below each part."""

    raw: RawModel
    one: Mapping[type[Row], Mapping[str, type[Row]]] = field(default_factory=lambda: ONE)
    many: Mapping[type[Row], Mapping[str, type[Row]]] = field(default_factory=lambda: MANY)
    spots: list[Spot] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def part(self, kind: type[Row], data: Any, path: KeyPath) -> Row:
        """One part with all that is below it; where it has faults, with holes."""
        if isinstance(data, Mapping):
            data = {_whole_characters(str(key)): value for key, value in data.items()}
            self._parts_below(kind, data, path)
        row = self._validated(kind, data, path)
        self.spots.append(Spot(row, self.place(path), self._places_below(path)))
        return row

    def _parts_below(self, kind: type[Row], data: dict[str, Any], path: KeyPath) -> None:
        for key, below in self.one.get(kind, {}).items():
            if isinstance(data.get(key), Mapping):
                data[key] = self.part(below, data[key], (*path, key))
        for key, below in self.many.get(kind, {}).items():
            if isinstance(data.get(key), list | tuple):
                entries = enumerate(data[key])
                data[key] = [self.part(below, entry, (*path, key, i)) for i, entry in entries]

    def _validated(self, kind: type[Row], data: Any, path: KeyPath) -> Row:
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            return self._with_faults(kind, data, path, error)

    def _with_faults(
        self, kind: type[Row], data: Any, path: KeyPath, error: ValidationError
    ) -> Row:
        def at(below: KeyPath) -> Place:
            return self.place((*path, *below))

        failed = failed_fields(error)
        self.issues += misfit_issues(error, kind, at)
        row = row_with_holes(kind, data if isinstance(data, dict) else {}, failed)
        if isinstance(data, dict):
            self.issues += rule_issues(row, failed, at)
        return row

    def place(self, path: KeyPath) -> Place:
        """Where the part, or the value, at this path of keys was written."""
        if self.raw.cells:
            parts = (path[:n] for n in range(len(path), -1, -1))
            return next(self.raw.cells[part] for part in parts if part in self.raw.cells)
        line = next(
            (self.raw.lines[path[:n]] for n in _downwards(path) if path[:n] in self.raw.lines), None
        )
        return Place(self.raw.file, line or (1 if self.raw.lines else None), self._shown(path))

    def _places_below(self, path: KeyPath) -> dict[str, Place]:
        return {str(below[-1]): self.place(below) for below in self._below.get(path, ())}

    @cached_property
    def _below(self) -> dict[KeyPath, list[KeyPath]]:
        """The paths with places of their own that are one key longer, by path."""
        found: dict[KeyPath, list[KeyPath]] = {}
        for path in self.raw.cells or self.raw.lines:
            if path and isinstance(path[-1], str):
                found.setdefault(path[:-1], []).append(path)
        return found

    def _shown(self, path: KeyPath) -> str:
        """The path as planners know it: `tasks[western_presence].lines[manoeuvre].minimum`."""
        shown = ""
        for depth, key in enumerate(path):
            if isinstance(key, int):
                shown += f"[{self._entry_name(path[: depth + 1], key)}]"
            else:
                shown += f".{printable(key)}" if shown else printable(key)
        return shown

    def _entry_name(self, path: KeyPath, index: int) -> str:
        """What the entry calls itself, else its position, counted from 1."""
        entry = self._data(path)
        if isinstance(entry, Mapping):
            names = (entry.get(key) for key in _ENTRY_NAMES)
            return next((printable(n) for n in names if isinstance(n, str) and n), str(index + 1))
        return str(index + 1)

    def _data(self, path: KeyPath) -> Any:
        data: Any = self.raw.data
        for key in path:
            try:
                data = data[key]
            except (KeyError, IndexError, TypeError):
                return None
        return data


def _whole_characters(key: str) -> str:
    """The key with half characters written out: the schema does not see one that holds them."""
    return key.encode("utf-8", "backslashreplace").decode()


def _downwards(path: KeyPath) -> range:
    return range(len(path), 0, -1)
