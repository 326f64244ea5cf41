"""The form of what `allocator sweep --json` prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from allocator.results.result import Verdict
from allocator.results.sweep import CasePlan, State


@dataclass
class Share:
    model: str
    world: str
    change: str
    task: str
    cases: int
    ready: int
    blocked: int
    short: int
    unknown: int


@dataclass
class TaskVerdict:
    task: str
    verdict: Verdict


@dataclass
class SweptCase:
    case: int
    model: str
    world: str
    change: str | None
    draw: int | None
    state: State
    tasks: list[TaskVerdict]
    plan: CasePlan | None
    fault: str | None
    key: str


@dataclass
class States:
    decided: int
    open: int
    fault: int
    waiting: int


@dataclass
class Swept:
    """What `allocator sweep --json` prints, and `sweep.json`."""

    schema: Literal[1]
    name: str
    states: States
    shares: list[Share]
    cases: list[SweptCase]
    timed_out: bool
    interrupted: bool
