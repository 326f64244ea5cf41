"""The verdict on one task."""

from __future__ import annotations

from allocator.analysis.request import Request, TaskState
from allocator.analysis.scheduler import TurnOutcome
from allocator.deadline import Deadline
from allocator.results.blocking import SumProof
from allocator.results.certificate import TaskCertificate
from allocator.results.result import Family, Gaps, Packages
from allocator.results.run import TaskNotes
from allocator.search.blockers.verdict import JudgedTask, judge
from allocator.search.feasibility.pool import Assumptions
from allocator.search.feasibility.supply_bound import SupplyBound
from allocator.search.ranges.corners import corners


def judge_task(asked: Request, known: TaskState, deadline: Deadline) -> TurnOutcome:
    """Note the verdict, what proves it, and which families do not apply. Raises TimeUpError where
    there is no time to begin.

    asked: what is to be found out, and of what. known: of the task so far; what is found is added
    to it. deadline: when to end at the latest.
    """
    deadline.check()
    return judge_by(asked, known, deadline)


def judge_over_ranges(asked: Request, known: TaskState, deadline: Deadline) -> TurnOutcome:
    """As `judge_task`; and where figures have ranges, the verdict wherever they lie in them."""
    if not asked.problem.ranges:
        return judge_task(asked, known, deadline)
    told = judge_task(asked, known, deadline.part(0.5))
    _over_ranges(asked, known, deadline)
    return TurnOutcome(told.known, told.finished and known.record.over_ranges != "unknown")


def judge_by(asked: Request, known: TaskState, deadline: Deadline) -> TurnOutcome:
    """Judge as `judge_task` does; with a deadline that is over, from what is known already.

    asked: what is to be found out, and of what.
    """
    problem, world, knowledge = asked.problem, asked.world, asked.knowledge
    standing = judge(problem, world, known.task, asked.settings, deadline, knowledge)
    known.standing = standing
    known.notes = _first_notes(asked, known.task, standing)
    known.certificate = _first_certificate(known.task, standing)
    _first_record(known, standing)
    return TurnOutcome(f"{known.task} is {standing.verdict}", standing.verdict != "unknown")


def _over_ranges(asked: Request, known: TaskState, deadline: Deadline) -> None:
    """Beside the verdict as the figures stand."""
    verdict = known.verdict
    found = corners(asked.problem, asked.world, known.task, verdict, asked.settings, deadline)
    known.contradictions += found.faults
    known.update(over_ranges=found.verdict)


def _first_notes(asked: Request, task: str, standing: JudgedTask) -> TaskNotes:
    if standing.verdict in ("ready", "unknown"):
        return TaskNotes()
    sums = _sums(asked, task) if standing.verdict == "short" else ()
    return TaskNotes("sum" if standing.by_sum else "second engine", sums)


def _first_certificate(task: str, standing: JudgedTask) -> TaskCertificate | None:
    if standing.verdict != "short":
        return None
    questions = standing.questions
    return TaskCertificate(task=task, short=questions.proof(questions.everything))


def _sums(asked: Request, task: str) -> tuple[SumProof, ...]:
    """The needs of a short task that everybody together cannot meet."""
    problem = asked.problem
    best = problem.meeting(asked.world, problem.open_preconditions(asked.world))
    return tuple(
        SupplyBound(problem, problem.task(task)).proofs(problem.nations, Assumptions(best))
    )


def _first_record(known: TaskState, standing: JudgedTask) -> None:
    """What a verdict alone says: families that do not apply are empty and whole."""
    verdict = standing.verdict
    sure = verdict != "unknown"
    known.update(
        verdict=verdict,
        packages=Packages(complete=sure and verdict != "ready"),
        unlocking=Family(complete=sure and verdict != "blocked"),
        blocking=Family(complete=sure and verdict != "blocked"),
        gaps=Gaps(
            units_status="unknown" if verdict == "short" else "none",
            lifts_complete=sure and verdict != "short",
        ),
    )
