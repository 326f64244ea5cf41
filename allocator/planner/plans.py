"""Questions about plans that exist, and offers on the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from allocator.analysis.options import Options
from allocator.analysis.too_large import refusing_large
from allocator.planner.asking import Asking

if TYPE_CHECKING:
    from allocator.inputs.given.source import Given
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

        asked = self._asked("offers", model, options)
        how = asked.how
        problems = {count: self.problem(model, count, how.on) for count in COUNTS}
        with refusing_large(self.workspace):
            found = offered(problems, how.count, asked.world, how)
        options_too = {**asked.options, "count": how.count, "on": str(how.on)}
        return asked.told(found, options=options_too)

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
        from allocator.inputs.given import read_given
        from allocator.inputs.given.releases import read_releases
        from allocator.report.tables.reviewed import Reviewed

        asked = self._asked("review", model, options, without=without)
        given = read_given(plan, asked.problem)
        inputs = {**asked.inputs, **given.hashes}
        if releases is not None:
            planned = read_releases(releases, asked.problem)
            given, inputs = replace(given, releases=planned), {**inputs, **planned.hashes}
            asked = replace(asked, said={**asked.said, "releases": planned.file})
        found = review(asked.problem, asked.world, given, asked.how.deadline)
        return Reviewed.of(asked.told(found, inputs=inputs))

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
        from allocator.inputs.given import read_given
        from allocator.report.tables.repaired import Repaired

        asked = self._asked("repair", model, options, without=without, add=add)
        given = read_given(plan, asked.problem)
        added = sorted({*asked.said["add"]} - given.tasks)
        with refusing_large(self.workspace):
            found = repair_plan(asked.problem, asked.world, given, added, asked.how)
        return Repaired.of(asked.told(found, inputs={**asked.inputs, **given.hashes}))
