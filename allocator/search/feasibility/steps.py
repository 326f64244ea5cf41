"""Steps that show a no: bounds pushed on from row to row until one cannot hold, and of all that
was pushed only what the end needs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from copy import copy
from math import floor
from typing import NamedTuple

from allocator.checker.constraints import Place, Row, Variable
from allocator.checker.rows import Rows, StatedRows
from allocator.checker.steps import CASES, most, place_of, pushed, steps_faults
from allocator.deadline import Deadline, TimeUpError
from allocator.inputs.problem import Problem, World
from allocator.results.certificate import Addend, Counted, Proof, Step
from allocator.search.feasibility.rows_together import RowColumns

MOST_PUSHES = 20_000
"""So many bounds are pushed on at most for one proof."""


MOST_CASES = 120
"""So many cases are told apart at most for one proof."""

WHOLE = 1e-6
"""A value no farther than this from a whole number is one."""

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
    cases: tuple[tuple[Step, ...], ...] = ()


def proof_by_steps(
    problem: Problem,
    world: World,
    task_id: str,
    nations: Collection[str],
    deadline: Deadline,
    known: Iterable[Proof] = (),
    stated: StatedRows | None = None,
    most_cases: int | None = None,
) -> Proof | None:
    """Shows by steps that the nations cannot staff the task in the world, or gives None.

    Args:
        problem: the problem.
        world: the world that is asked about.
        task_id: the task that is to be staffed.
        nations: who may contribute to it.
        deadline: for it; raises TimeUpError.
        known: proofs of other noes of the task, which may show this one too.
        stated: rows of the task's questions, where several are asked.
        most_cases: that are told apart; MOST_CASES where it is left out.
    """
    rows = Rows(problem, world, task_id, nations, stated)
    for proof in known:
        if not any(steps_faults(rows, proof.steps)):
            return proof
    cases = Cases(MOST_CASES if most_cases is None else most_cases)
    pushes = Propagation(rows, deadline.check).closed(deadline, cases)
    if not pushes:
        return None
    return Proof(by="steps", steps=_shorter(rows, _needed(pushes), deadline.check))


class Cases:
    """So many cases may still be told apart."""

    def __init__(self, most: int) -> None:
        self.left = most


class Propagation:
    """Bounds of all variables, pushed on row by row."""

    def __init__(self, rows: Rows, check: Callable[[], None]) -> None:
        self._all = rows
        self._rows = rows.rows
        self._columns = RowColumns(rows)
        self._bounds = dict(rows.bounds)
        self._check = check
        self._last: dict[tuple[Variable, bool], int] = {}
        self._pushes: list[_Push] = []
        self._of: dict[Variable, list[Place]] = {}
        for place, row in self._rows.items():
            for variable in {v for v, _ in row.terms} | set(rows.watched(row)):
                self._of.setdefault(variable, []).append(place)

    def closed(self, deadline: Deadline, cases: Cases) -> list[_Push]:
        """The pushes, the last one what cannot hold; none where none are found."""
        return self._closed_from([*self._rows], deadline, cases)

    def _closed_from(
        self, places: Iterable[Place], deadline: Deadline, cases: Cases
    ) -> list[_Push]:
        """The same, where only these rows may push anything on at first."""
        if self._run(places):
            return self._pushes
        found = self._columns.together(self._bounds, deadline)
        if found.added:
            return self._added_up(found.added)
        between = self._most_open(found.values)
        return self._by_cases(between, deadline, cases) if between else []

    def _run(self, places: Iterable[Place]) -> bool:
        """Whether the last push is a row that cannot hold."""
        waiting = deque(places)
        queued = set(waiting)
        while waiting and len(self._pushes) < MOST_PUSHES:
            self._check()
            place = waiting.popleft()
            queued.discard(place)
            changed = self._push(place)
            if changed is None:
                return True
            for variable in changed:
                for other in self._of.get(variable, ()):
                    if other not in queued:
                        queued.add(other)
                        waiting.append(other)
        return False

    def _added_up(self, added: tuple[Addend, ...]) -> list[_Push]:
        """The pushes, the last one rows that cannot all hold."""
        rows = [self._rows[place_of(addend)] for addend in added]
        reasons = frozenset().union(*(self._reasons(row, row.terms) for row in rows))
        self._pushes.append(_Push(TOGETHER, None, (0, 0), (0, 0), reasons, added))
        return self._pushes

    def _by_cases(
        self, between: tuple[Variable, int], deadline: Deadline, cases: Cases
    ) -> list[_Push]:
        """The pushes, the last one that neither the case in which the variable is at most so many
        can hold, nor the one in which it is more."""
        variable, units = between
        low, high = self._bounds[variable]
        closed: list[tuple[Step, ...]] = []
        reasons: set[int] = set()
        for bound in ((low, units), (units + 1, high)):
            if cases.left <= 0:
                return []
            cases.left -= 1
            case, assumed = self._assuming(variable, bound), len(self._pushes)
            pushes = case._closed_from(self._of.get(variable, ()), deadline, cases)
            if not pushes:
                return []
            needed = _needed_numbers(pushes)
            if assumed not in needed:
                self._pushes = pushes
                return pushes
            reasons |= {number for number in needed if number < assumed}
            closed.append(tuple(_step(pushes[n]) for n in sorted(needed) if n > assumed))
        at_most = (low, units)
        self._pushes.append(
            _Push(CASES, variable, (low, high), at_most, frozenset(reasons), cases=tuple(closed))
        )
        return self._pushes

    def _assuming(self, variable: Variable, bound: tuple[int, int]) -> Propagation:
        """The same with a bound of the variable taken for granted, as a push of its own."""
        other = copy(self)
        other._bounds, other._last = dict(self._bounds), dict(self._last)
        other._pushes = [*self._pushes]
        upper = bound[1] < self._bounds[variable][1]
        other._last[variable, upper] = len(other._pushes)
        other._pushes.append(_Push(CASES, variable, self._bounds[variable], bound, frozenset()))
        other._bounds[variable] = bound
        return other

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

    def _most_open(self, values: Mapping[Variable, float]) -> tuple[Variable, int] | None:
        """A variable that is a fraction, and the whole number below it; None where all are whole.

        First what can be few numbers, then what is counted in windows that are used up, since it
        decides about other periods too, and of these the nearest to undecided; whether a line is
        sent anything last: it follows from how much.
        """
        used_up = self._in_windows_used_up(values)
        open_ = []
        for variable, value in values.items():
            if abs(value - round(value)) > WHOLE:
                low, high = self._bounds[variable]
                first = variable.kind == "sends", high - low, variable not in used_up
                open_.append((*first, abs(value % 1 - 0.5), variable))
        if not open_:
            return None
        variable = min(open_)[-1]
        return variable, floor(values[variable])

    def _in_windows_used_up(self, values: Mapping[Variable, float]) -> set[Variable]:
        """What is counted in windows (R3) that leave nothing over."""
        found: set[Variable] = set()
        for place, row in self._rows.items():
            if place.what == "window":
                used = sum(c * values.get(v, self._bounds[v][0]) for v, c in row.terms)
                if used <= row.least + WHOLE:
                    found.update(v for v, _ in row.terms)
        return found

    def _reasons(self, row: Row, terms: tuple[tuple[Variable, int], ...]) -> frozenset[int]:
        """The pushes behind the bounds that these terms use, the greatest of what helps, the
        least of what harms; and behind what the row's condition lacks."""
        used = [self._last.get((variable, coefficient > 0)) for variable, coefficient in terms]
        used += [self._last.get((variable, True)) for variable in self._all.watched(row)]
        return frozenset(number for number in used if number is not None)


def _needed(pushes: list[_Push]) -> tuple[Step, ...]:
    """The pushes that the last one rests on, in their order, as steps."""
    return tuple(_step(pushes[number]) for number in sorted(_needed_numbers(pushes)))


def _needed_numbers(pushes: list[_Push]) -> set[int]:
    needed: set[int] = set()
    waiting = [len(pushes) - 1]
    while waiting:
        number = waiting.pop()
        if number not in needed:
            needed.add(number)
            waiting.extend(pushes[number].rests_on)
    return needed


def _step(push: _Push) -> Step:
    place = push.place._asdict()
    if push.variable is None:
        return Step.model_validate({**place, "added": push.added})
    at = Counted.model_validate(push.variable._asdict())
    if push.cases:
        units, cases = push.after[1], push.cases
        return Step.model_validate({**place, "at": at, "units": units, "cases": cases})
    raised = push.after[0] > push.before[0]
    bound = "at least" if raised else "at most"
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
