"""The public door to a workspace: solve it, list packages, list what blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Unpack

from allocator.analysis.options import HowToAsk, Options, how_to_ask, names, whole_number, yes_or_no
from allocator.errors import UsageError
from allocator.inputs.problem import Problem, World, build
from allocator.inputs.problem.ranges import with_ranges
from allocator.near import near
from allocator.report.sentences.ways import holders_of
from allocator.search.packages.filter import ALL, PackageFilter

if TYPE_CHECKING:
    from allocator.frames import Run
    from allocator.inputs.given.source import Given
    from allocator.inputs.workspace import Workspace
    from allocator.report.tables.reviewed import Reviewed
    from allocator.results.order import Order
    from allocator.results.ranges import RangesFound
    from allocator.results.run import Command
    from allocator.search.fragility import Fragility

__all__ = ["Options", "Planner", "refusing_large"]

KINDS = ("caveats", "commitments", "preconditions")
"""Of rows that may be taken as lifted, or met."""


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

    def world(
        self, problem: Problem, name: str = "today", with_: str | Iterable[str] = ()
    ) -> World:
        """The named world with further preconditions, each `NAME` or `NAME@PERIOD`."""
        if name != "today":
            _known("world", name, ["today", *problem.worlds])
        return problem.world(name, dict(_start(text, problem) for text in names("with_", with_)))

    def solve(
        self,
        model: str | None = None,
        *,
        without: str | Iterable[str] = (),
        departures: bool = False,
        front: str | Iterable[str] = (),
        **options: Unpack[Options],
    ) -> Run:
        """The joint plan, and for every task its verdict, packages and blockers.

        Nations of `without` send nothing. `departures`: also what falls if any one nation leaves
        the plan. `front`: two or three objectives, and the values of them that no plan beats
        while as many tasks are staffed. Raises TypeError for an option that there is not.
        """
        how = how_to_ask(("model", "without", "departures", "front"), **options)
        shown = _without(without, self.problem(model))
        if yes_or_no("departures", departures):
            shown["departures"] = True
        return self._run("solve", None, model, how, {**shown, **_front(front)})

    def packages(
        self,
        tasks: str | Iterable[str],
        model: str | None = None,
        *,
        limit: int | None = None,
        with_nations: str | Iterable[str] = (),
        without_nations: str | Iterable[str] = (),
        max_nations: int | None = None,
        without: str | Iterable[str] = (),
        front: str | Iterable[str] = (),
        **options: Unpack[Options],
    ) -> Run:
        """Verdict and packages of some tasks; all packages, or the smallest `limit` of those that
        have all of `with_nations`, none of `without_nations` and at most `max_nations` nations.
        Nations of `without` send nothing, to tasks beside them neither.
        `front`: two or three objectives, and the values of them that no plan of a task beats.
        Raises TypeError for an option that there is not."""
        how = how_to_ask((*_OF_PACKAGES, "without", "front"), **options)
        problem = self.problem(model)
        wanted = PackageFilter(
            None if limit is None else whole_number("limit", limit, 1),
            names("with_nations", with_nations),
            names("without_nations", without_nations),
            None if max_nations is None else whole_number("max_nations", max_nations, 0),
        )
        shown = _without(without, problem)
        _refuse_wrong(wanted, problem, names("without", without))
        shown |= {name: value for name, value in asdict(wanted).items() if value not in (None, ())}
        return self._run(
            "packages", names("tasks", tasks), model, how, {**shown, **_front(front)}, wanted
        )

    def blockers(
        self,
        tasks: str | Iterable[str] = (),
        model: str | None = None,
        *,
        without_holder: str | Iterable[str] = (),
        relax: str | Iterable[str] = (),
        without: str | Iterable[str] = (),
        **options: Unpack[Options],
    ) -> Run:
        """Verdict, unlocking and blocking sets, what is necessary, and gaps; of all tasks where
        none is named. Ways that need an act of `without_holder` are listed, but not shown.
        `relax`: also which rows' lifting would do: "caveats", "commitments", and beside them
        "preconditions". Nations of `without` send nothing. Raises TypeError for an option that
        there is not."""
        how = how_to_ask(("tasks", "model", "without_holder", "relax", "without"), **options)
        problem = self.problem(model)
        held = {h for name in problem.preconditions for h in holders_of(problem, name)}
        holders, kinds = names("without_holder", without_holder), names("relax", relax)
        for holder in holders:
            _known("holder", holder, sorted(held))
        for kind in kinds:
            _known("kind of rows to relax", kind, KINDS)
        shown = _without(without, problem)
        if holders:
            shown["without_holder"] = list(holders)
        if kinds:
            shown["relax"] = list(kinds)
        return self._run("blockers", names("tasks", tasks) or None, model, how, shown)

    def fragility(
        self, task: str, model: str | None = None, **options: Unpack[Options]
    ) -> Fragility:
        """For every figure the task depends on, the smallest change that turns its verdict.
        Raises TypeError for an option that there is not."""
        from allocator.analysis import naming
        from allocator.engines import Settings
        from allocator.search.fragility import figures, fragility

        how = how_to_ask(("task", "model"), **options)
        problem = self.problem(model)
        _known("task", task, [task.id for task in problem.tasks])
        with refusing_large(self.workspace), naming("task", task):
            return fragility(
                problem,
                self.world(problem, how.world, how.with_),
                task,
                figures(self.workspace, problem, task),
                Settings(seed=how.seed),
                how.deadline,
                workers=how.workers,
                progress=how.progress,
            )

    def review(
        self,
        plan: Given,
        model: str | None = None,
        *,
        without: str | Iterable[str] = (),
        **options: Unpack[Options],
    ) -> Reviewed:
        """Hold a plan of one's own against every rule; no engine is asked. plan: a CSV file, a
        sheet as `FILE.xlsx#SHEET`, a run's folder, or rows. Nations of `without` send nothing.
        Raises GivenPlanError with all that is wrong with the plan's rows, TypeError for an option
        that there is not."""
        from allocator.analysis.reviewing import review
        from allocator.inputs.given import read_given
        from allocator.report.tables.reviewed import Reviewed

        how = how_to_ask(("plan", "model", "without"), **options)
        problem = self.problem(model)
        given, shown = read_given(plan, problem), _without(without, problem)
        world = self.world(problem, how.world, how.with_)
        found = review(_left(problem, shown), world, given, how.deadline)
        asked = {"model": problem.model, "world": how.world, "with": list(how.with_), **shown}
        inputs = {**self.workspace.files, **given.hashes}
        return Reviewed.of(replace(found, options=asked, inputs=inputs))

    def order(
        self,
        tasks: str | Iterable[str] = (),
        model: str | None = None,
        *,
        by: str = "effort",
        **options: Unpack[Options],
    ) -> Order:
        """What comes about in turn and what only together, who waits for whom, and a road map to
        the tasks, to all where none is named: by "effort", "date" or "benefit".
        Raises TypeError for an option that there is not."""
        from allocator.analysis.ordering import ordered
        from allocator.results.order import WAYS_TO_ORDER

        how = how_to_ask(("tasks", "model", "by"), **options)
        problem = self.problem(model)
        _known("way to order", by, WAYS_TO_ORDER)
        asked = self._tasks(tasks, problem)
        way = next(one for one in WAYS_TO_ORDER if one == by)
        with refusing_large(self.workspace):
            found = ordered(problem, self.world(problem, how.world, how.with_), asked, way, how)
        shown = {**_shown(how, problem), "tasks": list(asked), "by": by}
        return replace(found, options=shown, inputs=dict(self.workspace.files))

    def ranges(
        self,
        tasks: str | Iterable[str] = (),
        model: str | None = None,
        *,
        spread: Mapping[str, float] | None = None,
        **options: Unpack[Options],
    ) -> RangesFound:
        """Verdicts wherever figures lie in their ranges; of all tasks where none is named.

        `spread`: per cent either way by basis, of figures that have no range of their own, as in
        `{"estimate": 30}`. Raises TypeError for an option that there is not.
        """
        from allocator.analysis.ranging import Ranging, checked_spread

        how = how_to_ask(("tasks", "model", "spread"), **options)
        asked = checked_spread(spread or {})
        problem = self.problem(model)
        if asked:
            problem = with_ranges(self.workspace, problem, asked)
        chosen = self._tasks(tasks, problem)
        world = self.world(problem, how.world, how.with_)
        with refusing_large(self.workspace):
            return Ranging(problem, world, chosen, how, asked).run()

    def _tasks(self, tasks: str | Iterable[str], problem: Problem) -> tuple[str, ...]:
        """The tasks that are named, each once; all of the model where none is."""
        known = [task.id for task in problem.tasks]
        for task in (asked := names("tasks", tasks)):
            _known("task", task, known)
        return tuple(dict.fromkeys(asked)) or tuple(known)

    def _run(
        self,
        command: Command,
        tasks: tuple[str, ...] | None,
        model: str | None,
        how: HowToAsk,
        shown: Mapping[str, object],
        wanted: PackageFilter = ALL,
    ) -> Run:
        from allocator.analysis import Analysis, Request
        from allocator.frames import Run

        problem = self.problem(model)
        asked = tuple(task.id for task in problem.tasks) if tasks is None else tasks
        for task in asked:
            _known("task", task, [task.id for task in problem.tasks])
        kept = {**_shown(how, problem), **shown}
        if tasks is not None:
            kept["tasks"] = list(asked)
        question = Request(
            _left(problem, shown),
            self.world(problem, how.world, how.with_),
            command,
            asked,
            kept,
            dict(self.workspace.files),
            how.progress,
            wanted,
            how.knowledge,
        )
        with refusing_large(self.workspace):
            run = Analysis(question, how.deadline).run()
        return Run.of(replace(run, workspace=self.workspace))


def _shown(how: HowToAsk, problem: Problem) -> dict[str, object]:
    """The options that every question has, as a run keeps them."""
    return {
        "model": problem.model,
        "world": how.world,
        "with": list(how.with_),
        "time_limit": how.time_limit,
        "workers": how.workers,
        "seed": how.seed,
    }


_OF_PACKAGES = ("tasks", "model", "limit", "with_nations", "without_nations", "max_nations")


def _refuse_wrong(wanted: PackageFilter, problem: Problem, without: tuple[str, ...]) -> None:
    for nation in (*wanted.with_nations, *wanted.without_nations):
        _known("nation", nation, problem.nations)
    if both := set(wanted.with_nations) & {*wanted.without_nations, *without}:
        raise UsageError(f"packages with and without {min(both)}; leave one of the two out")


def _without(nations: str | Iterable[str], problem: Problem) -> dict[str, object]:
    """The option, where any nation is to send nothing."""
    gone = names("without", nations)
    for nation in gone:
        _known("nation", nation, problem.nations)
    return {"without": list(gone)} if gone else {}


def _left(problem: Problem, shown: Mapping[str, object]) -> Problem:
    """The problem without the nations that send nothing."""
    gone = shown.get("without", ())
    return problem.without(gone) if isinstance(gone, list) and gone else problem


def _front(objectives: str | Iterable[str]) -> dict[str, object]:
    """The option, where a front is asked for."""
    from allocator.search.front import MOST_OBJECTIVES, OBJECTIVES

    given = names("front", objectives)
    if not given:
        return {}
    for name in given:
        _known("objective of a front", name, OBJECTIVES)
    if not 1 < len(set(given)) == len(given) <= MOST_OBJECTIVES:
        raise UsageError(f"a front has two or three different objectives: {', '.join(OBJECTIVES)}")
    return {"front": list(given)}


@contextmanager
def refusing_large(*workspaces: Workspace) -> Iterator[None]:
    """Figures too large for the engines are the planner's to mend: a UsageError. It names the
    largest of those concerned in the workspaces, and its cell."""
    from allocator.inputs.largest import largest_figure
    from allocator.model.program import TooLargeError

    try:
        yield
    except TooLargeError as error:
        found = [largest_figure(workspace, *error.about) for workspace in workspaces]
        known = [figure for figure in found if figure is not None]
        largest = max(known, key=lambda figure: figure[0], default=None)
        where = f"; the largest is {largest[0]:,} in {largest[1]}" if largest else ""
        raise UsageError(f"{error}{where}; use larger units") from error


def _start(text: str, problem: Problem) -> tuple[str, int]:
    name, at, period = text.partition("@")
    _known("precondition", name, problem.preconditions)
    if not at:
        return name, 1
    if not (period.isascii() and period.isdigit() and int(period) >= 1):
        raise UsageError(f"`{text}`: '{period}' is no period; write {name}@1, {name}@2 …")
    return name, int(period)


def _known(kind: str, name: str, known: Iterable[str]) -> None:
    there = list(known)
    if name in there:
        return
    if not isinstance(name, str):
        raise TypeError(f"{name!r} is no {kind}; a name is expected")
    meant = near(name, there)
    hint = f"; did you mean {meant}?" if meant else f"; there are {', '.join(there) or 'none'}"
    raise UsageError(f"no {kind} '{name}'{hint}")
