"""A plan whose units are fixed, asked about in other worlds and with rows lifted.

What holds in a world holds with more preconditions met, and with rows lifted, too: only what breaks
in the first world is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from allocator.checker.case import Case, Violation
from allocator.checker.releases import all_releases, breaking_pools, pools_of
from allocator.checker.rules import RULES
from allocator.inputs.conditions import Condition, preconditions_in
from allocator.inputs.problem import Problem, World
from allocator.results.result import Allocation, UnitKey

LIFTED = ("R3", "R5")
"""Rules that rows of the tables impose: those can be lifted."""

_WELL_KNOWN = frozenset(f"R{number}" for number in range(1, 11))
"""Rules of which it is known whose conditions decide them; of others every precondition may."""


class FixedPlan:
    """Units that stay as they are, for tasks that count as staffed. given: releases that somebody
    planned with them, by commitment and period; None where nobody did. They are held against R4;
    R3 breaks only where it does with all released that may be, as without them."""

    def __init__(
        self,
        problem: Problem,
        world: World,
        tasks: Iterable[str],
        units: Mapping[UnitKey, int],
        given: Mapping[tuple[str, int], int] | None = None,
    ) -> None:
        self.problem, self.world = problem, world
        self.given = given
        self.allocation = Allocation(frozenset(tasks), dict(units))
        self._pools = pools_of(self.allocation)
        released = all_releases(problem, world, self._pools)
        self._case = Case(problem, world, replace(self.allocation, released=released))

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """All that breaks, with everything released that may be; where both rows of R3 are the
        same, once."""
        found: dict[object, Violation] = {}
        for name, rule in RULES.items():
            for one in (*rule(self._case), *self._wrong_releases(name, self.world)):
                found.setdefault((one.rule, *sorted(one.places.items()), one.amount), one)
        return tuple(found.values())

    def _wrong_releases(self, rule: str, world: World) -> Iterator[Violation]:
        """What R4 has against the releases that were planned."""
        if rule == "R4" and self.given:
            yield from RULES[rule](self._case.elsewhere(world, self.given))

    @cached_property
    def uncovered(self) -> tuple[Violation, ...]:
        """Where R3 breaks with the planned releases alone, as far as they are allowed, and would
        not with all that may be released; nothing where none were planned."""
        if self.given is None:
            return ()
        may = all_releases(self.problem, self.world, self._pools)
        allowed = {key: min(n, may.get(key, 0)) for key, n in self.given.items()}
        broken = {tuple(sorted(v.places.items())) for v in self.violations if v.rule == "R3"}
        found: dict[object, Violation] = {}
        for one in RULES["R3"](self._case.elsewhere(self.world, allowed)):
            place = tuple(sorted(one.places.items()))
            if place not in broken:
                found.setdefault((place, one.amount), one)
        return tuple(found.values())

    @cached_property
    def _broken(self) -> tuple[str, ...]:
        """The rules that break."""
        return tuple(dict.fromkeys(violation.rule for violation in self.violations))

    @property
    def relevant(self) -> tuple[str, ...]:
        """The open preconditions on which it may hang whether what breaks now would hold."""
        problem = self.problem
        if not set(self._broken) <= _WELL_KNOWN:
            return problem.open_preconditions(self.world)
        named = {name for condition in self._conditions() for name in preconditions_in(condition)}
        return tuple(
            name
            for name in problem.open_preconditions(self.world)
            if problem.implied_by(name) & named
        )

    def passes(self, met: Iterable[str]) -> bool:
        """Whether all holds with these preconditions met on top of the world."""
        world = self.problem.meeting(self.world, met)
        return not any(self._breaks(rule, world) for rule in self._broken)

    def with_everything_met(self) -> FixedPlan:
        """The same in the world with every open precondition met."""
        problem = self.problem
        best = problem.meeting(self.world, problem.open_preconditions(self.world))
        of = self.allocation
        return FixedPlan(problem, best, of.staffed, of.units, self.given)

    @property
    def liftable(self) -> bool:
        """Whether only rules break that rows of the tables impose."""
        return set(self._broken) <= set(LIFTED)

    @property
    def broken_caveats(self) -> tuple[str, ...]:
        found = (v.places["caveat"] for v in self.violations if v.rule == "R5")
        return tuple(sorted({str(name) for name in found}))

    @property
    def pools(self) -> frozenset[tuple[str, str]]:
        """The pools of which R3 breaks."""
        return breaking_pools(v.places for v in self.violations if v.rule == "R3")

    def holds_without(self, commitments: Iterable[str], pool: tuple[str, str]) -> bool:
        """Whether R3 holds for the pool with these commitments out of the tables."""
        gone = frozenset(commitments)
        left = tuple(c for c in self.problem.commitments if c.id not in gone)
        problem = replace(self.problem, commitments=left)
        return not _breaks_r3(problem, self.world, self.allocation, frozenset({pool}))

    def _breaks(self, rule: str, world: World) -> bool:
        if rule == "R3":
            return _breaks_r3(self.problem, world, self.allocation, self.pools)
        if rule == "R4":
            return any(True for _ in self._wrong_releases(rule, world))
        released = all_releases(self.problem, world, self._pools)
        problem = self._narrow if rule == "R5" else self.problem
        return any(True for _ in RULES[rule](self._case.elsewhere(world, released, problem)))

    @cached_property
    def _narrow(self) -> Problem:
        """With those caveats alone that break."""
        names = frozenset(self.broken_caveats)
        return replace(
            self.problem, caveats=tuple(c for c in self.problem.caveats if c.id in names)
        )

    def _conditions(self) -> Iterator[Condition]:
        """Those of the rows that what breaks is about."""
        for violation in self.violations:
            if "caveat" in violation.places:
                yield self.problem.caveat(str(violation.places["caveat"])).requires
            elif violation.rule == "R10":
                yield self.problem.task(str(violation.places["task"])).requires
            elif violation.rule == "R4":
                yield from self._release_condition(str(violation.places["commitment"]))
        for nation, capability in self.pools:
            for commitment in self.problem.commitments_of(nation, capability):
                yield commitment.release_requires

    def _release_condition(self, commitment: str) -> Iterator[Condition]:
        yield from (c.release_requires for c in self.problem.commitments if c.id == commitment)


def _breaks_r3(
    problem: Problem, world: World, allocation: Allocation, pools: frozenset[tuple[str, str]]
) -> bool:
    """Whether R3 breaks for one of these pools with everything released that may be."""
    units = {key: n for key, n in allocation.units.items() if (key[0], key[3]) in pools}
    released = all_releases(problem, world, pools)
    case = Case(problem, world, Allocation(allocation.staffed, units, released))
    return any(True for _ in RULES["R3"](case))
