"""Questions about figures that may be off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Unpack

from allocator.analysis.options import Options
from allocator.analysis.too_large import refusing_large
from allocator.inputs.problem.ranges import with_ranges
from allocator.planner.asking import Asking

if TYPE_CHECKING:
    from allocator.results.ranges import RangesFound
    from allocator.search.fragility import Fragility


class Figures(Asking):
    """How sure the verdicts are."""

    def fragility(
        self, task: str, model: str | None = None, **options: Unpack[Options]
    ) -> Fragility:
        """For every figure the task depends on, the smallest change that turns its verdict."""
        from allocator.analysis import naming
        from allocator.engines import Settings
        from allocator.search.fragility import figures, fragility

        asked = self._asked("fragility", model, options, task=task)
        problem, world, how = asked.problem, asked.world, asked.how
        with refusing_large(self.workspace), naming("task", task):
            found = fragility(
                problem,
                world,
                task,
                figures(self.workspace, problem, task),
                Settings(seed=how.seed),
                how.deadline,
                workers=how.workers,
                progress=how.progress,
            )
        return asked.told(found, problem=problem, asked=world)

    def ranges(
        self,
        tasks: str | Iterable[str] = (),
        model: str | None = None,
        *,
        spread: Mapping[str, float] | None = None,
        draws: int = 1000,
        uniform: bool = False,
        likelihoods: bool = False,
        **options: Unpack[Options],
    ) -> RangesFound:
        """Return verdicts wherever figures of the model lie in their ranges; of all tasks where
        none is named.

        `spread`: per cent either way by basis, of figures that have no range of their own, as in
        `{"estimate": 30}`. `draws`: how many, for the chance that a task is ready; 0 for none.
        `uniform`: every value of a range alike. `likelihoods`: open preconditions that have one are
        drawn too, each as coming about by itself, from period 1.
        """
        from allocator.analysis.ranging import Ranging

        asked = self._asked(
            "ranges", model, options, tasks=tasks, spread=spread, draws=draws, uniform=uniform,
            likelihoods=likelihoods,
        )  # fmt: skip
        said = dict(asked.said)
        problem = with_ranges(self.workspace, asked.problem, said["spread"])
        with refusing_large(self.workspace):
            found = Ranging(problem, asked.world, how=asked.how, **said).run()
        return asked.told(found, problem=problem, asked=asked.world)
