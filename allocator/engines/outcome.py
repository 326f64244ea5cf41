"""What a search came to. Why it stopped and what it proved are two things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
Engine = Literal["cpsat", "highs"]


@dataclass(frozen=True)
class Outcome:
    """`values` by variable of the program, None unless there is a solution. `bound`: of a search
    with an objective, offset included; None where nothing is proved of it."""

    status: Status
    engine: Engine
    values: tuple[int, ...] | None = None
    bound: int | None = None


@dataclass(frozen=True)
class Settings:
    """How CP-SAT searches. One worker: with more, equal answers differ from run to run.

    effort: CP-SAT's deterministic time, after which a search gives up on any machine alike.
    light: without probing and symmetry detection, for yes/no questions on small programs.
    """

    seed: int = 0
    workers: int = 1
    presolve: bool = True
    light: bool = False
    effort: float | None = None
