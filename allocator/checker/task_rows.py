"""The rows of one task, rule by rule, stated anew for proofs that push bounds on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from allocator.checker.constraints import Place, Row, Terms, Unless, Variable, added_up, make_row
from allocator.inputs.problem import Caveat, Lead, Line, Task

if TYPE_CHECKING:
    from allocator.checker.rows import Forces

WITHOUT = " without "
"""Between a caveat and the nation or task without which its condition cannot hold."""


class TaskRows:
    """The rows of one task; of one that is not staffed they ask nothing."""

    def __init__(self, forces: Forces, task: Task) -> None:
        self._all = forces
        self._task = task
        self._staffed = Variable("staffed", task.id)

    def every(self) -> Iterator[Row]:
        """Yield all; first those that read most easily where a proof may begin with any."""
        yield from self._conditions()
        yield from self._caveats()
        yield from self._minimums()
        yield from self._scaled()
        yield from self._numbers()
        yield from self._shares()
        yield from self._leads()
        yield from self._least_contributions()

    def _at(self, period: int) -> list[Variable]:
        return self._all.units(self._task.id, period)

    def _by(self, nation: str, period: int) -> list[Variable]:
        return self._all.sent(self._task.id, period, nation)

    def _place(
        self,
        rule: str,
        what: str,
        nation: str = "",
        line: str = "",
        capability: str = "",
        period: int = 0,
    ) -> Place:
        return Place(rule, what, self._task.id, nation, line, capability, period)

    def _if_staffed(self, units: int) -> tuple[Variable, int]:
        return self._staffed, -units

    def _filled(self, line: Line, period: int) -> Terms:
        return [(v, line.weights[v.capability]) for v in self._at(period) if v.line == line.id]

    def _minimums(self) -> Iterator[Row]:
        for line in self._task.lines:
            for period in self._task.periods:
                place = self._place("R1", "minimum", line=line.id, period=period)
                terms = [*self._filled(line, period), self._if_staffed(line.minimum)]
                yield make_row(place, terms, 0)

    def _scaled(self) -> Iterator[Row]:
        for line in self._task.lines:
            if line.one_per is None:
                continue
            carried = [self._task.id] if line.of is None else line.of
            for period in self._task.periods:
                filled = [(v, line.one_per * w) for v, w in self._filled(line, period)]
                units = [v for task in carried for v in self._all.units(task, period)]
                people = self._all.people(units, -1)
                # Where the task is not staffed, the row is to let other tasks' people through.
                others = [(v, c) for v, c in people if v.task != self._task.id]
                let = sum(c * self._all.most(v) for v, c in others)
                place = self._place("R2", "people carried", line=line.id, period=period)
                yield make_row(place, [*filled, *people, (self._staffed, let)], let)

    def _caveats(self) -> Iterator[Row]:
        for nation in self._all.nations_of(self._task.id):
            for caveat in self._all.caveats(nation, self._task.id):
                for period in self._task.periods:
                    if period in caveat.periods:
                        yield from self._caveat(caveat, period)

    def _caveat(self, caveat: Caveat, period: int) -> Iterator[Row]:
        """What the nation may send where the condition does not hold; and where it cannot hold
        without a nation or a task, that or this one."""
        within = [v for v in self._by(caveat.nation, period) if v.capability in caveat.capabilities]
        if caveat.max_personnel is None:
            terms, least = [(v, -1) for v in within], 0
        else:
            terms, least = self._all.people(within, -1), -caveat.max_personnel
        place = self._place("R5", caveat.id, nation=caveat.nation, period=period)
        unless = Unless.of(caveat.requires, self._task.id, period)
        yield make_row(place, terms, least, unless)
        lifts = least - sum(c * self._all.most(v) for v, c in terms)
        if lifts <= 0:  # The nation has no more than it may send.
            return
        for missing, there, fewer in self._missing(unless, caveat.nation):
            without = place._replace(what=f"{caveat.id}{WITHOUT}{missing}")
            yield make_row(without, [*terms, *((v, lifts) for v in there)], least, fewer)

    def _missing(
        self, unless: Unless, nation: str = ""
    ) -> Iterator[tuple[str, list[Variable], Unless]]:
        """Each nation and task of a condition, what of it shows that it is there, and the
        condition without it. nation: is there whatever is sent."""
        for other in sorted(unless.nations - {nation}):
            if there := self._by(other, unless.period):
                yield other, there, unless.without_nation(other)
        for task in sorted(unless.tasks):
            yield task, [Variable("staffed", task)], unless.without_task(task)

    def _numbers(self) -> Iterator[Row]:
        task = self._task
        nations = self._all.nations_of(task.id)
        served = self._all.served_at(task.id)
        for nation in task.members:
            if nation not in served:
                terms = [*self._sent(nation), self._if_staffed(1)]
                yield make_row(self._place("R6", "member", nation=nation), terms, 0)
        counted = [Variable("contributes", task.id, nation) for nation in nations]
        needed = task.min_nations - len(served)
        if needed > (0 if served else 1):
            new = [v for v in counted if v.nation not in served]
            terms = [*((v, 1) for v in new), self._if_staffed(needed)]
            yield make_row(self._place("R6", "at least"), terms, 0)
            for variable in new:
                terms = [*self._sent(variable.nation), (variable, -1)]
                yield make_row(self._place("R6", "contributes", nation=variable.nation), terms, 0)
        if task.max_nations is not None:
            terms = [(v, -1) for v in counted]
            yield make_row(self._place("R6", "at most"), terms, -task.max_nations)
            for variable in counted:
                for v, _ in self._sent(variable.nation):
                    place = self._place("R6", "counts", *v[2:])
                    yield make_row(place, [(variable, self._all.most(v)), (v, -1)], 0)

    def _sent(self, nation: str) -> Terms:
        return [(v, 1) for period in self._task.periods for v in self._by(nation, period)]

    def _shares(self) -> Iterator[Row]:
        share = self._task.max_share
        if share is None:
            return
        for period in self._task.periods:
            everybody = self._all.people(self._at(period), share)
            for nation in self._all.nations_of(self._task.id):
                own = self._all.people(self._by(nation, period), -1000)
                place = self._place("R7", "share", nation=nation, period=period)
                yield make_row(place, everybody + own, 0)

    def _leads(self) -> Iterator[Row]:
        lead = self._task.lead
        if lead is None:
            return
        if lead.all_of is not None:
            for nation in lead.all_of:
                yield from self._one_leads(lead, nation, self._staffed)
            return
        nations = self._all.nations_of(self._task.id)
        eligible = nations if lead.any_of is None else [n for n in nations if n in lead.any_of]
        leading = [Variable("leads", self._task.id, nation) for nation in eligible]
        terms = [*((v, 1) for v in leading), self._if_staffed(1)]
        yield make_row(self._place("R8", "one leads"), terms, 0)
        for variable in leading:
            yield from self._one_leads(lead, variable.nation, variable)

    def _one_leads(self, lead: Lead, nation: str, leads: Variable) -> Iterator[Row]:
        """What it takes that the nation leads, where it does."""
        for period in self._task.periods:
            own = self._by(nation, period)
            provided = [(v, 1) for v in own if lead.provides in (None, v.capability)]
            place = self._place("R8", "provides", nation=nation, period=period)
            yield make_row(place, [*provided, (leads, -1)], 0)
            share = self._all.people(own, 1000)
            share += self._all.people(self._at(period), -lead.min_share)
            # Where the nation does not lead, the row is to let everything through.
            let = sum(c * self._all.most(v) for v, c in added_up(share).items() if c < 0)
            yield make_row(place._replace(what="share"), [*share, (leads, let)], let)

    def _least_contributions(self) -> Iterator[Row]:
        for line in self._task.lines:
            for period in self._task.periods:
                for nation in self._all.nations_of(self._task.id):
                    sent = [v for v in self._by(nation, period) if v.line == line.id]
                    if line.min_contribution > 1 and sent:
                        yield from self._least(line, sent)

    def _least(self, line: Line, sent: list[Variable]) -> Iterator[Row]:
        first = sent[0]
        sends = Variable("sends", self._task.id, first.nation, line.id, period=first.period)
        terms = [*((v, 1) for v in sent), (sends, -line.min_contribution)]
        place = self._place("R9", "at least", first.nation, line.id, period=first.period)
        yield make_row(place, terms, 0)
        for v in sent:
            place = self._place("R9", "or none", *v[2:])
            yield make_row(place, [(sends, self._all.most(v)), (v, -1)], 0)

    def _conditions(self) -> Iterator[Row]:
        """R10: a task whose condition cannot hold is not staffed; nor is one whose condition
        cannot hold without a task that is not, or a nation that is not there."""
        requires = self._task.requires
        for period in self._task.periods:
            place = self._place("R10", "condition", period=period)
            unless = Unless.of(requires, self._task.id, period)
            yield make_row(place, [self._if_staffed(1)], 0, unless)
            for missing, there, fewer in self._missing(unless):
                place = self._place("R10", missing, period=period)
                terms = [*((v, 1) for v in there), self._if_staffed(1)]
                yield make_row(place, terms, 0, fewer)
