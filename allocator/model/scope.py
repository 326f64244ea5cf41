"""What a question leaves open: which tasks, which preconditions, whose word."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.inputs.problem import Problem, World


@dataclass(frozen=True)
class Scope:
    """The part of a problem that one question is about.

    tasks: those that may be staffed; all others get nothing.
    must: those that must be staffed.
    switches: what is decided from question to question, each a 0/1 variable. Switching one on
        never makes anything harder: an open precondition that is met, a nation that may
        contribute to `task`, a caveat or a commitment that is lifted.
    task: the task that nation switches, optional lines, added units and dropped rules belong to.
    optional_lines: each line's minimum becomes a switch (on: the line need not be met).
    added: units that belong to no nation may be added to the lines of `task`.
    droppable: rules of `task` that become a switch (on: the rule is dropped).
    """

    world: World
    tasks: frozenset[str]
    must: frozenset[str] = frozenset()
    task: str | None = None
    preconditions: tuple[str, ...] = ()
    nations: tuple[str, ...] | None = None
    caveats: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    optional_lines: bool = False
    added: bool = False
    droppable: tuple[str, ...] = ()


def alone(problem: Problem, world: World, task: str) -> Scope:
    """Return the question about one task alone: it must be staffed, its companions may be.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period.
    """
    return Scope(world, problem.companions(task), frozenset({task}), task)


def joint(problem: Problem, world: World) -> Scope:
    """The plan for all tasks together."""
    return Scope(world, frozenset(task.id for task in problem.tasks))
