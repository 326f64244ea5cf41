"""What stands behind a run's records, as far as it can be read off the records themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from allocator.checker.proofs import proof_faults
from allocator.checker.surviving import survive_faults
from allocator.inputs.problem import Problem, World
from allocator.results.certificate import Proof
from allocator.results.result import Result, TaskRecord

if TYPE_CHECKING:
    from allocator.results.blocking import CheapestWay
    from allocator.results.front import Front
    from allocator.results.run import PlanNotes, TaskNotes

_PROOFS = {"blocked": ("sum", "second engine"), "short": ("sum", "second engine")}
"""What a verdict's no may rest on; nothing where it is no no."""


def notes_faults(
    problem: Problem,
    world: World,
    result: Result,
    notes: Mapping[str, TaskNotes] | None,
    plan_notes: PlanNotes | None,
) -> Iterator[str]:
    """Yield what is wrong with notes beside a result, a sentence each; None: none are kept.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. plan_notes: what is said beside the joint plan.
    """
    for record in result.tasks if notes is not None else ():
        if notes is None or record.task not in notes:
            yield f"{record.task}: notes.json does not speak of it"
        elif problem.has_task(record.task):
            for fault in _task_faults(problem, world, record, notes[record.task]):
                yield f"notes of {record.task}: {fault}"
    if plan_notes is not None and plan_notes.departures and result.plan.status == "unknown":
        yield "departures from a plan are told, and there is no plan"
    elif plan_notes is not None:
        yield from _plan_faults(problem, plan_notes)


def _task_faults(
    problem: Problem, world: World, record: TaskRecord, note: TaskNotes
) -> Iterator[str]:
    allowed = _PROOFS.get(record.verdict, ("",))
    if note.proof not in allowed:
        yield f"it is {record.verdict}, and its proof is {note.proof or 'blank'}"
    if note.undecided and record.unlocking.complete:
        yield f"sets are undecided of a family that is whole: {note.undecided}"
    yield from _sum_faults(problem, world, record, note)
    if note.cheapest is not None:
        yield from _cheapest_faults(problem, record, note.cheapest)
    if note.front is not None:
        yield from _front_faults("the front", note.front)
    if note.survive is not None:
        yield from survive_faults(record, note.survive)


def _plan_faults(problem: Problem, notes: PlanNotes) -> Iterator[str]:
    if notes.front is not None:
        yield from _front_faults("the front of the joint plan", notes.front)
    used = {capability for task in problem.tasks for capability in task.capabilities}
    right = sorted({nation for nation, capability in problem.availability if capability in used})
    if notes.departures and [one.nation for one in notes.departures] != right:
        said = ", ".join(one.nation for one in notes.departures)
        yield f"the departures are of {said}, not of {', '.join(right)}"


def _front_faults(what: str, front: Front) -> Iterator[str]:
    if front.complete and not front.points:
        yield f"{what} is said to be whole, and has no point"


def _sum_faults(
    problem: Problem, world: World, record: TaskRecord, note: TaskNotes
) -> Iterator[str]:
    """Sums of a short task, with every open precondition brought about."""
    if note.sums and record.verdict != "short":
        yield f"it is {record.verdict}, and sums show that it is short"
    best = problem.meeting(world, problem.open_preconditions(world))
    for one in note.sums:
        proof = Proof(
            by="sum", lines=one.lines, periods=one.periods, need=one.need, supply=one.supply
        )
        yield from proof_faults(problem, best, record.task, problem.nations, proof)
        if (parts := sum(units for _, _, units in one.parts)) != one.supply:
            yield f"the parts of a sum come to {parts}, not to {one.supply}"


def _cheapest_faults(problem: Problem, record: TaskRecord, said: CheapestWay) -> Iterator[str]:
    """Where the family is whole it decides; else no listed set may be cheaper."""
    prices = {
        one: sum(problem.preconditions[name].effort for name in one)
        for one in (*record.unlocking.sets, said.preconditions)
    }
    if said.effort is None:
        if record.unlocking.sets:
            yield "no cheapest way is known, and unlocking sets are listed"
        return
    if (right := prices[said.preconditions]) != said.effort:
        yield f"the cheapest way takes {right}, not {said.effort}"
    if said.preconditions not in record.unlocking.sets:
        yield f"the cheapest way is no unlocking set: {', '.join(said.preconditions)}"
    least = min(prices.values())
    if least < said.effort:
        yield f"a listed unlocking set takes {least}, less than the cheapest way, {said.effort}"
    if said.bound > least or (record.unlocking.complete and said.bound != least):
        yield f"no way is said to take less than {said.bound}; the least known is {least}"
