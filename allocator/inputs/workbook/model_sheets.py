"""The sheets `models`, `tasks` and `lines` as operation models, each part with its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from allocator.inputs.files.raw import UNREAD, KeyPath, RawModel, RawRow, RawTable
from allocator.inputs.issues import Issue, Place
from allocator.inputs.messages import issue
from allocator.inputs.rows.table_rows import place_in
from allocator.inputs.schema.base import is_blank, is_own
from allocator.inputs.show import quoted
from allocator.inputs.workbook.layout import LINES, MODELS, TASKS, Field, Layout
from allocator.inputs.workbook.weights import parsed
from allocator.near import near

NO_OBJECTIVE = "none"
"""In the cell of a model that optimises nothing; a blank cell stands for the default order."""


@dataclass
class _Part:
    """A model or a task under construction: where it stands in the model, and what it holds."""

    model: _Model
    path: KeyPath
    data: dict[str, Any]
    parts: dict[str, _Part] = field(default_factory=dict)


@dataclass
class _Model:
    sheet: str
    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[KeyPath, Place] = field(default_factory=dict)


def read_models(
    models: RawTable | None, tasks: RawTable, lines: RawTable
) -> tuple[tuple[RawModel, ...], bool, list[Issue]]:
    """Return the models in the order of their sheet, whether all rows found their place, and the
    issues.

    Without a sheet `models`, they are those that `tasks` names, with nothing but a name.

    lines: their requirement lines.
    """
    reader = _Reader(models, tasks, lines)
    found = [*reader.models()]
    reader.add_tasks()
    reader.add_lines()
    raw = tuple(RawModel(one.sheet, None, one.data, cells=one.cells) for one in found)
    return raw, reader.complete, reader.issues


@dataclass
class _Reader:
    models_table: RawTable | None
    tasks_table: RawTable
    lines_table: RawTable
    issues: list[Issue] = field(default_factory=list)
    complete: bool = True
    known: dict[str, _Part] = field(default_factory=dict)
    homeless: set[str] = field(default_factory=set)
    """Ids of tasks whose model could not be told: their lines are not to blame."""
    lost_lines: bool = False

    def models(self) -> Iterator[_Model]:
        """All models, still without tasks."""
        table, layout = self.models_table, MODELS
        if table is None:
            table, layout = self._named_by_tasks(), _ONLY_NAME
        for row in table.rows:
            model = _Model(table.file)
            part = _Part(model, (), model.data)
            self._fill(part, table, row, layout)
            self.known.setdefault(_text(row.cells.get("model")), part)
            yield model

    def _named_by_tasks(self) -> RawTable:
        firsts: dict[str, RawRow] = {}
        for row in self.tasks_table.rows:
            if name := _text(row.cells.get("model")):
                firsts.setdefault(name, row)
        table = self.tasks_table
        return RawTable("tasks", table.file, table.columns, (*firsts.values(),), table.letters)

    def add_tasks(self) -> None:
        """Every row of the sheet, to the model that it names."""
        for row in self.tasks_table.rows:
            model = self._model_of(self.tasks_table, row)
            if model is None:
                self.homeless.add(_text(row.cells.get("task")))
            else:
                self._add(model, "tasks", self.tasks_table, row, TASKS, "task")

    def add_lines(self) -> None:
        """Every row of the sheet, to the task that it names."""
        for row in self.lines_table.rows:
            model = self._model_of(self.lines_table, row)
            task = self._task_of(model, row) if model is not None else None
            if task is None:
                self.lost_lines = True
            else:
                self._add(task, "lines", self.lines_table, row, LINES, "line")
        self._excuse_tasks()

    def _excuse_tasks(self) -> None:
        """Where lines did not find their task, a task without lines may not lack any."""
        for model in self.known.values():
            for task in model.parts.values():
                if self.lost_lines and "lines" not in task.data:
                    task.data["lines"] = UNREAD

    def _model_of(self, table: RawTable, row: RawRow) -> _Part | None:
        where = (self.models_table or self.tasks_table).called
        return self._owner(self.known, table, row, "model", "a model of", where)

    def _task_of(self, model: _Part, row: RawRow) -> _Part | None:
        if _text(row.cells.get("task")) in self.homeless - model.parts.keys():
            return None
        where = self.tasks_table.called
        return self._owner(
            model.parts, self.lines_table, row, "task", "a task of this model in", where
        )

    def _owner(
        self,
        known: Mapping[str, _Part],
        table: RawTable,
        row: RawRow,
        column: str,
        what: str,
        where: str,
    ) -> _Part | None:
        """What the row belongs to, None where that cannot be said."""
        cell = row.cells.get(column)
        owner = known.get(_text(cell)) if cell is not UNREAD else None
        if owner is None:
            self.complete = False
            place, expected = place_in(table, row.line, column), f"{what} {where}"
            if is_blank(cell):
                self.issues.append(issue("W201", place, "blank", expected))
            elif cell is not UNREAD and "" not in known:  # one that could not be read may be meant
                meant = near(_text(cell), known)
                self.issues.append(issue("W401", place, quoted(cell), expected, meant, where=where))
        return owner

    def _add(
        self, owner: _Part, key: str, table: RawTable, row: RawRow, layout: Layout, name: str
    ) -> None:
        entries = owner.data.setdefault(key, [])
        part = _Part(owner.model, (*owner.path, key, len(entries)), {})
        entries.append(part.data)
        self._fill(part, table, row, layout)
        # A task without lines lacks them where the task stands.
        owner.model.cells.setdefault((*part.path, "lines"), place_in(table, row.line))
        first = owner.parts.setdefault(_text(row.cells.get(name)), part)
        if first is not part and layout is TASKS:
            part.data["lines"] = UNREAD  # of two tasks with one id, the first has the lines

    def _fill(self, part: _Part, table: RawTable, row: RawRow, layout: Layout) -> None:
        part.model.cells[part.path] = place_in(table, row.line)
        for one in layout.fields:
            if one.path and one.header in (table.columns or ()):
                place = place_in(table, row.line, one.header)
                for depth in range(1, len(one.path) + 1):
                    part.model.cells.setdefault((*part.path, *one.path[:depth]), place)
                part.model.cells[(*part.path, *one.path)] = place
                value = self._value(one, row.cells.get(one.header), place)
                if not is_blank(value):
                    _put(part.data, one.path, value)
        own = {name: cell for name, cell in row.cells.items() if is_own(name)}
        part.data.update({name: cell for name, cell in own.items() if not is_blank(cell)})

    def _value(self, one: Field, cell: Any, place: Place) -> Any:
        """A cell as a model file would hold it."""
        if not isinstance(cell, str) or is_blank(cell):
            return cell
        match one.column.kind:
            case "yes_no" if cell.strip() in ("yes", "no"):
                return cell.strip() == "yes"
            case "yes_no":
                self.issues.append(issue("W208", place, quoted(cell), "'yes' or 'no'"))
                return UNREAD
            case "weights":
                weights = parsed(cell)
                if weights is None:
                    self.issues.append(issue("W218", place, quoted(cell)))
                return UNREAD if weights is None else weights
            case "choice" if one.header == "objectives" and cell.strip() == NO_OBJECTIVE:
                return []
        return cell


_ONLY_NAME = Layout("models", "", (MODELS.field("model"),))


def _put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for key in path[:-1]:
        data = data.setdefault(key, {})
    data[path[-1]] = value


def _text(cell: Any) -> str:
    return "" if cell is None or cell is UNREAD else str(cell).strip()
