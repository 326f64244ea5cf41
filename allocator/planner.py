"""The public door to a workspace: solve it, list packages, list what blocks."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from allocator.deadline import Deadline
from allocator.problem import Problem, World, build
from allocator.progress import Progress, silent

if TYPE_CHECKING:
    from allocator.fragility import Fragility
    from allocator.run import Command, Run
    from allocator.workspace import Workspace


class UsageError(ValueError):
    """A model, world, task or precondition that the workspace does not have, or a bad option."""


@dataclass(frozen=True)
class Planner:
    """A workspace without errors, ready to be asked.

    world: a named world of the workspace, or "today". with_: preconditions that hold on top of
    it, `"ceasefire"` or `"ceasefire@3"` (from period 3). time_limit: seconds for the whole call.
    workers: how many questions are worked on at once. Raises UsageError for names that the
    workspace does not have.
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
        world: str = "today",
        with_: Sequence[str] = (),
        time_limit: float = 120.0,
        workers: int | None = None,
        seed: int = 0,
        deadline: Deadline | None = None,
        progress: Progress = silent,
    ) -> Run:
        """The joint plan, and for every task its verdict, packages and blockers."""
        return self._run(
            "solve", None, model, world, with_, time_limit, workers, seed, deadline, progress
        )

    def packages(
        self,
        tasks: Iterable[str],
        model: str | None = None,
        *,
        world: str = "today",
        with_: Sequence[str] = (),
        time_limit: float = 120.0,
        workers: int | None = None,
        seed: int = 0,
        deadline: Deadline | None = None,
        progress: Progress = silent,
    ) -> Run:
        """Verdict and packages of some tasks, without a limit on how many are listed."""
        return self._run(
            "packages", tasks, model, world, with_, time_limit, workers, seed, deadline, progress
        )

    def blockers(
        self,
        tasks: Iterable[str] = (),
        model: str | None = None,
        *,
        world: str = "today",
        with_: Sequence[str] = (),
        time_limit: float = 120.0,
        workers: int | None = None,
        seed: int = 0,
        deadline: Deadline | None = None,
        progress: Progress = silent,
    ) -> Run:
        """Verdict, unlocking and blocking sets, what is necessary, and gaps; of all tasks where
        none is named."""
        return self._run(
            "blockers",
            tuple(tasks) or None,
            model, world, with_, time_limit, workers, seed, deadline, progress,
        )  # fmt: skip

    def fragility(
        self,
        task: str,
        model: str | None = None,
        *,
        world: str = "today",
        with_: Sequence[str] = (),
        time_limit: float = 120.0,
        workers: int | None = None,
        seed: int = 0,
        deadline: Deadline | None = None,
        progress: Progress = silent,
    ) -> Fragility:
        """For every figure the task depends on, the smallest change that turns its verdict."""
        from allocator.engines import Settings
        from allocator.fragility import figures, fragility

        problem = self.problem(model)
        _known("task", task, [task.id for task in problem.tasks])
        if not time_limit >= 0:
            raise UsageError(f"a time limit of {time_limit} seconds; 0 or more is expected")
        return fragility(
            problem,
            self.world(problem, world, with_),
            task,
            figures(self.workspace, problem, task),
            Settings(seed=seed),
            deadline or Deadline(time_limit),
            workers=workers,
            progress=progress,
        )

    def _run(
        self,
        command: Command,
        tasks: Iterable[str] | None,
        model: str | None,
        world: str,
        with_: Sequence[str],
        time_limit: float,
        workers: int | None,
        seed: int,
        deadline: Deadline | None,
        progress: Progress,
    ) -> Run:
        from allocator.analysis import Analysis

        problem = self.problem(model)
        asked = tuple(task.id for task in problem.tasks) if tasks is None else tuple(tasks)
        for task in asked:
            _known("task", task, [task.id for task in problem.tasks])
        if not time_limit >= 0:
            raise UsageError(f"a time limit of {time_limit} seconds; 0 or more is expected")
        options = {
            "model": problem.model,
            "world": world,
            "with": list(with_),
            "time_limit": time_limit,
            "workers": workers or os.cpu_count() or 1,
            "seed": seed,
        }
        if tasks is not None:
            options["tasks"] = list(asked)
        analysis = Analysis(
            problem,
            self.world(problem, world, with_),
            command,
            asked,
            options,
            dict(self.workspace.files),
            deadline or Deadline(time_limit),
            progress,
        )
        return analysis.run()


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
