"""What is proved of how good an objective can become, and by whom.

A *certificate* can be checked by arithmetic: what the variables add up to, or the dual values of a
linear relaxation. An engine's bound is a *claim*: it counts once another engine, or the same one
with its presolve off, claims as much. A bound that a solution beats is wrong, whoever said so.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from allocator.deadline import Deadline
from allocator.engines.outcome import Claimant, Outcome, Prover
from allocator.model.objectives import Objective


@dataclass(frozen=True)
class Bound:
    """No solution is better than `value`, as `prover` shows."""

    value: int
    prover: Prover


class Bounds:
    """The bounds of one objective as they get tighter. They may be told from several threads.

    trivial: what the variables add up to. The deadline hears of bounds that turn out wrong.
    `infeasible`: whether two engines say that there is no solution at all.
    """

    def __init__(self, objective: Objective, trivial: int, deadline: Deadline) -> None:
        self._objective = objective
        self._deadline = deadline
        self._trivial = Bound(trivial, "sum")
        self._certified = self._trivial
        self._claims: dict[Claimant, int] = {}
        self.infeasible = False
        self._lock = Lock()

    def certify(self, value: int, prover: Prover) -> None:
        """Takes over a bound that needs no second opinion."""
        with self._lock:
            if self._objective.better(self._certified.value, value):
                self._certified = Bound(value, prover)

    def claim(self, value: int | None, claimant: Claimant) -> None:
        """Takes over what an engine says."""
        if value is None:
            return
        with self._lock:
            before = self._claims.get(claimant)
            if before is None or self._objective.better(before, value):
                self._claims[claimant] = value

    def claim_of(self, outcome: Outcome) -> None:
        """Takes over the bound of a search."""
        self.claim(outcome.bound, outcome.engine)

    def claims(self, claimant: Claimant, value: int) -> bool:
        """Whether this claimant says that nothing is better than the value."""
        with self._lock:
            said = self._claims.get(claimant)
        return said is not None and not self._objective.better(said, value)

    @property
    def proved(self) -> Bound:
        """The tightest bound that is certified, or claimed twice."""
        with self._lock:
            return self._proved()

    @property
    def claimed(self) -> Bound:
        """The tightest bound of all, whoever says so."""
        with self._lock:
            tightest = self._tightest()
            return tightest[0] if tightest else self._certified

    def refute(self, value: int) -> None:
        """Drops what a solution of this value beats, and reports it."""
        with self._lock:
            beaten = [who for who, b in self._claims.items() if self._objective.better(value, b)]
            wrong = [f"{who}: called {self._claims.pop(who)} a bound" for who in beaten]
            if self._objective.better(value, self._certified.value):
                wrong.append(f"{self._certified.prover}: called {self._certified.value} a bound")
                self._certified = self._trivial
        for what in wrong:
            self._deadline.report(f"{what} of {self._objective.name}; it is beaten")

    def _proved(self) -> Bound:
        tightest = self._tightest()
        # The second tightest of all is claimed by whoever said the tightest, too.
        return tightest[1] if len(tightest) > 1 else self._certified

    def _tightest(self) -> list[Bound]:
        """The claims that say more than the certificate, tightest first."""
        claims = [
            Bound(value, _engine(who))
            for who, value in self._claims.items()
            if self._objective.better(self._certified.value, value)
        ]
        return sorted(claims, key=lambda b: b.value, reverse=not self._objective.maximise)


def _engine(claimant: Claimant) -> Prover:
    return "cpsat" if claimant == "cpsat without presolve" else claimant
