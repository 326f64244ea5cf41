"""Builds plain values from YAML events, and refuses what plain values do not need."""

from __future__ import annotations

import re
from typing import Any

from ruamel.yaml import events

from allocator.inputs.files.raw import KeyPath
from allocator.inputs.issues import Issue, Place, RefusedError
from allocator.inputs.messages import issue
from allocator.inputs.show import quoted

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_NO_KEY = object()
HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, which no text has. The schema would not see a key with one."""


class Tree:
    """Takes events in order. Afterwards `value` is the document, `lines` the line of each path
    from 1, and `issues` the keys that are there twice or are no text."""

    def __init__(self, file: str, deepest: int) -> None:
        self.value: Any = None
        self.lines: dict[KeyPath, int] = {}
        self.issues: list[Issue] = []
        self._file = file
        self._deepest = deepest
        self._documents = 0
        self._open: list[Any] = []
        self._keys: list[Any] = []

    def take(self, event: Any) -> None:
        """One event. Raises RefusedError for an alias, a tag, a second document, great depth."""
        place = Place(self._file, event.start_mark.line + 1)
        self._refuse(event, place)
        match event:
            case events.DocumentStartEvent():
                self._documents += 1
            case events.ScalarEvent():
                self._put(_text(event), place)
            case events.MappingStartEvent():
                self._enter({}, place)
            case events.SequenceStartEvent():
                self._enter([], place)
            case events.MappingEndEvent() | events.SequenceEndEvent():
                self._open.pop()
                self._keys.pop()

    def _refuse(self, event: Any, place: Place) -> None:
        if getattr(event, "anchor", None):
            raise RefusedError(issue("W132", place, quoted(event.anchor)))
        if getattr(event, "tag", None):
            raise RefusedError(issue("W133", place, quoted(str(event.tag))))
        if isinstance(event, events.DocumentStartEvent) and self._documents:
            raise RefusedError(issue("W135", place, "a second document"))

    def _enter(self, container: dict[str, Any] | list[Any], place: Place) -> None:
        if len(self._open) >= self._deepest:
            raise RefusedError(issue("W137", place, "more", str(self._deepest)))
        self._put(container, place)
        self._open.append(container)
        self._keys.append(_NO_KEY)

    def _put(self, value: Any, place: Place) -> None:
        if not self._open:
            self.value = value
        elif isinstance(self._open[-1], list):
            self._open[-1].append(value)
            self._note(len(self._open[-1]) - 1, place)
        elif self._keys[-1] is _NO_KEY:
            self._key(value, place)
        else:
            self._open[-1][self._keys[-1]] = value
            self._keys[-1] = _NO_KEY

    def _key(self, key: Any, place: Place) -> None:
        if not isinstance(key, str) or HALF.search(key):
            raise RefusedError(issue("W139", place, quoted(key)))
        if key in self._open[-1]:
            self.issues.append(issue("W134", place, quoted(key)))
            del self._open[-1][key]
        self._keys[-1] = key
        self._open[-1][key] = None
        self._note(key, place)

    def _note(self, last: str | int, place: Place) -> None:
        path = (*map(self._position, range(len(self._open) - 1)), last)
        self.lines[path] = place.row or 1

    def _position(self, depth: int) -> str | int:
        """The key or index at which the container open at this depth holds the next one."""
        container: dict[str, Any] | list[Any] = self._open[depth]
        return len(container) - 1 if isinstance(container, list) else next(reversed(container))


def _text(event: Any) -> str | None:
    """A scalar's text, None for a plain null. JSON writes rare characters as two halves."""
    if event.style in (None, "") and event.value in _NULLS:
        return None
    text = str(event.value)
    halves = text.encode("utf-16-le", "surrogatepass")
    return text if text.isascii() else halves.decode("utf-16-le", "surrogatepass")
