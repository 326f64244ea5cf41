"""Tables of what a task can be staffed with, and of what unlocks or blocks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from allocator.report.sentences import word_and_range
from allocator.report.sentences.needed import comes_with
from allocator.report.tables.plan import CELL, cell_row
from allocator.report.tables.table import Columns, Table, Value, joined, make_table, whole
from allocator.results.result import Family, TaskRecord

if TYPE_CHECKING:
    from allocator.results.run import RunRecord


def packages(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "task that the package staffs",
        "package": whole("number of the package, smallest first"),
        "package_nations": "its nations, ';' between",
        **{("for_task" if name == "task" else name): text for name, text in CELL.items()},
    }
    rows: list[tuple[Value, ...]] = []
    for record in run.result.tasks:
        for number, package in enumerate(record.packages.sets, 1):
            head = (record.task, number, joined(package.nations))
            found = [(*head, *cell_row(run, cell)) for cell in package.allocation]
            rows += found or [(*head, *(None for _ in CELL))]
    text = "One row for units sent in a package; a package of no nation has one row without units."
    return make_table("packages", text, columns, rows)


def packages_released(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "task that the package staffs",
        "package": whole("number of the package"),
        "commitment": "id of the commitment",
        "period": whole("period, counted from 1"),
        "quantity": whole("units released", "units"),
    }
    rows = (
        (record.task, number, release.commitment, release.period, release.quantity)
        for record in run.result.tasks
        for number, package in enumerate(record.packages.sets, 1)
        for release in package.released
    )
    return make_table(
        "packages_released", "One row for units a package has released.", columns, rows
    )


def unlocking(run: RunRecord) -> Table:
    text = "One row a precondition of a set that, brought about whole, makes the task ready."
    return _sets(run, "unlocking", text)


def blocking(run: RunRecord) -> Table:
    text = "One row a precondition of a set without which nothing else helps."
    return _sets(run, "blocking", text)


def whole_sets(run: RunRecord, name: str) -> Table:
    """The table of unlocking or blocking sets as one row a set, for people: what each
    precondition is stands among the inputs."""
    columns: Columns = {
        "task": "id of the task",
        "set": whole("number of the set, smallest first"),
        "size": whole("how many preconditions the set has", "preconditions"),
        "effort": whole("theirs together", "effort points"),
        "preconditions": "their ids, ';' between",
    }
    known = run.problem.preconditions
    rows = (
        (record.task, number, len(members), sum(known[m].effort for m in members), joined(members))
        for record in run.result.tasks
        for number, members in enumerate(_FAMILIES[name](record).sets, 1)
    )
    return make_table(
        name, f"One row a set; a row each of its members in {name}.csv.", columns, rows
    )


_FAMILIES: dict[str, Callable[[TaskRecord], Family]] = {
    "unlocking": lambda record: record.unlocking,
    "blocking": lambda record: record.blocking,
}

_PRECONDITION: Columns = {
    "precondition": "id of the precondition",
    "name": "its name",
    "kind": "political, legal or military",
    "holder": "who can bring it about",
    "effort": whole("1 to 10", "effort points"),
    "likelihood": "in words",
    "likelihood_range": "range that the word stands for",
}


def _sets(run: RunRecord, name: str, text: str) -> Table:
    columns: Columns = {
        "task": "id of the task",
        "set": whole("number of the set, smallest first"),
        "size": whole("how many preconditions the set has", "preconditions"),
        **_PRECONDITION,
    }
    rows = (
        (record.task, number, len(members), *_precondition(run, member))
        for record in run.result.tasks
        for number, members in enumerate(_FAMILIES[name](record).sets, 1)
        for member in members
    )
    return make_table(name, text, columns, rows)


def necessary(run: RunRecord) -> Table:
    columns: Columns = {
        "task": "id of the task",
        **_PRECONDITION,
        "or_with": (
            "preconditions that bring it about in ways that do not name it, ';' between; blank: "
            "it is in every way itself"
        ),
    }
    rows = (
        (
            record.task,
            *_precondition(run, name),
            joined(comes_with(run.problem, run.world, record, name)) or None,
        )
        for record in run.result.tasks
        for name in record.necessary
    )
    return make_table(
        "necessary", "One row a precondition needed whichever way is taken.", columns, rows
    )


def _precondition(run: RunRecord, name: str) -> tuple[Value, ...]:
    known = run.problem.preconditions[name]
    return (
        name,
        known.name,
        known.kind,
        known.holder,
        known.effort,
        *word_and_range(known.likelihood),
    )
