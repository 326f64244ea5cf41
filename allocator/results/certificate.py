"""What proves a run's families: the schema of `certificate.json`. Data only.

A family is whole if each of its sets does, if without each of its blocking sets nothing does,
and if the two are each other's minimal transversals. The last is arithmetic on the sets
themselves; the first two are shown here, set by set.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import ConfigDict, Field

from allocator.results.result import (
    Allocation,
    Cell,
    Record,
    Release,
    WorldRecord,
    cells,
    optional,
    releases,
)


class Witness(Record):
    """A plan that staffs the task, and maybe others beside it."""

    staffed: tuple[str, ...]
    allocation: tuple[Cell, ...]
    released: tuple[Release, ...]

    @classmethod
    def of(cls, allocation: Allocation) -> Witness:
        """The allocation as rows."""
        return cls(
            staffed=tuple(sorted(allocation.staffed)),
            allocation=cells(allocation),
            released=releases(allocation),
        )


class Shown(Record):
    """A minimal set, and the number of the witness that stands once it is met (from 0); None
    where the search kept none."""

    members: tuple[str, ...]
    witness: int | None


class Counted(Record):
    """What a step bounds: `units` a nation sends to a line in a period, or, 0 or 1, whether the
    task is `staffed`, whether the nation `contributes` to it at all, `leads` it, or `sends` the
    line anything in the period."""

    kind: Literal["units", "staffed", "contributes", "leads", "sends"]
    task: str
    nation: str = ""
    line: str = ""
    capability: str = ""
    period: int = 0


class Placed(Record):
    """The row of `rule` at its place; `what` tells rows of one rule apart."""

    rule: str
    what: str
    task: str = ""
    nation: str = ""
    line: str = ""
    capability: str = ""
    period: int = 0


class Addend(Placed):
    """A row, taken so many `times`."""

    times: int = Field(ge=1)


class Step(Placed):
    """One bound pushed on: by the row at its place, what is counted `at` is `bound` so many
    `units`. The last step of a proof has no `at`: its row cannot hold, or where it has rows that
    are `added`, their sum. Or it has two `cases`, steps of their own that go on from here: where
    what is counted `at` is so many `units` at most, and where it is more."""

    at: Counted | None = None
    bound: Literal["", "at least", "at most"] = ""
    units: int = 0
    added: tuple[Addend, ...] = ()
    cases: tuple[tuple[Step, ...], ...] = ()

    # A certificate that was kept before there were sums of rows, or cases, has none to name.
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra=lambda form: optional(form, "added", "cases"),
    )


def steps_in(steps: Iterable[Step]) -> int:
    """Return the number of steps, those of cases among them."""
    return sum(1 + sum(map(steps_in, step.cases)) for step in steps)


class Coming(Record):
    """So many `units` of a capability could come at the most."""

    capability: str
    units: int


class Proof(Record):
    """Why the answer is no.

    sum: over `periods` the `lines` need `need` weighted units, all that is left could bring
    `supply`. splits: in the one of `periods` no more could come than what is `coming`, and in
    whatever way that is shared out between the `lines`, one of them is short. condition: the
    task's own condition does not hold. steps: bounds pushed on until a row, or a sum of rows,
    cannot hold. engines: none of these shows it; two engines said so, and have to be asked again.
    """

    by: Literal["sum", "splits", "condition", "steps", "engines"]
    lines: tuple[str, ...] = ()
    periods: tuple[int, ...] = ()
    need: int = 0
    supply: int = 0
    coming: tuple[Coming, ...] = ()
    steps: tuple[Step, ...] = ()

    # A certificate that was kept before there were splits has nothing that is coming.
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra=lambda form: optional(form, "coming"),
    )


class Refuted(Record):
    """A blocking set, and why everything else does not do without it."""

    members: tuple[str, ...]
    proof: Proof


class FamilyCertificate(Record):
    """The two families of one question. Sets of nations have their packages for witnesses."""

    complete: bool = False
    witnesses: tuple[Witness, ...] = ()
    sets: tuple[Shown, ...] = ()
    blocking: tuple[Refuted, ...] = ()


class TaskCertificate(Record):
    """`preconditions` of a blocked task, `packages` of a ready one, `short` of a short one."""

    task: str
    preconditions: FamilyCertificate | None = None
    packages: FamilyCertificate | None = None
    short: Proof | None = None


class Certificate(Record):
    """`certificate.json`."""

    schema_: int = Field(1, alias="schema")
    model: str
    world: WorldRecord
    tasks: tuple[TaskCertificate, ...]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def task(self, task_id: str) -> TaskCertificate:
        """The task's part; an empty one where there is none."""
        found = (part for part in self.tasks if part.task == task_id)
        return next(found, TaskCertificate(task=task_id))
