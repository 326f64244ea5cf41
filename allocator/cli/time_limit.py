"""The time limit of a command: it is for reading, searching, checking and writing together."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic, process_time, thread_time
from typing import TYPE_CHECKING

from allocator import beginning
from allocator.deadline import Deadline, TimeUpError

if TYPE_CHECKING:
    from collections.abc import Callable

    from allocator.inputs.problem import Problem

RUN, POOL_ROW, OFFER = 1.0, 2e-4, 8e-6
"""Seconds, on an idle core, that checking and writing a run take: at the least; for every nation,
capability and period with units; for every nation and period beside a line that takes a
capability."""

ANSWER = 0.2
"""Seconds, on an idle core, to keep and show an answer that is no run."""

CELL = 1e-5
"""Seconds, on an idle core, for a cell of the workbook."""

OVERRUN_SHARE, OVERRUN = 0.1, 5.0
"""No command takes longer than its limit by more than this part of it and these seconds."""

SPARE = 3.0
"""Seconds of writing that may come after the limit; a search is not cut short for them."""

LEAST = 1.0
"""Seconds of a search, as far as the limit itself has them, where they and writing come before it
is overrun."""

LAST = 1.0
"""Seconds, on an idle core, at the end in which nothing more is begun."""


class TimeLimit:
    """The clock of one command, begun with it: where the process is the command's own, before it
    imported anything."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._begun, self._worked = beginning.taken()
        self.whole = Deadline(self._begun + seconds - monotonic())
        self._latest = self._begun + seconds * (1 + OVERRUN_SHARE) + OVERRUN
        self._reading = (0.0, 0.0)

    def search(self, problems: Iterable[Problem] = ()) -> Deadline:
        """The deadline of a search for a run of each of the problems, or where there are none, for
        an answer that is no run; once all is read. What it takes to check and write them is kept
        back; of a short limit a quarter, since an answer is worth more than its workbook. For the
        same reason a search has a second, even where reading has taken the limit, as long as no
        more is overrun than is allowed."""
        now = monotonic()
        self._reading = (now - self._begun, process_time() - self._worked)
        pace = _pace(self._reading)
        writing = pace * (sum(map(seconds_to_write, problems)) or ANSWER)
        left = self._begun + self.seconds - now
        kept_back = min(max(0.0, writing - SPARE), max(0.0, left) / 4)
        room = self._latest - pace * LAST - writing - now
        added = max(0.0, min(LEAST, self.seconds, room) - (left - kept_back))
        return self.whole.shifted(added - kept_back)

    def writing(self) -> Callable[[int], None]:
        """A check for what may be left out of a run: told how many cells come next, it raises
        TimeUpError where the limit would be overrun by more than is allowed."""
        began, worked = monotonic(), thread_time()

        def check(cells: int) -> None:
            now = monotonic()
            pace = _pace(self._reading, (now - began, thread_time() - worked))
            if now + pace * (CELL * cells + LAST) > self._latest:
                raise TimeUpError

        return check


def _pace(*stretches: tuple[float, float]) -> float:
    """How much slower than idle the machine is, by stretches in which one thread worked: seconds
    that went by, and seconds of work that were done in them."""
    waited, worked = (sum(part) for part in zip(*stretches, strict=True))
    return max(1.0, waited / worked) if worked > 0 else 1.0


def seconds_to_write(problem: Problem) -> float:
    """On an idle core, by the size of what is written."""
    rows = len(problem.availability) * problem.horizon
    takes = (len(t.periods) * sum(len(line.weights) for line in t.lines) for t in problem.tasks)
    return RUN + POOL_ROW * rows + OFFER * len(problem.nations) * sum(takes)
