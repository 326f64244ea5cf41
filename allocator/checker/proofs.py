"""Proofs of a no, read by somebody who does not trust the search."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from allocator.checker.rows import Rows, StatedRows
from allocator.checker.sharing import Coming, splits_faults
from allocator.checker.steps import steps_faults
from allocator.checker.sums import condition_could_hold, sum_faults
from allocator.inputs.problem import Problem, World
from allocator.results.certificate import Proof


def proof_faults(
    problem: Problem,
    world: World,
    task_id: str,
    nations: Collection[str],
    proof: Proof,
    coming: Coming | None = None,
    stated: StatedRows | None = None,
) -> Iterator[str]:
    """Yield what is wrong with a proof that these nations cannot staff the task in the world;
    nothing for a sound one, or one that rests on engines.

    problem: the model that is asked about, with its tables. task_id: the task's id. coming,
    stated: what could come to the task, and the rows of its questions, where several proofs about
    it are read.
    """
    if proof.by == "condition" and condition_could_hold(problem, world, task_id):
        yield "the task's own condition could hold"
    if proof.by == "sum":
        yield from sum_faults(problem, world, task_id, nations, proof)
    if proof.by == "splits":
        coming = coming or Coming(problem, task_id)
        yield from splits_faults(problem.task(task_id), coming, world, nations, proof)
    if proof.by == "steps":
        yield from steps_faults(Rows(problem, world, task_id, nations, stated), proof.steps)
