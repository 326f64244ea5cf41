"""One finding, as checks of what the reference case gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from casebook import case
from casebook.case import FORCES

SMALL, MIDDLE, LARGE, LARGEST = FORCES
UNLOCKED_40K = ("deu_decision", "us_backstop")
UNLOCKED_100K = ("deu_decision", "nato_plans_revised", "us_backstop")

GROUPS = {
    "report": "The report's results",
    "positions": "Positions of its chapters",
    "ours": "What our figures add",
}
"""Whose a finding is: the report's key results and dilemma, what its chapters say of an actor, or
what only our figures give. The report names no size of force that needs this or that."""


@dataclass(frozen=True)
class Check:
    """`says` in words; `holds` as the case gives it; `rows` are the files and rows behind it."""

    says: str
    holds: bool
    evidence: str = ""
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """`ask` makes its checks, once they are wanted; `statements` of the report that it restates,
    none where it is ours."""

    id: str
    group: str
    title: str
    ask: Callable[[], Iterable[Check]]
    statements: tuple[str, ...] = ()
    remark: str = ""
    in_part: bool = False
    rests_on: tuple[tuple[str, str, str, str], ...] = ()
    """Verdicts that hang on figures: model, world, task and scope. None where positions alone
    decide."""

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        return tuple(self.ask())

    @property
    def over_ranges(self) -> tuple[str, ...]:
        """What becomes of each of its verdicts wherever the figures lie in their ranges."""
        return tuple(case.over_ranges(*one)[1] for one in self.rests_on)

    @property
    def verdict(self) -> str:
        if not all(check.holds for check in self.checks):
            return "does not come out"
        return "comes out in part" if self.in_part else "comes out"


def sets(found: Iterable[Iterable[str]]) -> str:
    """`{a, b}, {c}`; ids in code."""
    members = (", ".join(f"`{name}`" for name in one) for one in found)
    return ", ".join(f"{{{one}}}" for one in members) or "none"


def caveats(*ids: str) -> tuple[str, ...]:
    return tuple(c.place for c in case.problem(FORCES[0]).caveats if c.id in ids)


def task_row(model: str, task: str) -> str:
    return case.problem(model).task(task).place.split(" ")[0]
