"""A given plan held against every rule: what breaks, where, by how much, and what would do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from allocator.checker import RULES, Violation
from allocator.checker.fixed_plan import FixedPlan
from allocator.checker.releases import fewest_releases
from allocator.checker.shortages import shortages
from allocator.deadline import Deadline
from allocator.inputs.conditions import show
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Caveat, Commitment, Problem, World
from allocator.results.review import Breach, Reason, Review
from allocator.search.given.assumptions import assumptions, lifts


def review(problem: Problem, world: World, given: GivenPlan, deadline: Deadline) -> Review:
    """Hold every row against every rule; no engine is asked.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. given: the plan, row by row. deadline: when to end at the latest.
    """
    planned = None if given.releases is None else given.releases.units
    plan = FixedPlan(problem, world, given.tasks, given.units, planned)
    rows = _Rows(problem, given)
    breaches = tuple(_breach(problem, violation, rows) for violation in plan.violations)
    assumes, assumes_complete = assumptions(plan, deadline)
    never = not assumes and assumes_complete
    lifted, lifts_complete = lifts(plan.with_everything_met(), deadline) if never else ((), True)
    released = fewest_releases(problem, world, plan.allocation)
    return Review(
        problem.model,
        world,
        given,
        breaches,
        assumes,
        assumes_complete,
        lifted,
        lifts_complete,
        shortages(problem, plan.allocation),
        tuple(_breach(problem, violation, rows) for violation in plan.uncovered),
        replace(plan.allocation, released=released),
        timed_out=not (assumes_complete and lifts_complete)
        and deadline.expired
        and not deadline.cancelled,
        interrupted=deadline.interrupted,
        calendar=problem.calendar,
        problem=problem,
    )


def rule_in_words(rule: str) -> str:
    """The rule's sentence, as the checker has it."""
    text = " ".join((RULES[rule].__doc__ or "").split())
    return text.removeprefix(f"{rule}: ")


def _breach(problem: Problem, violation: Violation, rows: _Rows) -> Breach:
    return Breach(
        violation.rule,
        rule_in_words(violation.rule),
        violation.message,
        dict(violation.places),
        violation.amount,
        rows.concerned(violation),
        tuple(_reasons(problem, violation, rows.given)),
    )


def _reasons(problem: Problem, violation: Violation, given: GivenPlan) -> Iterator[Reason]:
    """The rows of the tables behind the rule: the caveat, what commits units of the pool, or the
    planned release and its commitment."""
    places = violation.places
    if violation.rule == "R4":
        yield from _of_release(problem, str(places["commitment"]), int(places["period"]), given)
    if "caveat" in places:
        yield _of_caveat(problem.caveat(str(places["caveat"])))
    elif violation.rule == "R3":
        pool = str(places["nation"]), str(places["capability"])
        for commitment in problem.commitments_of(*pool):
            if any(commitment.quantity):
                yield _of_commitment(commitment)


def _of_release(
    problem: Problem, commitment: str, period: int, given: GivenPlan
) -> Iterator[Reason]:
    planned = given.releases
    if planned is not None:
        says = f"{planned.units[commitment, period]:,} units in all"
        for place in planned.places.get((commitment, period), ()):
            yield Reason("release", commitment, place.line, says)
    yield from (_of_commitment(c) for c in problem.commitments if c.id == commitment)


def _of_caveat(caveat: Caveat) -> Reason:
    note = f": {caveat.note}" if caveat.note else ""
    limit = "nothing" if caveat.max_personnel is None else f"{caveat.max_personnel:,} people"
    says = f"{limit} unless {show(caveat.requires)}{note}"
    return Reason("caveat", caveat.id, caveat.place, says)


def _of_commitment(commitment: Commitment) -> Reason:
    how = "rotating" if commitment.rotating else "standing"
    says = f"{max(commitment.quantity)} {how}, released if {show(commitment.release_requires)}"
    if commitment.purpose:
        says += f": {commitment.purpose}"
    return Reason("commitment", commitment.id, commitment.place, says)


class _Rows:
    """The plan's rows by what a violation names."""

    def __init__(self, problem: Problem, given: GivenPlan) -> None:
        self._problem, self.given = problem, given

    @cached_property
    def _of_task(self) -> Mapping[str, list[int]]:
        return self._grouped("task")

    @cached_property
    def _of_nation(self) -> Mapping[str, list[int]]:
        return self._grouped("nation")

    def _grouped(self, column: str) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, row in enumerate(self.given.rows):
            found.setdefault(getattr(row, column), []).append(number)
        return found

    def concerned(self, violation: Violation) -> tuple[int, ...]:
        """The rows above 0 that the violation is about, in the order of the plan."""
        places, rule = violation.places, violation.rule
        by_nation = "task" not in places
        near = self._of_nation if by_nation else self._of_task
        name = str(places.get("nation" if by_nation else "task", ""))
        asked = {key: places[key] for key in _COLUMNS if key in places}
        periods = self._periods(rule, places)
        scope = self._scope(places)
        return tuple(
            number for number in near.get(name, ()) if self._matches(number, asked, periods, scope)
        )

    def _matches(
        self,
        number: int,
        asked: Mapping[str, str | int],
        periods: frozenset[int] | None,
        scope: frozenset[str] | None,
    ) -> bool:
        row = self.given.rows[number]
        return (
            row.quantity > 0
            and all(getattr(row, column) == value for column, value in asked.items())
            and (periods is None or not periods.isdisjoint(row.periods))
            and (scope is None or row.capability in scope)
        )

    def _periods(self, rule: str, places: Mapping[str, str | int]) -> frozenset[int] | None:
        """Those in which a row has a part in it: of R3 all whose units have not recovered."""
        if "period" not in places:
            return None
        last = int(places["period"])
        recovery = 1
        if rule == "R3":
            recovery = self._problem.capabilities[str(places["capability"])].rotation
        return frozenset(range(last - recovery + 1, last + 1))

    def _scope(self, places: Mapping[str, str | int]) -> frozenset[str] | None:
        if "caveat" not in places:
            return None
        return self._problem.caveat(str(places["caveat"])).capabilities


_COLUMNS = ("nation", "task", "line", "capability")
