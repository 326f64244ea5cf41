"""Values of a workspace as they may stand in a message: short, on one line, harmless."""

from __future__ import annotations

import unicodedata

LONGEST = 80


def printable(text: str) -> str:
    """The text, shortened, without anything that could steer a terminal."""
    return harmless(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")


def harmless(text: str) -> str:
    """The whole text, such as a path that somebody has to find, without anything that could steer
    a terminal."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def foreign(value: object) -> str:
    """What its first letter, digit or sign beyond ASCII is called, in brackets; blank where there
    is none. Many look like others: a Cyrillic A, a dash of a word processor."""
    found = next((c for c in str(value) if not c.isascii() and c.isprintable()), "")
    name = unicodedata.name(found, "").lower() if found else ""
    return f" ('{found}' is {name})" if name else ""


def quoted(value: object) -> str:
    """A cell's value: text in quotes, numbers bare, nothing as 'blank'."""
    match value:
        case None:
            return "blank"
        case str():
            return f'"{printable(value)}"' if value.strip() else "blank"
        case bool() | int() | float():
            return printable(str(value))
        case dict():
            return "a mapping" if value else "an empty mapping"
        case list() | tuple():
            return "a list" if value else "an empty list"
    return printable(type(value).__name__)
