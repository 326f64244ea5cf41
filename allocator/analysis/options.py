"""What every question may say, checked before anything is searched.

A misspelt keyword is an error: the right answer to another question is a wrong answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypedDict, Unpack

from allocator.deadline import Deadline
from allocator.errors import UsageError
from allocator.inputs.firmness import COUNTS, INVENTORY
from allocator.near import near
from allocator.processors import processors
from allocator.progress import Progress, silent
from allocator.search.blockers.knowledge import Knowledge

TIME_LIMIT = 120.0
"""Seconds for a whole call."""

LARGEST_SEED = 2**31 - 1


class Options(TypedDict, total=False):
    """What every question may say.

    world: a named world of the workspace, or "today", the default. with_: preconditions that hold
    on top of it, `"ceasefire"`, `"ceasefire@3"` (from period 3) or `"ceasefire@2026-07"` (from the
    first period that begins then or later, in a model with `starts`). time_limit: seconds for the
    whole call, 120 where left out; or a deadline of the caller's own. workers: how many questions
    are worked on at once, by default one a processor. seed: of the engines. progress: told of
    each step. knowledge: shared by questions about one model in several worlds, where each may use
    what the others have shown. count: the status from which offers are counted, or "inventory",
    the default, where they bind nothing. on: the day on which offers have to be valid, a date or
    `"2026-01-31"`; today where left out.
    """

    world: str
    with_: str | Iterable[str]
    time_limit: float
    workers: int | None
    seed: int
    deadline: Deadline | None
    progress: Progress
    knowledge: Knowledge
    count: str
    on: date | str | None


@dataclass(frozen=True)
class HowToAsk:
    """The options of one question, each as it counts: those left out have their default."""

    world: str
    with_: tuple[str, ...]
    time_limit: float
    workers: int
    seed: int
    deadline: Deadline
    progress: Progress
    knowledge: Knowledge
    count: str = INVENTORY
    on: date = field(default_factory=date.today)


def how_to_ask(own: Iterable[str] = (), **given: Unpack[Options]) -> HowToAsk:
    """Check the options of a question. own: the keywords of the method itself, to name near ones.

    Raises TypeError for a keyword that there is not and for a value of the wrong kind, UsageError
    for a number out of range.
    """
    refuse_unknown(given, (*Options.__annotations__, *own))
    workers = given.get("workers")
    limit = seconds(given.get("time_limit", TIME_LIMIT))
    return HowToAsk(
        one_name("world", given.get("world", "today")),
        names("with_", given.get("with_", ())),
        limit,
        processors() if workers is None else whole_number("workers", workers, 1),
        whole_number("seed", given.get("seed", 0), 0, LARGEST_SEED),
        given.get("deadline") or Deadline(limit),
        given.get("progress", silent),
        given.get("knowledge") or Knowledge(),
        counted(given.get("count", INVENTORY)),
        day("on", given.get("on")),
    )


def refuse_unknown(given: Iterable[str], known: Iterable[str]) -> None:
    """Raise TypeError for a keyword that is none of the known, with a near one."""
    allowed = tuple(known)
    for name in given:
        if name not in allowed:
            meant = near(name, allowed)
            hint = f"did you mean {meant}?" if meant else f"there are {', '.join(sorted(allowed))}"
            raise TypeError(f"no option '{name}'; {hint}")


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


def counted(given: object) -> str:
    """Return what is counted. Raises TypeError for anything but text, UsageError for another
    word."""
    name = one_name("count", given)
    if name not in COUNTS:
        meant = near(name, COUNTS)
        hint = f"did you mean {meant}?" if meant else f"there are {', '.join(COUNTS)}"
        raise UsageError(f"no offers of status '{name}' can be counted; {hint}")
    return name


def day(option: str, given: object) -> date:
    """Return the day, today where none is given. Raises TypeError for what is neither a date nor
    text, UsageError for text that names none."""
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
    """Return the truth value. Raises TypeError for anything else: "no" would count as yes."""
    if not isinstance(given, bool):
        raise TypeError(f"{option} is {given!r}; True or False is expected")
    return given


def whole_number(option: str, given: object, least: int, most: int | None = None) -> int:
    """Return the number. Raises TypeError for anything else, UsageError where it is out of range.

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


def seconds(given: object) -> float:
    """Return the number of seconds. Raises TypeError for anything else, UsageError where it is
    below 0 or not finite."""
    if isinstance(given, (bool, str)) or not hasattr(given, "__float__"):
        raise TypeError(f"time_limit is {given!r}; a number of seconds is expected")
    try:
        number = float(given)
    except OverflowError:  # a whole number beyond every float
        number = float("inf")
    if not 0 <= number < float("inf"):
        raise UsageError(f"a time limit of {number:g} seconds; 0 or more is expected, and finite")
    return number


def survive_option(members: int | None) -> dict[str, object]:
    """The option, where it is asked what survives."""
    return {} if members is None else {"survive": whole_number("survive", members, 0)}


def front_option(objectives: str | Iterable[str]) -> dict[str, object]:
    """The option, where a front is asked for."""
    from allocator.search.front import MOST_OBJECTIVES, OBJECTIVES

    given = names("front", objectives)
    if not given:
        return {}
    for name in given:
        known_name("objective of a front", name, OBJECTIVES)
    if not 1 < len(set(given)) == len(given) <= MOST_OBJECTIVES:
        raise UsageError(f"a front has two or three different objectives: {', '.join(OBJECTIVES)}")
    return {"front": list(given)}


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
    meant = near(name, there)
    hint = f"; did you mean {meant}?" if meant else f"; there are {', '.join(there) or 'none'}"
    raise UsageError(f"no {kind} '{name}'{hint}")
