"""When the process began to work for its command: what it imports is part of the command's time."""

from __future__ import annotations

from time import monotonic, process_time

_begun: list[tuple[float, float]] = []


def begin() -> None:
    """Note this moment, before anything large is imported."""
    _begun[:] = [(monotonic(), 0.0)]


def taken() -> tuple[float, float]:
    """Return the moment that was noted, on the clock and in seconds of work, once: a process has
    one command of its own. Afterwards, and where none was noted, it is now."""
    return _begun.pop() if _begun else (monotonic(), process_time())
