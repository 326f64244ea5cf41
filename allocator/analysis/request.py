"""What a command asks, and what is known of each task so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from allocator.engines import Settings
from allocator.inputs.given import GivenPlan
from allocator.inputs.problem import Problem, World
from allocator.progress import Progress
from allocator.results.certificate import TaskCertificate
from allocator.results.result import Gaps, TaskRecord, Verdict
from allocator.results.run import Command, TaskNotes
from allocator.search.blockers.knowledge import Knowledge
from allocator.search.blockers.verdict import JudgedTask
from allocator.search.packages.filter import ALL, PackageFilter
from allocator.search.packages.search import PackageSearch


@dataclass(frozen=True)
class Request:
    """One command on one problem in one world. `inputs`: the files and their hashes. `wanted`:
    which packages are asked for. `knowledge`: what other worlds have shown. `given`: a plan whose
    rows the joint plan holds, and near which it starts."""

    problem: Problem
    world: World
    command: Command
    tasks: tuple[str, ...]
    options: Mapping[str, object]
    inputs: Mapping[str, str]
    progress: Progress
    wanted: PackageFilter = ALL
    knowledge: Knowledge = field(default_factory=Knowledge, compare=False)
    given: GivenPlan | None = None

    @property
    def settings(self) -> Settings:
        return Settings(seed=int(str(self.options["seed"])))

    @property
    def workers(self) -> int:
        return max(1, int(str(self.options["workers"])))

    @property
    def front(self) -> tuple[str, ...]:
        """The objectives whose front is asked for."""
        given = self.options.get("front", ())
        return tuple(map(str, given)) if isinstance(given, (list, tuple)) else ()

    @property
    def departures(self) -> bool:
        """Whether every nation's departure from the joint plan is asked for."""
        return self.options.get("departures") is True

    @property
    def more(self) -> bool:
        """Whether anything is asked beyond plan, verdicts, blockers and packages."""
        return bool(self.front or self.departures or self.survive is not None)

    @property
    def survive(self) -> int | None:
        """How many members may be lost, where that is asked."""
        given = self.options.get("survive")
        return given if isinstance(given, int) else None

    @property
    def relax(self) -> tuple[str, ...]:
        """The kinds of rows that may be lifted."""
        given = self.options.get("relax", ())
        return tuple(map(str, given)) if isinstance(given, (list, tuple)) else ()


@dataclass
class TaskState:
    """What is known of one task. Only one thread at a time works on a task."""

    task: str
    standing: JudgedTask | None = None
    on_ground: JudgedTask | None = None
    packing: PackageSearch | None = None
    record: TaskRecord = field(init=False)
    notes: TaskNotes = field(default_factory=TaskNotes)
    certificate: TaskCertificate | None = None
    contradictions: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Of a task that no turn came to nothing is whole.
        self.record = TaskRecord(task=self.task, gaps=Gaps(lifts_complete=False))

    @property
    def verdict(self) -> Verdict:
        return self.record.verdict

    @property
    def judged(self) -> JudgedTask:
        if self.standing is None:
            raise RuntimeError(f"task {self.task} was not judged")
        return self.standing

    @property
    def faults(self) -> tuple[str, ...]:
        """What should never happen and did."""
        sources = (self.standing, self.packing, self.on_ground)
        asked = [source.questions for source in sources if source]
        found = (fault for questions in asked for fault in questions.faults)
        return (*found, *self.contradictions)

    def update(self, **changes: object) -> None:
        self.record = self.record.model_copy(update=changes)

    def note(self, **changes: object) -> None:
        self.notes = replace(self.notes, **changes)  # type: ignore[arg-type]
