"""Ids and names that are there twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from allocator.inputs.draft import Draft, identity_of
from allocator.inputs.issues import Issue
from allocator.inputs.messages import issue
from allocator.inputs.schema import TABLES, Row
from allocator.inputs.show import quoted


def repeated_table_ids(draft: Draft) -> Iterator[Issue]:
    """Two rows of a table, where its rows have ids."""
    for name, kind in TABLES.items():
        if kind.id_field:
            yield from _repeated(draft, draft.tables[name])


def repeated_task_ids(draft: Draft) -> Iterator[Issue]:
    """Two tasks of a model."""
    for model in draft.models:
        yield from _repeated(draft, model.tasks or ())


def repeated_line_ids(draft: Draft) -> Iterator[Issue]:
    """Two requirement lines of a task."""
    for _, task in draft.tasks:
        yield from _repeated(draft, task.lines or ())


def repeated_model_names(draft: Draft) -> Iterator[Issue]:
    """Two models that go by one name."""
    for row, first in _later_ones(draft.models):
        place = draft.place(row, "name")
        yield issue("W310", place, quoted(identity_of(row)), first=draft.place(first).source)


def several_defaults(draft: Draft) -> Iterator[Issue]:
    """More than one model that is meant where none is named."""
    marked = [model for model in draft.models if model.default]
    for model in marked[1:]:
        first = quoted(marked[0].name)
        yield issue("W311", draft.place(model, "default"), quoted(model.name), first=first)


def implying_itself(draft: Draft) -> Iterator[Issue]:
    """A precondition that names itself; two that imply each other are allowed."""
    for row in draft.preconditions:
        if row.precondition and row.precondition in (row.implies or ()):
            yield issue("W405", draft.place(row, "implies"), quoted(row.precondition))


def _repeated(draft: Draft, rows: Iterable[Row]) -> Iterator[Issue]:
    for row, first in _later_ones(rows):
        place = draft.place(row, row.id_field or "")
        yield issue("W402", place, quoted(identity_of(row)), first=draft.place(first))


def _later_ones(rows: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Each row whose id is there already, with the first row of that id."""
    firsts: dict[str, Row] = {}
    for row in rows:
        identity = identity_of(row)
        if identity and firsts.setdefault(identity, row) is not row:
            yield row, firsts[identity]
