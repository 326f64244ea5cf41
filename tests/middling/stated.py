"""The joint plan of a problem as linear rows, written from `docs/rules.md` alone.

An oracle for what is too large to list: nothing here comes from `allocator/model`, and the rows are
put the plain way, with a 0/1 variable wherever a rule says *unless*. A variable of its own stands
for every unit sent; nothing is left out because it could not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import gcd
from typing import Any

from ortools.math_opt.python import mathopt

from allocator.inputs import conditions as c
from allocator.inputs.problem import Caveat, Line, Problem, Task, World
from allocator.results.result import Allocation

Terms = list[tuple[int, Any]]
"""Whole numbers times variables; None stands for one."""


class Stated:
    """Variables and rows of one problem in one world."""

    def __init__(self, problem: Problem, world: World) -> None:
        self.problem = problem
        self.world = world
        self.model = mathopt.Model()
        self.staffed = {task.id: self.whole(1) for task in problem.tasks}
        self.sent = {
            (n, task.id, line.id, k, p): self.whole(problem.available(n, k, p))
            for task in problem.tasks
            for line in task.lines
            for k in line.weights
            for n in problem.nations
            for p in task.periods
            if problem.available(n, k, p)
        }
        self.released = {
            (one.id, p): self.whole(one.quantity[p - 1])
            for one in problem.commitments
            for p in problem.periods
            if one.quantity[p - 1] and c.holds(one.release_requires, world.holding(p))
        }
        self._made: dict[object, Any] = {}
        self._by: dict[object, list[tuple[tuple[str, str, str, str, int], Any]]] = {}
        for key, variable in self.sent.items():
            for part in ((key[1], key[4]), (key[1], key[2], key[4]), (key[0], key[3])):
                self._by.setdefault(part, []).append((key, variable))
        for task in problem.tasks:
            self._state(task)
        for pool in problem.availability:
            self._capacity(*pool)

    # Rows

    def whole(self, most: int) -> Any:
        return self.model.add_variable(lb=0, ub=most, is_integer=True)

    def at_most_zero(self, terms: Terms) -> None:
        """The sum is no more than nothing; in the smallest whole numbers, as HiGHS likes them."""
        constant = sum(n for n, x in terms if x is None)
        gathered: dict[Any, int] = {}
        for n, x in terms:
            if x is not None:
                gathered[x] = gathered.get(x, 0) + n
        divisor = gcd(*gathered.values()) or 1
        total = mathopt.fast_sum([n // divisor * x for x, n in gathered.items()])
        self.model.add_linear_constraint(lb=float("-inf"), ub=-constant // divisor, expr=total)

    def unless(self, truth: Any, terms: Terms) -> None:
        """Where `truth` is 0 the sum is no more than nothing; its variables are 0 or more."""
        most = sum(n * (1 if x is None else round(x.upper_bound)) for n, x in terms if n > 0)
        if truth is not True:
            self.at_most_zero([*terms, *([] if truth is False else [(-most, truth)])])

    # What the rules speak of

    def people(self, task: str, period: int, nation: str | None = None) -> Terms:
        return [
            (self.problem.capabilities[key[3]].personnel, x)
            for key, x in self._by.get((task, period), ())
            if nation in (None, key[0]) and self.problem.capabilities[key[3]].personnel
        ]

    def filled(self, task: Task, line: Line, period: int) -> Terms:
        return [(line.weights[k[3]], x) for k, x in self._by.get((task.id, line.id, period), ())]

    def units(self, task: str, period: int, nation: str, provides: str | None = None) -> Terms:
        return [
            (1, x)
            for key, x in self._by.get((task, period), ())
            if key[0] == nation and provides in (None, key[3])
        ]

    def contributes(self, nation: str, task: Task) -> Any:
        """1 exactly where the nation sends the task anything in any period."""
        terms = [term for p in task.periods for term in self.units(task.id, p, nation)]
        return self._once(("contributes", nation, task.id), lambda: self._exactly(terms))

    def _exactly(self, terms: Terms) -> Any:
        one = self.whole(1)
        self.unless(one, terms)
        self.at_most_zero([(1, one), *negative(terms)])
        return one

    def _once(self, key: object, make: Any) -> Any:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def truth(self, condition: c.Condition, task: str, period: int, own: str = "") -> Any:
        """True, False, or a variable that is 1 only where the condition holds."""
        match condition:
            case c.Always() | c.Never():
                return isinstance(condition, c.Always)
            case c.Precondition(id=name):
                return name in self.world.holding(period)
            case c.Staffed(task=other):
                return self.staffed.get(other, False)
            case c.LedBy():
                raise NotImplementedError("no middling workspace asks who leads")
            case c.Joins(nation=nation):
                if nation == own:
                    return True
                terms = self.units(task, period, nation)
                key = ("joins", nation, task, period)
                return self._once(key, lambda: self._only_where(1, terms)) if terms else False
        parts = [self.truth(part, task, period, own) for part in condition.parts]
        count = c.needed(condition) - sum(part is True for part in parts)
        open_: Terms = [(1, part) for part in parts if not isinstance(part, bool)]
        return True if count <= 0 else len(open_) >= count and self._only_where(count, open_)

    def _only_where(self, count: int, terms: Terms) -> Any:
        one = self.whole(1)
        self.at_most_zero([(count, one), *negative(terms)])
        return one

    # The rules, task by task

    def _state(self, task: Task) -> None:
        staffed = self.staffed[task.id]
        for p in task.periods:
            truth = self.truth(task.requires, task.id, p)
            if truth is not True:  # R10
                self.at_most_zero([(1, staffed), *([] if truth is False else [(-1, truth)])])
            for line in task.lines:
                self._line(task, line, p)
            for nation in self.problem.nations:
                self.unless(staffed, self.units(task.id, p, nation))
                self._share(task, nation, p)
        for caveat in self.problem.caveats:
            if task.id in caveat.tasks:
                self._caveat(task, caveat)
        self._nations(task)
        self._lead(task)

    def _line(self, task: Task, line: Line, period: int) -> None:
        staffed, filled = self.staffed[task.id], self.filled(task, line, period)
        self.at_most_zero([(line.minimum, staffed), *negative(filled)])  # R1
        if line.one_per is not None:  # R2
            carried = [t for name in line.of or (task.id,) if name in self.staffed
                       for t in self.people(name, period)]  # fmt: skip
            most = sum(n * round(x.upper_bound) for n, x in carried)
            room = [(-line.one_per * n, x) for n, x in filled]
            self.at_most_zero([*carried, *room, (-most, None), (most, staffed)])
        if line.min_contribution > 1:  # R9
            for nation in self.problem.nations:
                sends = [(1, x) for k, x in self._by.get((task.id, line.id, period), ())
                         if k[0] == nation]  # fmt: skip
                if sends:
                    any_ = self.whole(1)
                    self.unless(any_, sends)
                    self.at_most_zero([(line.min_contribution, any_), *negative(sends)])

    def _share(self, task: Task, nation: str, period: int) -> None:  # R7
        if task.max_share is not None:
            own = [(1000 * n, x) for n, x in self.people(task.id, period, nation)]
            every = [(-task.max_share * n, x) for n, x in self.people(task.id, period)]
            if own:
                self.at_most_zero([*own, *every])

    def _caveat(self, task: Task, caveat: Caveat) -> None:  # R5
        for p in caveat.periods & set(task.periods):
            truth = self.truth(caveat.requires, task.id, p, caveat.nation)
            sends = [(key[3], x) for key, x in self._by.get((task.id, p), ())
                     if key[0] == caveat.nation and key[3] in caveat.capabilities]  # fmt: skip
            if caveat.max_personnel is None:
                self.unless(truth, [(1, x) for _, x in sends])
            elif truth is not True:
                people = [(self.problem.capabilities[k].personnel, x) for k, x in sends]
                beyond = max(0, sum(n * round(x.upper_bound) for n, x in people)
                             - caveat.max_personnel)  # fmt: skip
                lifted = [] if truth is False else [(-beyond, truth)]
                self.at_most_zero([*people, (-caveat.max_personnel, None), *lifted])

    def _nations(self, task: Task) -> None:  # R6
        if task.min_nations or task.max_nations is not None:
            come = [(1, self.contributes(n, task)) for n in self.problem.nations]
            self.at_most_zero([(task.min_nations, self.staffed[task.id]), *negative(come)])
            if task.max_nations is not None:
                self.at_most_zero([*come, (-task.max_nations, None)])

    def _lead(self, task: Task) -> None:  # R8
        lead, staffed = task.lead, self.staffed[task.id]
        if lead is None:
            return
        if lead.all_of is not None:
            for nation in lead.all_of:
                self._leads(task, nation, staffed)
            return
        named = self.problem.nations if lead.any_of is None else lead.any_of
        chosen = {nation: self.whole(1) for nation in named}
        self.at_most_zero([(1, staffed), *((-1, x) for x in chosen.values())])
        for nation, one in chosen.items():
            self._leads(task, nation, one)

    def _leads(self, task: Task, nation: str, leads: Any) -> None:
        assert task.lead is not None
        for p in task.periods:
            provided = self.units(task.id, p, nation, task.lead.provides)
            self.at_most_zero([(1, leads), *negative(provided)])
            every = [(task.lead.min_share * n, x) for n, x in self.people(task.id, p)]
            own = [(-1000 * n, x) for n, x in self.people(task.id, p, nation)]
            most = sum(n * round(x.upper_bound) for n, x in every)
            if most:
                self.at_most_zero([*every, *own, (most, leads), (-most, None)])

    # Capacity, pool by pool

    def _capacity(self, nation: str, capability: str) -> None:  # R3, R4
        rotation = self.problem.capabilities[capability].rotation
        held = self.problem.commitments_of(nation, capability)
        sent = self._by.get((nation, capability), [])
        for p in self.problem.periods if sent else ():
            window = range(p - rotation + 1, p + 1)
            takes = [(1, one, q) for one in held for q in (window if one.rotating else (p,))]
            serving = [(1, x) for key, x in sent if key[4] in window]
            have = self.problem.available(nation, capability, p)
            self._room(serving, have, takes)
            takes = [(rotation if one.rotating else 1, one, p) for one in held]
            once = [(rotation, x) for key, x in sent if key[4] == p]
            self._room(once, have + rotation - 1, takes)

    def _room(self, terms: Terms, have: int, takes: Iterable[tuple[int, Any, int]]) -> None:
        """The sum is at most max(0, have - what is held), released units not counted as held."""
        left, given = have, []
        for times, one, period in takes:
            left -= times * one.quantity[max(period, 1) - 1]
            if (one.id, period) in self.released:
                given.append((-times, self.released[one.id, period]))
        over = max(0, -left)
        if not terms:
            return
        if over:
            open_ = self.whole(1)  # Where the commitments leave anything.
            self.unless(open_, terms)
            self.at_most_zero([*terms, *given, (-left - over, None), (over, open_)])
        else:
            self.at_most_zero([*terms, *given, (-left, None)])

    # What a solution says

    def allocation(self, value: Mapping[Any, float]) -> Allocation:
        whole = {x: round(v) for x, v in value.items()}
        return Allocation(
            frozenset(task for task, x in self.staffed.items() if whole[x]),
            {key: whole[x] for key, x in self.sent.items() if whole[x]},
            {key: whole[x] for key, x in self.released.items() if whole[x]},
        )

    # The objectives

    def objectives(self) -> Iterable[tuple[str, bool, Terms]]:
        """Name, whether it is to be high, and the sum; in the model's order."""
        for name in self.problem.objectives:
            if name == "staff_tasks":
                for priority in sorted({task.priority for task in self.problem.tasks}):
                    some = [t for t in self.problem.tasks if t.priority == priority]
                    yield f"{name}[{priority}]", True, [(1, self.staffed[t.id]) for t in some]
            else:
                yield name, False, getattr(self, f"_{name}")()

    def _meet_targets(self) -> Terms:
        found: Terms = []
        for task in self.problem.tasks:
            for line in task.lines:
                for p in task.periods if line.target and not line.scaled else ():
                    short = self.whole(line.target)
                    filled = negative(self.filled(task, line, p))
                    self.at_most_zero([(line.target, None), (-1, short), *filled])
                    found.append((round(Fraction(1_000_000, line.target)), short))
        return found

    def _protect_commitments(self) -> Terms:
        risk = {one.id: one.release_risk for one in self.problem.commitments}
        return [(risk[key[0]], x) for key, x in self.released.items()]

    def _economy(self) -> Terms:
        return [t for task in self.problem.tasks for p in task.periods
                for t in self.people(task.id, p)]  # fmt: skip

    def _fewer_contingents(self) -> Terms:
        return [(1, self.contributes(n, task)) for task in self.problem.tasks
                for n in self.problem.nations]  # fmt: skip

    def _share_burden(self) -> Terms:
        largest = self.whole(10**9)
        for nation, active in self.problem.active_personnel.items():
            own = [t for task in self.problem.tasks for p in task.periods
                   for t in self.people(task.id, p, nation)]  # fmt: skip
            if own:
                self.at_most_zero([*((1000 * n, x) for n, x in own), (-active, largest)])
        return [(1, largest)]


def negative(terms: Terms) -> Terms:
    return [(-n, x) for n, x in terms]
