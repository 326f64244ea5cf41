"""The decision table: what speaks for and against each task, criterion by criterion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, get_args

from allocator.inputs.schema.provenance import BasisWord
from allocator.report.sentences.names import Name, of_preconditions
from allocator.report.sentences.needed import in_words
from allocator.report.sentences.ways import Way, vetoes, ways
from allocator.report.tables.table import (
    PERCENT,
    Columns,
    Table,
    Value,
    joined,
    make_table,
    number,
    yes_no,
)
from allocator.results.result import Cell, TaskRecord
from allocator.words import listing

if TYPE_CHECKING:
    from allocator.results.run import RunRecord


@dataclass(frozen=True)
class Subject:
    """A task of a run, as the criteria look at it."""

    run: RunRecord
    record: TaskRecord

    @property
    def staffed(self) -> bool:
        return self.record.task in self.run.result.plan.staffed

    @cached_property
    def sent(self) -> list[Cell]:
        """What the joint plan sends."""
        return [cell for cell in self.run.result.plan.allocation if cell.task == self.record.task]

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        return ways(self.run.problem, self.record.unlocking.sets)


@dataclass(frozen=True, slots=True)
class Criterion:
    """`of` gives the raw value for a task: None where it is not known or does not apply. `read`:
    the same for people, by name where ids stand in it."""

    meaning: str
    unit: str
    of: Callable[[Subject], Value]
    read: Callable[[Subject], Value] | None = None


def decision(run: RunRecord) -> Table:
    """The tidy form: one row a criterion and task."""
    columns: Columns = {
        "criterion": "id of the criterion",
        "meaning": "the criterion in words",
        "task": "id of the task",
        "figure": number("its value where that is a number", "as `unit` says"),
        "text": "its value where that is text",
        "unit": "what the figure counts",
    }
    subjects = [Subject(run, record) for record in run.result.tasks]
    rows = (
        (name, found.meaning, subject.record.task, *_split(found.of(subject)), found.unit)
        for name, found in CRITERIA.items()
        for subject in subjects
    )
    return make_table("decision", "One row a criterion and task: the raw value.", columns, rows)


def decision_wide(run: RunRecord) -> Table:
    """The same values with criteria in rows and tasks in columns; criteria that say nothing of
    any task are left out."""
    subjects = [Subject(run, record) for record in run.result.tasks]
    found = {
        (one.meaning, one.unit): [(one.read or one.of)(subject) for subject in subjects]
        for one in CRITERIA.values()
    }
    titles = {r.task: run.problem.task(r.task).title for r in run.result.tasks}
    columns: Columns = {"criterion": "the criterion", "unit": "what its figures count", **titles}
    rows = (
        (*head, *values) for head, values in found.items() if any(v is not None for v in values)
    )
    return make_table("decision", "One row a criterion, one column a task.", columns, rows)


def _split(value: Value) -> tuple[Value, Value]:
    """The value as a figure or as text."""
    return (None, value) if isinstance(value, str) else (value, None)


def in_plan(run: RunRecord, task: str) -> str | None:
    """What the joint plan does with the task: staffed, contested, no; None where none is known."""
    plan = run.result.plan
    if plan.status == "unknown":
        return None
    if task in plan.staffed:
        return "staffed"
    return "contested" if any(contest.task == task for contest in plan.contested) else "no"


def _nations(subject: Subject) -> Value:
    return len({cell.nation for cell in subject.sent}) if subject.staffed else None


def _people(subject: Subject) -> Value:
    if not subject.staffed:
        return None
    people: dict[int, int] = {}
    for cell in subject.sent:
        each = subject.run.problem.capabilities[cell.capability].personnel
        people[cell.period] = people.get(cell.period, 0) + each * cell.quantity
    return max(people.values(), default=0)


def _target_percent(subject: Subject) -> Value:
    if not subject.staffed:
        return None
    shortfalls = subject.run.result.plan.shortfalls
    below = (s for s in shortfalls if s.task == subject.record.task and s.target)
    return min((round(100 * s.filled / s.target, 1) for s in below), default=100)


def _weakest_basis(subject: Subject) -> Value:
    """The least trustworthy of the words behind the units sent."""
    order = get_args(BasisWord)
    sent = {(cell.nation, cell.capability) for cell in subject.sent}
    found = {word for pair in sent for word in subject.run.problem.basis.get(pair, ())}
    return max(found, key=order.index, default=None)


def _in_every_package(subject: Subject) -> Value:
    """Nations that no package goes without; only where all packages are listed, whichever."""
    packages = subject.record.packages
    if not packages.sets or not packages.complete or packages.only:
        return None
    shared = set.intersection(*(set(package.nations) for package in packages.sets))
    return joined(sorted(shared)) or "none"


def _vetoes(subject: Subject) -> Value:
    """Holders who must act in every way; only where all ways are listed."""
    unlocking = subject.record.unlocking
    if not unlocking.sets or not unlocking.complete:
        return None
    return joined(vetoes(subject.run.problem, unlocking.sets)) or "none"


def _needed(subject: Subject, name: Name = str) -> Value:
    run = subject.run
    return joined(in_words(run.problem, run.world, subject.record, name)) or None


def _needed_by_name(subject: Subject) -> Value:
    return _needed(subject, of_preconditions(subject.run.problem))


def _likeliest(subject: Subject) -> Value:
    known = [way.likelihood for way in subject.ways if way.likelihood is not None]
    return round(100 * max(known), 1) if known else None


def _ready_worlds(subject: Subject) -> Value:
    notes = subject.run.notes.get(subject.record.task)
    found = notes.world_map if notes else None
    return round(100 * found.ready, 1) if found else None


def _ready_worlds_margin(subject: Subject) -> Value:
    """Told of a sample alone: a figure without it is exact."""
    notes = subject.run.notes.get(subject.record.task)
    found = notes.world_map if notes else None
    return round(100 * found.margin, 1) if found and not found.exact else None


def _missing(subject: Subject) -> Value:
    added: dict[int, int] = {}
    for unit in subject.record.gaps.units:
        added[unit.period] = added.get(unit.period, 0) + unit.quantity
    return max(added.values(), default=None)


def _where(verdict: str, value: Callable[[TaskRecord], Value]) -> Callable[[Subject], Value]:
    """The record's value for tasks of this verdict; None for others."""
    return lambda subject: value(subject.record) if subject.record.verdict == verdict else None


