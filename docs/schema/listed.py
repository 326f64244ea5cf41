"""What `allocator list --json` prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass
class Answer:
    """One kept answer; null is not known."""

    folder: str
    kind: str | None
    model: str | None
    world: str | None
    switches: dict[str, Any]
    began: str | None
    found: str | None
    verdicts: dict[str, int] | None
    complete: bool | None
    stopped: str | None
    damaged: str | None


@dataclass
class Listed:
    """What `allocator list --json` prints."""

    schema: Literal[1]
    reports: str
    answers: list[Answer]
    more: int
