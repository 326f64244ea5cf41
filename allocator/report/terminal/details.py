"""The longer view of one task: every package, every way, everyone who waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from rich.console import RenderableType

from allocator.report.sentences import Held, Waiting, basis_phrase, how_far, names, waiting
from allocator.report.sentences import situation as say
from allocator.report.sentences.before import comes_before
from allocator.report.sentences.needed import comes_with
from allocator.report.sentences.partners import partners
from allocator.report.terminal import blocks, coalitions, surviving, trade_offs, ways, weights
from allocator.report.terminal.console import note, pairs, titled
from allocator.results.result import TaskRecord
from allocator.words import count, listing

if TYPE_CHECKING:
    from allocator.results.run import RunRecord

Details = Callable[["RunRecord", TaskRecord], Sequence[RenderableType]]

LONGEST_CHOICE = 300
"""Letters of what can be chosen between; the table below it has every way."""

MANY = 4
"""Rows with the same condition that are told together."""

ROWS = 40
"""Rows of a list that the terminal shows; the run's folder has all."""

ALSO = 6
"""Ways to lift rows that are named where a task's block is all that is read."""


def packages(run: RunRecord, record: TaskRecord) -> Sequence[RenderableType]:
    """The packages of a ready task; of another, why it has none."""
    if record.verdict != "ready":
        proofs = blocks.proofs(run, record.task, run.notes.get(record.task))
        lost = surviving.surviving(run, record)
        return [note(say.situation(record)), *map(note, proofs), *lost]
    notes = run.notes.get(record.task)
    together = notes.partners if notes else ()
    return [
        *coalitions.listed(run, record),
        *([titled("Only together", *map(note, partners(together)))] if together else ()),
        *weights.weights(run, record),
        *trade_offs.front(notes.front if notes else None),
        *surviving.surviving(run, record),
    ]


def blockers(run: RunRecord, record: TaskRecord) -> Sequence[RenderableType]:
    """Ways, blocking sets, who waits for what, and what is missing."""
    parts: list[RenderableType] = [note(say.situation(record))]
    if record.verdict == "blocked":
        parts += _blocked(run, record)
    elif rows := () if record.verdict == "ready" else blocks.block(run, record):
        parts.append(pairs(rows))
    parts += ways.relaxed(run, record)
    parts += surviving.surviving(run, record)
    if record.verdict in ("blocked", "short"):
        parts += _waiting(run, record)
    return parts


def also(run: RunRecord, record: TaskRecord) -> Iterable[tuple[str, str]]:
    """Yield what was asked for besides, for where a task's block is all that is read: a label and
    what it says.

    run: what is shown. record: what the result says of the task.
    """
    if lost := tuple(surviving.sentences(run, record)):
        yield "If some are lost", " ".join(lost)
    notes = run.notes.get(record.task)
    if notes and notes.partners:
        yield "Only together", " ".join(partners(notes.partners))
    if notes and notes.relaxed:
        title, told, sets = ways.relaxed_said(run, notes.relaxed)
        more = len(sets) - ALSO
        rest = [f"and {count(more, 'way')} more, in relaxations.csv"] if more > 0 else []
        yield from zip((title, *[""] * ROWS), (*told, *sets[:ALSO], *rest), strict=False)


def _blocked(run: RunRecord, record: TaskRecord) -> Iterable[RenderableType]:
    if record.necessary:
        yield titled("Needed whichever way is taken", *_needed(run, record))
    name = names.of_preconditions(run.problem)
    told = note(say.factored(record.unlocking, name, LONGEST_CHOICE))
    unlocking = [told, *ways.listed(run, record.unlocking)]
    yield titled("What unlocks it", *unlocking, *ways.outlook(run, record))
    if before := comes_before(run.problem, run.world, record.unlocking):
        texts = [note(f"{text}.") for text in before[:ROWS]]
        yield titled("What has to come before", *texts, *_cut(len(before), "precondition"))
    if record.blocking.sets:
        counted = filter(None, [say.blocking_counted(record.blocking)])
        rows = [*map(note, (*counted, *say.blocking(record.blocking.sets[:ROWS], name)))]
        yield titled("What blocks it", *rows, *_cut(len(record.blocking.sets), "blocking set"))
    named = {name for members in record.unlocking.sets for name in members}
    if others := sorted(named - {*record.necessary}):
        yield titled("The other preconditions named", *_described(run, others))


def _needed(run: RunRecord, record: TaskRecord) -> Iterable[RenderableType]:
    for one in record.necessary:
        yield note(say.precondition(run.problem, one))
        if others := comes_with(run.problem, run.world, record, one):
            told = listing(names.preconditions(run.problem, others), "or")
            yield note(f"itself, or with {told}", indent=4)


def _described(run: RunRecord, ids: Iterable[str]) -> Iterable[RenderableType]:
    return [note(say.precondition(run.problem, one)) for one in ids]


def _waiting(run: RunRecord, record: TaskRecord) -> Iterable[RenderableType]:
    found = waiting(run.problem, run.world, record.task)
    said = partial(names.condition, run.problem)
    own = [
        note(f"{blocks.itself(run, record, o.task)} requires {said(o.requires)} ({o.place})")
        for o in found.own
    ]
    if own:
        yield titled("Conditions of the task itself and of tasks beside it", *own)
    for title, rows in _held(found):
        yield titled(title, *_told(run, rows[:ROWS]), *_cut(len(rows), "row"))
    if found.free:
        free = "; ".join(f"{nation} {blocks.forces(run, units)}" for nation, units in found.free)
        yield titled("Held back by no row of the tables", note(free))


def _held(found: Waiting) -> Iterable[tuple[str, Sequence[Held]]]:
    """The rows that hold forces back, by what they wait for."""
    waits = [held for held in found.held if held.cause == "precondition"]
    groups = {
        "Who waits for open preconditions": [h for h in waits if h.table == "caveat"],
        "Committed elsewhere until a condition holds": [
            h for h in waits if h.table == "commitment"
        ],
        "Offered on a condition": [h for h in waits if h.table == "offer"],
        "Who waits for company": found.company,
        "Held back, whatever is brought about": found.never,
    }
    return ((title, rows) for title, rows in groups.items() if rows)


def _told(run: RunRecord, rows: Sequence[Held]) -> Iterable[RenderableType]:
    """A line a row; what many wait for is said once, above them."""
    by_condition: dict[str, list[Held]] = {}
    for held in rows:
        by_condition.setdefault(_condition(run, held), []).append(held)
    apart = [held for alike in by_condition.values() if len(alike) < MANY for held in alike]
    apart.sort(key=rows.index)
    if apart:
        asked = [f": requires {_condition(run, held)}" for held in apart]
        yield pairs([_row(run, *each) for each in zip(apart, asked, strict=True)])
    for condition, alike in by_condition.items():
        if len(alike) >= MANY:
            yield note(f"Each requires {condition}:")
            yield pairs([_row(run, held) for held in alike], indent=4)


def _row(run: RunRecord, held: Held, asked: str = "") -> tuple[str, str]:
    row = "; ".join(part for part in (held.place, basis_phrase(held.basis)) if part)
    return held.nation, f"{blocks.forces(run, held.forces)}{asked} ({row})"


def _condition(run: RunRecord, held: Held) -> str:
    return f"{names.condition(run.problem, held.requires)}{how_far(run.problem, held)}"


def _cut(number: int, thing: str) -> Sequence[RenderableType]:
    if number <= ROWS:
        return []
    return [note(f"and {count(number - ROWS, thing)} more, in the run's folder")]


OF_COMMAND: Mapping[str, Details] = {"packages": packages, "blockers": blockers}
