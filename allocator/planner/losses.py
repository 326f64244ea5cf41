"""Questions about what a plan endures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from allocator.analysis.options import Options
from allocator.analysis.too_large import refusing_large
from allocator.inputs.problem import Problem, World
from allocator.planner.asking import Asking

if TYPE_CHECKING:
    from allocator.inputs.given.source import Given
    from allocator.inputs.problem.losses import Kind, Loss
    from allocator.results.endurance import Endurance


class Losses(Asking):
    """What happens to a plan where a nation leaves, or a precondition ends."""

    def endure(
        self,
        model: str | None = None,
        *,
        lose: str | Iterable[str] = (),
        from_: int | str | Iterable[int | str] = (),
        how_long: bool = False,
        plan: Given | None = None,
        **options: Unpack[Options],
    ) -> Endurance:
        """Return what becomes of every staffed task of the joint plan under single losses: whether
        it holds, is repaired and by what, gives way, or falls, with what proves that.

        model: its name; the default one where it is left out. lose: nations and preconditions, each
        an event of its own; every nation, and every precondition that holds, where none is named.
        from_: the periods from which they are lost, by number or month; each where none is named.
        plan: one of one's own, as in `review`, in the place of the joint plan; UsageError where it
        breaks a rule. how_long: also for how many periods, or for ever, the tasks of the plan can
        be kept up.
        """
        from allocator.analysis.enduring import endured, plan_given
        from allocator.inputs.given import read_given

        asked = self._asked(
            "endure", model, options, lose=lose, from_=from_, how_long=how_long, plan=plan
        )
        problem, world, said = asked.problem, asked.world, asked.said
        events = _losses(problem, world, said["lose"], said["from_"])
        own = None if plan is None else read_given(plan, problem)
        with refusing_large(self.workspace):
            known = None if own is None else plan_given(problem, world, own)
            found = endured(problem, world, events, asked.how, known, lasting=said["how_long"])
        return replace(asked, said={**said, "plan": own and own.file}).told(found)


def _losses(
    problem: Problem, world: World, lose: tuple[str, ...], from_: tuple[int | str, ...]
) -> tuple[Loss, ...]:
    from allocator.inputs.problem.losses import losses, what_can_be_lost

    what = what_can_be_lost(problem, world)
    if lose:
        what = ((kind, name) for kind, name in _both(problem) if name in lose)
    periods = {problem.calendar.read(str(one)) for one in from_}
    return losses(what, sorted(periods) or problem.periods)


def _both(problem: Problem) -> Iterator[tuple[Kind, str]]:
    yield from (("nation", name) for name in problem.nations)
    yield from (("precondition", name) for name in problem.preconditions)
