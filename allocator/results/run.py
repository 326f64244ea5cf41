"""A run: what was asked, what came out, and where it came from."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Literal

from allocator.inputs.problem import Problem, World
from allocator.near import near
from allocator.results.blocking import CheapestWay, Relaxed, SumProof, VerdictMap, WorldMap
from allocator.results.certificate import Certificate, TaskCertificate
from allocator.results.coalitions import Partners, Power, Replacement, Survive
from allocator.results.departures import Departure
from allocator.results.front import Front
from allocator.results.result import Result, TaskRecord

if TYPE_CHECKING:
    from allocator.inputs.workspace import Workspace

MARK = "handling_mark"
"""The option of a run that holds its handling mark."""

Command = Literal["solve", "packages", "blockers"]


@dataclass(frozen=True)
class TaskNotes:
    """What stands behind a task's record.

    proof: how the verdict's no was proved ("sum", "second engine"), blank for ready and unknown.
    sums: for a short task, the needs that everybody together cannot meet.
    undecided: sets of preconditions whose answer did not come in time.
    world_map: how the task stands in all worlds; only of a complete family.
    cheapest: the unlocking set of the least effort that is known, and what is proved of it.
    relaxed: which rows' lifting would do; only where it was asked for.
    power: who matters for a ready task; of `packages` only.
    replacement: what its best plan costs without each nation; of `packages` only.
    front: what can be had for what, of a ready task; of `packages` only, where it was asked for.
    everywhere: how the task stands in other worlds, for what is shown of them.
    partners: of its packages, those whose nations cannot all join in turn; of `packages` only.
    survive: which coalitions or ways stand if some members are lost; only where it was asked for.
    """

    proof: str = ""
    sums: tuple[SumProof, ...] = ()
    undecided: tuple[tuple[str, ...], ...] = ()
    world_map: WorldMap | None = None
    cheapest: CheapestWay | None = None
    relaxed: Relaxed | None = None
    power: Power | None = None
    replacement: Replacement | None = None
    front: Front | None = None
    everywhere: VerdictMap | None = None
    survive: Survive | None = None
    partners: tuple[Partners, ...] = ()


@dataclass(frozen=True)
class PlanNotes:
    """What was asked of the joint plan beyond itself: what falls if one nation leaves, and what
    can be had for what."""

    departures: tuple[Departure, ...] = ()
    front: Front | None = None


@dataclass(frozen=True)
class RunRecord:
    """The outcome of one command, frozen and self-describing.

    `run["task"]` is the task's record. `certificates`: what proves the tasks' families, or that
    one is short. `workspace`: what the problem was stated from, where that is known.
    """

    command: Command
    problem: Problem
    world: World
    result: Result
    notes: Mapping[str, TaskNotes] = field(default_factory=dict)
    certificates: tuple[TaskCertificate, ...] = ()
    plan_notes: PlanNotes = PlanNotes()
    seconds: Mapping[str, float] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    interrupted: bool = False
    timed_out: bool = False
    out_of_memory: bool = False
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    versions: Mapping[str, str] = field(default_factory=lambda: versions())
    workspace: Workspace | None = field(default=None, repr=False, compare=False)

    @property
    def certificate(self) -> Certificate:
        """What `certificate.json` holds."""
        return Certificate(
            model=self.result.model, world=self.result.world, tasks=self.certificates
        )

    def __getitem__(self, task: str) -> TaskRecord:
        """Return the task's record. Raises KeyError for a task that was not asked about."""
        asked = list(self)
        if task not in asked:
            raise KeyError(f"the run has no task '{task}'{meant(task, asked)}")
        return self.result.task(task)

    def __iter__(self) -> Iterator[str]:
        """Return the tasks that were asked about, as they come: `"task" in run` asks it too."""
        return iter([record.task for record in self.result.tasks])

    @property
    def answered(self) -> bool:
        """Whether anything at all is known."""
        verdicts = {record.verdict for record in self.result.tasks}
        return self.result.plan.status != "unknown" or bool(verdicts - {"unknown"})

    def provenance(self) -> dict[str, object]:
        """What `run.json` holds."""
        return {
            "schema": 1,
            "command": self.command,
            "began": self.began.isoformat(timespec="seconds"),
            "inputs": dict(self.inputs),
            "options": dict(self.options),
            "versions": dict(self.versions),
            "seconds": {phase: round(value, 3) for phase, value in self.seconds.items()},
            "interrupted": self.interrupted,
            "timed_out": self.timed_out,
            "out_of_memory": self.out_of_memory,
            "faults": list(self.faults),
            "proofs": {task: note.proof for task, note in self.notes.items() if note.proof},
            "undecided": {
                task: [list(names) for names in note.undecided]
                for task, note in self.notes.items()
                if note.undecided
            },
        }


def meant(name: str, known: Sequence[str]) -> str:
    """Return all that there are, and the near one, for the end of a message."""
    meant = near(str(name), known)
    hint = f"; did you mean {meant}?" if meant else ""
    return f"; it has {', '.join(known) or 'none'}{hint}"


def versions() -> dict[str, str]:
    """The versions of what makes an answer, as installed here."""
    ours = {name: _version(name) for name in ("contribution-allocator", "ortools")}
    return {"python": platform.python_version(), **ours}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
