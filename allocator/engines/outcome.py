"""What a search came to. Why it stopped and what it proved are two things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
EngineName = Literal["cpsat", "highs", "scip"]
Claimant = Literal["cpsat", "cpsat without presolve", "highs", "scip"]
"""Searches that do not share what may be wrong in one of them."""

Prover = Literal["sum", "relaxation", "cpsat", "highs", "scip"]
"""Of a bound: what the variables add up to, a linear relaxation, or an engine's search."""


@dataclass(frozen=True)
class Outcome:
    """`values` by variable of the program, None unless there is a solution. `bound`: of a search
    with an objective, offset included; None where nothing is known of it. `proved_by`: what
    proved the bound, where that is not `engine`. `presolved`: whether CP-SAT's presolve, whose
    errors only a search without it sees, had a hand in it. `core`: of a no, what it needs of that
    which was assumed; None where nothing was.

    Of one engine, `infeasible`, `optimal` and `bound` are what it claims; of a portfolio's search
    for the best, what is proved."""

    status: Status
    engine: EngineName
    values: tuple[int, ...] | None = None
    bound: int | None = None
    proved_by: Prover | None = None
    presolved: bool = True
    core: frozenset[int] | None = None

    @property
    def prover(self) -> Prover:
        return self.proved_by or self.engine


@dataclass(frozen=True)
class Settings:
    """How CP-SAT searches. One worker: with more, equal answers differ from run to run.

    effort: CP-SAT's deterministic time, after which a search gives up on any machine alike.
    light: without probing and symmetry detection, for yes/no questions on small programs.
    linear: with all the linear relaxation it has, for parts of a plan.
    gap: `optimal` is said as soon as nothing is better by more than this share of the value. The
        outcome's bound says what is proved.
    """

    seed: int = 0
    workers: int = 1
    presolve: bool = True
    light: bool = False
    linear: bool = False
    gap: float = 0.0
    effort: float | None = None
