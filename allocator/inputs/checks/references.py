"""Names that refer to a row elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from allocator.inputs.draft import Draft, ids
from allocator.inputs.issues import Issue
from allocator.inputs.messages import issue
from allocator.inputs.schema import Row, TaskRow
from allocator.inputs.show import quoted
from allocator.near import near

_THINGS = {
    "nations": "a nation",
    "capabilities": "a capability",
    "preconditions": "a precondition",
    "tasks": "a task",
}

_COLUMNS = (
    ("availability", "nation", "nations"),
    ("availability", "capability", "capabilities"),
    ("commitments", "nation", "nations"),
    ("commitments", "capability", "capabilities"),
    ("preconditions", "implies", "preconditions"),
    ("caveats", "nation", "nations"),
    ("caveats", "task", "tasks"),
    ("caveats", "capability", "capabilities"),
    ("worlds", "precondition", "preconditions"),
    ("offers", "nation", "nations"),
    ("offers", "capability", "capabilities"),
    ("offers", "task", "tasks"),
)


def unknown_in_tables(draft: Draft) -> Iterator[Issue]:
    """Nations, capabilities, preconditions and tasks that tables name."""
    for table, column, what in _COLUMNS:
        known = draft.known(what) or frozenset()
        for row in draft.tables[table]:
            if getattr(row, column) in known:
                continue
            yield from _unknown(draft, row, column, getattr(row, column), what)


def unknown_in_lines(draft: Draft) -> Iterator[Issue]:
    """Capabilities that requirement lines name."""
    for _, line in draft.lines:
        column = "any_of" if line.any_of else "capability"
        yield from _unknown(draft, line, column, line.capabilities, "capabilities")


def unknown_in_leads(draft: Draft) -> Iterator[Issue]:
    """Nations and capabilities that leads name."""
    for _, task in draft.tasks:
        if task.lead:
            for column in ("any_of", "all_of"):
                named = getattr(task.lead, column)
                yield from _unknown(draft, task.lead, column, named, "nations")
            yield from _unknown(draft, task.lead, "provides", task.lead.provides, "capabilities")


def unknown_in_members(draft: Draft) -> Iterator[Issue]:
    """Nations that tasks name as members."""
    for _, task in draft.tasks:
        yield from _unknown(draft, task, "members", task.members, "nations")


def unknown_in_of(draft: Draft) -> Iterator[Issue]:
    """Tasks that scaled lines name; they are of the same model."""
    for task, known in _beside(draft):
        for line in task.lines or ():
            yield from _unknown_beside(draft, line, "of", line.of, known)


def unknown_in_reinforces(draft: Draft) -> Iterator[Issue]:
    """Tasks that reserves name; they are of the same model."""
    for task, known in _beside(draft):
        yield from _unknown_beside(draft, task, "reinforces", task.reinforces, known)


def reinforcing_itself(draft: Draft) -> Iterator[Issue]:
    """A task that is its own reserve."""
    for _, task in draft.tasks:
        if task.task and task.task in (task.reinforces or ()):
            yield issue("W407", draft.place(task, "reinforces"), quoted(task.task))


def _beside(draft: Draft) -> Iterator[tuple[TaskRow, frozenset[str] | None]]:
    """Every task with the ids of those of its model; None where they could not be read."""
    for model in draft.models:
        tasks = model.tasks or ()
        known = None if any(not task.task for task in tasks) else frozenset(ids(tasks))
        yield from ((task, known) for task in tasks)


def _unknown_beside(
    draft: Draft,
    row: Row,
    column: str,
    named: Iterable[str] | None,
    known: frozenset[str] | None,
) -> Iterator[Issue]:
    for name in _missing(named, known):
        place, meant = draft.place(row, column), near(name, known or ())
        yield issue("W401", place, quoted(name), "a task of this model", meant, where="the model")


def _unknown(
    draft: Draft, row: Row, column: str, named: str | Iterable[str] | None, what: str
) -> Iterator[Issue]:
    known = draft.known(what)
    for name in _missing((named,) if isinstance(named, str) else named, known):
        thing, where = thing_and_place(draft, what)
        expected, meant = f"{thing} of {where}", near(name, known or ())
        place = draft.place(row, column)
        yield issue("W401", place, quoted(name), expected, meant, where=where)


def thing_and_place(draft: Draft, what: str) -> tuple[str, str]:
    """What one of the known things is called, and where they are written."""
    return _THINGS[what], draft.files.get(what, "a model")


def _missing(names: Iterable[str] | None, known: frozenset[str] | None) -> list[str]:
    """The names that are not known, each once; none where it cannot be said."""
    if names is None or known is None:
        return []
    return [name for name in dict.fromkeys(names) if name and name not in known]
