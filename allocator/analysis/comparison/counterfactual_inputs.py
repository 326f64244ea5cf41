"""One side with some values of another: the tables and models that lie between two runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from allocator.analysis.comparison.side import Inputs, Side
from allocator.analysis.comparison.stated import Key, brought_about, valid_offers
from allocator.inputs.problem import Problem, World, build
from allocator.inputs.schema import (
    LineRow,
    OfferRow,
    OperationModel,
    PreconditionRow,
    Row,
    TaskRow,
)
from allocator.inputs.workspace import Workspace

R = TypeVar("R", bound=Row)
Taken = frozenset[Key]


class CounterfactualInputs:
    """Side a with values of side b in place of its own.

    Nations and capabilities of both sides are there all the time: alone they do nothing. A
    precondition that a side does not have is ruled out in it. Raises ValueError for a side whose
    inputs are not known.
    """

    def __init__(self, a: Side, b: Side) -> None:
        if a.inputs is None or b.inputs is None:
            raise ValueError("the inputs of both sides must be known")
        self._a, self._b = a.inputs, b.inputs
        self._starts_a = brought_about(a.inputs.problem, a.world)
        self._starts_b = brought_about(b.inputs.problem, b.world)

    def with_(self, keys: Iterable[Key]) -> tuple[Problem, World]:
        """The problem and the world of side a once these are taken from b."""
        taken = frozenset(keys)
        model = _model(self._a, self._b, taken)
        counting = self._b if Key("count", "offers") in taken else self._a
        workspace = self._workspace(taken, model)
        problem = build(workspace, model.name, counting.problem.count, date.min)
        return problem, problem.world("today", self._starts(taken))

    def _workspace(self, taken: Taken, model: OperationModel) -> Workspace:
        a, b = self._a.workspace, self._b.workspace
        capabilities = _mixed(a.capabilities, b.capabilities, _capability, taken)
        return Workspace(
            nations=_with_missing(a.nations, b.nations, lambda row: row.nation),
            capabilities=_with_missing(capabilities, b.capabilities, lambda row: row.capability),
            availability=_mixed(a.availability, b.availability, _pair, taken),
            commitments=_mixed(a.commitments, b.commitments, _commitment, taken),
            preconditions=self._preconditions(taken),
            caveats=_mixed(a.caveats, b.caveats, _caveat, taken),
            offers=_mixed(_standing(self._a), _standing(self._b), _offer, taken),
            models={model.name: model},
        )

    def _preconditions(self, taken: Taken) -> tuple[PreconditionRow, ...]:
        of_a = {row.precondition: row for row in self._a.workspace.preconditions}
        of_b = {row.precondition: row for row in self._b.workspace.preconditions}
        found = []
        for name in (*of_a, *(name for name in of_b if name not in of_a)):
            one, other = (of_b, of_a) if Key("precondition", name) in taken else (of_a, of_b)
            absent = {"status": "ruled_out", "implies": ()}
            found.append(one.get(name) or other[name].model_copy(update=absent))
        return tuple(found)

    def _starts(self, taken: Taken) -> dict[str, int]:
        kept = {n: s for n, s in self._starts_a.items() if Key("precondition", n) not in taken}
        come = {n: s for n, s in self._starts_b.items() if Key("precondition", n) in taken}
        return kept | come


def _standing(side: Inputs) -> tuple[OfferRow, ...]:
    """The offers that are valid on the side's day; in a mixture, which has none, on every day."""
    return tuple(row.model_copy(update={"valid_until": None}) for row in valid_offers(side))


def _offer(row: Any) -> Key:
    return Key("offer", row.offer)


def _pair(row: Any) -> Key:
    return Key("availability", f"{row.nation} {row.capability}")


def _commitment(row: Any) -> Key:
    return Key("commitment", row.commitment)


def _caveat(row: Any) -> Key:
    return Key("caveat", row.caveat)


def _capability(row: Any) -> Key:
    return Key("capability", row.capability)


def _mixed(
    a: tuple[R, ...], b: tuple[R, ...], key: Callable[[R], Key], taken: Taken
) -> tuple[R, ...]:
    kept = (row for row in a if key(row) not in taken)
    return (*kept, *(row for row in b if key(row) in taken))


def _with_missing(rows: tuple[R, ...], more: tuple[R, ...], name: Callable[[R], str]) -> Any:
    there = {name(row) for row in rows}
    return (*rows, *(row for row in more if name(row) not in there))


def _model(a: Inputs, b: Inputs, taken: Taken) -> OperationModel:
    others = {row.task: row for row in b.model.tasks}
    tasks = [
        _task(row, others.get(row.task, row), taken)
        for row in a.model.tasks
        if Key("task", row.task) not in taken
    ]
    tasks += [row for name, row in others.items() if Key("task", name) in taken]
    horizon = b.model.horizon if Key("horizon", "model") in taken else a.model.horizon
    return a.model.model_copy(update={"tasks": tuple(tasks), "horizon": horizon})


def _task(a: TaskRow, b: TaskRow, taken: Taken) -> TaskRow:
    columns = {key.column for key in taken if key[:2] == ("task", a.task)}
    others = {line.id: line for line in b.lines}
    lines = [
        _line(line, others.get(line.id, line), f"{a.task}.{line.id}", taken)
        for line in a.lines
        if Key("line", f"{a.task}.{line.id}") not in taken
    ]
    lines += [line for name, line in others.items() if Key("line", f"{a.task}.{name}") in taken]
    cells = {column: getattr(b, column) for column in columns}
    return a.model_copy(update={**cells, "lines": tuple(lines)})


def _line(a: LineRow, b: LineRow, name: str, taken: Taken) -> LineRow:
    columns = {key.column for key in taken if key[:2] == ("line", name)}
    if "one_per" in columns:
        columns.add("of")
    spelt = _spelt_out(b)
    return _spelt_out(a).model_copy(update={column: getattr(spelt, column) for column in columns})


def _spelt_out(line: LineRow) -> LineRow:
    """With `any_of` where one capability alone was named."""
    weights = line.any_of or {line.capability or "": 1}
    return line.model_copy(update={"line": line.id, "capability": None, "any_of": weights})
