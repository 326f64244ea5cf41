"""What the file of a sweep names, held against the workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

from allocator.errors import UsageError
from allocator.inputs.files.raw import KeyPath, RawRow, RawTable
from allocator.inputs.frames import Tables, key_of, label_of
from allocator.inputs.issues import Issue, Place
from allocator.inputs.messages import issue
from allocator.inputs.problem import Problem, build
from allocator.inputs.rows.table_rows import parse_table
from allocator.inputs.schema import TABLES
from allocator.inputs.schema.provenance import BasisWord
from allocator.inputs.show import quoted
from allocator.inputs.sweeps.spec import SweepSpec, SweptCells
from allocator.inputs.workspace import Workspace
from allocator.near import near

if TYPE_CHECKING:
    import pandas as pd

MOST_CASES = 1_000_000

Path: TypeAlias = KeyPath


class Names:
    """Looks up all that a sweep names. place: where the value at a path of keys was written."""

    def __init__(
        self, workspace: Workspace, spec: SweepSpec, place: Callable[[Path], Place]
    ) -> None:
        self._workspace = workspace
        self._spec = spec
        self._place = place
        self._frame = cache(lambda table: Tables(workspace)[table])

    @cached_property
    def models(self) -> tuple[str, ...]:
        """Those that are swept."""
        if self._spec.models:
            return tuple(dict.fromkeys(self._spec.models))
        default = self._workspace.default_model
        return () if default is None else (default,)

    def issues(self) -> Iterator[Issue]:
        """Yield what is wrong with what could be read."""
        spec, workspace = self._spec, self._workspace
        yield from self._unknown(spec.models, ("models",), "a model", workspace.models, "models/")
        if not self.models:
            known = f"one of {', '.join(workspace.models)}"
            yield issue("W702", self._place(("models",)), "none", known)
        if len(self._problems) == len(self.models):  # Else the others may have them.
            tasks = {task.id for problem in self._problems for task in problem.tasks}
            yield from self._unknown(spec.tasks, ("tasks",), "a task", tasks, "the models")
        yield from self._of_worlds()
        yield from self._of_changes()
        spread = spec.draws.spread if spec.draws else {}
        for basis in spread or ():
            path: Path = ("draws", "spread", basis)
            yield from self._not_among(basis, path, "a basis", get_args(BasisWord), "the rows")
        yield from self._too_many()

    # --- parts ------------------------------------------------------------------------------------

    def _of_worlds(self) -> Iterator[Issue]:
        known = ["today", *dict.fromkeys(row.world for row in self._workspace.worlds)]
        for number, entry in enumerate(self._spec.worlds or ()):
            path: Path = ("worlds", number)
            if entry.world:
                yield from self._not_among(entry.world, path, "a world", known, "worlds")
            yield from self._starts(entry.with_, (*path, "with"))
        labels = [None if e.has_holes else e.label for e in self._spec.worlds or ()]
        yield from self._twice(labels, "worlds")

    def _of_changes(self) -> Iterator[Issue]:
        nations = [row.nation for row in self._workspace.nations]
        for number, entry in enumerate(self._spec.changes or ()):
            path: Path = ("changes", number)
            where = (*path, "without")
            yield from self._unknown(entry.without, where, "a nation", nations, "nations")
            yield from self._starts(entry.with_, (*path, "with"))
            for position, cells in enumerate(entry.change or ()):
                yield from self._of_cells(cells, (*path, "change", position))
        yield from self._twice([entry.name for entry in self._spec.changes or ()], "changes")

    def _of_cells(self, entry: SweptCells, path: Path) -> Iterator[Issue]:
        if not entry.table or entry.cells is None:
            return
        wrong = list(self._not_among(entry.table, (*path, "table"), "a table", TABLES, "inputs/"))
        if not wrong:
            wrong = list(self._columns(entry, path))
        yield from wrong or self._row(entry, path)

    def _columns(self, entry: SweptCells, path: Path) -> Iterator[Issue]:
        columns = list(self._frame(entry.table).columns)
        for column in entry.cells:
            if column not in columns:
                at, meant = self._place((*path, "cells", column)), near(column, columns)
                more = {"table": entry.table}
                yield issue("W117", at, quoted(column), ", ".join(columns), meant, **more)

    def _row(self, entry: SweptCells, path: Path) -> Iterator[Issue]:
        """The row that is meant, and what its new cells make of it by itself."""
        frame, table = self._frame(entry.table), entry.table
        keys = key_of(table, entry.row)
        try:
            label = label_of(frame, table, entry.row, entry.cells)
        except UsageError as error:
            given = entry.cells if entry.row is None else {"row": entry.row}
            told = {key: given[key] for key in keys if key in given} or given
            found = ", ".join(f"{key} {cell}" for key, cell in told.items())
            problem = str(error).partition(";")[0]
            yield issue("W704", self._place(path), quoted(found), table=table, problem=problem)
            return
        others = {name: cell for name, cell in entry.cells.items() if name not in keys}
        if not others:
            expected = f"a further column and its new cell, such as {frame.columns[-1]}"
            yield issue("W211", self._place((*path, "cells")), "nothing to change", expected)
        for fault in _faults(table, {**_said(frame, label), **others}):
            if fault.place.column in others:
                at = self._place((*path, "cells", fault.place.column))
                yield _moved(fault, at)

    # --- names ------------------------------------------------------------------------------------

    def _unknown(
        self, names: Iterable[str] | None, path: Path, what: str, known: Iterable[str], where: str
    ) -> Iterator[Issue]:
        for number, name in enumerate(names or ()):
            yield from self._not_among(name, (*path, number), what, known, where)

    def _not_among(
        self, name: str, path: Path, what: str, known: Iterable[str], where: str
    ) -> Iterator[Issue]:
        there = list(known)
        if name not in there:
            expected = f"{what}: {', '.join(there)}" if len(there) <= 12 else what
            at, meant = self._place(path), near(name, there)
            yield issue("W401", at, quoted(name), expected, meant, where=where)

    def _starts(self, texts: Sequence[str] | None, path: Path) -> Iterator[Issue]:
        known = [row.precondition for row in self._workspace.preconditions]
        for number, text in enumerate(texts or ()):
            name, _, _ = text.partition("@")
            wrong = list(self._not_among(name, (*path, number), "a precondition", known,
                                         "preconditions"))  # fmt: skip
            yield from wrong or self._period(text, (*path, number))

    def _period(self, text: str, path: Path) -> Iterator[Issue]:
        for problem in self._problems:
            try:
                problem.starts_of([text])
            except ValueError:
                name = text.partition("@")[0]
                expected = f"{name}@1, {name}@2 …"
                if problem.starts:
                    expected += f", or a month such as {name}@{problem.starts}"
                at, model = self._place(path), f"the model {problem.model}"
                yield issue("W703", at, quoted(text), expected, model=model)

    def _twice(self, labels: Sequence[str | None], key: str) -> Iterator[Issue]:
        """Where a name stands again; None of an entry that could not be read."""
        for number, label in enumerate(labels):
            if label and label in labels[:number]:
                yield issue("W705", self._place((key, number)), quoted(label))

    def _too_many(self) -> Iterator[Issue]:
        spec = self._spec
        number = len(self.models) * len(spec.worlds or ()) * max(1, len(spec.changes or ()))
        number *= spec.draws.number or 1 if spec.draws else 1
        if number > MOST_CASES:
            yield issue("W706", self._place(()), f"{number:,}", f"at most {MOST_CASES:,}")

    @cached_property
    def _problems(self) -> list[Problem]:
        known = self._workspace.models
        return [build(self._workspace, model) for model in self.models if model in known]


def _said(frame: pd.DataFrame, label: Any) -> dict[str, Any]:
    """The cells of the row as they stand."""
    row = frame.astype(object).loc[label].dropna()
    return {str(name): cell for name, cell in row.items()}


def _faults(table: str, cells: dict[str, Any]) -> list[Issue]:
    """What the schema says against the row alone."""
    raw = RawTable(table, table, tuple(cells), (RawRow(1, cells),))
    return parse_table(raw)[1]


def _moved(fault: Issue, at: Place) -> Issue:
    return replace(fault, place=at)
