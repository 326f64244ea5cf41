"""Whether tasks can be staffed alone once more is met than a world has.

A task's unlocking and blocking sets answer where they are known; the engines answer the rest. More
met never harms, so every answer holds for all worlds that are alike for the task.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.results.result import Verdict
from allocator.search.blockers.knowledge import Knowledge
from allocator.search.blockers.verdict import JudgedTask, families, judge, named_preconditions
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.minimal_sets.families import Answer, Families, Mask

Facts = frozenset[str]
"""Preconditions that hold from period 1, with all that they imply."""


_NOTHING: Facts = frozenset()


class Readiness:
    """The questions of one world. `undecided`: whether any answer so far was unknown."""

    def __init__(
        self,
        problem: Problem,
        world: World,
        settings: Settings,
        deadline: Deadline,
        knowledge: Knowledge | None = None,
    ) -> None:
        self.problem = problem
        self.world = world
        self.undecided = False
        self._settings = settings
        self._deadline = deadline
        self._knowledge = knowledge or Knowledge()
        self._judged: dict[tuple[str, Facts], JudgedTask] = {}
        self._families: dict[str, Families] = {}
        self._answers: dict[tuple[str, Facts], Answer] = {}
        self._named: dict[str, Facts] = {}

    def prepare(self, task: str, deadline: Deadline) -> bool:
        """Find the task's verdict, and of a blocked one its unlocking and blocking sets; return
        whether that is all done."""
        key = (task, _NOTHING)
        if key in self._judged and self._judged[key].verdict == "unknown":
            del self._judged[key]  # There is more time now.
        verdict = self._judge(task, _NOTHING, deadline).verdict
        if verdict == "blocked":
            questions = self._judged[key].questions
            self._families[task] = families(questions, deadline)
            self._knowledge.learn(questions)
            return self._families[task].complete
        return verdict != "unknown"

    def verdict(self, task: str) -> Verdict:
        """The task's verdict in the world itself."""
        return self._judge(task, _NOTHING, self._deadline).verdict

    def sets(self, task: str) -> tuple[list[Facts], list[Facts], bool]:
        """The task's unlocking and blocking sets as far as they are known, and whether all are."""
        verdict = self.verdict(task)
        if verdict == "ready":
            return [frozenset()], [], True
        if verdict == "short":
            return [], [frozenset()], True
        found = self._families.get(task, Families())
        names = self._judged[task, _NOTHING].questions.names
        minimal = [frozenset(names(mask)) for mask in found.minimal]
        return minimal, [frozenset(names(mask)) for mask in found.blocking], found.complete

    def ready(self, task: str, met: Facts) -> Answer:
        """Whether the task can be staffed alone where these hold from period 1 as well. A task
        that the model does not have cannot."""
        if not self.problem.has_task(task):
            return Answer.NO
        key = (task, met & self.named(task))
        if key not in self._answers:
            self._answers[key] = self._answer(*key, met)
            self.undecided |= self._answers[key] is Answer.UNKNOWN
        return self._answers[key]

    def named(self, task: str) -> Facts:
        """The preconditions that the task alone can hang on."""
        if task not in self._named:
            self._named[task] = named_preconditions(self.problem, task)
        return self._named[task]

    @property
    def faults(self) -> tuple[str, ...]:
        """What should never happen and did."""
        return tuple(f for judged in self._judged.values() for f in judged.questions.faults)

    def _answer(self, task: str, named: Facts, met: Facts) -> Answer:
        judged = self._judge(task, self._beyond(named, met), self._deadline)
        if judged.verdict in ("ready", "short"):
            return Answer.YES if judged.verdict == "ready" else Answer.NO
        questions = judged.questions
        on = questions.mask(e for e in questions.elements if e[1] in met)
        if questions.scope.world is self.world and task in self._families:
            known = _known(self._families[task], on)
            if known is not Answer.UNKNOWN:
                return known
        return _asked(questions, on, self._deadline)

    def _beyond(self, named: Facts, met: Facts) -> Facts:
        """What nobody brings about and the world gives only later, though it is met by now."""
        open_ = self.problem.open_preconditions(self.world)
        acts = {act for act in open_ if act in met}
        brought = {fact for act in acts for fact in self.problem.implied_by(act)}
        starts = self.world.starts
        return frozenset(f for f in named if f not in brought and starts.get(f) != 1)

    def _judge(self, task: str, beyond: Facts, deadline: Deadline) -> JudgedTask:
        if (task, beyond) not in self._judged:
            world = self.problem.meeting(self.world, beyond) if beyond else self.world
            self._judged[task, beyond] = judge(
                self.problem, world, task, self._settings, deadline, self._knowledge
            )
        return self._judged[task, beyond]


def _known(found: Families, on: Mask) -> Answer:
    if any(mask & on == mask for mask in found.minimal):
        return Answer.YES
    if found.complete or any(not mask & on for mask in found.blocking):
        return Answer.NO
    return Answer.UNKNOWN


def _asked(questions: StaffingOracle, on: Mask, deadline: Deadline) -> Answer:
    """A no only where it is certain; asked once more where one was taken back."""
    questions.deadline = deadline
    answer = questions.ask(on)
    if answer is Answer.NO and not questions.certain(on):
        again = questions.ask(on)
        return Answer.YES if again is Answer.YES else Answer.UNKNOWN
    return answer


def closed(problem: Problem, acts: Iterable[str]) -> Facts:
    """The acts and all that they imply."""
    return frozenset(fact for act in acts for fact in problem.implied_by(act))


def bearing(readiness: Readiness, tasks: Iterable[str]) -> Iterator[str]:
    """The facts that the tasks alone can hang on."""
    for task in tasks:
        if readiness.problem.has_task(task):
            yield from readiness.named(task)
