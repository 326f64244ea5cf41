"""What a long run tells its caller while it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Phase = Literal[
    "plan",
    "verdicts",
    "blockers",
    "packages",
    "departures",
    "front",
    "what_if",
    "checking",
    "reasons",
    "together",
    "draws",
    "first",
    "order",
    "survive",
    "endure",
    "sweep",
]


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a run. `known` is a sentence on what is certain so far."""

    phase: Phase
    done: int
    total: int
    known: str


Progress = Callable[[Event], None]


def silent(event: Event) -> None:
    """The progress of a caller who does not want any."""
