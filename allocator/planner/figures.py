"""Questions about figures that may be off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from allocator.analysis.asked import shown_options
from allocator.analysis.options import Options, how_to_ask, known_name, whole_number, yes_or_no
from allocator.analysis.too_large import refusing_large
from allocator.inputs.problem.ranges import MOST_DRAWS, with_ranges
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

        how = how_to_ask(("task", "model"), **options)
        problem = self.problem(model, how.count, how.on)
        known_name("task", task, [task.id for task in problem.tasks])
        world = self.world(problem, how.world, how.with_)
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
        shown = {**shown_options(how, problem), "task": task}
        inputs = dict(self.workspace.files)
        return replace(found, problem=problem, asked=world, options=shown, inputs=inputs)

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
        from allocator.analysis.ranging import OWN, Ranging, checked_spread

        how, asked = how_to_ask(OWN, **options), checked_spread(spread or {})
        number, alike = whole_number("draws", draws, 0, MOST_DRAWS), yes_or_no("uniform", uniform)
        likely = yes_or_no("likelihoods", likelihoods)
        problem = with_ranges(self.workspace, self.problem(model, how.count, how.on), asked)
        chosen, world = self._tasks(tasks, problem), self.world(problem, how.world, how.with_)
        with refusing_large(self.workspace):
            found = Ranging(
                problem, world, chosen, how, asked, number, uniform=alike, likelihoods=likely
            ).run()
        shown = {**shown_options(how, problem), "tasks": list(chosen), "spread": dict(asked)}
        shown |= {"draws": number, "uniform": alike, "likelihoods": likely}
        files = dict(self.workspace.files)
        return replace(found, options=shown, inputs=files, problem=problem, asked=world)
