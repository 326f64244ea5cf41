"""The objectives of a plan, one function each, in the words of `docs/rules.md`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.inputs.problem import Offer
from allocator.model.cover import Cover
from allocator.model.literals import FALSE, TRUE
from allocator.model.program import FREE, Program, Term
from allocator.model.variables import Assignment, Measure, Variables


@dataclass(frozen=True)
class Objective:
    """`offset` + sum of terms, as high as possible where `maximise`, else as low as possible."""

    name: str
    maximise: bool
    terms: tuple[Term, ...]
    offset: int = 0

    def value(self, values: Sequence[int]) -> int:
        return self.offset + sum(c * values[variable] for c, variable in self.terms)

    def better(self, one: int, other: int) -> bool:
        return one > other if self.maximise else one < other

    def trivial_bound(self, program: Program) -> int:
        """What the terms come to at best by the bounds of the variables alone."""
        terms = self.terms
        return self.offset + (program.most(terms) if self.maximise else program.least(terms))

    def keep(self, program: Program, value: int) -> None:
        """Adds the row that no solution may be worse than this value."""
        reached = value - self.offset
        if self.maximise:
            program.keep(self.terms, reached, FREE)
        else:
            program.keep(self.terms, -FREE, reached)


def levels(v: Variables) -> list[Objective]:
    """The model's objectives in their order, `staff_tasks` one level a priority.

    Adds the variables that they need to the program.
    """
    return [level for name in v.problem.objectives for level in _OBJECTIVES[name](v)]


def shortage_weight(target: int) -> int:
    """Millionths of the target that one unit short of it counts; halves to even."""
    return round(Fraction(1_000_000, target))


def _staff_tasks(v: Variables) -> Iterator[Objective]:
    for priority in sorted({task.priority for task in v.problem.tasks}):
        staffed = [(1, v.staffed[task.id]) for task in v.tasks if task.priority == priority]
        yield Objective(f"staff_tasks[{priority}]", True, tuple(staffed))


def _meet_targets(v: Variables) -> Iterator[Objective]:
    terms: list[Term] = []
    offset = 0
    for task in v.problem.tasks:
        for line in task.lines:
            if line.scaled or not line.target:
                continue
            weight = shortage_weight(line.target)
            for period in task.periods:
                if task.id not in v.staffed:
                    offset += weight * line.target
                    continue
                short = v.program.variable(0, line.target)
                filled = v.filled(task, line, period)
                v.program.at_least([(1, short), *filled], line.target)
                missing = tuple((-c, x) for c, x in filled)
                v.measures[short] = Measure(((line.target, missing, 1),))
                terms.append((weight, short))
    yield Objective("meet_targets", False, tuple(terms), offset)


def _protect_commitments(v: Variables) -> Iterator[Objective]:
    risk = {commitment.id: commitment.release_risk for commitment in v.problem.commitments}
    terms = tuple((risk[key[0]], variable) for key, variable in v.released.items())
    yield Objective("protect_commitments", False, terms)


def _economy(v: Variables) -> Iterator[Objective]:
    terms = tuple((sent.personnel, sent.variable) for sent in v.sent if sent.personnel)
    yield Objective("economy", False, terms)


def _fewer_contingents(v: Variables) -> Iterator[Objective]:
    served = v.problem.past.served_at
    pairs = sorted({(sent.nation, sent.task) for sent in v.sent})
    new = ((nation, task) for nation, task in pairs if nation not in served(task))
    yield Objective("fewer_contingents", False, tuple((1, v.contribution(*pair)) for pair in new))


def _share_burden(v: Variables) -> Iterator[Objective]:
    """The largest of the nations' ceil(1000 * personnel-periods / active personnel)."""
    burdens: list[tuple[int, int, list[Term]]] = []
    for nation, active in sorted(v.problem.active_personnel.items()):
        people = [(1000 * s.personnel, s.variable) for s in v.sent if s.nation == nation]
        before = 1000 * v.problem.past.spent.get(nation, 0)
        if people or before:
            burdens.append((active, before, people))
    tops = (-(-(before + v.program.most(people)) // active) for active, before, people in burdens)
    largest = v.program.variable(0, max(tops, default=0))
    v.measures[largest] = Measure(tuple((b, tuple(p), active) for active, b, p in burdens))
    for active, before, people in burdens:
        v.program.at_most([*people, (-active, largest)], -before)
    yield Objective("share_burden", False, ((1, largest),))


def _stay_within_offers(v: Variables) -> Iterator[Objective]:
    """Units sent less the most that offers of any status cover of them."""
    terms: list[Term] = []
    for pool, by_period in v.pools().items():
        offers = [o for o in v.problem.offers if (o.nation, o.capability) == pool]
        for period, sent in by_period.items():
            cover = _cover(v, [o for o in offers if period in o.periods], sent, period)
            terms += [(1, one.variable) for one in sent]
            terms += [(-1, variable) for variable, _ in cover.uses.values()]
            v.covers.append(cover)
    yield Objective("stay_within_offers", False, tuple(terms))


def _cover(v: Variables, offers: Sequence[Offer], sent: Sequence[Assignment], period: int) -> Cover:
    units: dict[str, list[Term]] = {}
    for one in sent:
        units.setdefault(one.task, []).append((1, one.variable))
    uses: dict[tuple[int, str], tuple[int, int | None]] = {}
    for number, offer in enumerate(offers):
        for task in units:
            literal = v.literals.of(offer.requires, task, period, offer.nation)
            if task in offer.tasks and literal != FALSE:
                use = v.program.variable(0, offer.quantity)
                uses[number, task] = (use, None if literal == TRUE else literal)
                if literal != TRUE:
                    v.program.at_most([(1, use), (-offer.quantity, literal)], 0)
        given = [(1, use) for (which, _), (use, _) in uses.items() if which == number]
        v.program.at_most(given, offer.quantity)
    for task, terms in units.items():
        covered = [(1, use) for (_, named), (use, _) in uses.items() if named == task]
        v.program.at_most([*covered, *((-c, x) for c, x in terms)], 0)
    return Cover(units, [offer.quantity for offer in offers], uses)


_OBJECTIVES: dict[str, Callable[[Variables], Iterator[Objective]]] = {
    "staff_tasks": _staff_tasks,
    "meet_targets": _meet_targets,
    "protect_commitments": _protect_commitments,
    "economy": _economy,
    "fewer_contingents": _fewer_contingents,
    "share_burden": _share_burden,
    "stay_within_offers": _stay_within_offers,
}
