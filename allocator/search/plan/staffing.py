"""Tasks put into a plan one after another, beside what is there or in its place.

A task that is put in with no more than it needs leaves room for those that come later. Nothing is
proved here but that a task can never be staffed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from random import Random

from allocator.deadline import Deadline
from allocator.engines import Portfolio, Settings
from allocator.engines.cpsat import CpSat
from allocator.engines.part import Part
from allocator.model.objectives import Objective
from allocator.model.variables import Variables
from allocator.search.plan.blocks import Blocks
from allocator.search.plan.incumbent import Values

EFFORT = 0.4
"""Deterministic time, about seconds, of putting in one task."""

ROOMY = 0.05
"""A task is put in as well as this allows: the best way is not worth the wait."""

ATTEMPTS = 4
"""To put in a task that is left out by moving what others send: of the capabilities that it lacks,
of all that it needs, then each time with twice the effort."""

QUICK = 0.02
"""Deterministic time, about seconds, of asking whether a task lacks a capability. Where that is too
little to put it in beside nobody, each question has as much as putting it in."""

TOGETHER = 2
"""Tasks that are put in from the same values, and again where they do not go together. Always as
many, so that the plan does not hang on how many are searched at once."""


class Staffing:
    """The tasks of one program. What tells apart the ways of putting in a task is an objective,
    `by`, that counts tasks and perhaps what comes after staffing, as one sum."""

    def __init__(
        self, variables: Variables, settings: Settings, blocks: Blocks, workers: int = 1
    ) -> None:
        self._variables = variables
        self._settings = replace(settings, light=True, linear=True, gap=ROOMY)
        self._blocks = blocks
        self._workers = min(workers, TOGETHER)
        self._cells = Counter(sent.capability for sent in variables.sent)
        self._rng = Random(settings.seed)

    def staff(
        self, values: Values, tasks: Sequence[str], by: Objective, deadline: Deadline
    ) -> Values:
        """Put in as many of these tasks beside what is there as go in one after another.

        values: of the plan that is built. by: of several ways to put in a task, the least of it is
        taken. deadline: when to end at the latest.
        """
        waiting = self._missing(values, tasks)
        while waiting and not deadline.expired:
            some, waiting = waiting[:TOGETHER], waiting[TOGETHER:]
            values, again = self._put_in(values, some, by, deadline)
            waiting = self._missing(values, [*again, *waiting])
        return values

    def refuse(self, values: Values, tasks: Sequence[str], deadline: Deadline) -> None:
        """Fix at not staffed those of these tasks that are not staffed, and that two engines refuse
        even where all others but their companions get nothing.

        values: of the plan that is built. deadline: when to end at the latest.
        """
        for task in self._missing(values, tasks):
            part = self._blocks.alone(self._variables.problem.companions(task))
            part.program.fix(part.number[self._variables.staffed[task]], 1)
            quick = CpSat(part.program, self._settings).ask(deadline)
            if quick.status != "infeasible":
                continue
            if Portfolio(part.program, self._settings).second_opinion(quick, deadline) == "no":
                self._variables.program.fix(self._variables.staffed[task], 0)

    def make_room(
        self, values: Values, tasks: Sequence[str], attempt: int, by: Objective,
        enough: Callable[[Values], bool], deadline: Deadline,
    ) -> Values:  # fmt: skip
        """Put in tasks of these that are left out by moving what others send, until `enough`.

        values: of the plan that is built. attempt: of ATTEMPTS, from 0. by: as in `staff`.
        deadline: when to end at the latest.
        """
        effort = EFFORT * 2 ** max(0, attempt - 1)
        for task in self._missing(values, tasks):
            if enough(values) or deadline.expired:
                break
            scarce = self._capabilities(values, task)
            if attempt == 0:
                scarce = self._lacking(values, task, scarce, deadline)
            question = self._question(values, task, scarce, by)
            found = self._answer(question, effort, deadline)
            values = values if found is None else question.part.back(found, values)
        return values

    def refill(
        self, values: Values, by: Objective, relaxed: Sequence[float] | None, deadline: Deadline
    ) -> Values:
        """Send to each task that is staffed, in turn, what is best for it beside what is there;
        where the relaxation is known, for the most part of what the plan or the relaxation sends.

        values, by, deadline: as in `staff`. relaxed: of every variable, in fractions.
        """
        tasks = sorted(self._variables.tasks, key=lambda task: (task.priority, task.id))
        waiting = [task.id for task in tasks if values[self._variables.staffed[task.id]]]
        while waiting and not deadline.expired:
            some, waiting = waiting[:TOGETHER], waiting[TOGETHER:]
            values, again = self._put_in(values, some, by, deadline, relaxed)
            waiting = [*again, *waiting]
        return values

    def _put_in(
        self, values: Values, tasks: Sequence[str], by: Objective, deadline: Deadline,
        relaxed: Sequence[float] | None = None,
    ) -> tuple[Values, list[str]]:  # fmt: skip
        """The values with these tasks in the best way beside what is there, each searched from the
        same values; and those that do not go together with one before them, to be searched
        again."""
        asked = [self._question(values, task, (), by, relaxed) for task in tasks]
        with ThreadPoolExecutor(self._workers) as pool:
            found = list(pool.map(lambda one: self._answer(one, EFFORT, deadline), asked))
        best, again = values, []
        for task, question, answer in zip(tasks, asked, found, strict=True):
            if answer is None or not question.is_better(answer):
                continue
            both = question.part.back(answer, best)
            if best is values or self._variables.program.holds(both):
                best = both
            else:
                again.append(task)
        return best, again

    def _question(
        self, values: Values, task: str, scarce: Collection[str], by: Objective,
        relaxed: Sequence[float] | None = None,
    ) -> _Question:  # fmt: skip
        """How to staff the task beside every other that is staffed and matters as much. What lines
        with a scarce capability send may change; tasks that matter less and have such lines may be
        left out. relaxed: where it is known and to be heeded."""
        staffed = self._variables.staffed
        there = [t for t, v in staffed.items() if values[v] and t != task]
        less = [t for t in there if self._priority(t) > self._priority(task)]
        free = self._blocks.lines(self._with_companions(values, task), there, scarce, less)
        if relaxed is not None:
            free = self._blocks.likely(free, values, relaxed, self._rng)
        part = self._blocks.part(values, free)
        for name in {task, *there}.difference(less):
            if staffed[name] in part.number:
                part.program.fix(part.number[staffed[name]], 1)
        stands = bool(values[staffed[task]])
        return _Question(part, self._cost(part, by), stands)

    def _answer(self, question: _Question, effort: float, deadline: Deadline) -> Values | None:
        """Values of its part, as good as the effort makes them."""
        settings = replace(self._settings, effort=effort)
        return CpSat(question.part.program, settings).ask(deadline, None, question.cost).values

    def _missing(self, values: Values, tasks: Sequence[str]) -> list[str]:
        """Those that are not staffed, and may be."""
        staffed, most = self._variables.staffed, self._variables.program.high
        return [task for task in tasks if not values[staffed[task]] and most[staffed[task]]]

    def _with_companions(self, values: Values, task: str) -> set[str]:
        """The task, and those of its companions that are not staffed: it may wait for them."""
        companions = self._variables.problem.companions(task)
        return {task} | {t for t in companions if not values[self._variables.staffed[t]]}

    def _capabilities(self, values: Values, task: str) -> set[str]:
        """All that the task and its companions need."""
        together = map(self._variables.problem.task, self._with_companions(values, task))
        return {c for one in together for line in one.lines for c in line.weights}

    def _lacking(self, values: Values, task: str, needed: set[str], deadline: Deadline) -> set[str]:
        """Those of the needed capabilities such that the task would go in if others sent nothing of
        them; none of them can be left out, as far as it is seen soon (deletion-based, Bakker et al.
        1993), and what little is sent of is preferred. All, where that is not enough."""
        for effort in (QUICK, EFFORT):
            if self._goes_in(values, task, needed, effort, deadline):
                break
        else:
            return needed
        lacking = needed
        for capability in sorted(needed, key=lambda c: (-self._cells[c], c)):
            fewer = lacking - {capability}
            if self._goes_in(values, task, fewer, effort, deadline):
                lacking = fewer
        return lacking

    def _goes_in(
        self, values: Values, task: str, without: Collection[str], effort: float, deadline: Deadline
    ) -> bool:
        """Whether this effort puts the task in where nothing of these is sent to others."""
        less = list(values)
        for sent in self._variables.sent:
            if sent.capability in without:
                less[sent.variable] = 0
        part = self._blocks.part(less, self._blocks.tasks(self._with_companions(values, task)))
        part.program.fix(part.number[self._variables.staffed[task]], 1)
        settings = replace(self._settings, effort=effort)
        return CpSat(part.program, settings).ask(deadline).values is not None

    def _cost(self, part: Part, by: Objective) -> Objective:
        """The objective in the part, as a distance from staffing all its tasks at no cost."""
        terms = part.terms(by)
        staffed = {part.number.get(v) for v in self._variables.staffed.values()}
        all_staffed = sum(c for c, v in terms if v in staffed)
        return Objective(by.name, False, terms, -all_staffed)

    def _priority(self, task: str) -> int:
        return self._variables.problem.task(task).priority


@dataclass(frozen=True)
class _Question:
    """A part of the program in which a task is staffed, and what is to be as low as possible.
    `stands`: whether the task is staffed as it is."""

    part: Part
    cost: Objective
    stands: bool

    def is_better(self, found: Values) -> bool:
        """Whether these values are better than those that the part has."""
        return not self.stands or self.cost.value(found) < self.cost.value(self.part.start)
