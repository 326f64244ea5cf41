"""Questions about acts: what comes first, and who."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Unpack

from allocator.analysis.options import Options
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

        asked = self._asked("order", model, options, tasks=tasks, by=by)
        of, way = asked.said["tasks"], asked.said["by"]
        with refusing_large(self.workspace):
            return asked.told(ordered(asked.problem, asked.world, of, way, asked.how))

    def levers(
        self, budget: int = 2, model: str | None = None, **options: Unpack[Options]
    ) -> Levers:
        """Which holders, at most `budget` of them, together make the most tasks ready by what they
        bring about in turn."""
        from allocator.analysis.ordering import lever_sets

        asked = self._asked("levers", model, options, budget=budget)
        most = asked.said["budget"]
        with refusing_large(self.workspace):
            return asked.told(lever_sets(asked.problem, asked.world, most, asked.how))
