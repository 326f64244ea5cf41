"""Events: a nation that leaves, a precondition that ends; and which there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from allocator.inputs.problem.parts import World
from allocator.inputs.problem.problem import Problem

Kind = Literal["nation", "precondition"]


@dataclass(frozen=True, order=True, slots=True)
class Loss:
    """One event: `lost`, by id, is gone from `period` on."""

    kind: Kind
    lost: str
    period: int

    def __str__(self) -> str:
        return f"{self.lost} from period {self.period}"

    @property
    def nation(self) -> str:
        """The nation that leaves; blank where a precondition ends."""
        return self.lost if self.kind == "nation" else ""


def what_can_be_lost(problem: Problem, world: World) -> Iterator[tuple[Kind, str]]:
    """Yield every nation, and every precondition that holds in a period of the world.

    problem: the model that is asked about, with its tables.
    """
    for nation in problem.nations:
        yield "nation", nation
    for name in world.starts:
        yield "precondition", name


def losses(what: Iterable[tuple[Kind, str]], periods: Iterable[int]) -> tuple[Loss, ...]:
    """Return each of these lost from each of the periods. what: kind and id."""
    every = tuple(periods)
    return tuple(Loss(kind, name, period) for kind, name in what for period in every)
