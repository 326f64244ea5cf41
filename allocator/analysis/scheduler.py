"""Tasks worked on side by side, each with its share of the time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from allocator.deadline import Deadline
from allocator.inputs.problem import Problem
from allocator.model.program import TooLargeError
from allocator.progress import Event, Phase, Progress


@dataclass(frozen=True)
class TurnOutcome:
    """What one turn at a task came to: a sentence, and whether another turn could add to it."""

    known: str
    finished: bool


Work = Callable[[str, Deadline], TurnOutcome]


@dataclass(frozen=True)
class TaskScheduler:
    """Works on all tasks; then on those that were left unfinished with what the others did not
    use. Every single search has one worker, so that answers do not depend on how many there
    are."""

    workers: int
    progress: Progress

    def each(self, phase: Phase, tasks: Iterable[str], work: Work, deadline: Deadline) -> None:
        """Do the work for each of the tasks in turn, within the phase's share.

        phase: whose share of the time it is. tasks: their ids, in the order in which they are
        begun. work: done for each task. deadline: of the whole phase.
        """
        unfinished = self._round(phase, list(tasks), work, deadline)
        if unfinished and not deadline.expired:
            self._round(phase, unfinished, work, deadline)

    def _round(self, phase: Phase, tasks: list[str], work: Work, deadline: Deadline) -> list[str]:
        """One turn of every task; those that it left unfinished."""
        lock = Lock()
        begun = done = 0

        def one(task: str) -> bool:
            nonlocal begun, done
            with lock:
                share = min(1.0, self.workers / (len(tasks) - begun))
                begun += 1
            with naming("task", task):
                step = work(task, deadline.part(share))
            with lock:
                done += 1
                self.progress(Event(phase, done, len(tasks), step.known))
            return step.finished

        with ThreadPoolExecutor(self.workers) as pool:
            finished = list(pool.map(one, tasks))
        return [task for task, whole in zip(tasks, finished, strict=True) if not whole]


def largest_first(problem: Problem, tasks: Iterable[str]) -> list[str]:
    """Return the tasks so that none that takes long is begun last, while the other workers have
    nothing left to do: by the pools that may serve their lines, period by period, those with the
    most in front (longest processing time first, Graham 1969).

    problem: the model that is asked about, with its tables. tasks: their ids; one that the model
    does not have comes last.
    """
    pools = Counter(capability for _, capability in problem.availability)
    sizes = {
        task.id: len(task.periods) * sum(pools[c] for line in task.lines for c in line.weights)
        for task in problem.tasks
    }
    return sorted(tasks, key=lambda task: (-sizes.get(task, 0), task))


@contextmanager
def naming(kind: str, name: str) -> Iterator[None]:
    """Says whose figures are too large: those of a "task" or of a "model"."""
    try:
        yield
    except TooLargeError as error:
        text = f"the figures of {kind} {name} add up beyond what 64-bit integers hold"
        raise TooLargeError(text, (kind, name)) from error
