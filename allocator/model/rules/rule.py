"""What a rule declares of itself, beside its rows.

Shortcuts answer questions without a search: they know only what rules declare here. A rule that
declares nothing is never taken to be kept by sums alone, so a shortcut that does not know it asks
the engines instead of saying *yes*.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from allocator.inputs.problem import Problem, Task
from allocator.model.variables import Variables

About = Callable[[Problem, Task], bool]
"""Whether something is true of a rule for a task of a problem."""


def never(problem: Problem, task: Task) -> bool:
    """Return False: the safe default of a trait."""
    return False


def always(problem: Problem, task: Task) -> bool:
    """Return True: of rules that the sums themselves take into account."""
    return True


def unless(asked: Callable[[Task], object]) -> About:
    """Return the trait that is true where the task does not ask for what the rule is about."""
    return lambda problem, task: not asked(task)


@dataclass(frozen=True)
class Droppable:
    """A part of a rule that may be dropped to see what a task lacks.

    switch: its name among a question's switches. column: as gaps name it. asked: whether the task
    has it at all.
    """

    switch: str
    column: str
    asked: Callable[[Task], bool]


@dataclass(frozen=True)
class Rule:
    """One rule of `docs/rules.md`.

    id: its number. title: in a few words. apply: puts its rows into the program. columns: of tasks
    and lines, that it reads. parts: those that may be dropped for a gap.
    sums_suffice: enough units that serve in all periods alike keep it, so that sums prove a yes.
    weights_suffice: so do weighted units of each nation by itself, whoever else comes.
    holds_summed: kept in every period, it is kept by all periods added up, so that sums over
    periods prove a no.
    """

    id: str
    title: str
    apply: Callable[[Variables], None]
    columns: tuple[str, ...] = ()
    parts: tuple[Droppable, ...] = ()
    sums_suffice: About = never
    weights_suffice: About = never
    holds_summed: About = never
