"""What came of comparing runs: data and look-ups only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from allocator.analysis.comparison.difference import Difference
from allocator.analysis.comparison.plan_changes import PlanChange
from allocator.analysis.comparison.reasons import Reasons
from allocator.analysis.comparison.side import Side
from allocator.analysis.comparison.stated import Key
from allocator.results.result import Verdict


@dataclass(frozen=True)
class Change:
    """A task that stands otherwise in the side named than in the base.

    reasons: None where the inputs of a side are not known, or where nothing was asked. `relevant`
    is the number of differences that can matter to the task at all.
    """

    task: str
    side: str
    before: Verdict
    after: Verdict
    reasons: Reasons | None = None
    relevant: int = 0


@dataclass(frozen=True)
class ComparisonRecord:
    """Runs side by side. The first is the base that the others are compared with."""

    sides: tuple[Side, ...]
    found: Mapping[str, tuple[Difference, ...] | None]
    """By the name of each side but the base: how it differs; None where inputs are not known."""
    changed: tuple[Change, ...]
    timed_out: bool = False
    interrupted: bool = False
    seconds: float = field(default=0.0, compare=False)
    engine_faults: tuple[str, ...] = ()
    moved: Mapping[str, tuple[PlanChange, ...] | None] = field(default_factory=dict)
    """By the name of each side but the base: cells of the plan with other units; None where a plan
    is not known."""
    touching: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """By side and task, of verdicts that did not change: how many differences can matter to it;
    none where inputs are not known."""

    @property
    def base(self) -> Side:
        return self.sides[0]

    @property
    def others(self) -> tuple[Side, ...]:
        return self.sides[1:]

    @property
    def tasks_asked(self) -> tuple[str, ...]:
        """All tasks that any side has a record of, those of the base first."""
        return tuple(dict.fromkeys(task for side in self.sides for task in side.records))

    def told_apart(self, side: Side) -> tuple[list[Change], list[str], list[str]]:
        """Of the tasks in the base and the side: the changes, those whose verdict is known on
        both, and those where it is not."""
        both = [task for task in self.base.records if task in side.records]
        pairs = {task: (self.base.records[task], side.records[task]) for task in both}
        open_ = [t for t, pair in pairs.items() if any(one.verdict == "unknown" for one in pair)]
        changes = [change for change in self.changed if change.side == side.name]
        return changes, [task for task in both if task not in open_], open_

    @property
    def answered(self) -> bool:
        """Whether anything at all is known of any side."""
        return any(
            side.result.plan.status != "unknown"
            or any(record.verdict != "unknown" for record in side.result.tasks)
            for side in self.sides
        )

    @property
    def faults(self) -> tuple[str, ...]:
        """What engines did that they should not have."""
        found = (f for c in self.changed if c.reasons for f in c.reasons.faults)
        return (*found, *self.engine_faults)

    def difference(self, side: str, key: Key) -> Difference:
        """Raises KeyError for one that there is not."""
        return self._by_key[side][key]

    @cached_property
    def _by_key(self) -> dict[str, dict[Key, Difference]]:
        return {side: {d.key: d for d in found or ()} for side, found in self.found.items()}
