"""Cases worked on side by side on this machine: in threads, or each lane in a process of its own.

A lane asks one case at a time, so that where its process is killed it is known which case it was
at. That case is asked again in a new process; one that loses several is lost itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO, TypeAlias

from allocator.analysis.sweeping.cases import CaseQuestion
from allocator.analysis.sweeping.solving import CaseSolver
from allocator.deadline import Deadline
from allocator.results.sweep import Case, CaseRecord, state_of

Told: TypeAlias = Callable[[Sequence[tuple[Case, CaseRecord]]], None]
"""Hears of cases that are finished, one or some at once, from any thread."""

TRIES = 3
"""Processes that one case may lose."""


class Lane(ABC):
    """Answers one case after another."""

    def record(self, text: str, whole: Deadline) -> CaseRecord | None:
        """What is known of the case that `text` asks; None where `whole` ended it first, or left
        it less than its own time, and that was not enough."""
        cut = whole.remaining() < CaseQuestion.read(text).seconds
        record = self.answer(text, whole)
        if record is None or (cut and state_of(record) == "open"):
            return None
        return kept(record, whole)

    @abstractmethod
    def answer(self, text: str, whole: Deadline) -> CaseRecord | None:
        """What is known of it once its own time or `whole` is up; None where that is nothing."""

    def close(self) -> None:  # noqa: B027
        """Ends what the lane has begun, where it has."""


class ThreadLane(Lane):
    """Answers in this process."""

    def __init__(self, solver: CaseSolver) -> None:
        self._solver = solver

    def answer(self, text: str, whole: Deadline) -> CaseRecord | None:
        own = Deadline(min(CaseQuestion.read(text).seconds, whole.remaining()))
        with whole.stopping(own.cancel):
            return self._solver.record(text, own)


class ProcessLane(Lane):
    """Answers in a process of its own, begun anew where it was killed; JSON lines go to and fro."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._process: subprocess.Popen[bytes] | None = None

    def answer(self, text: str, whole: Deadline) -> CaseRecord | None:
        for _ in range(TRIES):
            answer = self._asked(text, whole)
            if answer:
                return CaseRecord.model_validate_json(answer)
            if whole.expired:
                return None
        return CaseRecord(fault=f"{TRIES} processes were killed while they worked on it", lost=True)

    def _asked(self, text: str, whole: Deadline) -> bytes:
        """The line that answers; nothing where the process is gone."""
        process = self._process = self._process or self._begun()
        assert process.stdin is not None
        assert process.stdout is not None
        with whole.stopping(process.kill), suppress(OSError):
            say(process.stdin, {"question": text, "seconds": whole.remaining()})
            line = process.stdout.readline()
            if line.endswith(b"\n"):
                return line
        self.close()
        return b""

    def _begun(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _CHILD, str(Path(__file__).parents[3])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert process.stdin is not None
        with suppress(OSError):
            process.stdin.write(self._data + b"\n")
        return process

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        process.wait()


_CHILD = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from allocator.analysis.sweeping.child import main; main()"
)
"""The package is found where it is here, installed or not; the current folder is not looked at."""


def say(pipe: IO[bytes], what: object) -> None:
    """Writes it as one line of JSON."""
    pipe.write(json.dumps(what, ensure_ascii=False).encode() + b"\n")
    pipe.flush()


def kept(record: CaseRecord, whole: Deadline) -> CaseRecord | None:
    """The record, unless it is cut off by the end of all, which is not the case's own."""
    return record if record.decided or not whole.expired else None


def work(
    open_lane: Callable[[], Lane], lanes: int, waiting: Iterable[Case], told: Told, whole: Deadline
) -> None:
    """Ask all cases, `lanes` of them at once; raises what `told` raises.

    open_lane: makes a lane. waiting: the cases, in turn. told: hears of those that are finished.
    whole: when to end at the latest.
    """
    cases = _shared(waiting)
    ours = Deadline(whole.remaining())

    def one() -> None:
        lane = open_lane()
        try:
            for case in cases:
                if ours.expired:
                    return
                record = lane.record(case.question, ours)
                if record is not None:
                    told([(case, record)])
        except BaseException:
            ours.cancel()
            raise
        finally:
            lane.close()

    with whole.stopping(ours.cancel), ThreadPoolExecutor(lanes) as pool:
        ended = [pool.submit(one) for _ in range(lanes)]
    for future in ended:
        future.result()


def _shared(waiting: Iterable[Case]) -> Iterator[Case]:
    """The cases, for several threads that take them in turn."""
    lock, source = Lock(), iter(waiting)

    class Shared(Iterator[Case]):
        def __next__(self) -> Case:
            with lock:
                return next(source)

    return Shared()
