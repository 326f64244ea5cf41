"""What stands if some members are lost, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import RenderableType

from allocator.report.sentences import names
from allocator.report.sentences import surviving as say
from allocator.report.terminal.console import note, titled
from allocator.report.terminal.weights import worse
from allocator.results.result import TaskRecord

if TYPE_CHECKING:
    from allocator.results.run import RunRecord


def surviving(run: RunRecord, record: TaskRecord) -> Iterator[RenderableType]:
    """A heading and its sentences, where it was asked for."""
    notes = run.notes.get(record.task)
    if notes is not None and notes.survive is not None:
        yield titled("If some are lost", *map(note, sentences(run, record)))


def sentences(run: RunRecord, record: TaskRecord) -> Iterator[str]:
    """What stands, and what the cheapest of it costs."""
    notes = run.notes.get(record.task)
    if notes is None or notes.survive is None:
        return
    found, of_ways = notes.survive, run.command == "blockers"
    name = names.of_preconditions(run.problem) if of_ways else str
    yield from say.surviving(found, "precondition" if of_ways else "nation", name)
    if found.cheapest is not None:
        best = found.cheapest.best_of_all
        yield say.cheapest(found.cheapest, worse(best, found.cheapest.levels) if best else "")
