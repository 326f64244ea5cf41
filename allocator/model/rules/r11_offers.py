"""R11: where offers are counted, a nation sends no more than its offers cover.

An offer that several tasks may draw on is shared out between them in each period.
"""

from __future__ import annotations

from collections import defaultdict

from allocator.inputs.problem import Offer, Problem, Task
from allocator.model.literals import FALSE, TRUE, Literal
from allocator.model.program import Term
from allocator.model.rules.rule import Rule
from allocator.model.variables import Assignment, Variables


def apply(v: Variables) -> None:
    if not v.problem.counts_offers:
        return
    for pool, by_period in v.pools().items():
        offers = v.problem.counted(*pool)
        for period, sent in by_period.items():
            _covered(v, [o for o in offers if period in o.periods], sent, period)


def _covered(v: Variables, offers: list[Offer], sent: list[Assignment], period: int) -> None:
    units: dict[str, list[Term]] = defaultdict(list)
    for one in sent:
        units[one.task].append((1, one.variable))
    cover: dict[str, list[Term]] = defaultdict(list)
    certain: dict[str, int] = defaultdict(int)
    for offer in offers:
        for task, quantity, term in shared(v, offer, units, period):
            if term is None:
                certain[task] += quantity
            else:
                cover[task].append((-term[0], term[1]))
    for task, terms in units.items():
        v.program.at_most([*terms, *cover[task]], certain[task])


def shared(
    v: Variables, offer: Offer, tasks: dict[str, list[Term]], period: int
) -> list[tuple[str, int, Term | None]]:
    """Return what an offer gives each of the tasks in the period: a number, or a term that is at
    most the number; all of them together no more than the offer.

    v: of the program.
    """
    allowed: dict[str, Literal] = {}
    for task in tasks:
        if task in offer.tasks:
            literal = v.literals.of(offer.requires, task, period, offer.nation)
            if literal != FALSE:
                allowed[task] = literal
    if len(allowed) == 1:
        ((task, literal),) = allowed.items()
        term = None if literal == TRUE else (offer.quantity, literal)
        return [(task, offer.quantity, term)]
    uses = {task: v.program.variable(0, offer.quantity) for task in allowed}
    for task, use in uses.items():
        if allowed[task] != TRUE:
            v.program.at_most([(1, use), (-offer.quantity, allowed[task])], 0)
    v.program.at_most([(1, use) for use in uses.values()], offer.quantity)
    return [(task, offer.quantity, (1, use)) for task, use in uses.items()]


def _uncounted(problem: Problem, task: Task) -> bool:
    return not problem.counts_offers


RULE = Rule(
    "R11",
    "offers",
    apply,
    sums_suffice=_uncounted,
    weights_suffice=_uncounted,
    holds_summed=_uncounted,
)
