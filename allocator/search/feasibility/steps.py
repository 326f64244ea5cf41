"""Steps that show a no: bounds pushed on from row to row until one cannot hold, and of all that
was pushed only what the end needs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import NamedTuple

from allocator.checker.constraints import Place, Row, Variable
from allocator.checker.rows import Rows
from allocator.checker.steps import most, place_of, pushed, steps_faults
from allocator.deadline import Deadline, TimeUpError
from allocator.inputs.problem import Problem, World
from allocator.results.certificate import Addend, Counted, Proof, Step
from allocator.search.feasibility.rows_together import rows_together

MOST_PUSHES = 20_000
"""So many bounds are pushed on at most for one proof."""


MOST_SHORTENED = 30
"""Steps of a proof that are tried one by one for whether the end needs them."""


TOGETHER = Place("together", "added up")
"""Where the last step of a proof stands whose rows can each hold, and not all."""


class _Push(NamedTuple):
    """One bound pushed on, and the pushes that it rests on."""

    place: Place
    variable: Variable | None
    before: tuple[int, int]
    after: tuple[int, int]
    rests_on: frozenset[int]
    added: tuple[Addend, ...] = ()


def proof_by_steps(
    problem: Problem,
    world: World,
    task_id: str,
    nations: Collection[str],
    deadline: Deadline,
) -> Proof | None:
    """Shows by steps that the nations cannot staff the task in the world, or gives None.

    Args:
        problem: the problem.
        world: the world that is asked about.
        task_id: the task that is to be staffed.
        nations: who may contribute to it.
        deadline: for it; raises TimeUpError.
    """
    rows = Rows(problem, world, task_id, nations)
    pushing = _Propagation(rows, deadline.check)
    pushes = pushing.run() or pushing.together(deadline)
    if not pushes:
        return None
    return Proof(by="steps", steps=_shorter(rows, _needed(pushes), deadline.check))


class _Propagation:
    """Bounds of all variables, pushed on row by row."""

    def __init__(self, rows: Rows, check: Callable[[], None]) -> None:
        self._all = rows
        self._rows = rows.rows
        self._bounds = dict(rows.bounds)
        self._check = check
        self._last: dict[tuple[Variable, bool], int] = {}
        self._pushes: list[_Push] = []
        self._of: dict[Variable, list[Place]] = {}
        for place, row in self._rows.items():
            for variable in {v for v, _ in row.terms} | set(rows.watched(row)):
                self._of.setdefault(variable, []).append(place)

    def run(self) -> list[_Push] | None:
        """The pushes, the last one a row that cannot hold; None where none is found."""
        waiting = deque(self._rows)
        queued = set(waiting)
        while waiting and len(self._pushes) < MOST_PUSHES:
            self._check()
            place = waiting.popleft()
            queued.discard(place)
            changed = self._push(place)
            if changed is None:
                return self._pushes
            for variable in changed:
                for other in self._of.get(variable, ()):
                    if other not in queued:
                        queued.add(other)
                        waiting.append(other)
        return None

    def together(self, deadline: Deadline) -> list[_Push]:
        """The pushes, the last one rows that cannot all hold; none where none are found."""
        added = rows_together(self._all, self._bounds, deadline)
        if not added:
            return []
        rows = [self._rows[place_of(addend)] for addend in added]
        reasons = frozenset().union(*(self._reasons(row, row.terms) for row in rows))
        self._pushes.append(_Push(TOGETHER, None, (0, 0), (0, 0), reasons, added))
        return self._pushes

    def _push(self, place: Place) -> list[Variable] | None:
        """The variables that the row narrows; None where it cannot hold."""
        row = self._rows[place]
        if self._all.lifted(row, self._bounds):
            return []
        top = most(row, self._bounds)
        if top < row.least:
            self._pushes.append(_Push(place, None, (0, 0), (0, 0), self._reasons(row, row.terms)))
            return None
        changed = []
        spare = top - row.least
        for variable, coefficient in row.terms:
            low, high = self._bounds[variable]
            if abs(coefficient) * (high - low) <= spare:
                continue
            after = pushed(row, variable, self._bounds)
            others = tuple(term for term in row.terms if term[0] != variable)
            reasons = self._reasons(row, others)
            self._last[variable, coefficient < 0] = len(self._pushes)
            self._pushes.append(_Push(place, variable, (low, high), after, reasons))
            self._bounds[variable] = after
            changed.append(variable)
        return changed

    def _reasons(self, row: Row, terms: tuple[tuple[Variable, int], ...]) -> frozenset[int]:
        """The pushes behind the bounds that these terms use, the greatest of what helps, the
        least of what harms; and behind what the row's condition lacks."""
        used = [self._last.get((variable, coefficient > 0)) for variable, coefficient in terms]
        used += [self._last.get((variable, True)) for variable in self._all.watched(row)]
        return frozenset(number for number in used if number is not None)


def _needed(pushes: list[_Push]) -> tuple[Step, ...]:
    """The pushes that the last one rests on, in their order, as steps."""
    needed: set[int] = set()
    waiting = [len(pushes) - 1]
    while waiting:
        number = waiting.pop()
        if number not in needed:
            needed.add(number)
            waiting.extend(pushes[number].rests_on)
    return tuple(_step(pushes[number]) for number in sorted(needed))


def _step(push: _Push) -> Step:
    place = push.place._asdict()
    if push.variable is None:
        return Step.model_validate({**place, "added": push.added})
    raised = push.after[0] > push.before[0]
    bound = "at least" if raised else "at most"
    at = Counted.model_validate(push.variable._asdict())
    return Step.model_validate(
        {**place, "at": at, "bound": bound, "units": push.after[0 if raised else 1]}
    )


def _shorter(rows: Rows, steps: tuple[Step, ...], check: Callable[[], None]) -> tuple[Step, ...]:
    """The steps without those that the end does not need; where there are many of them, or no
    time is left, as they are: a proof all the same."""
    with suppress(TimeUpError):
        for step in reversed(steps[:-1]) if len(steps) <= MOST_SHORTENED else ():
            check()
            fewer = tuple(other for other in steps if other is not step)
            if not any(steps_faults(rows, fewer)):
                steps = fewer
    return steps
