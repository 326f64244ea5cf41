"""The questions whose answer is a run: solve, list packages, list what blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from allocator.analysis.asked import refuse_both
from allocator.analysis.held_plan import held
from allocator.analysis.options import HowToAsk, Options
from allocator.analysis.too_large import refusing_large
from allocator.inputs.options.values import names
from allocator.planner.asking import Asked, Asking
from allocator.search.packages.filter import ALL, FILTERED, PackageFilter

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
        asked = self._asked(
            "solve", model, options, without=without, front=front, departures=departures
        )
        kept = asked.options
        given = held(plan, asked.problem, kept)
        return self._run(self._request("solve", asked, kept, given=given), asked.how)

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
        asked = self._asked(
            "packages", model, options, tasks=tasks, limit=limit, with_nations=with_nations,
            without_nations=without_nations, max_nations=max_nations, without=without,
            front=front, survive=survive,
        )  # fmt: skip
        refuse_both(asked.said)
        wanted = PackageFilter(**{name: asked.said[name] for name in FILTERED})
        return self._run(self._request("packages", asked, asked.options, wanted), asked.how)

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
        named = {"tasks": tasks} if names("tasks", tasks) else {}
        asked = self._asked(
            "blockers", model, options, without_holder=without_holder, relax=relax,
            without=without, survive=survive, **named,
        )  # fmt: skip
        return self._run(self._request("blockers", asked, asked.options), asked.how)

    def question(
        self,
        model: str | None = None,
        *,
        without: str | Iterable[str] = (),
        **options: Unpack[Options],
    ) -> tuple[Request, HowToAsk]:
        """Return what `solve` asks, unasked, for whoever watches over it; and how it is asked.

        Nations of `without` send nothing. model: its name; the default one where it is left out."""
        asked = self._asked("watch", model, options, without=without)
        return self._request("solve", asked, asked.options), asked.how

    def _run(self, question: Request, how: HowToAsk) -> Run:
        from allocator.analysis import Analysis
        from allocator.frames import Run

        with refusing_large(self.workspace):
            run = Analysis(question, how.deadline).run()
        return Run.of(replace(run, workspace=self.workspace))

    def _request(
        self,
        command: Command,
        asked: Asked,
        kept: Mapping[str, object],
        wanted: PackageFilter = ALL,
        given: GivenPlan | None = None,
    ) -> Request:
        from allocator.analysis import Request

        problem, how = asked.problem, asked.how
        return Request(
            problem,
            asked.world,
            command,
            asked.said.get("tasks") or tuple(task.id for task in problem.tasks),
            kept,
            dict(asked.inputs),
            how.progress,
            wanted,
            how.knowledge,
            given,
        )
