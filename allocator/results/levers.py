"""Which holders, together, open the most tasks. Data and look-ups only."""

from __future__ import annotations

from dataclasses import dataclass, field

from allocator.inputs.problem import Problem, World
from allocator.results.found import Found


@dataclass(frozen=True)
class Adds:
    """What one holder adds to the others of a set: the tasks that are not ready without it, and
    those of which that is not known."""

    holder: str
    ready: tuple[str, ...]
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lever:
    """A set of holders. acts: what they bring about in turn; ready: the tasks that are ready then;
    opens: those of them that are not ready already; undecided: those of which that is not known.
    """

    holders: tuple[str, ...]
    acts: tuple[str, ...]
    ready: tuple[str, ...]
    opens: tuple[str, ...]
    adds: tuple[Adds, ...]
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True)
class Levers(Found):
    """The best sets of at most `budget` holders, the smallest of them; and one such set for each
    smaller budget, from one holder on. proved: no set of so many holders does better; of the
    sequence by its place. holders: all that hold an act; nobody: acts that have no holder."""

    problem: Problem = field(repr=False)
    world: World
    budget: int
    levers: tuple[Lever, ...]
    sequence: tuple[Lever, ...]
    proved: tuple[bool, ...]
    holders: tuple[str, ...]
    nobody: tuple[str, ...]

    @property
    def left_open(self) -> bool:
        """Whether anything that was asked is not known."""
        return not self.is_proved

    @property
    def answered(self) -> bool:
        """Whether anything at all is known."""
        return self.is_proved or any(one.ready for one in self.levers)

    @property
    def is_proved(self) -> bool:
        """Whether no set of at most `budget` holders does better."""
        return bool(self.proved) and self.proved[-1]
