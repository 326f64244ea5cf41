"""Ctrl-C from the beginning of a search until its answer is kept.

Once: the search ends, and what is known is checked, kept and shown. Twice: everything ends at
once, and nothing is kept.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import current_thread, main_thread

from allocator.cli import status

KEEPING = "Keeping what is known; Ctrl-C again stops at once.\n"
STOPPED = "Stopped at once; nothing is kept.\n"


class Interrupts:
    """How often Ctrl-C was pressed so far, and what it does now."""

    def __init__(self) -> None:
        self.pressed = 0
        self._searching = False

    @contextmanager
    def searching(self) -> Iterator[None]:
        """Within the block threads of engines are at work, and whoever looks at `pressed` ends
        them; a KeyboardInterrupt could come while a lock is taken, and leave it taken."""
        self._searching = True
        try:
            yield
        finally:
            self._searching = False

    def heard(self, number: int, _: object) -> None:
        """The handler of the signal."""
        self.pressed += 1
        if self.pressed == 1:
            if not self._searching:
                _say(KEEPING)
        elif self._searching:
            _stop_at_once()
        else:
            raise KeyboardInterrupt


@contextmanager
def interrupts() -> Iterator[Interrupts]:
    """Within the block Ctrl-C is counted; only in the main thread can it be heard."""
    found = Interrupts()
    if current_thread() is not main_thread():
        yield found
        return
    before = signal.signal(signal.SIGINT, found.heard)
    try:
        yield found
    finally:
        signal.signal(signal.SIGINT, before)


def _say(text: str) -> None:
    """Past the buffers: whatever the signal has come into may be writing to them."""
    with suppress(OSError):
        os.write(2, text.encode())


def _stop_at_once() -> None:
    """Threads of the solver may still run, so the interpreter is not taken down in order."""
    _say(("\x1b[?25h\n" if sys.stderr.isatty() else "") + STOPPED)
    os._exit(status.INTERRUPTED)
