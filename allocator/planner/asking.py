"""What every question needs: the workspace, a model's problem, a world, its options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from allocator.analysis.asked import kept_options, read_options, starts_of
from allocator.analysis.options import HowToAsk, Options, how_to_ask
from allocator.errors import UsageError
from allocator.inputs.firmness import INVENTORY
from allocator.inputs.options.values import counted, day, known_name, names
from allocator.inputs.problem import Problem, World, build
from allocator.inputs.tabled import WithTables
from allocator.inputs.workspace import Workspace

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """One question. said: its own options, each as it counts; inputs: the files and their hashes.
    problem: without the nations that send nothing."""

    problem: Problem
    world: World
    how: HowToAsk
    said: Mapping[str, Any]
    inputs: Mapping[str, str]

    @property
    def options(self) -> dict[str, object]:
        """As a run keeps them."""
        return kept_options(self.how, self.problem, self.said)

    def told(self, found: T, **more: Any) -> T:
        """Return what was found with what was asked, and of which files. more: other fields."""
        said = {"options": self.options, "inputs": dict(self.inputs), **more}
        return replace(found, **said)  # type: ignore[type-var]


@dataclass(frozen=True, repr=False)
class Asking(WithTables):
    """A workspace without errors, and what of it a question names.

    Raises UsageError for names that the workspace does not have.
    """

    workspace: Workspace
    _problems: dict[tuple[str, str, date], Problem] = field(default_factory=dict, repr=False)

    @property
    def default_model(self) -> str | None:
        return self.workspace.default_model

    def problem(
        self, model: str | None = None, count: str = INVENTORY, on: date | str | None = None
    ) -> Problem:
        """The problem of a model; the default one where it is left out. `count` and `on` as in
        `Options`."""
        name = model if model is not None else self.default_model
        if name is None:
            known = ", ".join(self.workspace.models)
            raise UsageError(f"which model? None is marked `default: true`; there are {known}")
        known_name("model", name, self.workspace.models)
        key = (name, counted("count", count), day("on", on))
        if key not in self._problems:
            self._problems[key] = build(self.workspace, *key)
        return self._problems[key]

    def world(
        self, problem: Problem, name: str = "today", with_: str | Iterable[str] = ()
    ) -> World:
        """Return the named world with further preconditions, each `NAME`, `NAME@PERIOD` or
        `NAME@MONTH`.

        problem: the model that is asked about, with its tables. name: of a world in the tables.
        with_: what holds on top.
        """
        if name != "today":
            known_name("world", name, ["today", *problem.worlds])
        return problem.world(name, starts_of(names("with_", with_), problem))

    def _asked(self, command: str, model: str | None, options: Options, **own: Any) -> Asked:
        """The question, with its `options` and its `own`, checked."""
        how = how_to_ask(command, **options)
        problem = self.problem(model, how.count, how.on)
        said = read_options(problem, **own)
        if "tasks" in said:  # All of the model where none is named.
            said["tasks"] = said["tasks"] or tuple(task.id for task in problem.tasks)
        world = self.world(problem, how.world, how.with_)
        left = problem.without(said.get("without", ()))
        return Asked(left, world, how, said, self.workspace.files)
