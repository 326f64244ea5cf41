"""The public door to a workspace: solve it, list packages, list what blocks."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, TypedDict, Unpack

from allocator.deadline import Deadline
from allocator.explain.ways import holders_of
from allocator.packages.wanted import ALL, Wanted
from allocator.problem import Problem, World, build
from allocator.processors import processors
from allocator.progress import Progress, silent

if TYPE_CHECKING:
    from allocator.fragility import Fragility
    from allocator.run import Command, Run
    from allocator.workspace import Workspace


KINDS = ("caveats", "commitments", "preconditions")
"""Of rows that may be taken as lifted, or met."""

TIME_LIMIT = 120.0
"""Seconds for a whole call."""


class UsageError(ValueError):
    """A model, world, task or precondition that the workspace does not have, a bad option, or
    figures too large."""


class Options(TypedDict, total=False):
    """What every question may say.

    world: a named world of the workspace, or "today", the default. with_: preconditions that hold
    on top of it, `"ceasefire"` or `"ceasefire@3"` (from period 3). time_limit: seconds for the
    whole call, 120 where left out; or a deadline of the caller's own. workers: how many questions
    are worked on at once, by default one a processor. seed: of the engines. progress: told of
    each step.
    """

    world: str
    with_: Sequence[str]
    time_limit: float
    workers: int | None
    seed: int
    deadline: Deadline | None
    progress: Progress


@dataclass(frozen=True)
class Planner:
    """A workspace without errors, ready to be asked.

    Raises UsageError for names that the workspace does not have.
    """

    workspace: Workspace
    _problems: dict[str, Problem] = field(default_factory=dict, repr=False)

    @property
    def default_model(self) -> str | None:
        return self.workspace.default_model

    def problem(self, model: str | None = None) -> Problem:
        """The problem of a model; the default one where it is left out."""
        name = model if model is not None else self.default_model
        if name is None:
            known = ", ".join(self.workspace.models)
            raise UsageError(f"which model? None is marked `default: true`; there are {known}")
        _known("model", name, self.workspace.models)
        if name not in self._problems:
            self._problems[name] = build(self.workspace, name)
        return self._problems[name]

    def world(self, problem: Problem, name: str = "today", with_: Sequence[str] = ()) -> World:
        """The named world with further preconditions, each `NAME` or `NAME@PERIOD`."""
        if name != "today":
            _known("world", name, ["today", *problem.worlds])
        return problem.world(name, dict(_start(text, problem) for text in with_))

    def solve(
        self,
        model: str | None = None,
        *,
        without: Sequence[str] = (),
        departures: bool = False,
        front: Sequence[str] = (),
        **options: Unpack[Options],
    ) -> Run:
        """The joint plan, and for every task its verdict, packages and blockers.

        Nations of `without` send nothing. `departures`: also what falls if any one nation leaves
        the plan. `front`: two or three objectives, and the values of them that no plan beats
        while as many tasks are staffed.
        """
        shown = _without(without, self.problem(model))
        if departures:
            shown["departures"] = True
        return self._run("solve", None, model, options, {**shown, **_front(front)})

    def packages(
        self,
        tasks: Iterable[str],
        model: str | None = None,
        *,
        limit: int | None = None,
        with_nations: Sequence[str] = (),
        without_nations: Sequence[str] = (),
        max_nations: int | None = None,
        without: Sequence[str] = (),
        front: Sequence[str] = (),
        **options: Unpack[Options],
    ) -> Run:
        """Verdict and packages of some tasks; all packages, or the smallest `limit` of those that
        have all of `with_nations`, none of `without_nations` and at most `max_nations` nations.
        Nations of `without` send nothing, to tasks beside them neither.
        `front`: two or three objectives, and the values of them that no plan of a task beats."""
        wanted = Wanted(limit, tuple(with_nations), tuple(without_nations), max_nations)
        gone = _without(without, self.problem(model))
        self._refuse_wrong(wanted, self.problem(model), without)
        shown = {name: value for name, value in asdict(wanted).items() if value not in (None, ())}
        how = {**gone, **shown, **_front(front)}
        return self._run("packages", tasks, model, options, how, wanted)

    def _refuse_wrong(self, wanted: Wanted, problem: Problem, without: Sequence[str]) -> None:
        for nation in (*wanted.with_nations, *wanted.without_nations):
            _known("nation", nation, problem.nations)
        if both := set(wanted.with_nations) & {*wanted.without_nations, *without}:
            raise UsageError(f"packages with and without {min(both)}; leave one of the two out")
        for name, number in (("limit", wanted.limit), ("max_nations", wanted.max_nations)):
            if number is not None and number < (name == "limit"):
                raise UsageError(f"{name} is {number}; a whole number from {int(name == 'limit')}")

    def blockers(
        self,
        tasks: Iterable[str] = (),
        model: str | None = None,
        *,
        without_holder: Sequence[str] = (),
        relax: Sequence[str] = (),
        without: Sequence[str] = (),
        **options: Unpack[Options],
    ) -> Run:
        """Verdict, unlocking and blocking sets, what is necessary, and gaps; of all tasks where
        none is named. Ways that need an act of `without_holder` are listed, but not shown.
        `relax`: also which rows' lifting would do: "caveats", "commitments", and beside them
        "preconditions". Nations of `without` send nothing."""
        problem = self.problem(model)
        holders = {h for name in problem.preconditions for h in holders_of(problem, name)}
        for holder in without_holder:
            _known("holder", holder, sorted(holders))
        for kind in relax:
            _known("kind of rows to relax", kind, KINDS)
        shown = _without(without, problem)
        if without_holder:
            shown["without_holder"] = list(without_holder)
        if relax:
            shown["relax"] = list(relax)
        return self._run("blockers", tuple(tasks) or None, model, options, shown)

    def fragility(
        self, task: str, model: str | None = None, **options: Unpack[Options]
    ) -> Fragility:
        """For every figure the task depends on, the smallest change that turns its verdict."""
        from allocator.analysis import naming
        from allocator.engines import Settings
        from allocator.fragility import figures, fragility

        problem = self.problem(model)
        _known("task", task, [task.id for task in problem.tasks])
        with refusing_large(), naming(f"task {task}"):
            return fragility(
                problem,
                self.world(problem, options.get("world", "today"), options.get("with_", ())),
                task,
                figures(self.workspace, problem, task),
                Settings(seed=options.get("seed", 0)),
                deadline_of(options),
                workers=options.get("workers"),
                progress=options.get("progress", silent),
            )

    def _run(
        self,
        command: Command,
        tasks: Iterable[str] | None,
        model: str | None,
        options: Options,
        shown: Mapping[str, object] | None = None,
        wanted: Wanted = ALL,
    ) -> Run:
        from allocator.analysis import Analysis, Asked

        problem = self.problem(model)
        asked = tuple(task.id for task in problem.tasks) if tasks is None else tuple(tasks)
        for task in asked:
            _known("task", task, [task.id for task in problem.tasks])
        world, with_ = options.get("world", "today"), options.get("with_", ())
        kept: dict[str, object] = {
            "model": problem.model,
            "world": world,
            "with": list(with_),
            "time_limit": options.get("time_limit", TIME_LIMIT),
            "workers": options.get("workers") or processors(),
            "seed": options.get("seed", 0),
            **(shown or {}),
        }
        if tasks is not None:
            kept["tasks"] = list(asked)
        gone = shown.get("without", ()) if shown else ()
        question = Asked(
            problem.without(gone) if isinstance(gone, list) else problem,
            self.world(problem, world, with_),
            command,
            asked,
            kept,
            dict(self.workspace.files),
            options.get("progress", silent),
            wanted,
        )
        with refusing_large():
            run = Analysis(question, deadline_of(options)).run()
        return replace(run, workspace=self.workspace)


def _without(nations: Sequence[str], problem: Problem) -> dict[str, object]:
    """The option, where any nation is to send nothing."""
    for nation in nations:
        _known("nation", nation, problem.nations)
    return {"without": list(nations)} if nations else {}


def _front(objectives: Sequence[str]) -> dict[str, object]:
    """The option, where a front is asked for."""
    from allocator.front import MOST_OBJECTIVES, OBJECTIVES

    if not objectives:
        return {}
    for name in objectives:
        _known("objective of a front", name, OBJECTIVES)
    if not 1 < len(set(objectives)) == len(objectives) <= MOST_OBJECTIVES:
        raise UsageError(f"a front has two or three different objectives: {', '.join(OBJECTIVES)}")
    return {"front": list(objectives)}


@contextmanager
def refusing_large() -> Iterator[None]:
    """Figures too large for the engines are the planner's to mend: a UsageError."""
    from allocator.model.program import TooLargeError

    try:
        yield
    except TooLargeError as error:
        raise UsageError(str(error)) from error


def deadline_of(options: Options) -> Deadline:
    """The caller's own, or a new one. Raises UsageError for a time limit that is none."""
    seconds = options.get("time_limit", TIME_LIMIT)
    if not 0 <= seconds < float("inf"):
        raise UsageError(f"a time limit of {seconds} seconds; 0 or more is expected, and finite")
    return options.get("deadline") or Deadline(seconds)


def _start(text: str, problem: Problem) -> tuple[str, int]:
    name, at, period = text.partition("@")
    _known("precondition", name, problem.preconditions)
    if not at:
        return name, 1
    if not (period.isascii() and period.isdigit() and int(period) >= 1):
        raise UsageError(f"`{text}`: '{period}' is no period; write {name}@1, {name}@2 …")
    return name, int(period)


def _known(kind: str, name: str, names: Iterable[str]) -> None:
    names = list(names)
    if name in names:
        return
    near = difflib.get_close_matches(name.lower(), [n.lower() for n in names], n=1, cutoff=0.6)
    meant = [n for n in names if n.lower() in near]
    hint = f"; did you mean {meant[0]}?" if meant else f"; there are {', '.join(names) or 'none'}"
    raise UsageError(f"no {kind} '{name}'{hint}")
