"""A message before it is about anything: its severity and its templates."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.inputs.issues import Severity


@dataclass(frozen=True, slots=True)
class Message:
    """Templates for `str.format`; `found` and `expected` are always given."""

    severity: Severity
    text: str
    hint: str = ""
    expected: str = ""


def error(text: str, hint: str = "", expected: str = "") -> Message:
    """Returns the message of what must be mended before anything is solved."""
    return Message("error", text, hint, expected)


def warning(text: str, hint: str = "", expected: str = "") -> Message:
    """Returns the message of what may be meant, and probably is not."""
    return Message("warning", text, hint, expected)
