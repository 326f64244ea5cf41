"""Sides compared: how they differ, which verdicts changed, and why."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from allocator.analysis.comparison.comparison import Change, ComparisonRecord
from allocator.analysis.comparison.counterfactual_inputs import CounterfactualInputs
from allocator.analysis.comparison.difference import Difference, differences, relevant
from allocator.analysis.comparison.plan_changes import PlanChange, Turned, plan_changes
from allocator.analysis.comparison.reasons import reasons
from allocator.analysis.comparison.side import Side
from allocator.analysis.scheduler import TaskScheduler, TurnOutcome
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.progress import Progress, silent


def compare(
    sides: Sequence[Side],
    settings: Settings,
    deadline: Deadline,
    *,
    workers: int = 1,
    progress: Progress = silent,
) -> ComparisonRecord:
    """Compare each side with the first. Raises ValueError for fewer than two sides.

    A verdict that is unknown on either side is no change.

    settings: of the engines, such as their seed. deadline: when to end at the latest. workers: how
    many questions are worked on at once. progress: told of each step.
    """
    if len(sides) < 2:
        raise ValueError("a comparison takes two runs or more")
    began = time.monotonic()
    base, found, changed = sides[0], {}, []
    touching: dict[tuple[str, str], int] = {}
    for number, other in enumerate(sides[1:], 1):
        found[other.name] = _differences(base, other)
        pair = _Pair(base, other, found[other.name], settings)
        part = deadline.part(1 / (len(sides) - number))
        changed += pair.changes(part, TaskScheduler(workers, progress))
        touching |= pair.touching()
    moved = _moved(sides, found, changed, deadline)
    return ComparisonRecord(
        tuple(sides),
        found,
        tuple(changed),
        deadline.expired and not deadline.cancelled,
        deadline.cancelled,
        time.monotonic() - began,
        deadline.faults,
        moved,
        touching,
    )


def _moved(
    sides: Sequence[Side],
    found: Mapping[str, tuple[Difference, ...] | None],
    changed: Sequence[Change],
    deadline: Deadline,
) -> dict[str, tuple[PlanChange, ...] | None]:
    """By side, how its plan differs from the base's; after the reasons, which come first where the
    time is short."""
    moved = {}
    for number, other in enumerate(sides[1:], 1):
        turned = _turned([change for change in changed if change.side == other.name])
        part = deadline.part(1 / (len(sides) - number))
        moved[other.name] = plan_changes(sides[0], other, found[other.name], turned, part)
    return moved


def replanned(comparison: ComparisonRecord, other: Side, deadline: Deadline) -> ComparisonRecord:
    """Return the comparison of two sides with the other as it is by now, its verdicts being the
    same: only what its plan sends is compared anew.

    comparison: of the base and an earlier `other`. deadline: when to end at the latest.
    """
    base, found = comparison.base, comparison.found[other.name]
    moved = plan_changes(base, other, found, _turned(comparison.changed), deadline)
    return replace(comparison, sides=(base, other), moved={other.name: moved})


def _turned(changes: Sequence[Change]) -> dict[str, Turned]:
    """By task, with the first reason, where one was found."""
    first = {c.task: c.reasons.sets[0] if c.reasons and c.reasons.sets else () for c in changes}
    return {c.task: Turned(c.before, c.after, first[c.task]) for c in changes}


def _differences(base: Side, other: Side) -> tuple[Difference, ...] | None:
    known = base.inputs is not None and other.inputs is not None
    return differences(base, other) if known else None


class _Pair:
    """The base and one other side."""

    def __init__(
        self,
        base: Side,
        other: Side,
        found: tuple[Difference, ...] | None,
        settings: Settings,
    ) -> None:
        self._base = base
        self._other = other
        self._found = found
        self._settings = settings
        self._changes = {c.task: c for c in self._plain()}

    def changes(self, deadline: Deadline, rounds: TaskScheduler) -> list[Change]:
        """In the order of the base's tasks, with reasons where inputs are known."""
        if self._found is not None:
            rounds.each("reasons", self._changes, self._reason, deadline)
        return list(self._changes.values())

    def touching(self) -> dict[tuple[str, str], int]:
        """By side and task: how many differences can matter to a verdict that did not change."""
        a, b = self._base.inputs, self._other.inputs
        if a is None or b is None or self._found is None:
            return {}
        both = [task for task in self._base.records if task in self._other.records]
        same = [task for task in both if task not in self._changes]
        name = self._other.name
        return {(name, task): len(relevant(a, b, task, self._found)) for task in same}

    def _plain(self) -> list[Change]:
        before, after = self._base.records, self._other.records
        return [
            Change(task, self._other.name, record.verdict, after[task].verdict)
            for task, record in before.items()
            if task in after
            and "unknown" not in (record.verdict, after[task].verdict)
            and record.verdict != after[task].verdict
        ]

    def _reason(self, task: str, deadline: Deadline) -> TurnOutcome:
        a, b, change = self._base.inputs, self._other.inputs, self._changes[task]
        assert a is not None
        assert b is not None
        used = relevant(a, b, task, self._found or ())
        mixture = CounterfactualInputs(self._base, self._other)
        verdicts = (change.before, change.after)
        why = reasons(mixture, task, verdicts, used, self._settings, deadline)
        if change.reasons is not None:  # An earlier turn's, which found none.
            faults = dict.fromkeys((*change.reasons.faults, *why.faults))
            why = replace(why, faults=tuple(faults))
        self._changes[task] = Change(task, change.side, change.before, change.after, why, len(used))
        sets = f"{len(why.sets)} sets of differences" if why.sets else "no reason yet"
        known = f"{task}: {change.before} to {change.after}, {sets}"
        return TurnOutcome(known, why.open not in ("time", "not decided"))
