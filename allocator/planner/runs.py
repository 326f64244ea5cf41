"""The questions whose answer is a run: solve, list packages, list what blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Unpack

from allocator.analysis.asked import (
    KINDS,
    OF_BLOCKERS,
    OF_PACKAGES,
    left_of,
    refuse_wrong,
    shown_options,
    without_option,
)
from allocator.analysis.held_plan import held
from allocator.analysis.options import (
    HowToAsk,
    Options,
    front_option,
    how_to_ask,
    known_name,
    names,
    survive_option,
    whole_number,
    yes_or_no,
)
from allocator.analysis.too_large import refusing_large
from allocator.planner.asking import Asking
from allocator.report.sentences.ways import holders_of
from allocator.search.packages.filter import ALL, PackageFilter

if TYPE_CHECKING:
    from allocator.analysis.request import Request
    from allocator.frames import Run
    from allocator.inputs.given import GivenPlan
    from allocator.inputs.given.source import Given
    from allocator.results.run import Command


class Runs(Asking):
    """Who can staff the tasks, and what stands in the way."""

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
        return self._run(self._request("solve", None, model, how, shown, given=given), how)

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
        shown |= survive_option(survive) | front_option(front)
        asked = names("tasks", tasks)
        return self._run(self._request("packages", asked, model, how, shown, wanted), how)

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
            known_name("holder", holder, sorted(held))
        for kind in kinds:
            known_name("kind of rows to relax", kind, KINDS)
        shown = without_option(without, problem)
        if holders:
            shown["without_holder"] = list(holders)
        if kinds:
            shown["relax"] = list(kinds)
        shown |= survive_option(survive)
        asked = names("tasks", tasks) or None
        return self._run(self._request("blockers", asked, model, how, shown), how)

    def question(
        self,
        model: str | None = None,
        *,
        without: str | Iterable[str] = (),
        **options: Unpack[Options],
    ) -> tuple[Request, HowToAsk]:
        """Return what `solve` asks, unasked, for whoever watches over it; and how it is asked.

        Nations of `without` send nothing. model: its name; the default one where it is left out."""
        how = how_to_ask(("model", "without"), **options)
        shown = without_option(without, self.problem(model, how.count, how.on))
        return self._request("solve", None, model, how, shown), how

    def _run(self, question: Request, how: HowToAsk) -> Run:
        from allocator.analysis import Analysis
        from allocator.frames import Run

        with refusing_large(self.workspace):
            run = Analysis(question, how.deadline).run()
        return Run.of(replace(run, workspace=self.workspace))

    def _request(
        self,
        command: Command,
        tasks: tuple[str, ...] | None,
        model: str | None,
        how: HowToAsk,
        shown: Mapping[str, object],
        wanted: PackageFilter = ALL,
        given: GivenPlan | None = None,
    ) -> Request:
        from allocator.analysis import Request

        problem = self.problem(model, how.count, how.on)
        asked = self._tasks(tasks or (), problem)
        kept = {**shown_options(how, problem), **shown}
        if tasks is not None:
            kept["tasks"] = list(asked)
        return Request(
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
