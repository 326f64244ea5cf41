"""What a task's best plan costs without one nation, as conservation planners price a site by
what its loss costs (replacement cost, Cabeza and Moilanen 2006)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Settings
from allocator.model import build
from allocator.model.scope import alone
from allocator.results.certificate import Witness
from allocator.results.coalitions import Replacement, Without
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.minimal_sets.families import Answer
from allocator.search.plan.levels import Optimised, optimise


def replacement(
    questions: StaffingOracle, settings: Settings, deadline: Deadline, workers: int = 1
) -> Replacement | None:
    """Plan without each of the nations that the questions are about; None where no plan with
    everybody was found in time.

    settings: of the engines, such as their seed. deadline: when to end at the latest. workers: how
    many questions are worked on at once.
    """
    return Prices(questions, settings, deadline).run(workers)


class Prices:
    """Best plans of a task by some of its nations."""

    def __init__(self, questions: StaffingOracle, settings: Settings, deadline: Deadline) -> None:
        self._questions = questions
        self._settings = settings
        self._deadline = deadline
        self._task = questions.scope.task or ""
        self.names = [name for _, name in questions.elements]

    def run(self, workers: int) -> Replacement | None:
        self._questions.deadline = self._deadline
        best = self.best(self.names, 1)
        if best.allocation is None:
            return None
        senders = best.allocation.nations_at(self._task)
        possible = {n: self._possible(n) for n in self.names if n in senders}
        priced = [nation for nation, answer in possible.items() if answer is not Answer.NO]

        def price(nation: str) -> Without:
            others = [other for other in self.names if other != nation]
            found = self.best(others, max(1, len(priced) // workers))
            if found.allocation is None:
                return Without(nation, possible[nation].value)
            return Without(nation, "yes", found.levels, Witness.of(found.allocation))

        with ThreadPoolExecutor(workers) as pool:
            prices = dict(zip(priced, pool.map(price, priced), strict=True))
        # A plan that a nation has no part in stands without it, and none can be better.
        rest = {n: Without(n, "yes", best.levels) for n in self.names if n not in senders}
        none = {n: Without(n, "no") for n, answer in possible.items() if answer is Answer.NO}
        every = {**rest, **none, **prices}
        nations = tuple(every[nation] for nation in self.names)
        return Replacement(best.levels, nations, Witness.of(best.allocation))

    def _possible(self, nation: str) -> Answer:
        others = self._questions.everything & ~self._questions.mask([("nation", nation)])
        answer = self._questions.ask(others)
        if answer is Answer.NO and not self._questions.certain(others):
            return Answer.UNKNOWN
        return answer

    def best(self, nations: Sequence[str], turns: int) -> Optimised:
        """The task's best plan with these nations alone. turns: how many plans the time is for."""
        problem, world = self._questions.problem, self._questions.scope.world
        scope = replace(alone(problem, world, self._task), nations=tuple(nations))
        part = self._deadline.part(min(1.0, 2 / (turns + 1)))
        try:
            variables = build(problem, scope, part.check)
        except TimeUpError:
            return Optimised(None, ())
        return optimise(variables, self._settings, part)
