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
    """Return the message of what must be mended before anything is solved.

    text: what is wrong, with fields in braces. hint: what to do next. expected: what would fit.
    """
    return Message("error", text, hint, expected)


def warning(text: str, hint: str = "", expected: str = "") -> Message:
    """Return the message of what may be meant, and probably is not.

    text: what may be meant, with fields in braces. hint: what to do next. expected: what would fit.
    """
    return Message("warning", text, hint, expected)
