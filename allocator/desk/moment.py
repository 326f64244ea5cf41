"""What is told while a workspace is followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.analysis.live.live import Step
from allocator.desk.snapshot import Snapshot
from allocator.results.run import RunRecord

Stage = Literal["wrong", "asked", "refused", "step", "changed", "whole", "fault"]


@dataclass(frozen=True)
class Question:
    """The world that is asked about, and what holds on top of it."""

    world: str
    with_: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """In a few words."""
        return " + ".join((self.world, *self.with_))


@dataclass(frozen=True)
class State:
    """What is on the desk: the files as they were saved, and what is asked of them. number: from 1;
    a save counts, and so does another world. save: which save it is, from 1."""

    number: int
    save: int
    snapshot: Snapshot
    question: Question


@dataclass(frozen=True)
class Moment:
    """Something is certain now.

    stage: `wrong`: the files have errors, and nothing is asked of them. `asked`: they have none,
    and the search begins. `refused`: the question cannot be asked of them, `said` has why. `step`:
    a step of the search, with all that is known by then. `changed`: what is otherwise than in the
    state `base`; `planned` where its plan is the one that the search came to. `whole`: the run, as
    `solve` would have it. `fault`: something that should never be; `said` has what, and nothing is
    shown for it. made: whatever was made of it before it is told.
    """

    state: State
    stage: Stage
    said: str = ""
    step: Step | None = None
    run: RunRecord | None = None
    changed: ComparisonRecord | None = None
    base: State | None = None
    planned: bool = False
    made: object = None
