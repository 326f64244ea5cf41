"""What holds after an event, and which rules a plan breaks then.

Written from the sentences of *Loss*, with rules and conditions of its own: nothing of the checker
or of the search is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import combinations, product

from allocator.inputs import conditions as c
from allocator.inputs.problem import Problem, Task
from allocator.inputs.problem.losses import Loss
from allocator.results.result import Allocation

Units = dict[tuple[str, str, str, str, int], int]
Names = frozenset[str]
STATUSES = ("in_place", "firm", "indicated", "possible")


class AfterRules:
    """One event on one plan. stated: what holds by itself, from which period."""

    def __init__(
        self, problem: Problem, stated: dict[str, int], plan: Allocation, loss: Loss
    ) -> None:
        self.problem, self.plan, self.loss = problem, plan, loss
        self.met: Counter[str] = Counter()
        self.first = loss.period
        self.gone = loss.lost if loss.kind == "nation" else None
        self.stated = stated
        self.later = range(self.first, problem.horizon + 1)
        self.over = frozenset(
            t.id for t in problem.tasks
            if t.id in plan.staffed and not self.window(t)
        )  # fmt: skip
        self.mine = [t for t in problem.tasks if t.id in plan.staffed and self.window(t)]
        self.planned: Units = {k: n for k, n in plan.units.items() if k[4] >= self.first}
        self.before: Units = {k: n for k, n in plan.units.items() if k[4] < self.first}

    def window(self, task: Task) -> list[int]:
        return [p for p in task.periods if p >= self.first]

    # --- what holds -------------------------------------------------------------------------

    @cached_property
    def holding(self) -> dict[int, Names]:
        return {period: self._holding(period) for period in self.later}

    def _holding(self, period: int) -> Names:
        """All that holds: stated and not ended, and what that implies."""
        up = {name for name, start in self.stated.items() if start <= period}
        if self.loss.kind == "precondition":
            lost, every = self.loss.lost, self.problem.preconditions
            ended = {name for name in every if lost in self.down(name)}
            if lost in self.closed(up):
                self.met["implying ended"] += bool(ended & up - {self.loss.lost})
                kept = self.closed(up - ended) & self.closed({self.loss.lost})
                self.met["implied stays"] += bool(kept)
                self.met["implied ends"] += bool(
                    (self.closed({self.loss.lost}) - {self.loss.lost}) - self.closed(up - ended)
                )
            up -= ended
        return self.closed(up)

    def closed(self, names: set[str]) -> Names:
        return frozenset(other for name in names for other in self.down(name))

    def down(self, name: str, seen: Names = frozenset()) -> Names:
        """The precondition and what follows from it."""
        if name in seen:
            return seen
        seen = seen | {name}
        for other in self.problem.preconditions[name].implies:
            seen = self.down(other, seen)
        return seen

    def true(
        self, condition: c.Condition, period: int, staffed: Names, here: Names, leading: Names
    ) -> bool:
        match condition:
            case c.Always():
                return True
            case c.Never():
                return False
            case c.Precondition(id=name):
                return name in self.holding[period]
            case c.Joins(nation=name):
                return name in here
            case c.LedBy(nation=name):
                return name in leading
            case c.Staffed(task=name):
                return name in staffed
            case c.And(parts=parts):
                return all(self.true(p, period, staffed, here, leading) for p in parts)
            case c.Or(parts=parts):
                return any(self.true(p, period, staffed, here, leading) for p in parts)
            case c.AtLeast(count=count, parts=parts):
                return sum(self.true(p, period, staffed, here, leading) for p in parts) >= count

    # --- rules of one task ------------------------------------------------------------------

    def people(self, units: Units) -> int:
        return sum(n * self.problem.capabilities[k[3]].personnel for k, n in units.items())

    def leaders(self, task: Task, at: dict[int, Units]) -> Names:
        """Those named that lead in all that is left of the window."""
        lead = task.lead
        if lead is None:
            return frozenset()
        named = lead.all_of if lead.all_of is not None else lead.any_of
        return frozenset(
            nation
            for nation in (self.problem.nations if named is None else named)
            if all(self._leads(lead, nation, at[period]) for period in self.window(task))
        )

    def _leads(self, lead, nation: str, units: Units) -> bool:  # type: ignore[no-untyped-def]
        own = {k: n for k, n in units.items() if k[0] == nation}
        provided = sum(n for k, n in own.items() if lead.provides in (None, k[3]))
        return provided > 0 and 1000 * self.people(own) >= lead.min_share * self.people(units)

    def passes_in(
        self, task: Task, period: int, units: Units, staffed: Names, leading: Names | None
    ) -> bool:
        """R1, R2 of its own people, R5, R7, R9, R10 in one period. leading None: anybody might."""
        everybody = frozenset(self.problem.nations)
        here = frozenset(k[0] for k in units)
        leading = everybody if leading is None else leading
        if not self.true(task.requires, period, staffed, here, leading):
            return False
        people = self.people(units)
        for line in task.lines:
            own = {k: n for k, n in units.items() if k[2] == line.id}
            filled = sum(line.weights[k[3]] * n for k, n in own.items())
            if filled < line.minimum:
                return False
            if line.one_per is not None and line.of is None and line.one_per * filled < people:
                return False
            for nation in here:
                sent = sum(n for k, n in own.items() if k[0] == nation)
                if 0 < sent < line.min_contribution:
                    return False
        for nation in here:
            mine = {k: n for k, n in units.items() if k[0] == nation}
            if task.max_share is not None and 1000 * self.people(mine) > task.max_share * people:
                return False
            for caveat in self.problem.caveats:
                if (caveat.nation, period) != (nation, period) or task.id not in caveat.tasks:
                    continue
                if period not in caveat.periods:
                    continue
                within = {k: n for k, n in mine.items() if k[3] in caveat.capabilities}
                if self.true(caveat.requires, period, staffed, here | {nation}, leading):
                    continue
                if caveat.max_personnel is None:
                    if within:
                        return False
                elif self.people(within) > caveat.max_personnel:
                    return False
        return True

    def passes(self, task: Task, at: dict[int, Units], staffed: Names) -> bool:
        """All that is asked of the task by itself, R2 of other tasks apart."""
        leading = self.leaders(task, at)
        if task.lead is not None:
            if task.lead.all_of is not None and set(task.lead.all_of) - leading:
                return False
            if not leading:
                return False
        now = {k[0] for units in at.values() for k in units}
        ever = now | {k[0] for k in self.before if k[1] == task.id}
        if set(task.members) - ever or len(ever) < task.min_nations:
            return False
        if task.max_nations is not None and len(now) > task.max_nations:
            return False
        self.met["member before"] += bool(set(task.members) - now)
        self.met["nations before"] += len(now) < task.min_nations
        return all(
            self.passes_in(task, period, at[period], staffed, leading)
            for period in self.window(task)
        )

    def carries(self, task: Task, units: Units) -> bool:
        """R2 of lines that carry other tasks' people."""
        for line in task.lines:
            if line.one_per is None or line.of is None:
                continue
            for period in self.window(task):
                people = self.people(
                    {k: n for k, n in units.items() if k[1] in line.of and k[4] == period}
                )
                filled = sum(
                    line.weights[k[3]] * n
                    for k, n in units.items()
                    if (k[1], k[2], k[4]) == (task.id, line.id, period)
                )
                if line.one_per * filled < people:
                    return False
        return True

    # --- pools ------------------------------------------------------------------------------

    def may_release(self, commitment, period: int) -> bool:  # type: ignore[no-untyped-def]
        empty: Names = frozenset()
        return self.true(commitment.release_requires, period, empty, empty, empty)

    def kept_releases(self) -> dict[tuple[str, int], int]:
        """The plan's, less those that are no longer allowed."""
        kept = {}
        for (name, period), n in self.plan.released.items():
            if period >= self.first:
                if self.may_release(self.problem.commitment(name), period):
                    kept[name, period] = n
                else:
                    self.met["taken back"] += 1
        return kept

    def fits(
        self, pool: tuple[str, str], sent: dict[int, int], released: dict[tuple[str, int], int]
    ) -> bool:
        """R3 of one pool from the event on."""
        r = self.problem.capabilities[pool[1]].rotation
        held = self.problem.availability.get(pool, (0,) * self.problem.horizon)
        mine = [k for k in self.problem.commitments if (k.nation, k.capability) == pool]
        given = {k: n for k, n in self.plan.released.items() if k[1] < self.first} | released

        def locked(k, q: int) -> int:  # type: ignore[no-untyped-def]
            return k.quantity[0] if q < 1 else k.quantity[q - 1] - given.get((k.id, q), 0)

        for q in self.later:
            standing = sum(locked(k, q) for k in mine if not k.rotating)
            window = range(q - r + 1, q + 1)
            rotating = sum(locked(k, s) for k in mine if k.rotating for s in window)
            free = max(0, held[q - 1] - standing - rotating)
            debt = sum(n for k, n in self.before.items() if (k[0], k[3]) == pool and k[4] in window)
            now = sum(n for s, n in sent.items() if s in window)
            self.met["debt"] += bool(debt and now + debt == free)
            self.met["debt beyond room"] += debt > free
            if now > max(0, free - debt):
                return False
            at_once = sum(locked(k, q) for k in mine if k.rotating)
            if r * sent.get(q, 0) > max(0, held[q - 1] - standing - r * at_once + r - 1):
                return False
        return True

    def pools(self, units: Units) -> dict[tuple[str, str], dict[int, int]]:
        found: dict[tuple[str, str], dict[int, int]] = {}
        for k, n in units.items():
            by_period = found.setdefault((k[0], k[3]), {})
            by_period[k[4]] = by_period.get(k[4], 0) + n
        return found

    def every_release(self, pool: tuple[str, str]) -> Iterator[dict[tuple[str, int], int]]:
        mine = [k for k in self.problem.commitments if (k.nation, k.capability) == pool]
        cells = [(k.id, q, k.quantity[q - 1]) for k in mine for q in self.later
                 if self.may_release(k, q)]  # fmt: skip
        for chosen in product(*(range(most + 1) for *_, most in cells)):
            yield {(name, q): n for (name, q, _), n in zip(cells, chosen, strict=True) if n}

    def least_risk(self, pool: tuple[str, str], sent: dict[int, int]) -> int | None:
        """The lowest risk with which the pool fits; None where it never does."""
        key = pool, tuple(sorted(sent.items()))
        if key not in self._risks:
            risk = {k.id: k.release_risk for k in self.problem.commitments}
            fitting = [
                sum(risk[name] * n for (name, _), n in released.items())
                for released in self.every_release(pool)
                if self.fits(pool, sent, released)
            ]
            self._risks[key] = min(fitting, default=None)
        return self._risks[key]

    @cached_property
    def _risks(self) -> dict[object, int | None]:
        return {}

    def covered(self, units: Units, staffed: Names) -> set[str]:
        """R11: the tasks that offers are too few for; of all sets of tasks that ask for more than
        what any of them may draw on, the smallest of those that lack the most (Hall)."""
        if self.problem.count == "inventory":
            return set()
        short: set[str] = set()
        for pool, sent in self.pools(units).items():
            for q in sent:
                need: Counter[str] = Counter()
                for k, n in units.items():
                    if (k[0], k[3], k[4]) == (*pool, q):
                        need[k[1]] += n
                drawn = {task: self.offers_for(pool, task, q, units, staffed) for task in need}
                short |= self._lacking(need, drawn)
        return short

    def _lacking(self, need: Counter[str], drawn: dict[str, set[str]]) -> set[str]:
        quantity = {o.id: o.quantity for o in self.problem.offers}
        lack = {
            some: sum(need[t] for t in some)
            - sum(quantity[o] for o in set().union(*(drawn[t] for t in some)))
            for size in range(1, len(need) + 1)
            for some in combinations(sorted(need), size)
        }
        most = max(lack.values(), default=0)
        if most <= 0:
            return set()
        return set.intersection(*(set(some) for some, n in lack.items() if n == most))

    def offers_for(
        self, pool: tuple[str, str], task: str, q: int, units: Units, staffed: Names
    ) -> set[str]:
        """The offers that the task may draw on in the period."""
        firm = STATUSES[: STATUSES.index(self.problem.count) + 1]
        here = frozenset(k[0] for k in units if (k[1], k[4]) == (task, q))
        leading = self.leaders(self.problem.task(task), self.split(self.problem.task(task), units))
        return {
            offer.id
            for offer in self.problem.offers
            if (offer.nation, offer.capability) == pool
            and offer.status in firm
            and q in offer.periods
            and task in offer.tasks
            and self.true(offer.requires, q, staffed, here | {pool[0]}, leading)
        }

    # --- holds ------------------------------------------------------------------------------

    @property
    def touched(self) -> bool:
        if self.gone is not None:
            return any(k[0] == self.gone for k in self.planned)
        up = {q: self.closed({n for n, s in self.stated.items() if s <= q}) for q in self.later}
        return any(self.loss.lost in up[q] for q in self.later)

    def broken(self) -> set[str]:
        if not self.touched:
            return set()
        struck = {k: n for k, n in self.planned.items() if k[0] != self.gone}
        kept = self.kept_releases()
        staffed = self.plan.staffed
        found = {
            task.id for task in self.mine
            if not self.passes(task, self.split(task, struck), staffed)
            or not self.carries(task, struck)
        }  # fmt: skip
        for pool, sent in self.pools(struck).items():
            if not self.fits(pool, sent, kept):
                found |= {k[1] for k in struck if (k[0], k[3]) == pool}
        return found | self.covered(struck, staffed)
