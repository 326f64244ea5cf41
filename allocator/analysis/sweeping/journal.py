"""The journal of a sweep: a line for each finished case, on the disk before it counts.

Killed at any moment it holds whole lines, and at its end perhaps a torn one, which is dropped: its
case is asked again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import IO, Any

from pydantic import ValidationError

from allocator.errors import CommandWrongError
from allocator.results.sweep import CaseRecord

try:
    import fcntl
except ImportError:  # Another system: two sweeps that write one journal are not kept apart.
    fcntl = None  # type: ignore[assignment]


FIRST = b'{"day":'
"""How a journal begins."""


class JournalError(CommandWrongError):
    """A journal that cannot be written, or that is another's."""


class Journal:
    """Finished cases by their key. day: that the sweep was begun on."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self.path = path
        self.finished: dict[str, CaseRecord] = {}
        self.day: str | None = None
        self._file = file
        self._lock = Lock()
        self._length = 0
        self._refuse_foreign()
        self._read()

    def _refuse_foreign(self) -> None:
        """Raises JournalError for a file of somebody's own; the first line may be torn."""
        if not FIRST.startswith(self._file.read(len(FIRST))):
            raise JournalError(
                f"{self.path} is no journal of a sweep, and is left alone; move it away, or name "
                "another place"
            )

    def _read(self) -> None:
        """Takes over all whole lines; what cannot be read is asked again."""
        self._file.seek(0)
        for line in self._file:
            if not line.endswith(b"\n"):
                break
            self._length += len(line)
            self._take(line)
        self._file.truncate(self._length)
        self._file.seek(self._length)

    def _take(self, line: bytes) -> None:
        with suppress(ValueError, KeyError, TypeError, ValidationError):
            said: dict[str, Any] = json.loads(line)
            if "day" in said:
                self.day = said["day"]
            else:
                self.finished[said["key"]] = CaseRecord.model_validate(said["record"])

    def begin(self, day: str) -> None:
        """Forgets all there is, and notes the day."""
        self.finished.clear()
        self._length, self.day = 0, day
        with self._telling():
            self._file.seek(0)
            self._file.truncate(0)
        self._add([{"day": day}])

    def add(self, finished: Iterable[tuple[str, CaseRecord]]) -> None:
        """Keeps finished cases, by their keys, from any thread. Raises JournalError where they
        cannot be kept; then the journal is as it was."""
        with self._lock:
            new = dict(finished)
            self._add({"key": k, "record": r.model_dump(mode="json")} for k, r in new.items())
            self.finished |= new

    def _add(self, said: Iterable[dict[str, Any]]) -> None:
        lines = b"".join(
            json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            for one in said
        )
        if not lines:
            return
        with self._telling():
            try:
                _write_whole(self._file, lines)
                os.fsync(self._file.fileno())
            except OSError:
                with suppress(OSError):
                    self._file.truncate(self._length)
                    self._file.seek(self._length)
                raise
            self._length += len(lines)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise JournalError(
                f"the journal {self.path} cannot be written: {error.strerror}; "
                f"{len(self.finished):,} finished cases are in it. Make room, then run the same "
                "command with --resume"
            ) from error


@contextmanager
def open_journal(path: Path) -> Iterator[Journal]:
    """Within the block the journal is ours, made where there is none. Raises JournalError where
    another sweep is writing it, or it is something else; OSError where it cannot be opened."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Unbuffered: a line that could not be written is not tried again when the file is closed.
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b", buffering=0) as file:
        _lock(path, file)
        yield Journal(path, file)


def _write_whole(file: IO[bytes], lines: bytes) -> None:
    """A disk that fills up takes a part of it first, and raises OSError for the rest."""
    while lines:
        lines = lines[file.write(lines) :]


def _lock(path: Path, file: IO[bytes]) -> None:
    if fcntl is None:
        return
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise JournalError(
            f"another sweep is writing the journal {path}; let it end, or name another folder "
            "with --out"
        ) from None
