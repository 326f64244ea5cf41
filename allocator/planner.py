"""The public door to a workspace: solve it, list packages, list what blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Unpack

from allocator.analysis.asked import (
    KINDS,
    OF_BLOCKERS,
    OF_PACKAGES,
    left_of,
    refuse_wrong,
    shown_options,
    starts_of,
    without_option,
)
from allocator.analysis.held_plan import held
from allocator.analysis.options import (
    HowToAsk,
    Options,
    counted,
    day,
    front_option,
    how_to_ask,
    names,
    survive_option,
    whole_number,
    yes_or_no,
)
from allocator.analysis.options import known_name as _known
from allocator.analysis.too_large import refusing_large
from allocator.errors import UsageError
from allocator.inputs.firmness import INVENTORY
from allocator.inputs.problem import Problem, World, build
from allocator.inputs.problem.ranges import with_ranges
from allocator.inputs.tabled import WithTables
from allocator.report.sentences.ways import holders_of
from allocator.search.packages.filter import ALL, PackageFilter

if TYPE_CHECKING:
    from allocator.frames import Run
    from allocator.inputs.given import GivenPlan
    from allocator.inputs.given.source import Given
    from allocator.inputs.workspace import Workspace
    from allocator.report.tables.repaired import Repaired
    from allocator.report.tables.reviewed import Reviewed
    from allocator.results.levers import Levers
    from allocator.results.offers import OffersFound
    from allocator.results.order import Order
    from allocator.results.ranges import RangesFound
    from allocator.results.run import Command
    from allocator.search.fragility import Fragility

__all__ = ["Options", "Planner"]


@dataclass(frozen=True, repr=False)
class Planner(WithTables):
    """A workspace without errors, ready to be asked.

    Raises UsageError for names that the workspace does not have, and TypeError for an option that
    there is not.
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
        _known("model", name, self.workspace.models)
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
            _known("world", name, ["today", *problem.worlds])
        return problem.world(name, starts_of(names("with_", with_), problem))

    def solve(
        self,
        model: str | None = None,
        *,
        without: str | Iterable[str] = (),
        departures: bool = False,
        front: str | Iterable[str] = (),
        plan: Given | None = None,
        **options: Unpack[Options],
    ) -> Run:
        """Return the joint plan, and for every task its verdict, packages and blockers.

        Nations of `without` send nothing. `departures`: also what falls if any one nation leaves
        the plan. `front`: two or three objectives, and the values of them that no plan beats
        while as many tasks are staffed. `plan`: one of one's own, as in `review`, whose rows the
        joint plan holds as their kind says.
        model: its name; the default one where it is left out."""
        how = how_to_ask(("model", "without", "departures", "front", "plan"), **options)
        problem = self.problem(model, how.count, how.on)
        shown = without_option(without, problem) | front_option(front)
        if yes_or_no("departures", departures):
            shown["departures"] = True
        given = held(plan, problem, shown)
        return self._run("solve", None, model, how, shown, given=given)

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
        survive: int | None = None,
        **options: Unpack[Options],
    ) -> Run:
        """Return verdict and packages of some tasks; all packages, or the smallest `limit` of those
        that have all of `with_nations`, none of `without_nations` and at most `max_nations`
        nations. Nations of `without` send nothing, to tasks beside them neither. `front`: two or
        three objectives, and the values of them that no plan of a task beats. `survive`: also the
        sets of nations that can do it even if any so many of them leave. Raises TypeError for an
        option that there is not.
        model: its name; the default one where it is left out."""
        how = how_to_ask((*OF_PACKAGES, "without", "front", "survive"), **options)
        problem = self.problem(model, how.count, how.on)
        wanted = PackageFilter(
            None if limit is None else whole_number("limit", limit, 1),
            names("with_nations", with_nations),
            names("without_nations", without_nations),
            None if max_nations is None else whole_number("max_nations", max_nations, 0),
        )
        shown = without_option(without, problem)
        refuse_wrong(wanted, problem, names("without", without))
        shown |= {name: value for name, value in asdict(wanted).items() if value not in (None, ())}
        shown |= survive_option(survive)
        return self._run(
            "packages", names("tasks", tasks), model, how, {**shown, **front_option(front)}, wanted
        )

    def blockers(
        self,
        tasks: str | Iterable[str] = (),
        model: str | None = None,
        *,
        without_holder: str | Iterable[str] = (),
        relax: str | Iterable[str] = (),
        without: str | Iterable[str] = (),
        survive: int | None = None,
        **options: Unpack[Options],
    ) -> Run:
        """Return verdict, unlocking and blocking sets, what is necessary, and gaps; of all tasks
        where none is named. Ways that need an act of `without_holder` are listed, but not shown.
        `relax`: also which rows' lifting would do: "caveats", "commitments", and beside them
        "preconditions". Nations of `without` send nothing. `survive`: also the ways that stand even
        if any so many of their preconditions fail.
        model: its name; the default one where it is left out."""
        how = how_to_ask(OF_BLOCKERS, **options)
        problem = self.problem(model, how.count, how.on)
        held = {h for name in problem.preconditions for h in holders_of(problem, name)}
        holders, kinds = names("without_holder", without_holder), names("relax", relax)
        for holder in holders:
            _known("holder", holder, sorted(held))
        for kind in kinds:
            _known("kind of rows to relax", kind, KINDS)
        shown = without_option(without, problem)
        if holders:
            shown["without_holder"] = list(holders)
        if kinds:
            shown["relax"] = list(kinds)
        shown |= survive_option(survive)
        return self._run("blockers", names("tasks", tasks) or None, model, how, shown)

    def fragility(
        self, task: str, model: str | None = None, **options: Unpack[Options]
    ) -> Fragility:
        """For every figure the task depends on, the smallest change that turns its verdict."""
        from allocator.analysis import naming
        from allocator.engines import Settings
        from allocator.search.fragility import figures, fragility

        how = how_to_ask(("task", "model"), **options)
        problem = self.problem(model, how.count, how.on)
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
        Raises GivenPlanError with all that is wrong with the plan's rows.
        model: its name; the default one where it is left out."""
        from allocator.analysis.reviewing import review
        from allocator.report.tables.reviewed import Reviewed

        how = how_to_ask(("plan", "model", "without"), **options)
        problem, world, given, asked = self._of_plan(plan, model, without, how)
        found = review(problem, world, given, how.deadline)
        inputs = {**self.workspace.files, **given.hashes}
        return Reviewed.of(replace(found, options=asked, inputs=inputs))

    def repair(
        self,
        plan: Given,
        model: str | None = None,
        *,
        without: str | Iterable[str] = (),
        add: str | Iterable[str] = (),
        **options: Unpack[Options],
    ) -> Repaired:
        """The valid plan nearest to one of one's own, or the rows of it that cannot all stand.
        plan, model: as in `review`. Nations of `without` send nothing. add: tasks to be staffed
        beside those of the plan, where that costs it nothing. Raises GivenPlanError with all that
        is wrong with the plan's rows."""
        from allocator.analysis.repairing import repair_plan
        from allocator.report.tables.repaired import Repaired

        how = how_to_ask(("plan", "model", "without", "add"), **options)
        problem, world, given, asked = self._of_plan(plan, model, without, how)
        added = self._tasks(add, problem) if add else ()
        with refusing_large(self.workspace):
            found = repair_plan(problem, world, given, sorted({*added} - given.tasks), how)
        inputs = {**self.workspace.files, **given.hashes}
        asked |= {"add": list(added)} if added else {}
        return Repaired.of(replace(found, options=asked, inputs=inputs))

    def _of_plan(
        self, plan: Given, model: str | None, without: str | Iterable[str], how: HowToAsk
    ) -> tuple[Problem, World, GivenPlan, dict[str, object]]:
        """The plan that was given, the problem and world that it is held against, and what was
        asked, as it is kept."""
        from allocator.inputs.given import read_given

        problem = self.problem(model, how.count, how.on)
        given, shown = read_given(plan, problem), without_option(without, problem)
        world = self.world(problem, how.world, how.with_)
        return left_of(problem, shown), world, given, shown_options(how, problem) | shown

    def order(
        self,
        tasks: str | Iterable[str] = (),
        model: str | None = None,
        *,
        by: str = "effort",
        **options: Unpack[Options],
    ) -> Order:
        """Return what comes about in turn and what only together, who waits for whom, and a road
        map to the tasks, to all where none is named: by "effort", "date" or "benefit". Raises
        TypeError for an option that there is not.
        model: its name; the default one where it is left out."""
        from allocator.analysis.ordering import ordered
        from allocator.results.order import WAYS_TO_ORDER

        how = how_to_ask(("tasks", "model", "by"), **options)
        problem = self.problem(model, how.count, how.on)
        _known("way to order", by, WAYS_TO_ORDER)
        asked = self._tasks(tasks, problem)
        way = next(one for one in WAYS_TO_ORDER if one == by)
        with refusing_large(self.workspace):
            found = ordered(problem, self.world(problem, how.world, how.with_), asked, way, how)
        shown = {**shown_options(how, problem), "tasks": list(asked), "by": by}
        return replace(found, options=shown, inputs=dict(self.workspace.files))

    def levers(
        self, budget: int = 2, model: str | None = None, **options: Unpack[Options]
    ) -> Levers:
        """Which holders, at most `budget` of them, together make the most tasks ready by what they
        bring about in turn."""
        from allocator.analysis.ordering import lever_sets

        how = how_to_ask(("budget", "model"), **options)
        problem = self.problem(model, how.count, how.on)
        most = whole_number("budget", budget, 0)
        with refusing_large(self.workspace):
            found = lever_sets(problem, self.world(problem, how.world, how.with_), most, how)
        shown = {**shown_options(how, problem), "budget": most}
        return replace(found, options=shown, inputs=dict(self.workspace.files))

    def ranges(
        self,
        tasks: str | Iterable[str] = (),
        model: str | None = None,
        *,
        spread: Mapping[str, float] | None = None,
        draws: int = 1000,
        uniform: bool = False,
        **options: Unpack[Options],
    ) -> RangesFound:
        """Return verdicts wherever figures of the model lie in their ranges; of all tasks where
        none is named.

        `spread`: per cent either way by basis, of figures that have no range of their own, as in
        `{"estimate": 30}`. `draws`: how many, for the chance that a task is ready; 0 for none.
        `uniform`: every value of a range alike.
        """
        from allocator.analysis.ranging import MOST_DRAWS, OWN, Ranging, checked_spread

        how, asked = how_to_ask(OWN, **options), checked_spread(spread or {})
        number, alike = whole_number("draws", draws, 0, MOST_DRAWS), yes_or_no("uniform", uniform)
        problem = with_ranges(self.workspace, self.problem(model, how.count, how.on), asked)
        chosen, world = self._tasks(tasks, problem), self.world(problem, how.world, how.with_)
        with refusing_large(self.workspace):
            return Ranging(problem, world, chosen, how, asked, number, uniform=alike).run()

    def offers(self, model: str | None = None, **options: Unpack[Options]) -> OffersFound:
        """What is offered: for every task the firmest offers that are enough, what the joint plan
        asks beyond them, what it leaves of them and why, which are out of date, and who could do
        more. `count` is for the joint plan; the ladders have every level."""
        from allocator.analysis.offering import offered
        from allocator.inputs.firmness import COUNTS

        how = how_to_ask(("model",), **options)
        problems = {count: self.problem(model, count, how.on) for count in COUNTS}
        problem = problems[how.count]
        world = self.world(problem, how.world, how.with_)
        with refusing_large(self.workspace):
            found = offered(problems, how.count, world, how)
        shown = shown_options(how, problem) | {"count": how.count, "on": str(how.on)}
        return replace(found, options=shown, inputs=dict(self.workspace.files))

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
        given: GivenPlan | None = None,
    ) -> Run:
        from allocator.analysis import Analysis, Request
        from allocator.frames import Run

        problem = self.problem(model, how.count, how.on)
        asked = self._tasks(tasks or (), problem)
        kept = {**shown_options(how, problem), **shown}
        if tasks is not None:
            kept["tasks"] = list(asked)
        question = Request(
            left_of(problem, shown),
            self.world(problem, how.world, how.with_),
            command,
            asked,
            kept,
            dict(self.workspace.files),
            how.progress,
            wanted,
            how.knowledge,
            given,
        )
        with refusing_large(self.workspace):
            run = Analysis(question, how.deadline).run()
        return Run.of(replace(run, workspace=self.workspace))
