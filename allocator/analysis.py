"""One run through its phases: the joint plan, verdicts, blockers, packages, the checker.

Each phase has its share of what is left of the time, and hands on what it does not use. Tasks are
worked on side by side; every single search has one worker, so that answers do not depend on how
many there are.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Lock

from allocator.blockers.gaps import gaps
from allocator.blockers.relax import Relaxed, relaxed
from allocator.blockers.verdict import Standing, families, judge, named, necessary
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.feasibility.questions import Questions
from allocator.feasibility.reach import Circumstances, Reach, SumProof
from allocator.minimal_sets.cheapest import Cheapest, cheapest
from allocator.minimal_sets.families import Families, Mask, positions
from allocator.minimal_sets.world_map import WorldMap, world_map
from allocator.minimal_sets.worlds import MOST_ELEMENTS
from allocator.model.program import TooLargeError
from allocator.packages.search import Packing
from allocator.plan.contested import contested
from allocator.plan.joint import joint_plan
from allocator.problem import Problem, World
from allocator.progress import Event, Phase, Progress
from allocator.result import (
    Family,
    Gaps,
    Level,
    Packages,
    Plan,
    Result,
    TaskRecord,
    WorldRecord,
)
from allocator.run import CheapestWay, Command, Run, TaskNotes

MOST_PACKAGES = 1000
"""`solve` lists no more packages of a task; `packages` has no such limit."""


@dataclass(frozen=True)
class Step:
    """What one turn at a task came to: a sentence, and whether another turn could add to it."""

    known: str
    finished: bool


@dataclass
class Analysis:
    """The work of one command on one problem in one world."""

    problem: Problem
    world: World
    command: Command
    tasks: tuple[str, ...]
    options: Mapping[str, object]
    inputs: Mapping[str, str]
    deadline: Deadline
    progress: Progress
    _seconds: dict[str, float] = field(default_factory=dict)
    _standings: dict[str, Standing] = field(default_factory=dict)
    _records: dict[str, TaskRecord] = field(default_factory=dict)
    _notes: dict[str, TaskNotes] = field(default_factory=dict)
    _packings: dict[str, Packing] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def run(self) -> Run:
        """Through the phases that the command asks for."""
        plan = Plan()
        if self.command == "solve":
            with self._phase("plan"), naming(f"model {self.problem.model}"):
                plan = self._plan(self.deadline.part(0.4))
        with self._phase("verdicts"):
            self._each("verdicts", self.tasks, self._judge, self.deadline.part(0.4))
        if self.command == "solve":
            with naming(f"model {self.problem.model}"):
                plan = self._with_contested(plan)
        if self.command != "packages":
            with self._phase("blockers"):
                share = 0.6 if self.command == "solve" else 1.0
                self._each("blockers", self._not_ready(), self._block, self.deadline.part(share))
        if self.command != "blockers":
            with self._phase("packages"):
                self._each("packages", self._ready(), self._pack, self.deadline)
        return self._run(plan)

    # --- phases ---------------------------------------------------------------------------

    def _plan(self, deadline: Deadline) -> Plan:
        done, total = 0, self._number_of_levels()

        def reached(level: Level) -> None:
            nonlocal done
            done += 1
            gap = "" if level.status == "optimal" else f", nothing beyond {level.bound}"
            known = f"{level.objective}: {level.value} {level.status}{gap}"
            self.progress(Event("plan", done, total, known))

        return joint_plan(self.problem, self.world, self._settings, deadline, reached)

    def _judge(self, task: str, deadline: Deadline) -> Step:
        standing = judge(self.problem, self.world, task, self._settings, deadline)
        sums = self._sums(task) if standing.verdict == "short" else ()
        if standing.verdict in ("ready", "unknown"):
            note = TaskNotes()
        else:
            note = TaskNotes("sum" if standing.by_sum else "second engine", sums)
        with self._lock:
            self._standings[task] = standing
            self._notes[task] = note
            self._records[task] = _first_record(task, standing)
        return Step(f"{task} is {standing.verdict}", standing.verdict != "unknown")

    def _sums(self, task: str) -> tuple[SumProof, ...]:
        best = self.problem.meeting(self.world, self.problem.open_preconditions(self.world))
        reach = Reach(self.problem, self.problem.task(task))
        return tuple(reach.proofs(self.problem.nations, Circumstances(best)))

    def _block(self, task: str, deadline: Deadline) -> Step:
        kinds = self._relaxed_kinds()
        if kinds and self._notes[task].relaxed is None:
            self._note(task, relaxed=self._relax(task, kinds, deadline.part(0.5)))
        if self._standings[task].verdict == "short":
            return self._find_gaps(task, deadline)
        return self._find_families(task, deadline)

    def _relaxed_kinds(self) -> tuple[str, ...]:
        given = self.options.get("relax", ())
        return tuple(map(str, given)) if isinstance(given, (list, tuple)) else ()

    def _relax(self, task: str, kinds: tuple[str, ...], deadline: Deadline) -> Relaxed:
        return relaxed(self.problem, self.world, task, kinds, self._settings, deadline)

    def _find_gaps(self, task: str, deadline: Deadline) -> Step:
        found = gaps(self.problem, self.world, task, self._settings, deadline)
        earlier = self._records[task].gaps
        if earlier.units_status == "feasible" and found.units_status != "optimal":
            found = earlier
        self._update(task, gaps=found)
        known = f"{task}: {sum(row.quantity for row in found.units)} units are missing"
        return Step(known, found.units_status in ("optimal", "none"))

    def _find_families(self, task: str, deadline: Deadline) -> Step:
        questions = self._standings[task].questions
        too_many = len(questions.elements) > MOST_ELEMENTS
        best = self._cheapest(questions, deadline.part(0.8)) if too_many else None
        found = families(questions, deadline, found=self._telling(task, questions))
        self._update(
            task,
            unlocking=named(questions, found.minimal, found.complete),
            blocking=named(questions, found.blocking, found.complete),
            necessary=necessary(questions, found),
        )
        self._note(
            task,
            undecided=tuple(questions.names(mask) for mask in found.undecided),
            cheapest=best or self._cheapest_of(questions, found),
            world_map=self._map(questions, found) if self.command == "blockers" else None,
        )
        whole = "" if found.complete else ", more may follow"
        return Step(f"{task}: {len(found.minimal)} unlocking sets{whole}", found.complete)

    def _telling(self, task: str, questions: Questions) -> Callable[[Mask], None]:
        """Each way is told as soon as it is certain."""
        number = 0

        def found(mask: Mask) -> None:
            nonlocal number
            number += 1
            way = ", ".join(questions.names(mask))
            self.progress(Event("blockers", 0, 0, f"{task}: way {number:,} is {way}"))

        return found

    def _cheapest(self, questions: Questions, deadline: Deadline) -> CheapestWay:
        """Looked for by price, where there are too many preconditions to list all ways."""
        questions.deadline = deadline

        def improved(found: Cheapest) -> None:
            known = f"cheapest known costs {found.cost}, nothing below {found.bound}"
            self.progress(Event("blockers", 0, 0, known))

        found = cheapest(
            self._efforts(questions), questions.ask, questions.certain, deadline, improved
        )
        names = () if found.known is None else questions.names(found.known)
        way = CheapestWay(names, found.cost, found.bound)
        return way.beside(self._notes[questions.scope.task or ""].cheapest)

    def _cheapest_of(self, questions: Questions, found: Families) -> CheapestWay | None:
        """Read off the family; proved where the family is complete."""
        if not found.minimal:
            return None
        efforts = self._efforts(questions)
        costs = {mask: sum(efforts[p] for p in positions(mask)) for mask in found.minimal}
        best = min(found.minimal, key=lambda mask: (costs[mask], questions.names(mask)))
        return CheapestWay(questions.names(best), costs[best], costs[best] if found.complete else 0)

    def _efforts(self, questions: Questions) -> list[int]:
        return [self.problem.preconditions[name].effort for _, name in questions.elements]

    def _map(self, questions: Questions, found: Families) -> WorldMap | None:
        if not found.complete:
            return None
        names = [name for _, name in questions.elements]
        likelihoods = {name: self.problem.preconditions[name].likelihood for name in names}
        return world_map(names, found.minimal, likelihoods)

    def _pack(self, task: str, deadline: Deadline) -> Step:
        limit = MOST_PACKAGES if self.command == "solve" else None
        search = self._packings.setdefault(
            task, Packing(self.problem, self.world, task, self._settings, deadline)
        )
        found = search.run(deadline, limit=limit)
        self._update(task, packages=found)
        cut = limit is not None and len(found.sets) >= limit
        return Step(f"{task}: {len(found.sets)} packages", found.complete or cut)

    def _with_contested(self, plan: Plan) -> Plan:
        if plan.status == "unknown":
            return plan
        found = contested(
            self.problem,
            self.world,
            plan.staffed,
            self._ready(),
            self._settings,
            self.deadline.part(0.2),
        )
        return plan.model_copy(update={"contested": found})

    def _faults(self) -> tuple[str, ...]:
        """What should never happen and did."""
        asked = [standing.questions for standing in self._standings.values()]
        asked += [packing.questions for packing in self._packings.values()]
        return tuple(fault for questions in asked for fault in questions.faults)

    # --- bookkeeping ----------------------------------------------------------------------

    @property
    def _settings(self) -> Settings:
        return Settings(seed=int(str(self.options["seed"])))

    def _number_of_levels(self) -> int:
        priorities = {task.priority for task in self.problem.tasks}
        several = len(priorities) - 1 if "staff_tasks" in self.problem.objectives else 0
        return len(self.problem.objectives) + several

    def _ready(self) -> list[str]:
        return [t for t, standing in self._standings.items() if standing.verdict == "ready"]

    def _not_ready(self) -> list[str]:
        asked = ("blocked", "short")
        return [t for t, standing in self._standings.items() if standing.verdict in asked]

    def _update(self, task: str, **changes: object) -> None:
        with self._lock:
            self._records[task] = self._records[task].model_copy(update=changes)

    def _note(self, task: str, **changes: object) -> None:
        with self._lock:
            self._notes[task] = replace(self._notes[task], **changes)  # type: ignore[arg-type]

    def _each(
        self,
        phase: Phase,
        tasks: Iterable[str],
        work: Callable[[str, Deadline], Step],
        deadline: Deadline,
    ) -> None:
        """Works on all tasks side by side, each with its share of the time; then on those that
        were left unfinished with what the others did not use."""
        tasks = sorted(tasks)
        unfinished = self._round(phase, tasks, work, deadline)
        if unfinished and not deadline.expired:
            self._round(phase, unfinished, work, deadline)

    def _round(
        self,
        phase: Phase,
        tasks: list[str],
        work: Callable[[str, Deadline], Step],
        deadline: Deadline,
    ) -> list[str]:
        """One turn of every task; those that it left unfinished."""
        workers = max(1, int(str(self.options["workers"])))
        begun = done = 0

        def one(task: str) -> bool:
            nonlocal begun, done
            with self._lock:
                share = min(1.0, workers / (len(tasks) - begun))
                begun += 1
            with naming(f"task {task}"):
                step = work(task, deadline.part(share))
            with self._lock:
                done += 1
                self.progress(Event(phase, done, len(tasks), step.known))
            return step.finished

        with ThreadPoolExecutor(workers) as pool:
            finished = list(pool.map(one, tasks))
        return [task for task, whole in zip(tasks, finished, strict=True) if not whole]

    @contextmanager
    def _phase(self, phase: Phase) -> Iterator[None]:
        began = time.monotonic()
        self.progress(Event(phase, 0, 0, ""))
        try:
            yield
        finally:
            self._seconds[phase] = time.monotonic() - began

    def _run(self, plan: Plan) -> Run:
        records = tuple(self._records.get(t, TaskRecord(task=t)) for t in self.tasks)
        result = Result(
            model=self.problem.model,
            world=WorldRecord(name=self.world.name, holds=dict(self.world.starts)),
            plan=plan,
            tasks=records,
        )
        return Run(
            command=self.command,
            problem=self.problem,
            world=self.world,
            result=result,
            notes=dict(sorted(self._notes.items())),
            seconds=self._seconds,
            options=self.options,
            inputs=self.inputs,
            faults=self._faults(),
            interrupted=self.deadline.cancelled,
            timed_out=self.deadline.expired and not self.deadline.cancelled,
        )


@contextmanager
def naming(what: str) -> Iterator[None]:
    """Says whose figures are too large."""
    try:
        yield
    except TooLargeError as error:
        text = f"the figures of {what} add up beyond what 64-bit integers hold; use larger units"
        raise TooLargeError(text) from error


def _first_record(task: str, standing: Standing) -> TaskRecord:
    """What a verdict alone says: families that do not apply are empty and whole."""
    verdict = standing.verdict
    known = verdict != "unknown"
    return TaskRecord(
        task=task,
        verdict=verdict,
        packages=Packages(complete=known and verdict != "ready"),
        unlocking=Family(complete=known and verdict != "blocked"),
        blocking=Family(complete=known and verdict != "blocked"),
        gaps=Gaps(
            units_status="unknown" if verdict == "short" else "none",
            lifts_complete=known and verdict != "short",
        ),
    )
