"""How two sides differ, and which differences can matter to a task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allocator.analysis.comparison.cells import RULES_OF_COLUMNS
from allocator.analysis.comparison.directions import Direction, turned
from allocator.analysis.comparison.side import Inputs, Side
from allocator.analysis.comparison.stated import Key, Somewhere, changed, names_in, stated
from allocator.analysis.comparison.values import (
    ABSENT,
    Committed,
    Counted,
    Offered,
    Question,
    Value,
)
from allocator.inputs.conditions import Condition, preconditions_in, tasks_in
from allocator.inputs.firmness import INVENTORY
from allocator.inputs.problem import Problem

ROW_RULES = {
    "availability": "R3",
    "commitment": "R3",
    "caveat": "R5",
    "capability": "R3",
    "offer": "R11",
    "count": "R11",
}
"""By table; those of a model's cells are in `cells`."""


UNCOUNTED = Counted(INVENTORY)
"""Of a side that has no offer, and counts none."""


@dataclass(frozen=True)
class Difference:
    """One row, cell or precondition in which side b differs from side a. None: not there.

    place_before, place_after: file and row on either side, blank where there is none.
    """

    key: Key
    before: Value | None
    after: Value | None
    place_before: str = ""
    place_after: str = ""

    def direction(self, question: Question) -> Direction:
        """Whether it makes the answer to the question more likely a yes."""
        before, after = self.before, self.after
        if self.key.kind == "precondition":
            before, after = before or ABSENT, after or ABSENT
        if self.key.kind == "count":
            before, after = before or UNCOUNTED, after or UNCOUNTED
        if before is None:
            return "same" if after is None else after.added
        return turned(before.added) if after is None else before.towards(after, question)

    @property
    def rule(self) -> str:
        """The rule of a plan that it works through; blank for a precondition."""
        if self.key.kind in ("task", "line"):
            return RULES_OF_COLUMNS.get(self.key.column, "R1")
        return ROW_RULES.get(self.key.kind, "")

    def cells(self) -> Iterator[tuple[str, str, str]]:
        """The columns that differ, with what stood there before and stands there now; blank for a
        row that is not there."""
        before = self.before.cells() if self.before else {}
        after = self.after.cells() if self.after else {}
        for column in before or after:
            if before.get(column) != after.get(column):
                yield column, before.get(column, ""), after.get(column, "")


def differences(a: Side, b: Side) -> tuple[Difference, ...]:
    """All that can move a verdict; what only a plan's objectives look at is no part of it.

    Raises ValueError for a side whose inputs are not known.
    """
    if a.inputs is None or b.inputs is None:
        raise ValueError("the inputs of both sides must be known")
    horizon = max(a.inputs.problem.horizon, b.inputs.problem.horizon)
    both = names_in(a.inputs.problem) & names_in(b.inputs.problem)
    somewhere = Somewhere.of(a.inputs.problem, b.inputs.problem)
    one = stated(a.inputs, a.world, horizon, both, somewhere)
    other = stated(b.inputs, b.world, horizon, both, somewhere)
    places = _places(a.inputs), _places(b.inputs)
    found = (
        Difference(key, one.get(key), other.get(key), *(p.get(key[:2], "") for p in places))
        for key in changed(one, other)
    )
    return tuple(difference for difference in found if _matters(difference))


def _matters(difference: Difference) -> bool:
    return any(difference.direction(question) != "same" for question in ("now", "best"))


def relevant(a: Inputs, b: Inputs, task: str, found: Iterable[Difference]) -> list[Difference]:
    """Return those that can matter to the task alone, whichever others are taken from b.

    a: the one side. found: the differences of the two sides.
    """
    reach = _Reach((a.problem, b.problem), task)
    return [difference for difference in found if reach.touches(difference)]


