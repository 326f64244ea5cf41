"""Questions about what a plan endures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from allocator.analysis.asked import shown_options
from allocator.analysis.options import Options, how_to_ask, known_name, names, yes_or_no
from allocator.analysis.too_large import refusing_large
from allocator.errors import UsageError
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

        how = how_to_ask(("model", "lose", "from_", "how_long", "plan"), **options)
        problem = self.problem(model, how.count, how.on)
        world = self.world(problem, how.world, how.with_)
        given = _several(from_)
        asked = _losses(problem, world, names("lose", lose), given)
        lasting = yes_or_no("how_long", how_long)
        own = None if plan is None else read_given(plan, problem)
        with refusing_large(self.workspace):
            known = None if own is None else plan_given(problem, world, own)
            found = endured(problem, world, asked, how, known, lasting=lasting)
        shown = {
            **shown_options(how, problem),
            "lose": list(names("lose", lose)),
            "from": [str(period) for period in given],
            **({"how_long": True} if lasting else {}),
            **({"plan": own.file} if own is not None else {}),
        }
        return replace(found, options=shown, inputs=dict(self.workspace.files))


def _losses(
    problem: Problem, world: World, lose: tuple[str, ...], given: tuple[int | str, ...]
) -> tuple[Loss, ...]:
    from allocator.inputs.problem.losses import losses, what_can_be_lost

    what = list(what_can_be_lost(problem, world))
    if lose:
        for name in lose:
            known_name("nation or precondition", name, [*problem.nations, *problem.preconditions])
        what = [(kind, name) for kind, name in _both(problem) if name in lose]
    return losses(what, sorted({_period(problem, one) for one in given}) or problem.periods)


def _several(from_: int | str | Iterable[int | str]) -> tuple[int | str, ...]:
    if isinstance(from_, (int, str)):
        return (from_,)
    if not isinstance(from_, Iterable):
        raise TypeError(f"from_ is {from_!r}; a period is expected")
    return tuple(from_)


def _both(problem: Problem) -> Iterable[tuple[Kind, str]]:
    yield from (("nation", name) for name in problem.nations)
    yield from (("precondition", name) for name in problem.preconditions)


def _period(problem: Problem, given: int | str) -> int:
    """The period that is meant. Raises UsageError for none of the model's, TypeError for what is
    neither a number nor text."""
    if isinstance(given, bool) or not isinstance(given, (int, str)):
        raise TypeError(f"from_ is {given!r}; a period is expected")
    try:
        found = problem.calendar.read(str(given))
    except ValueError as error:
        raise UsageError(f"from '{given}': {error}") from None
    if found not in problem.periods:
        raise UsageError(f"from period {given}: the model has 1 to {problem.horizon}")
    return found
