"""Read one input file as text, or say why not."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path

from allocator.inputs.issues import Issue, Place, RefusedError
from allocator.inputs.messages import issue
from allocator.inputs.show import printable

_WIDE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_text(path: Path, file: str, largest: int) -> tuple[str, str]:
    """Return the file's text without a byte-order mark, and its sha256 in hex.

    `file` is its name in messages, `largest` its largest size in bytes. Raises RefusedError.

    path: where it is.
    """
    data = read_bytes(path, file, largest)
    return _decoded(data, Place(file)), sha256(data).hexdigest()


def read_bytes(path: Path, file: str, largest: int) -> bytes:
    """Return the file as it is. `largest` is its largest size in bytes. Raises RefusedError.

    path: where it is.
    """
    place = Place(file)
    try:
        if not path.is_file():
            raise RefusedError(issue("W106", place, "it is no regular file"))
        size = path.stat().st_size
        if size > largest:
            raise RefusedError(issue("W107", place, f"{size:,}", f"at most {largest:,}"))
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RefusedError(issue("W106", place, printable(reason))) from None
    _kept.get()[path] = data
    return data


@contextmanager
def keeping_what_is_read() -> Iterator[dict[Path, bytes]]:
    """Within the block, and its thread, the contents of every file that is read are kept: whoever
    wants them as they were understood cannot read the files a second time, since somebody may
    have saved them in between."""
    kept: dict[Path, bytes] = {}
    before = _kept.set(kept)
    try:
        yield kept
    finally:
        _kept.reset(before)


class _Nowhere(dict[Path, bytes]):
    """Keeps nothing."""

    def __setitem__(self, path: Path, data: bytes) -> None:
        pass


_kept: ContextVar[dict[Path, bytes]] = ContextVar("kept", default=_Nowhere())  # noqa: B039


def _decoded(data: bytes, place: Place) -> str:
    wide = next((name for mark, name in _WIDE if data.startswith(mark)), None)
    if wide or _looks_wide(data):
        raise RefusedError(issue("W108", place, wide or "UTF-16"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(_undecodable(data, error, place)) from None
    if "\0" in text:
        raise RefusedError(issue("W110", _line_of(data, data.index(0), place)))
    return text


def _looks_wide(data: bytes) -> bool:
    """Whether every other byte of the beginning is NUL, as in UTF-16 without a mark."""
    start = data[:64]
    return len(start) > 3 and (not any(start[1::2]) or not any(start[::2]))


def _undecodable(data: bytes, error: UnicodeDecodeError, place: Place) -> Issue:
    start = error.start + (len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
    found = f"0x{data[start]:02x}"
    return issue("W109", _line_of(data, start, place), found, position=start + 1)


def _line_of(data: bytes, position: int, place: Place) -> Place:
    return Place(place.file, data.count(b"\n", 0, position) + 1)
