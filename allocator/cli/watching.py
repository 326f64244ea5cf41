"""A search under watch: it works in a thread, while the main thread shows how far it is, listens
for Ctrl-C and looks at the memory that is left."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Event as Signal
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from allocator.cli import output
from allocator.cli.interrupts import KEEPING, Interrupts, say
from allocator.deadline import Deadline
from allocator.memory import nearly_out
from allocator.progress import Event

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

T = TypeVar("T")

TICK = 0.1
"""Seconds between two looks at the search."""

_PHASES = {
    "plan": "joint plan",
    "verdicts": "verdicts",
    "blockers": "what blocks and unlocks",
    "packages": "packages",
    "departures": "if one nation leaves",
    "front": "what can be had for what",
    "what_if": "other worlds",
    "checking": "checking",
    "reasons": "what made the difference",
    "together": "how many figures together",
    "draws": "draws",
    "first": "what to settle first",
    "order": "what comes first",
    "survive": "what stands if some leave",
    "endure": "what becomes of the plan",
    "sweep": "cases",
}

_COUNTED = ("sweep",)
"""Phases that take the time that they take: how far they are is what is done of all."""


class _Search:
    """The search in its thread, and the last that was heard of it."""

    def __init__(self, work: Callable[..., Any], deadline: Deadline) -> None:
        self.last = Event("plan", 0, 0, "")
        self.done = Signal()
        self._work = work
        self._deadline = deadline
        self._found: Any = None
        self._error: BaseException | None = None

    def begin(self) -> None:
        Thread(target=self._search, daemon=True).start()

    def result(self) -> Any:
        if self._error is not None:
            raise self._error
        return self._found

    def _search(self) -> None:
        try:
            self._found = self._work(deadline=self._deadline, progress=self._heard)
        except BaseException as error:
            self._error = error
        finally:
            self.done.set()

    def _heard(self, event: Event) -> None:
        self.last = event


def watched(work: Callable[..., T], deadline: Deadline, interrupts: Interrupts) -> T:
    """What `work(deadline=…, progress=…)` returns; raises what it raises.

    deadline: when to end at the latest. interrupts: whether Ctrl-C was pressed.
    """
    seconds = deadline.remaining()
    search = _Search(work, deadline)
    bar = _bar() if sys.stderr.isatty() else None
    shown: AbstractContextManager[Any] = nullcontext() if bar is None else bar
    with interrupts.searching(), _libraries_aside(), shown:
        line = None if bar is None else bar.add_task("", total=seconds or 1.0, left="", known="")
        search.begin()
        while not search.done.wait(TICK):
            if interrupts.pressed and not deadline.cancelled:
                print("Stopping with what is known; Ctrl-C again stops at once.", file=sys.stderr)
                deadline.cancel()
            if not deadline.cancelled and nearly_out():
                print("The memory is nearly used up; stopping with what is known.", file=sys.stderr)
                deadline.lacks_memory()
                deadline.cancel()
            if bar is not None and line is not None:
                spent = seconds - deadline.remaining()
                bar.update(line, **_done(search, spent), **_words(search, deadline))
    if interrupts.pressed and not deadline.cancelled:
        say(KEEPING)  # It was heard when the search had just ended by itself.
    found: T = search.result()
    return found


@contextmanager
def _libraries_aside() -> Iterator[None]:
    """Within the block what libraries print on standard output goes nowhere.

    HiGHS writes a line of its own now and then, a hundred times in a hard search; standard output
    is for the answer alone, and standard error for what people are told.
    """
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    try:
        yield
    finally:
        if os.name == "posix":
            # Lines that the C library still holds would come out later, and elsewhere.
            ctypes.CDLL(None).fflush(None)
        os.dup2(kept, 1)
        os.close(kept)


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        TextColumn("{task.fields[left]}", markup=False),
        TextColumn("{task.fields[known]}", markup=False),
        console=Console(file=output.beneath(sys.stderr), highlight=False),
        transient=True,
    )


def _done(search: _Search, spent: float) -> dict[str, Any]:
    """How far the bar is: by the time, but where all cases are counted."""
    event = search.last
    if event.phase in _COUNTED and event.total:
        return {"completed": event.done, "total": event.total}
    return {"completed": spent}


def _words(search: _Search, deadline: Deadline) -> dict[str, Any]:
    event = search.last
    count = f" {event.done}/{event.total}" if event.total else ""
    left = "" if event.phase in _COUNTED else f"{deadline.remaining():.0f} s left"
    left = "stopping" if deadline.cancelled else left
    return {
        "description": f"{_PHASES[event.phase]}{count}",
        "left": left,
        "known": output.visible(event.known),
    }
