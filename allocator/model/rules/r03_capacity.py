"""R3: capacity and rotation. What serves in a period recovers for the next rotation - 1.

Both rows of a pool (nation, capability) read `sent <= max(0, rest)`, where `rest` grows with what
is released of the pool's commitments.
"""

from __future__ import annotations

from allocator.model.literals import FALSE
from allocator.model.program import Term
from allocator.model.room import Held, at_once, in_window
from allocator.model.rules.rule import Rule, always
from allocator.model.variables import Assignment, Variables

Rest = tuple[int, list[Term]]
"""What commitments leave of a pool: a constant, and what releases and lifts add to it."""


def apply(v: Variables) -> None:
    for (nation, capability), by_period in v.pools().items():
        for period in v.problem.periods:
            _window(v, nation, capability, by_period, period)
            # At rotation 1 both rows are the same.
            if period in by_period and v.problem.capabilities[capability].rotation > 1:
                _no_surge(v, nation, capability, by_period[period], period)


def _window(
    v: Variables, nation: str, capability: str, by_period: dict[int, list[Assignment]], period: int
) -> None:
    rotation = v.problem.capabilities[capability].rotation
    window = range(max(1, period - rotation + 1), period + 1)
    sent = [(1, s.variable) for q in window for s in by_period.get(q, ())]
    if sent:
        held = in_window(v.problem, nation, capability, period)
        owed = v.problem.past.owing(nation, capability, period)
        available = v.problem.available(nation, capability, period) - owed
        constant, terms = _rest(v, available, held)
        _at_most_positive(v, sent, constant, terms)


def _no_surge(
    v: Variables, nation: str, capability: str, sent: list[Assignment], period: int
) -> None:
    rotation = v.problem.capabilities[capability].rotation
    held = at_once(v.problem, nation, capability, period)
    available = v.problem.available(nation, capability, period) + rotation - 1
    constant, terms = _rest(v, available, held)
    _at_most_positive(v, [(rotation, s.variable) for s in sent], constant, terms)


def _rest(v: Variables, available: int, held: list[Held]) -> Rest:
    """What is left of `available` after each commitment held `times` over in a period.

    Before period 1 a rotating commitment stood as in period 1, unreleased.
    """
    constant, terms = available, []
    for times, commitment, period in held:
        quantity = commitment.quantity[max(period, 1) - 1]
        constant -= times * quantity
        if (commitment.id, period) in v.released:
            terms.append((times, v.released[commitment.id, period]))
        lifted = v.literals.switch("commitment", commitment.id)
        if lifted != FALSE:
            terms.append((times * quantity, lifted))
    return constant, terms


def _at_most_positive(v: Variables, sent: list[Term], constant: int, rest: list[Term]) -> None:
    """sent <= max(0, constant + rest), where rest >= 0."""
    program = v.program
    if constant >= 0:
        program.at_most([*sent, *((-c, x) for c, x in rest)], constant)
        return
    most = constant + program.most(rest)
    if most <= 0:
        program.at_most(sent, 0)
        return
    # Overcommitted until enough is released: `enough` says that the rest is not negative.
    enough = program.boolean()
    program.at_most([*sent, (-most, enough)], 0)
    program.at_most([*sent, *((-c, x) for c, x in rest), (-constant, enough)], 0)


RULE = Rule(
    "R3",
    "capacity and rotation",
    apply,
    sums_suffice=always,
    weights_suffice=always,
    holds_summed=always,
)
