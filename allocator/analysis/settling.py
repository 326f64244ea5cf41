"""Verdicts of a run that were left open, and that other worlds have settled since."""

from __future__ import annotations

from dataclasses import replace

from allocator.analysis.judging import judge_by
from allocator.analysis.request import Request, TaskState
from allocator.deadline import Deadline
from allocator.progress import silent
from allocator.results.run import RunRecord
from allocator.search.blockers.knowledge import Knowledge


def settled(run: RunRecord, knowledge: Knowledge, deadline: Deadline) -> RunRecord:
    """Return the run with the verdicts that what is known by now decides; nothing is searched.

    knowledge: what runs of the same problem in other worlds have shown.

    deadline: when to end at the latest.
    """
    asked = Request(
        run.problem,
        run.world,
        run.command,
        tuple(record.task for record in run.result.tasks),
        run.options,
        run.inputs,
        silent,
        knowledge=knowledge,
    )
    found = {}
    for record in run.result.tasks:
        if record.verdict == "unknown" and not deadline.expired:
            known = TaskState(record.task)
            judge_by(asked, known, Deadline(0))
            if known.verdict != "unknown":
                found[record.task] = known
    return _with(run, found) if found else run


def _with(run: RunRecord, found: dict[str, TaskState]) -> RunRecord:
    records = (
        found[r.task].record.model_copy(update={"over_ranges": r.over_ranges})
        if r.task in found
        else r
        for r in run.result.tasks
    )
    notes = {
        task: replace(known.notes, everywhere=run.notes[task].everywhere)
        for task, known in found.items()
    }
    more = tuple(known.certificate for known in found.values() if known.certificate)
    others = tuple(one for one in run.certificates if one.task not in found)
    return replace(
        run,
        result=run.result.model_copy(update={"tasks": tuple(records)}),
        notes={**run.notes, **notes},
        certificates=(*others, *more),
    )
