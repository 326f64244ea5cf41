"""What every question needs: the workspace, a model's problem, a world, tasks by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from allocator.analysis.asked import starts_of
from allocator.analysis.options import counted, day, known_name, names
from allocator.errors import UsageError
from allocator.inputs.firmness import INVENTORY
from allocator.inputs.problem import Problem, World, build
from allocator.inputs.tabled import WithTables
from allocator.inputs.workspace import Workspace


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
        key = (name, counted(count), day("on", on))
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

    def _tasks(self, tasks: str | Iterable[str], problem: Problem) -> tuple[str, ...]:
        """The tasks that are named, each once; all of the model where none is."""
        known = [task.id for task in problem.tasks]
        for task in (asked := names("tasks", tasks)):
            known_name("task", task, known)
        return tuple(dict.fromkeys(asked)) or tuple(known)
