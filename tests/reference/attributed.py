"""Rows of the reference case that name the report, and what each says under its name."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from allocator.inputs.conditions import show
from casebook import case
from casebook.statements import cited, statements

LIST = Path(__file__).with_name("attributions.csv")
NAMED = re.compile(r"GMF|Coalition of the Willing|Ebert")


class Attributed(NamedTuple):
    """A row, what it says, and the paragraphs that it cites."""

    row: str
    claims: str
    paragraphs: tuple[str, ...]
    place: str


def attributed() -> Iterator[Attributed]:
    """Every row of every table and model whose source names the report."""
    for name, claims, row in _rows():
        if NAMED.search(row.source):
            place = str(case.planner().workspace.place(row))
            yield Attributed(name, claims, cited(row.source), place)


def _rows():
    """Every row with its name and what it claims: all that a plan or a reader takes from it."""
    workspace = case.planner().workspace
    for row in workspace.nations:
        yield f"nation {row.nation}", row.note, row
    for row in workspace.capabilities:
        yield f"capability {row.capability}", row.note, row
    for row in workspace.availability:
        said = f"{max(row.quantity) if isinstance(row.quantity, tuple) else row.quantity}"
        yield f"availability {row.nation} {row.capability}", said, row
    for row in workspace.commitments:
        said = f"{row.quantity} {row.capability}, released: {show(row.release_requires)}"
        yield f"commitment {row.commitment}", said, row
    for row in workspace.preconditions:
        said = f"{row.name}; {row.status}; by {row.holder}; after {show(row.after)}"
        yield f"precondition {row.precondition}", said + _list("; implies ", row.implies), row
    for row in workspace.caveats:
        yield f"caveat {row.caveat}", _caveat(row), row
    for row in workspace.offers:
        yield f"offer {row.offer}", _offer(row), row
    for model in workspace.models.values():
        yield f"model {model.name}", model.title, model
        for task in model.tasks:
            yield f"task {model.name} {task.task}", _task(task), task
            for line in task.lines:
                yield f"line {model.name} {task.task} {line.id}", f"{line.minimum}", line


def _caveat(row) -> str:
    scope = (_list("", getattr(row, name)) for name in ("task", "axis", "area", "domain"))
    units = _list("", row.capability)
    people = "" if row.max_personnel is None else f", else {row.max_personnel} people"
    where = " / ".join(part for part in (*scope, units) if part) or "anywhere"
    return f"{where}: {show(row.requires)}{people}"


def _offer(row) -> str:
    tasks = " ".join(row.task) or "anything"
    return f"{row.status}: {row.quantity} {row.capability} for {tasks}, if {show(row.requires)}"


def _task(task) -> str:
    lead = task.lead and (task.lead.any_of or task.lead.all_of)
    return (
        f"{task.title}; {task.area}: {show(task.requires)}"
        + _list("; led by ", lead or ())
        + _list("; reserve for ", task.reinforces)
    )


def _list(before: str, names) -> str:
    return before + " ".join(names) if names else ""


def listed() -> dict[str, dict[str, str]]:
    """The list of what may be attributed, by row."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row["row"]: row for row in csv.DictReader(file)}


def paragraphs(row: dict[str, str]) -> set[str]:
    """Of the statements that a row of the list rests on."""
    return {statements()[name].place for name in row["statements"].split()}
