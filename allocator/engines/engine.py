"""What all engines have in common: how a program is handed over, and what an answer has to stand.

An engine is other people's work: it may raise, hang, or say what is not so. Whatever it does, a
question put to it ends with an outcome. Values count only where they keep every row and bound of
the program; a *no* is none where a solution is at hand; a bound that a solution beats is none. An
engine that errs has no answer, and the deadline keeps what it did.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from threading import Event, Thread
from typing import Any, ClassVar

from allocator.deadline import Deadline, TimeUpError
from allocator.engines.outcome import EngineName, Outcome, Status
from allocator.memory import is_lack
from allocator.model.objectives import Objective
from allocator.model.program import Check, Program, Row

GRACE = 2.0
"""Seconds after its deadline before a search is left to its own end: presolve does not always
look at the clock, and some engines cannot be stopped."""

LATE = "did not end in time and was left to its own end"

TICK = 1.0
"""Seconds after which it is looked at whether the deadline was cancelled."""

Fixed = Mapping[int, int]


class Engine(ABC):
    """A program handed to an engine once, then asked again and again.

    Between questions rows and variables may be added to the program, and bounds changed: the
    engine takes over whatever it has not seen, by the program's own count of it.
    """

    name: ClassVar[EngineName]

    def __init__(self, program: Program) -> None:
        self._program = program
        self._begin()

    # --- what each engine does in its own way -----------------------------------------------

    @abstractmethod
    def _new_model(self) -> None:
        """Begins an empty model."""

    @abstractmethod
    def _add_variables(self, bounds: Sequence[tuple[int, int]]) -> None: ...

    @abstractmethod
    def _add_rows(self, rows: Sequence[Row], check: Check) -> None:
        """Hands the rows over; `check` is called on the way, and may raise to give it up."""

    @abstractmethod
    def _set_bounds(self, variable: int, low: int, high: int) -> None: ...

    @abstractmethod
    def _set_question(self, objective: Objective | None, start: Sequence[int] | None) -> None: ...

    @abstractmethod
    def _searcher(self, seconds: float) -> tuple[Callable[[], Any], Callable[[], None] | None]:
        """One search of the model as it is now, and what stops it early, where anything does."""

    @abstractmethod
    def _read(self, answer: Any, objective: Objective | None) -> Outcome:
        """What a search came to, as the engine says."""

    # --- a question ---------------------------------------------------------------------------

    def ask(
        self,
        deadline: Deadline,
        fixed: Fixed | None = None,
        objective: Objective | None = None,
        hint: Sequence[int] | None = None,
    ) -> Outcome:
        """Search once, with some variables fixed for this search alone.

        hint: where to start. One that keeps all rows and bounds is a solution that the answer is
        held against; one that leaves the bounds is not handed over.
        Raises nothing: an engine that fails, or does not end in time, has no answer.

        deadline: when to end at the latest. objective: what is optimised; any solution does without
        one.
        """
        if deadline.expired:
            return self._unknown
        fixed = fixed or {}
        try:
            self._take_over(deadline)
            outcome = self._asked(deadline, fixed, objective, hint)
        except TimeUpError:
            self._begin()
            return self._unknown
        except Exception as error:
            self._begin()  # What was handed over may be there in part.
            if is_lack(error):
                deadline.lacks_memory()
            else:
                self._report(deadline, f"failed with {type(error).__name__}: {error}")
            return self._unknown
        return self._judged(outcome, deadline, fixed, objective, hint)

    @property
    def _unknown(self) -> Outcome:
        return Outcome("unknown", self.name)

    def _asked(
        self, deadline: Deadline, fixed: Fixed, objective: Objective | None,
        hint: Sequence[int] | None,
    ) -> Outcome:  # fmt: skip
        for variable, value in fixed.items():
            self._set_bounds(variable, value, value)
        self._set_question(objective, hint if self._within_bounds(hint, fixed) else None)
        answered, answer = self._searched(deadline)
        if not answered:
            self._begin()  # The search that was left may still read the model.
            return self._unknown
        for variable in fixed:
            self._set_bounds(variable, self._program.low[variable], self._program.high[variable])
        return self._read(answer, objective)

    def _searched(self, deadline: Deadline) -> tuple[bool, Any]:
        """Whether the search ended, and its answer. It is left to its own end as soon as the
        deadline is cancelled and nothing stops it, or some seconds after the deadline."""
        search, stop = self._searcher(max(deadline.remaining(), 0.001))
        answered, answer = searched_apart(search, stop, deadline)
        if not answered and not deadline.cancelled:
            self._report(deadline, LATE)
        return answered, answer

    def _within_bounds(self, hint: Sequence[int] | None, fixed: Fixed) -> bool:
        return hint is not None and self._program.within_bounds(hint, fixed)

    # --- an answer ----------------------------------------------------------------------------

    def _judged(
        self, found: Outcome, deadline: Deadline, fixed: Fixed, objective: Objective | None,
        hint: Sequence[int] | None,
    ) -> Outcome:  # fmt: skip
        """The outcome, without what is shown to be wrong."""
        if found.values is not None and not self._program.holds(found.values, fixed):
            self._report(deadline, "gave values that break a row or a bound of the program")
            return self._unknown
        known = [found.values] if found.values is not None else []
        if hint is not None and self._program.holds(hint, fixed):
            known.append(tuple(hint))
        if found.status == "infeasible" and known:
            self._report(deadline, "found no solution where one is known")
            return self._unknown
        if objective is None:
            return found
        if found.bound is not None and any(_beats(objective, k, found.bound) for k in known):
            self._report(
                deadline, f"called {found.bound} a bound of {objective.name}; it is beaten"
            )
            found = replace(found, bound=None)
        return replace(found, status=_status(found, objective))

    def _report(self, deadline: Deadline, what: str) -> None:
        deadline.report(f"{self.name}: {what}")

    # --- handing over -------------------------------------------------------------------------

    def _begin(self) -> None:
        self._variables = self._rows = self._changes = 0
        self._new_model()

    def _take_over(self, deadline: Deadline) -> None:
        """Hands over what is new in the program since the last question. Raises TimeUpError."""
        program = self._program
        known, self._variables = self._variables, len(program.low)
        rows, self._rows = self._rows, len(program.rows)
        changed, self._changes = program.changes[self._changes :], len(program.changes)
        self._add_variables(list(zip(program.low[known:], program.high[known:], strict=True)))
        for variable in _once(changed):
            if variable < known:
                self._set_bounds(variable, program.low[variable], program.high[variable])
        deadline.check()
        self._add_rows(program.rows[rows:], deadline.check)


def searched_apart(
    search: Callable[[], Any], stop: Callable[[], None] | None, deadline: Deadline
) -> tuple[bool, Any]:
    """Tell whether the search ended, and what it returned; raises what it raises. It runs in a
    thread that is left to its own end where nothing stops it, or some seconds after the deadline.

    stop: ends the search, where anything can.
    """
    ended = Event()
    answers: list[Any] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(search())
        except BaseException as error:
            errors.append(error)
        finally:
            ended.set()

    with deadline.stopping(stop or ended.set):
        Thread(target=run, daemon=True).start()
        while not deadline.expired and not ended.wait(min(TICK, deadline.remaining())):
            pass
        if not ended.is_set() and stop is not None:
            stop()  # It may have been told before it began.
        ended.wait(GRACE)
    if errors:
        raise errors[0]
    return bool(answers), answers[0] if answers else None


def _once(variables: Sequence[int]) -> Iterator[int]:
    return iter(dict.fromkeys(variables))


def _beats(objective: Objective, values: Sequence[int], bound: int) -> bool:
    return objective.better(objective.value(values), bound)


def _status(found: Outcome, objective: Objective) -> Status:
    """Optimal is what its own bound says, not what the engine calls so."""
    if found.values is None or found.status == "infeasible":
        return found.status
    return "optimal" if objective.value(found.values) == found.bound else "feasible"
