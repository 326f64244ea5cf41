"""The smallest change of each figure that turns a verdict, by bisection.

Every step is a verified answer to one question: can the task be staffed, in this world or with
every open precondition met? A yes passes the checker, a no has a sum or a second engine behind
it. Allocations found on the way are tried first: where one still passes, nothing is searched.
What many figures together do not turn, none of them is asked about alone.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.processors import processors
from allocator.progress import Event, Progress, silent
from allocator.results.fragility import Figure, Flip, Fragility
from allocator.search.blockers.verdict import judge
from allocator.search.feasibility.question import Question
from allocator.search.fragility.figures import changed, farthest, is_last
from allocator.search.fragility.together import asked, steady
from allocator.search.minimal_sets.families import Answer

TOGETHER_SHARE = 0.3
"""Of the time, for many figures at once."""


def fragility(
    problem: Problem,
    world: World,
    task: str,
    figures: tuple[Figure, ...],
    settings: Settings,
    deadline: Deadline,
    *,
    workers: int | None = None,
    progress: Progress = silent,
) -> Fragility:
    """Return what turns the verdict on the task in the world, one figure at a time.

    A ready task is asked how much worse a figure may become, a short one how much better, a
    blocked one both.

    problem: the model that is asked about, with its tables. figures: the ones that are changed.
    settings: of the engines, such as their seed. deadline: when to end at the latest. workers: how
    many questions are worked on at once; one a processor where it is left out. progress: told of
    each step.
    """
    standing = judge(problem, world, task, settings, deadline.part(0.3))
    if standing.verdict == "unknown":
        return Fragility(
            problem.model, world.name, task, "unknown", undecided=figures,
            faults=(*standing.questions.faults, *deadline.faults), interrupted=deadline.cancelled,
        ).timed(deadline)  # fmt: skip
    search = _Search(problem, world, task, settings, standing.verdict, len(figures), progress)
    search.settle_together(figures, deadline.part(TOGETHER_SHARE))
    with ThreadPoolExecutor(workers or processors()) as pool:
        shares = _Shares(deadline, len(figures), workers or processors())
        outcomes = list(pool.map(lambda f: search.figure(f, shares), figures))
    return search.result(outcomes, deadline)


class _Shares:
    """Each figure's part of the time, so that every one gets its turn."""

    def __init__(self, deadline: Deadline, waiting: int, workers: int) -> None:
        self._deadline = deadline
        self._waiting = waiting
        self._workers = workers

    def next(self) -> Deadline:
        # Figures that hard searches wait for may take several even shares.
        share = min(1.0, 4 * self._workers / max(1, self._waiting))
        self._waiting -= 1
        return self._deadline.part(share)


@dataclass(frozen=True)
class _Outcome:
    figure: Figure
    flips: tuple[Flip, ...]
    undecided: bool


class _Search:
    """The two questions behind one verdict, and what they say of each figure."""

    def __init__(
        self,
        problem: Problem,
        world: World,
        task: str,
        settings: Settings,
        verdict: str,
        total: int,
        progress: Progress,
    ) -> None:
        best = problem.meeting(world, problem.open_preconditions(world))
        self._problem = problem
        self._world = world
        self._verdict = verdict
        self._now = Question(world, task, settings)
        self._best = Question(best, task, settings)
        self._total = total
        self._progress = progress
        self._done = 0
        self._steady: dict[bool, frozenset[Figure]] = {}

    def settle_together(self, figures: tuple[Figure, ...], deadline: Deadline) -> None:
        """Find figures that turn the verdict in neither direction, before any is asked alone."""
        ways = self._ways()
        for number, (question, helps) in enumerate(ways):
            part = deadline.part(1 / (len(ways) - number))
            self._steady[helps] = steady(self._problem, question, figures, part, helps=helps)

    def figure(self, figure: Figure, shares: _Shares) -> _Outcome:
        """All that turns the verdict through this figure."""
        deadline = shares.next()
        found = [self._flip(figure, *way, deadline) for way in self._ways()]
        flips = tuple(flip for flip in found if flip is not None and flip is not _OPEN)
        self._done += 1
        turns = " or ".join(str(flip.at) for flip in flips)
        known = f"{figure.row} " + (f"turns it at {turns}" if turns else "alone does not")
        self._progress(Event("checking", self._done, self._total, known))
        return _Outcome(figure, flips, any(flip is _OPEN for flip in found))

    def _ways(self) -> list[tuple[Question, bool]]:
        """The question that changes its answer, and whether figures then move to where they help.

        Both questions are monotone, and answer as the verdict says while figures stand as they do.
        """
        easier = (self._best if self._verdict == "short" else self._now, True)
        harder = (self._now if self._verdict == "ready" else self._best, False)
        if self._verdict == "ready":
            return [harder]
        return [easier] if self._verdict == "short" else [easier, harder]

    def _flip(
        self, figure: Figure, question: Question, helps: bool, deadline: Deadline
    ) -> Flip | None:
        """None where no value turns the verdict; `_OPEN` where that is not known."""
        if figure in self._steady[helps]:
            return None
        up = helps is figure.more_helps
        turned = Answer.YES if helps else Answer.NO
        near, far = figure.value, farthest(self._problem, figure, up=up)
        if near == far:
            return None
        answer = self._ask(question, figure, far, deadline)
        if answer is not turned:
            known = answer is not Answer.UNKNOWN and is_last(self._problem, figure, up=up)
            return None if known else _OPEN
        while abs(far - near) > 1:
            middle = (near + far) // 2
            answer = self._ask(question, figure, middle, deadline)
            if answer is Answer.UNKNOWN:
                break
            near, far = (near, middle) if answer is turned else (middle, far)
        verdict = self._verdict_at(figure, far, helps, deadline)
        return Flip(figure, far, verdict, abs(far - near) == 1)

    def _ask(self, question: Question, figure: Figure, value: int, deadline: Deadline) -> Answer:
        return asked(question, changed(self._problem, figure, value), deadline)

    def _verdict_at(self, figure: Figure, value: int, helps: bool, deadline: Deadline) -> str:
        """The verdict once it has turned; either of two where the second question stays open."""
        if self._verdict == "blocked":
            return "ready" if helps else "short"
        other = self._now if helps else self._best
        answer = self._ask(other, figure, value, deadline)
        words = ("ready", "blocked") if helps else ("blocked", "short")
        if answer is Answer.UNKNOWN:
            return " or ".join(words)
        return words[0] if answer is Answer.YES else words[1]

    def result(self, outcomes: list[_Outcome], deadline: Deadline) -> Fragility:
        flips = [flip for outcome in outcomes for flip in outcome.flips]
        return Fragility(
            self._problem.model,
            self._world.name,
            self._now.task,
            self._verdict,  # type: ignore[arg-type]
            tuple(sorted(flips, key=_nearest_first)),
            tuple(o.figure for o in outcomes if not o.flips and not o.undecided),
            tuple(o.figure for o in outcomes if o.undecided),
            faults=(*self._now.faults, *self._best.faults, *deadline.faults),
            interrupted=deadline.cancelled,
        ).timed(deadline)


def _nearest_first(flip: Flip) -> tuple[float, int, str, str]:
    share = abs(flip.change) / flip.figure.value if flip.figure.value else float("inf")
    return share, abs(flip.change), flip.figure.kind, flip.figure.row


_OPEN = Flip(Figure("minimum", "", "", 0, "", "", "", ""), 0, "", False)
