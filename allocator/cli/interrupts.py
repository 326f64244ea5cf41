"""Ctrl-C, from the first moment of a command to its last.

It ends the command at once, but for a search: there the first one ends the search, and what is
known is checked, kept and shown; the second ends everything. No KeyboardInterrupt is raised: it
could come while a lock is taken, and leave it taken; within an import Python swallows it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import current_thread, main_thread
from types import FrameType

from allocator.leaving import LEFT, leave
from allocator.staging import give_up

KEEPING = "Keeping what is known; Ctrl-C again stops at once.\n"
STOPPED = "Stopped at once; nothing is kept.\n"


class Interrupts:
    """How often Ctrl-C was pressed so far, from a search until its answer is kept."""

    def __init__(self) -> None:
        self.pressed = 0
        self._searching = False

    @contextmanager
    def searching(self) -> Iterator[None]:
        """Within the block whoever looks at `pressed` ends the search."""
        self._searching = True
        try:
            yield
        finally:
            self._searching = False

    def heard(self, number: int, frame: FrameType | None) -> None:
        """The handler of the signal."""
        self.pressed += 1
        if self.pressed > 1:
            _end(STOPPED if self._searching else LEFT)
        if not self._searching:
            say(KEEPING)


@contextmanager
def interrupts() -> Iterator[Interrupts]:
    """Within the block Ctrl-C is counted."""
    found = Interrupts()
    if current_thread() is not main_thread():  # Only there can signals be heard.
        yield found
        return
    before = signal.signal(signal.SIGINT, found.heard)
    try:
        yield found
    finally:
        signal.signal(signal.SIGINT, before)


def end_at_once() -> None:
    """From now on Ctrl-C ends the process, wherever it comes."""
    if current_thread() is main_thread():
        signal.signal(signal.SIGINT, lambda number, frame: _end(LEFT))


def too_late() -> None:
    """From now on Ctrl-C is not heard: the answer is out, and Python is being taken down."""
    if current_thread() is main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def say(text: str) -> None:
    """Write to standard error, past the buffers: whatever the signal has come into may be writing
    to them."""
    with suppress(OSError):
        os.write(2, text.encode())


def _end(text: str) -> None:
    """Every file is left whole, and the cursor, which a progress bar hides, in sight."""
    with suppress(Exception):
        give_up()
    leave(text=("\x1b[?25h\n" if sys.stderr.isatty() else "") + text)
