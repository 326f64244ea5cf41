"""One deadline for a whole command: made once, passed down, cancelled by Ctrl-C."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from allocator.errors import AllocatorError
from allocator.memory import is_lack


class TimeUpError(AllocatorError):
    """The time was up before a piece of work came to anything; an answer it is not."""


class Deadline:
    """A point in time after which nothing new is begun; in seconds from now.

    A part of a deadline ends no later than the whole. Cancelling ends it and all its parts at
    once and runs the stop functions of what is under way. It also keeps whether memory ran out
    on the way, since what was not found then may be there, and which engines failed.
    """

    def __init__(self, seconds: float, *, _whole: Deadline | None = None) -> None:
        self._end = time.monotonic() + seconds
        self._whole = _whole or self
        if _whole is None:
            self._cancelled = threading.Event()
            self._out_of_memory = threading.Event()
            self._stops: list[Callable[[], None]] = []
            self._faults: dict[str, int] = {}
            self._lock = threading.Lock()

    def remaining(self) -> float:
        """Seconds left, never below 0."""
        if self.cancelled:
            return 0.0
        return max(0.0, self._end - time.monotonic())

    @property
    def expired(self) -> bool:
        return self.remaining() <= 0

    def ran_out(self, left_open: bool) -> bool:
        """Whether time is what was lacking: it is over, or a share of it was over too soon.

        left_open: whether anything is not known, and no fault says why.
        """
        lacking = self.expired or (left_open and not self.out_of_memory)
        return lacking and not self.cancelled

    @property
    def cancelled(self) -> bool:
        return self._whole._cancelled.is_set()

    @property
    def interrupted(self) -> bool:
        """Whether somebody cancelled it, and not for want of memory."""
        return self.cancelled and not self.out_of_memory

    @property
    def out_of_memory(self) -> bool:
        """Whether anything was given up for want of memory."""
        return self._whole._out_of_memory.is_set()

    def lacks_memory(self) -> None:
        """Something was given up; from any thread."""
        self._whole._out_of_memory.set()

    def report(self, fault: str) -> None:
        """Keeps what an engine did that it should not have; from any thread."""
        whole = self._whole
        with whole._lock:
            whole._faults[fault] = whole._faults.get(fault, 0) + 1

    @property
    def faults(self) -> tuple[str, ...]:
        """What was reported, each once with how often, in the order of the first."""
        with self._whole._lock:
            return tuple(
                f"{what} ({times} times)" if times > 1 else what
                for what, times in self._whole._faults.items()
            )

    def check(self) -> None:
        """Raises TimeUpError once it has passed: for work that is no use in part."""
        if self.expired:
            raise TimeUpError

    @contextmanager
    def within_limits(self) -> Iterator[None]:
        """Gives the block up where memory or time runs out."""
        with self.sparing_memory(), suppress(TimeUpError):
            yield

    @contextmanager
    def sparing_memory(self) -> Iterator[None]:
        """Gives the block up where memory runs out, and keeps that it did."""
        try:
            yield
        except Exception as error:
            if not is_lack(error):
                raise
            self.lacks_memory()

    def part(self, share: float, least: float = 0.0) -> Deadline:
        """A deadline for the given share of what is left; for so many seconds at least, where as
        many are left."""
        left = self.remaining()
        return Deadline(max(left * share, min(left, least)), _whole=self._whole)

    def shifted(self, seconds: float) -> Deadline:
        """A deadline so many seconds later, or where below 0, earlier."""
        left = self._end - time.monotonic()
        return Deadline(left + seconds, _whole=self._whole)

    def cancel(self) -> None:
        """End it now; from any thread."""
        whole = self._whole
        with whole._lock:
            whole._cancelled.set()
            stops = list(whole._stops)
        for stop in stops:
            stop()

    @contextmanager
    def stopping(self, stop: Callable[[], None]) -> Iterator[None]:
        """Within the block, cancelling calls `stop`."""
        whole = self._whole
        with whole._lock:
            whole._stops.append(stop)
        try:
            if self.cancelled:
                stop()
            yield
        finally:
            with whole._lock:
                whole._stops.remove(stop)