def _words(value: Callable[[TaskRecord], str]) -> Callable[[Subject], Value]:
    return lambda subject: value(subject.record) or None


CRITERIA = {
    "verdict": Criterion("verdict, asked about alone", "", _words(lambda r: r.verdict)),
    "priority": Criterion(
        "priority; 1 comes first", "", lambda s: s.run.problem.task(s.record.task).priority
    ),
    "joint_plan": Criterion("in the joint plan", "", lambda s: in_plan(s.run, s.record.task)),
    "nations": Criterion("nations at the task in the joint plan", "nations", _nations),
    "people": Criterion("people at the task in its fullest period", "people", _people),
    "target_percent": Criterion("worst line, filled of its target", PERCENT, _target_percent),
    "weakest_basis": Criterion("weakest basis of the units sent", "", _weakest_basis),
    "packages": Criterion(
        "packages listed", "packages", _where("ready", lambda r: len(r.packages.sets))
    ),
    "packages_complete": Criterion(
        "these are all that were asked for",
        "",
        _where("ready", lambda r: yes_no(r.packages.complete)),
    ),
    "smallest_package": Criterion(
        "nations in the smallest package listed",
        "nations",
        lambda s: min((len(package.nations) for package in s.record.packages.sets), default=None),
    ),
    "in_every_package": Criterion("nations in every package", "", _in_every_package),
    "ways": Criterion(
        "ways to unlock it listed", "ways", _where("blocked", lambda r: len(r.unlocking.sets))
    ),
    "ways_complete": Criterion(
        "these are all ways", "", _where("blocked", lambda r: yes_no(r.unlocking.complete))
    ),
    "necessary": Criterion("needed whichever way is taken", "", _needed, _needed_by_name),
    "vetoes": Criterion("holders who must act in every way", "", _vetoes),
    "least_effort": Criterion(
        "least effort of a way listed",
        "effort points",
        lambda s: min((way.effort for way in s.ways), default=None),
    ),
    "likeliest_percent": Criterion("likelihood of the likeliest way listed", PERCENT, _likeliest),
    "ready_worlds_percent": Criterion("worlds in which it is ready", PERCENT, _ready_worlds),
    "ready_worlds_margin": Criterion(
        "sampled: the share of worlds is known to plus or minus", PERCENT, _ready_worlds_margin
    ),
    "units_missing": Criterion("units to add in the worst period", "units", _missing),
    "units_proved": Criterion(
        "proved: no fewer units would do",
        "",
        lambda s: yes_no(s.record.gaps.units_status == "optimal") if s.record.gaps.units else None,
    ),
    "lines_lacking": Criterion(
        "lines that lack units",
        "",
        _words(lambda r: listing(sorted({unit.line for unit in r.gaps.units}))),
    ),
    "rules": Criterion(
        "rules that no units help against", "", _words(lambda r: joined(r.gaps.rules))
    ),
}
"""By id, in reading order: what is asked of every task."""
