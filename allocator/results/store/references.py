"""What a kept run names beside what its inputs have: nations, tasks, lines, periods and the like
that are not there, with the file and the place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from allocator.inputs.problem import Problem
from allocator.results.blocking import CheapestWay, Influence, Relaxed, SumProof, VerdictMap
from allocator.results.certificate import Proof, Refuted, Shown, TaskCertificate, Witness
from allocator.results.coalitions import Weight, Without
from allocator.results.departures import Departure
from allocator.results.front import Front, Point
from allocator.results.result import (
    AddedUnits,
    Cell,
    Contest,
    Family,
    Lift,
    Package,
    Plan,
    Release,
    Shortfall,
    TaskRecord,
    WorldRecord,
)
from allocator.results.run import TaskNotes
from allocator.results.store.reading import CERTIFICATE, NOTES, PLAN_NOTES, RESULT
from allocator.results.threshold_game import ThresholdGame

if TYPE_CHECKING:
    from allocator.results.store.reading import KeptRun

_NAMED: Mapping[type, Mapping[str, str]] = {
    Cell: {
        "nation": "nation",
        "task": "task",
        "line": "line",
        "capability": "capability",
        "period": "period",
    },
    Release: {"commitment": "commitment", "period": "period"},
    Shortfall: {"task": "task", "line": "line", "period": "period"},
    Contest: {"task": "task", "rivals": "task", "lines": "line"},
    Plan: {"staffed": "task"},
    Package: {"nations": "nation"},
    AddedUnits: {"line": "line", "period": "period", "capability": "capability"},
    Lift: {"caveats": "caveat", "commitments": "commitment"},
    TaskRecord: {"task": "task", "necessary": "precondition"},
    Family: {"sets": "precondition"},
    WorldRecord: {"holds": "precondition"},
    Witness: {"staffed": "task"},
    Shown: {"members": "precondition or nation"},
    Refuted: {"members": "precondition or nation"},
    Proof: {"lines": "line", "periods": "period"},
    TaskCertificate: {"task": "task"},
    SumProof: {"lines": "line", "periods": "period"},
    CheapestWay: {"preconditions": "precondition"},
    VerdictMap: {"ready": "precondition", "not_ready": "precondition"},
    Influence: {"precondition": "precondition", "substitutes": "precondition"},
    Weight: {"nation": "nation", "substitutes": "nation"},
    ThresholdGame: {"nations": "nation"},
    Without: {"nation": "nation"},
    Departure: {"nation": "nation", "falls": "task", "rises": "task"},
    Point: {"nations": "nation", "staffed": "task"},
    TaskNotes: {"undecided": "precondition"},
    Relaxed: {"sets": "row"},
}
"""By class and field, what the text in it names."""


def reference_faults(kept: KeptRun, problem: Problem) -> Iterator[str]:
    """A sentence for each thing that is named and not there, and for lists that do not fit."""
    walk = _Walk(problem)
    yield from walk.through(kept.result, RESULT)
    if kept.certificate is not None:
        yield from walk.through(kept.certificate, CERTIFICATE)
    for task, notes in (kept.notes or {}).items():
        if not problem.has_task(task):
            yield f"{NOTES}: {task}: no task {task!r} in the inputs"
        else:
            yield from walk.through(notes, f"{NOTES}: {task}", task)
    if kept.plan_notes is not None:
        yield from walk.through(kept.plan_notes, PLAN_NOTES)


class _Walk:
    """One problem's names, and a walk through records and dataclasses alike."""

    def __init__(self, problem: Problem) -> None:
        preconditions, nations = set(problem.preconditions), set(problem.nations)
        caveats = {caveat.id for caveat in problem.caveats}
        commitments = {commitment.id for commitment in problem.commitments}
        self._lines = {task.id: {line.id for line in task.lines} for task in problem.tasks}
        self._known: dict[str, set[Any]] = {
            "nation": nations,
            "task": set(self._lines),
            "capability": set(problem.capabilities),
            "period": set(problem.periods),
            "precondition": preconditions,
            "precondition or nation": preconditions | nations,
            "caveat": caveats,
            "commitment": commitments,
            "row": caveats | commitments | preconditions | {"caveat", "commitment", "precondition"},
        }

    def through(self, value: Any, place: str, task: str = "") -> Iterator[str]:
        """What is wrong within the value, which stands at the place and is about the task."""
        if isinstance(value, (tuple, list)):
            for number, one in enumerate(value):
                yield from self.through(one, f"{place}.{number}", task)
        elif isinstance(value, BaseModel) or is_dataclass(value):
            yield from self._record(value, place, task)

    def _record(self, record: Any, place: str, task: str) -> Iterator[str]:
        names = type(record).model_fields if isinstance(record, BaseModel) else _fields(record)
        own = getattr(record, "task", task)
        named = _NAMED.get(type(record), {})
        yield from _misfits(record, place)
        for name in names:
            value, where = getattr(record, name), f"{place}: {name}"
            if name in named:
                yield from self._names(value, named[name], where, own)
            else:
                yield from self.through(value, where, own)

    def _names(self, value: Any, kind: str, place: str, task: str) -> Iterator[str]:
        known = self._lines.get(task, set()) if kind == "line" else self._known[kind]
        for one in _flat(value):
            if one not in known:
                yield f"{place}: no {kind} {one!r} in the inputs"


def _fields(record: Any) -> list[str]:
    return [field.name for field in fields(record)]


def _flat(value: Any) -> Iterator[Any]:
    """The texts and numbers in a value, in sets and sets of sets; a mapping's keys."""
    if isinstance(value, (tuple, list, Mapping)):
        for one in value:
            yield from _flat(one)
    else:
        yield value


def _misfits(record: Any, place: str) -> Iterator[str]:
    """Lists beside each other that are not of one length."""
    match record:
        case Front():
            lengths = {len(record.objectives), *(len(point.values) for point in record.points)}
        case ThresholdGame():
            lengths = {len(record.needs), *(len(weights) for weights in record.weights)}
            if len(record.nations) != len(record.weights):
                yield f"{place}: {len(record.nations)} nations, {len(record.weights)} weights"
        case _:
            return
    if len(lengths) > 1:
        yield f"{place}: lists of {min(lengths)} and of {max(lengths)} figures beside each other"