class _Reach:
    """What a task's verdict can depend on in any mixture of two problems."""

    def __init__(self, problems: tuple[Problem, Problem], task: str) -> None:
        self._tasks = _beside(problems, task)
        tasks = [t for p in problems for t in p.tasks if t.id in self._tasks]
        self._used = {capability for t in tasks for capability in t.capabilities}
        self._reinforced = {name for t in tasks for name in t.reinforces}
        self._caveats = self._in_scope(problems)
        conditions = [t.requires for t in tasks]
        for problem in problems:
            conditions += [c.requires for c in problem.caveats if c.id in self._caveats]
            conditions += [o.requires for o in problem.offers if o.capability in self._used]
            conditions += [
                c.release_requires for c in problem.commitments if c.capability in self._used
            ]
        self._named = _implying(problems, conditions)

    def _in_scope(self, problems: tuple[Problem, Problem]) -> set[str]:
        """By id; all caveats where a scope may hold other tasks or units in a mixture."""
        named = self._tasks | self._reinforced
        tasks = [t for p in problems for t in p.tasks if t.id in named]
        places = {(t.id, t.area, t.axis, t.reinforces) for t in tasks}
        domains = {
            (c, p.capabilities[c].domain) for p in problems for c in self._used & {*p.capabilities}
        }
        same = len(tasks) == 2 * len(places) and len(domains) == len(self._used)
        same &= all(self._used <= {*p.capabilities} for p in problems)
        return {
            caveat.id
            for problem in problems
            for caveat in problem.caveats
            if not same or (caveat.tasks & self._tasks and caveat.capabilities & self._used)
        }

    def touches(self, difference: Difference) -> bool:
        key = difference.key
        match key.kind:
            case "precondition":
                return key.id in self._named
            case "task":
                return key.id in self._tasks or key.id in self._reinforced
            case "line":
                return key.id.split(".")[0] in self._tasks
            case "availability":
                return key.id.split(" ")[1] in self._used
            case "capability":
                return key.id in self._used
            case "caveat":
                return key.id in self._caveats
            case "commitment" | "offer":
                sides = (difference.before, difference.after)
                rows = (row for row in sides if isinstance(row, Committed | Offered))
                return any(row.capability in self._used for row in rows)
        return True


def _beside(problems: tuple[Problem, Problem], task: str) -> set[str]:
    """The task and all that may be staffed beside it in any mixture of both sides: what
    `staffed(…)` names in the tasks' own conditions, in caveats and in offers."""
    conditions = [row.requires for p in problems for row in p.caveats]
    conditions += [row.requires for p in problems for row in p.offers]
    by_rows = {named for condition in conditions for named in tasks_in(condition)}
    found, waiting = set[str](), [task, *by_rows]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            own = (p.task(current).requires for p in problems if p.has_task(current))
            waiting += [name for condition in own for name in tasks_in(condition)]
    return found


def _implying(problems: tuple[Problem, Problem], conditions: Iterable[Condition]) -> set[str]:
    """The preconditions that the conditions name, and those that imply one."""
    named = {name for condition in conditions for name in preconditions_in(condition)}
    known = {name for problem in problems for name in problem.preconditions}
    return {name for name in known if _implied(problems, name) & named}


def _implied(problems: tuple[Problem, Problem], name: str) -> set[str]:
    found, waiting = set[str](), [name]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            rows = (p.preconditions[current] for p in problems if current in p.preconditions)
            waiting += [implied for row in rows for implied in row.implies]
    return found


def _places(inputs: Inputs) -> dict[tuple[str, str], str]:
    """File and row by kind and id; of several rows, the first."""
    place = inputs.workspace.place
    rows = [
        *((("precondition", r.precondition), r) for r in inputs.workspace.preconditions),
        *(
            (("availability", f"{r.nation} {r.capability}"), r)
            for r in inputs.workspace.availability
        ),
        *((("commitment", r.commitment), r) for r in inputs.workspace.commitments),
        *((("caveat", r.caveat), r) for r in inputs.workspace.caveats),
        *((("offer", r.offer), r) for r in inputs.workspace.offers),
        *((("capability", r.capability), r) for r in inputs.workspace.capabilities),
        *((("task", r.task), r) for r in inputs.model.tasks),
        *((("line", f"{t.task}.{r.id}"), r) for t in inputs.model.tasks for r in t.lines),
        (("horizon", "model"), inputs.model),
    ]
    found: dict[tuple[str, str], str] = {}
    for key, row in rows:
        where = place(row)
        text = where.file if where.row is None else f"{where.file}:{where.row}"
        found.setdefault(key, text)
    return found
