"""R4: a commitment is released only where its condition holds, and never beyond its quantity."""

from __future__ import annotations

from allocator.inputs.problem import Commitment
from allocator.model.literals import FALSE, TRUE
from allocator.model.rules.rule import Rule, always
from allocator.model.variables import Variables


def apply(v: Variables) -> None:
    for nation, capability in v.pools():
        for commitment in v.problem.commitments_of(nation, capability):
            for period in v.problem.periods:
                if commitment.quantity[period - 1]:
                    _release(v, commitment, period)


def _release(v: Variables, commitment: Commitment, period: int) -> None:
    allowed = v.literals.of(commitment.release_requires, "", period)
    if allowed == FALSE:
        return
    quantity = commitment.quantity[period - 1]
    released = v.released[commitment.id, period] = v.program.variable(0, quantity)
    if allowed != TRUE:
        v.program.at_most([(1, released), (-quantity, allowed)], 0)
    lifted = v.literals.switch("commitment", commitment.id)
    if lifted != FALSE:
        v.program.at_most([(1, released), (quantity, lifted)], quantity)


RULE = Rule(
    "R4",
    "release of commitments",
    apply,
    sums_suffice=always,
    weights_suffice=always,
    holds_summed=always,
)
