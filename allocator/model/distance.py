"""How far a plan is from a given one, one objective a level; in the words of
`docs/own-plan.md`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from allocator.inputs.given import GivenPlan
from allocator.model.given import cells_of
from allocator.model.objectives import Objective
from allocator.model.program import Term
from allocator.model.variables import Assignment, Measure, Variables


def distance(v: Variables, given: GivenPlan, added: Collection[str] = ()) -> list[Objective]:
    """Return the levels of the distance in their order. Adds the variables that they need. added:
    tasks that are asked for beside those of the plan.

    v: of the program. given: the plan that somebody drew, row by row.
    """
    return [
        *_tasks_left_out(v, "keep_tasks", given.tasks),
        *(_tasks_left_out(v, "add_tasks", frozenset(added)) if added else ()),
        _keep_contingents(v, given),
        _new_contingents(v, given),
        *_changes(v, given),
    ]


def _tasks_left_out(v: Variables, name: str, tasks: frozenset[str]) -> Iterator[Objective]:
    """By priority: of these tasks, how many are not staffed."""
    for priority in sorted({task.priority for task in v.problem.tasks}):
        asked = [t.id for t in v.problem.tasks if t.priority == priority and t.id in tasks]
        terms = tuple((-1, v.staffed[task]) for task in asked)
        yield Objective(f"{name}[{priority}]", False, terms, len(asked))


def _keep_contingents(v: Variables, given: GivenPlan) -> Objective:
    """Pairs of the plan that send nothing."""
    kept = [pair for pair in sorted(_pairs(v)) if pair in given.pairs]
    terms = tuple((-1, v.contribution(*pair)) for pair in kept)
    return Objective("keep_contingents", False, terms, len(given.pairs))


def _new_contingents(v: Variables, given: GivenPlan) -> Objective:
    """Pairs that send something and are not in the plan."""
    new = [pair for pair in sorted(_pairs(v)) if pair not in given.pairs]
    return Objective("new_contingents", False, tuple((1, v.contribution(*pair)) for pair in new))


def _pairs(v: Variables) -> set[tuple[str, str]]:
    return {(sent.nation, sent.task) for sent in v.sent}


def _changes(v: Variables, given: GivenPlan) -> tuple[Objective, Objective]:
    """Cells with other units than the plan's, and by how many units."""
    rows: list[Term] = []
    units: list[Term] = []
    without = given.units.keys() - cells_of(v).keys()
    row_offset, unit_offset = len(without), sum(given.units[key] for key in without)
    differs: dict[int, int] = {}
    for sent in v.sent:
        planned = given.units.get(sent.key, 0)
        if planned > v.program.high[sent.variable]:  # It changes whatever is sent.
            row_offset += 1
            unit_offset += planned
            units.append((-1, sent.variable))
            continue
        other = differs[sent.variable] = _differs(v, sent.variable, planned)
        apart = _apart(v, sent.variable, planned) if planned else sent.variable
        rows.append((1, other))
        units.append((1, apart))
        if planned:
            _all_of_it_changes(v, sent, planned, other, apart)
    _least_changes(v, given, differs)
    return (
        Objective("changed_rows", False, tuple(rows), row_offset),
        Objective("changed_units", False, tuple(units), unit_offset),
    )


def _all_of_it_changes(
    v: Variables, sent: Assignment, planned: int, differs: int, apart: int
) -> None:
    """Rows that hold anyway, and bound the relaxation: where a pair sends nothing every cell that
    is planned of it changes, and so it is where the task is not staffed."""
    sends = v.contribution(sent.nation, sent.task)
    v.program.at_least([(1, differs), (1, sends)], 1)
    v.program.at_least([(1, apart), (planned, sends)], planned)
    v.program.at_least([(1, differs), (1, v.staffed[sent.task])], 1)
    v.program.at_least([(1, apart), (planned, v.staffed[sent.task])], planned)


def _least_changes(v: Variables, given: GivenPlan, differs: Mapping[int, int]) -> None:
    """Rows that hold anyway, and bound the relaxation: a line that is short as planned takes so
    many other cells (a cover inequality, Balas 1975)."""
    for task in v.tasks:
        for line in task.lines:
            for period in task.periods:
                cells = v.at_line(task.id, line.id, period)
                low = {s.variable: given.units.get(s.key, 0) for s in cells}
                short = line.minimum - sum(
                    s.weight * min(low[s.variable], v.program.high[s.variable]) for s in cells
                )
                more = [s.weight * (v.program.high[s.variable] - low[s.variable]) for s in cells
                        if s.variable in differs]  # fmt: skip
                number = _cover(short, more)
                if number:
                    changed = [(1, differs[s.variable]) for s in cells if s.variable in differs]
                    v.program.at_least([*changed, (-number, v.staffed[task.id])], 0)


def _cover(short: int, more: list[int]) -> int:
    """How many of these at the least make up for what is short; 0 where even all do not."""
    for number, gain in enumerate(sorted(more, reverse=True), 1):
        if short <= 0:
            return number - 1
        short -= gain
    return 0 if short > 0 else len(more)


def _differs(v: Variables, variable: int, planned: int) -> int:
    """A variable that is 1 where other units are sent than planned, once it is measured."""
    above, below = v.program.high[variable] - planned, planned - v.program.low[variable]
    differs = v.program.boolean()
    parts = []
    if above > 0:
        v.program.at_most([(1, variable), (-above, differs)], planned)
        parts.append((-planned, ((1, variable),), above))
    if below > 0:
        v.program.at_least([(1, variable), (below, differs)], planned)
        parts.append((planned, ((-1, variable),), below))
    v.measures[differs] = Measure(tuple(parts))
    return differs


def _apart(v: Variables, variable: int, planned: int) -> int:
    """A variable that is by how many units what is sent differs, once it is measured."""
    most = max(v.program.high[variable] - planned, planned - v.program.low[variable])
    apart = v.program.variable(0, most)
    v.program.at_least([(1, apart), (-1, variable)], -planned)
    v.program.at_least([(1, apart), (1, variable)], planned)
    v.measures[apart] = Measure(((-planned, ((1, variable),), 1), (planned, ((-1, variable),), 1)))
    return apart
