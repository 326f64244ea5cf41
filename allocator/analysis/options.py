"""What every question may say, checked before anything is searched.

A misspelt keyword is an error: the right answer to another question is a wrong answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict, Unpack

from allocator.deadline import Deadline
from allocator.inputs.firmness import INVENTORY
from allocator.inputs.options import COMMANDS, EVERY, OPTIONS
from allocator.near import or_all
from allocator.processors import processors
from allocator.progress import Progress, silent
from allocator.search.blockers.knowledge import Knowledge


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


def how_to_ask(command: str = "compare", *own: str, **given: Unpack[Options]) -> HowToAsk:
    """Check the options that every question has. command: the question; own: further keywords of
    the method, to name near ones.

    Raises TypeError for a keyword that there is not and for a value of the wrong kind, UsageError
    for a number out of range.
    """
    refuse_unknown(given, (*Options.__annotations__, *COMMANDS[command], *own))
    read = {name: OPTIONS[name].read(given.get(name, OPTIONS[name].default)) for name in EVERY}
    read["workers"] = read["workers"] or processors()
    return HowToAsk(
        **read,
        deadline=given.get("deadline") or Deadline(read["time_limit"]),
        progress=given.get("progress", silent),
        knowledge=given.get("knowledge") or Knowledge(),
    )


def refuse_unknown(given: Iterable[str], known: Iterable[str]) -> None:
    """Raise TypeError for a keyword that is none of the known, with a near one."""
    allowed = sorted(known)
    for name in given:
        if name not in allowed:
            raise TypeError(f"no option '{name}'{or_all(name, allowed)}")
