"""One value of an option, as somebody gave it: taken as it counts, or refused.

A value of the wrong kind is a TypeError, one that is out of range a UsageError.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from allocator.errors import UsageError
from allocator.inputs.firmness import COUNTS
from allocator.near import or_all


def known_name(kind: str, name: str, known: Iterable[str]) -> None:
    """Raise UsageError for a name that is none of the known, with a near one, and TypeError for
    what is no name.

    kind: what the name is of, for messages.
    """
    there = list(known)
    if name in there:
        return
    if not isinstance(name, str):
        raise TypeError(f"{name!r} is no {kind}; a name is expected")
    raise UsageError(f"no {kind} '{name}'{or_all(name, there)}")


def one_name(option: str, given: object) -> str:
    """Return the name. Raises TypeError for anything but text."""
    if not isinstance(given, str):
        raise TypeError(f"{option} is {given!r}; a name is expected")
    return given


def names(option: str, given: str | Iterable[str]) -> tuple[str, ...]:
    """Return several names as they come, and a single one as one: text is no list of letters."""
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, Iterable):
        raise TypeError(f"{option} is {given!r}; names are expected, as in ['a', 'b']")
    return tuple(one_name(f"an entry of {option}", name) for name in given)


def counted(option: str, given: object) -> str:
    """Return what is counted."""
    name = one_name(option, given)
    if name not in COUNTS:
        hint = or_all(name, COUNTS)
        raise UsageError(f"no offers of status '{name}' can be counted{hint}")
    return name


def day(option: str, given: object) -> date:
    """Return the day, today where none is given; a date, or text such as 2026-01-31."""
    if given is None:
        return date.today()
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    text = one_name(option, given)
    try:
        return date.fromisoformat(text if len(text) == len("2026-01-31") else "")
    except ValueError:
        raise UsageError(f"{option} is '{text}'; a date such as 2026-01-31 is expected") from None


def yes_or_no(option: str, given: object) -> bool:
    """Return the truth value; "no" would count as yes."""
    if not isinstance(given, bool):
        raise TypeError(f"{option} is {given!r}; True or False is expected")
    return given


def whole_number(option: str, given: object, least: int, most: int | None = None) -> int:
    """Return the number.

    option: its name, for messages. given: what the caller gave. least: the smallest number that is
    taken. most: the largest one, where there is one.
    """
    if isinstance(given, bool) or not hasattr(given, "__index__"):
        raise TypeError(f"{option} is {given!r}; a whole number is expected")
    number = int(given)
    if number < least or (most is not None and number > most):
        end = "" if most is None else f" to {most}"
        raise UsageError(f"{option} is {number}; a whole number from {least}{end}")
    return number


def seconds(option: str, given: object) -> float:
    """Return the number of seconds, 0 or more and finite."""
    if isinstance(given, (bool, str)) or not hasattr(given, "__float__"):
        raise TypeError(f"{option} is {given!r}; a number of seconds is expected")
    try:
        number = float(given)
    except OverflowError:  # a whole number beyond every float
        number = float("inf")
    if not 0 <= number < float("inf"):
        raise UsageError(f"a time limit of {number:g} seconds; 0 or more is expected, and finite")
    return number
