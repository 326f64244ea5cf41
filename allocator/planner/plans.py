"""Questions about plans that exist, and offers on the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from allocator.analysis.asked import left_of, shown_options, without_option
from allocator.analysis.options import HowToAsk, Options, how_to_ask
from allocator.analysis.too_large import refusing_large
from allocator.planner.asking import Asking

if TYPE_CHECKING:
    from allocator.inputs.given import GivenPlan
    from allocator.inputs.given.source import Given
    from allocator.inputs.problem import Problem, World
    from allocator.report.tables.repaired import Repaired
    from allocator.report.tables.reviewed import Reviewed
    from allocator.results.offers import OffersFound


class Plans(Asking):
    """Offers, and plans of one's own."""

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

    def review(
        self,
        plan: Given,
        model: str | None = None,
        *,
        without: str | Iterable[str] = (),
        releases: Given | None = None,
        **options: Unpack[Options],
    ) -> Reviewed:
        """Hold a plan of one's own against every rule; no engine is asked. plan: a CSV file, a
        sheet as `FILE.xlsx#SHEET`, a run's folder, or rows. Nations of `without` send nothing.
        releases: planned with it, a table likewise; worked out where it is left out.
        Raises GivenPlanError with all that is wrong with the plan's rows.
        model: its name; the default one where it is left out."""
        from allocator.analysis.reviewing import review
        from allocator.inputs.given.releases import read_releases
        from allocator.report.tables.reviewed import Reviewed

        how = how_to_ask(("plan", "model", "without", "releases"), **options)
        problem, world, given, asked = self._of_plan(plan, model, without, how)
        inputs = {**self.workspace.files, **given.hashes}
        if releases is not None:
            planned = read_releases(releases, problem)
            given, asked = replace(given, releases=planned), asked | {"releases": planned.file}
            inputs |= planned.hashes
        found = review(problem, world, given, how.deadline)
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
