"""Whether a set of differences turns a verdict: side a asked again, some values taken from b."""

from __future__ import annotations

from collections.abc import Iterable

from allocator.analysis.comparison.counterfactual_inputs import CounterfactualInputs
from allocator.analysis.comparison.stated import Key
from allocator.analysis.comparison.values import Question
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import World
from allocator.search.fragility import Question as Verified
from allocator.search.minimal_sets.families import Answer

Keys = frozenset[Key]


class CounterfactualOracle:
    """Asks whether the task, with these keys taken from b, stands on b's side of the turn.

    question: in the world, or with everything open met. up: a yes to it is the turn; else a no.
    monotone: the keys of which more never undo the turn. most: questions that are answered at
    all; the rest are unknown.
    """

    def __init__(
        self,
        mixture: CounterfactualInputs,
        task: str,
        question: Question,
        settings: Settings,
        deadline: Deadline,
        *,
        up: bool,
        monotone: Keys,
        most: int,
    ) -> None:
        self._mixture = mixture
        self._task = task
        self._question = question
        self._up = up
        self._monotone = monotone
        self._verified = Verified(World("", {}), task, settings)
        self._known: dict[Keys, Answer] = {}
        self._most = most
        self.deadline = deadline
        self.asked = 0
        self.cut_off = False
        """Whether an answer is missing because the time was up, or the number of questions."""

    @property
    def faults(self) -> tuple[str, ...]:
        return tuple(self._verified.faults)

    def ask(self, keys: Iterable[Key]) -> Answer:
        taken = frozenset(keys)
        known = self._follows(taken)
        if known is not None:
            return known
        if self.asked < self._most and not self.deadline.expired:
            self.asked += 1
            answer = self._search(taken)
            if answer is not Answer.UNKNOWN:
                self._known[taken] = answer
                return answer
        self.cut_off |= self.asked >= self._most or self.deadline.expired
        return Answer.UNKNOWN

    def _follows(self, taken: Keys) -> Answer | None:
        """From a smaller set that turns it, or a larger one that does not."""
        for keys, answer in self._known.items():
            small, large = (keys, taken) if answer is Answer.YES else (taken, keys)
            if small <= large and large - small <= self._monotone:
                return answer
        return None

    def _search(self, taken: Keys) -> Answer:
        problem, world = self._mixture.with_(taken)
        if self._question == "best":
            world = problem.meeting(world, problem.open_preconditions(world))
        self._verified.world = world
        answer = self._verified.ask(problem, self.deadline)
        if self._up or answer is Answer.UNKNOWN:
            return answer
        return Answer.NO if answer is Answer.YES else Answer.YES
