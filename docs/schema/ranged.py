"""The form of what `allocator ranges --json` prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from typing_extensions import TypedDict

from allocator.inputs.problem.figures import Kind
from allocator.results.result import OverRanges, Verdict

By = Literal["sum", "condition", "steps", "engines"]


class Corner(TypedDict):
    ready: Literal["yes", "no", "unknown"]
    by: Literal["sum", "condition", "steps", "engines", "plan", "stated"] | None
    lines: list[str]
    periods: list[int]
    need: int | None
    supply: int | None


Change = TypedDict(
    "Change",
    {"group": str, "kind": Kind, "row": str, "place": str, "from": int, "to": int},
)
First = TypedDict(
    "First",
    {
        "figure": str,
        "id": str,
        "from": float | None,
        "to": float | None,
        "flip": int | None,
        "flip_open": bool,
        "from_least": float | None,
        "from_most": float | None,
        "to_least": float | None,
        "to_most": float | None,
    },
)


@dataclass
class Together:
    figures: list[str]
    number: int | None
    bound: int
    changes: list[Change]


@dataclass
class Failing:
    draws: int
    by: By
    lines: list[str]
    periods: list[int]


@dataclass
class Chance:
    share: float
    low: float
    high: float
    draws: int
    undecided: int
    failing: list[Failing]


@dataclass
class Task:
    task: str
    stated: Verdict
    over_ranges: OverRanges
    worst: Corner
    best: Corner
    together: Together | None
    chance: Chance | None
    first: list[First]


class Drawn(TypedDict):
    precondition: str
    likelihood: float


@dataclass
class Ranged:
    """What `allocator ranges --json` prints, and `ranges.json`."""

    schema: Literal[1]
    model: str
    world: str
    spread: dict[str, float]
    draws: int
    seed: int
    uniform: bool
    figures: int
    preconditions: list[Drawn]
    tasks: list[Task]
