"""One case of a sweep, from its question to its record, in whatever process it is asked.

Nothing of a case's answer hangs on the cases before it, on how many are asked at once, or on who
asks them: every search has one worker and the sweep's seed. What is proved is so everywhere; what
only time decided is left open, and said to be so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from traceback import extract_tb

from allocator.analysis.asked import starts_of
from allocator.analysis.scheduler import TaskScheduler, TurnOutcome
from allocator.analysis.sweeping.cases import CaseQuestion
from allocator.analysis.too_large import refusing_large
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.errors import FAULT, exit_status
from allocator.inputs.packed import unpacked, with_cells
from allocator.inputs.problem import Problem, World, build
from allocator.inputs.problem.ranges import units, with_ranges
from allocator.inputs.workspace import Workspace
from allocator.memory import is_lack
from allocator.progress import silent
from allocator.results.result import Plan, Verdict
from allocator.results.sweep import CaseLevel, CasePlan, CaseRecord
from allocator.search.blockers.verdict import judge
from allocator.search.plan.joint import joint_plan
from allocator.search.ranges.draws import Draws, comes_about

VERDICTS_SHARE = 0.5
"""Of the time of a case whose joint plan is asked for too."""

KEPT = 8
"""Changed workspaces, and problems, that are kept for the cases that follow."""

FEWEST_DRAWS = 256

NO_MEMORY = "the memory is used up"


class CaseSolver:
    """A workspace, ready for the cases of a sweep; several threads may ask it at once."""

    def __init__(self, data: bytes) -> None:
        self._base = unpacked(data)
        self._workspace: Callable[[str], Workspace] = lru_cache(KEPT)(self._changed)
        self._problem: Callable[[str], tuple[Workspace, Problem]] = lru_cache(KEPT)(self._stated)
        self._draws: Callable[[str, int], Draws] = lru_cache(KEPT)(self._drawn)

    def record(self, text: str, deadline: Deadline) -> CaseRecord:
        """Return what is known of the case when the deadline comes; a fault where it errs.

        text: its question. deadline: of this case alone.
        """
        try:
            record = self._answer(CaseQuestion.read(text), deadline)
        except Exception as error:
            return CaseRecord(fault=_fault(error), lost=is_lack(error))
        # What a search gave up for want of memory, a machine with more of it may know.
        lacks = deadline.out_of_memory and not record.decided
        return CaseRecord(fault=NO_MEMORY, lost=True) if lacks else record

    def _answer(self, asked: CaseQuestion, deadline: Deadline) -> CaseRecord:
        workspace, problem = self._at(asked)
        world = self._world(problem, asked)
        with refusing_large(workspace):
            tasks, faults = _verdicts(problem, world, asked, deadline)
            plan = _plan(problem, world, asked, deadline) if asked.plan else None
        return CaseRecord(tasks=tasks, plan=plan, engines=(*faults, *deadline.faults))

    def _world(self, problem: Problem, asked: CaseQuestion) -> World:
        """The world that is asked about, with what was drawn to come about in it."""
        world = problem.world(asked.world, starts_of(asked.with_, problem))
        if asked.draw is None or not asked.likelihoods:
            return world
        draws, draw = self._draws(asked.of_problem.text, _enough(asked.draw)), asked.draw - 1
        every = problem.open_preconditions(world)
        come = ((name, comes_about(problem, name, draws)) for name in every)
        return problem.meeting(world, [n for n, marks in come if marks is not None and marks[draw]])

    def _at(self, asked: CaseQuestion) -> tuple[Workspace, Problem]:
        """The workspace with its change, and the problem at the figures of the draw."""
        key = asked.of_problem.text
        workspace, problem = self._problem(key)
        if asked.draw is None:
            return workspace, problem
        draws = self._draws(key, _enough(asked.draw))
        return workspace, draws.problem(problem, asked.draw - 1)

    def _changed(self, cells: str) -> Workspace:
        return with_cells(self._base, CaseQuestion.read(cells).cells)

    def _stated(self, key: str) -> tuple[Workspace, Problem]:
        asked = CaseQuestion.read(key)
        workspace = self._workspace(asked.of_workspace.text)
        day = date.fromisoformat(asked.on) if asked.on else None
        problem = build(workspace, asked.model, asked.count, day)
        if asked.draw is not None:
            problem = with_ranges(workspace, problem, asked.spread)
        return workspace, problem.without(asked.without) if asked.without else problem

    def _drawn(self, key: str, number: int) -> Draws:
        asked = CaseQuestion.read(key)
        _, problem = self._problem(key)
        return Draws(units(problem.ranges), number, asked.seed, asked.uniform)


def _enough(draw: int) -> int:
    """A number of draws with this one among them: the first ones are the same whatever it is."""
    return max(FEWEST_DRAWS, 1 << (draw - 1).bit_length())


def _verdicts(
    problem: Problem, world: World, asked: CaseQuestion, deadline: Deadline
) -> tuple[dict[str, Verdict], tuple[str, ...]]:
    """Of the tasks that are asked about and that the model has, by id; and faults on the way."""
    wanted = [t.id for t in problem.tasks if not asked.tasks or t.id in asked.tasks]
    found: dict[str, Verdict] = dict.fromkeys(sorted(wanted), "unknown")
    faults: list[str] = []

    def one(task: str, part: Deadline) -> TurnOutcome:
        with part.within_limits():
            part.check()
            judged = judge(problem, world, task, Settings(seed=asked.seed), part)
            found[task] = judged.verdict
            faults.extend(judged.questions.faults)
        return TurnOutcome(task, found[task] != "unknown")

    share = deadline.part(VERDICTS_SHARE if asked.plan else 1.0)
    TaskScheduler(1, silent).each("verdicts", found, one, share)
    return found, tuple(dict.fromkeys(faults))


def _plan(problem: Problem, world: World, asked: CaseQuestion, deadline: Deadline) -> CasePlan:
    """The joint plan of all tasks of the model, as far as its figures are the same for any best
    plan: not who is in it."""
    plan = Plan()
    with deadline.within_limits():
        plan = joint_plan(problem, world, Settings(seed=asked.seed), deadline)
    levels = (
        CaseLevel(objective=one.objective, value=one.value, bound=one.bound, status=one.status)
        for one in plan.levels
    )
    return CasePlan(status=plan.status, levels=tuple(levels))


def _fault(error: Exception) -> str:
    """Why the case has no answer, in one line, the same wherever it is asked."""
    if is_lack(error):
        return NO_MEMORY
    if exit_status(error) != FAULT:
        issues = [str(issue) for issue in getattr(error, "issues", ()) if issue.is_error]
        return "; ".join(issues) or str(error)
    last = extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return f"internal fault, {type(error).__name__}: {error} ({where}); please report it"
