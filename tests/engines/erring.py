"""Engines that err at one of their calls, below everything that guards against it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal
from unittest import mock

from allocator.engines import Outcome
from allocator.engines.cpsat import CpSat
from allocator.engines.highs import Highs, Scip

Kind = Literal["raises", "hangs", "wrong values", "wrong bound", "false no", "false best"]
KINDS: tuple[Kind, ...] = (
    *("raises", "hangs", "wrong values", "wrong bound", "false no", "false best"),
)
ENGINES: dict[str, type] = {"cpsat": CpSat, "highs": Highs, "scip": Scip}

HANGING = 0.6
"""Seconds that a search hangs, beyond a grace that the tests make shorter."""


@dataclass
class Erring:
    """Which call errs, counted from 0, how many calls there were, and whether anything was said
    that the engine would not have said."""

    engine: str
    kind: Kind
    at: int
    calls: int = 0
    erred: bool = False

    @property
    def fired(self) -> bool:
        return self.calls > self.at

    def due(self, engine: Any) -> bool:
        if engine.name != self.engine:
            return False
        self.calls += 1
        return self.calls == self.at + 1


@contextmanager
def erring(engine: str, kind: Kind, at: int) -> Iterator[Erring]:
    """Makes the engine err once, at its call number `at`."""
    plan = Erring(engine, kind, at)
    owner = CpSat if engine == "cpsat" else Highs
    name = "_searcher" if kind in ("raises", "hangs") else "_read"
    honest = getattr(owner, name)
    planted = _searcher if kind in ("raises", "hangs") else _read

    def method(self: Any, *given: Any) -> Any:
        return planted(plan, self, lambda: honest(self, *given), *given)

    asked = owner._set_question

    def question(self: Any, objective: Any, start: Any) -> None:
        self.given = start
        asked(self, objective, start)

    with (
        mock.patch.object(owner, name, method),
        mock.patch.object(owner, "_set_question", question),
    ):
        yield plan


def _searcher(plan: Erring, engine: Any, honest: Callable[[], Any], seconds: float) -> Any:
    search, stop = honest()
    if not plan.due(engine):
        return search, stop
    plan.erred = True
    return (_raise if plan.kind == "raises" else lambda: time.sleep(seconds + HANGING)), None


def _raise() -> None:
    raise AttributeError("'StatusNotOk' object has no attribute 'canonical_code'")


def _read(
    plan: Erring, engine: Any, honest: Callable[[], Outcome], answer: Any, objective: Any
) -> Outcome:
    found = honest()
    if not plan.due(engine):
        return found
    lie = _LIES[plan.kind](found, objective, engine.given)
    plan.erred = lie != found
    return lie


def _wrong_values(found: Outcome, objective: Any, start: Any) -> Outcome:
    if found.values is None:
        return found
    return replace(found, values=tuple(value + 1 for value in found.values))


def _wrong_bound(found: Outcome, objective: Any, start: Any) -> Outcome:
    """It says that nothing is better than what it found, or than three more than that."""
    if objective is None or found.values is None:
        return found
    value = objective.value(found.values)
    # A search that ended early, and calls where it stood the best there is.
    worse = value + (-1 if objective.maximise else 1)
    return replace(found, status="optimal", bound=worse if found.bound == value else value)


def _false_no(found: Outcome, objective: Any, start: Any) -> Outcome:
    return Outcome("infeasible", found.engine)


def _false_best(found: Outcome, objective: Any, start: Any) -> Outcome:
    """Where it was to start is called the best."""
    if objective is None or start is None:
        return found
    return Outcome("optimal", found.engine, tuple(start), objective.value(start))


_LIES: dict[str, Callable[[Outcome, Any, Any], Outcome]] = {
    "wrong values": _wrong_values,
    "wrong bound": _wrong_bound,
    "false no": _false_no,
    "false best": _false_best,
}
