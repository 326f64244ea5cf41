"""Questions about acts: what comes first, and who."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from allocator.analysis.asked import shown_options
from allocator.analysis.options import Options, how_to_ask, known_name, whole_number
from allocator.analysis.too_large import refusing_large
from allocator.planner.asking import Asking

if TYPE_CHECKING:
    from allocator.results.levers import Levers
    from allocator.results.order import Order


class Acts(Asking):
    """The order in which preconditions come about, and their holders."""

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
        known_name("way to order", by, WAYS_TO_ORDER)
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
