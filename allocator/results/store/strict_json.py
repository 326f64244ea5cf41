"""JSON that somebody may have edited: what is read is what stands there, or nothing is read.

Python's reader takes the last of two equal keys, numbers of any length and `NaN`; nesting deep
enough ends it. Each of these is refused here, before anything looks at the data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allocator.errors import AllocatorError

MOST_BYTES = 1 << 29
"""Of one file; far more than any run writes."""

MOST = (1 << 63) - 1
"""Of a whole number, either way; figures of a plan are kept within 64 bits."""

COUNTS = frozenset({"winning", "packages", "worlds"})
"""Keys whose numbers double with each nation or precondition: these may have more digits."""

MOST_DIGITS = 1000


class StrictJsonError(AllocatorError, ValueError):
    """What is wrong with a text that is meant to be JSON."""


def strict_json(file: Path) -> tuple[bytes, Any]:
    """Return the file's bytes and the JSON value that they hold.

    Raises StrictJsonError for anything but UTF-8 text of one finite JSON value whose keys stand
    once, and OSError.
    """
    if (size := file.stat().st_size) > MOST_BYTES:
        raise StrictJsonError(f"{size:,} bytes; at most {MOST_BYTES:,} are read")
    data = file.read_bytes()
    try:
        return data, _parsed(data)
    except RecursionError:
        raise StrictJsonError("its brackets are nested too deep") from None
    except UnicodeDecodeError as error:
        raise StrictJsonError(f"no UTF-8 text at byte {error.start:,}") from None
    except json.JSONDecodeError as error:
        raise StrictJsonError(f"{error.msg}, line {error.lineno}") from None


def _parsed(data: bytes) -> Any:
    long: list[int] = []

    def whole(text: str) -> int:
        if len(text) > MOST_DIGITS:
            raise StrictJsonError(f"a number of {len(text):,} digits")
        if abs(number := int(text)) > MOST:
            long.append(number)
        return number

    value = json.loads(
        data.decode("utf-8"),
        object_pairs_hook=_object,
        parse_int=whole,
        parse_float=_finite,
        parse_constant=_no_number,
    )
    for place in _too_long(value) if long else ():
        raise StrictJsonError(f"{place}: a number beyond 64 bits")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise StrictJsonError(f"the key {twice!r} stands twice in one object")
    return found


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise StrictJsonError(f"{text[:40]} is no finite number")
    return number


def _no_number(text: str) -> float:
    raise StrictJsonError(f"{text} is no finite number")


def _too_long(value: Any, place: str = "", key: str = "") -> Iterator[str]:
    """Where numbers beyond 64 bits stand that are no counts."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _too_long(one, f"{place}.{name}" if place else name, name)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _too_long(one, f"{place}.{number}")
    elif isinstance(value, int) and abs(value) > MOST and key not in COUNTS:
        yield place
