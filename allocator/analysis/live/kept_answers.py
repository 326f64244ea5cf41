"""Answers that are kept by the hash of what they hang on, as many as fit."""

from __future__ import annotations

import pickle
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

from allocator.analysis.request import TaskState
from allocator.results.certificate import TaskCertificate
from allocator.results.result import TaskRecord
from allocator.results.run import TaskNotes

MOST_BYTES = 64 << 20
"""Of all that is kept, pressed together."""

AT_HAND = 24 << 20
"""Bytes, as they are pickled, of answers that need not be unpressed first."""

T = TypeVar("T")


@dataclass(frozen=True)
class TaskAnswer:
    """All that a run says of one task."""

    record: TaskRecord
    notes: TaskNotes
    certificate: TaskCertificate | None

    def state(self) -> TaskState:
        """As if it had just been found."""
        known = TaskState(self.record.task)
        known.record, known.notes, known.certificate = self.record, self.notes, self.certificate
        return known


class KeptAnswers:
    """Answers by the hash of their question; those that were of no use for longest go first, those
    of late stay at hand unpressed. Answers are never changed, so that several may have the same
    one. From any thread."""

    def __init__(self, most_bytes: int = MOST_BYTES, at_hand: int = AT_HAND) -> None:
        self._pressed = _Shelf[bytes](most_bytes)
        self._at_hand = _Shelf[object](at_hand)
        self._lock = Lock()

    def keep(self, key: str, answer: object) -> None:
        """Keep it, in the place of an earlier one."""
        plain = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        pressed = zlib.compress(plain, 1)
        with self._lock:
            self._pressed.put(key, pressed, len(pressed))
            self._at_hand.put(key, answer, len(plain))

    def recall(self, key: str) -> Any:
        """Return the answer; None where none is kept."""
        with self._lock:
            answer, pressed = self._at_hand.get(key), self._pressed.get(key)
        if answer is not None or pressed is None:
            return answer
        plain = zlib.decompress(pressed)
        answer = pickle.loads(plain)
        with self._lock:
            self._at_hand.put(key, answer, len(plain))
        return answer

    def __len__(self) -> int:
        return len(self._pressed)


class _Shelf(Generic[T]):
    """Things by name, as many as weigh no more than `most` together; the one that was asked for
    least lately goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._held: OrderedDict[str, tuple[T, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, name: str) -> T | None:
        if name not in self._held:
            return None
        self._held.move_to_end(name)
        return self._held[name][0]

    def put(self, name: str, thing: T, weight: int) -> None:
        _, earlier = self._held.pop(name, (None, 0))
        self._held[name] = thing, weight
        self._weight += weight - earlier
        while self._weight > self._most:
            _, (_, gone) = self._held.popitem(last=False)
            self._weight -= gone


def is_whole(known: TaskState) -> bool:
    """Whether all that is said of the task is certain, so that more time could add nothing."""
    record, notes = known.record, known.notes
    elsewhere = notes.everywhere
    return (
        record.verdict != "unknown"
        and record.over_ranges != "unknown"
        and record.unlocking.complete
        and record.blocking.complete
        and record.gaps.units_status in ("optimal", "none")
        and record.gaps.lifts_complete
        and elsewhere is not None
        and elsewhere.complete
        and not notes.undecided
        and not known.faults
    )
