"""What a short task lacks: units to add, rules that stand in the way, rows to lift."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import floor, lcm

from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Portfolio, Settings
from allocator.inputs.conditions import holds
from allocator.inputs.problem import Caveat, Commitment, Problem, Task, World
from allocator.model import RULES, build
from allocator.model.objectives import Objective
from allocator.model.scope import Scope, alone
from allocator.model.variables import Variables
from allocator.results.result import AddedUnits, Gaps, Lift
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.minimal_sets.families import Answer
from allocator.search.minimal_sets.search import Search

MOST_LIFT_QUESTIONS = 2000
_LARGEST = 1 << 60
"""What all that may be added comes to in whole numbers, at the most: engines count in 64 bits."""

PARTS = {part.switch: f"{rule.id} {part.column}" for rule in RULES.values() for part in rule.parts}
"""What may be dropped to see what a task lacks: its name in reports by its switch."""


def gaps(
    problem: Problem, world: World, task_id: str, settings: Settings, deadline: Deadline
) -> Gaps:
    """Return the gaps of a short task, with every open precondition met.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. task_id: the task's id. settings: of the engines, such as their seed.
    deadline: when to end at the latest.
    """
    best = problem.meeting(world, problem.open_preconditions(world))
    found = _units(problem, best, task_id, settings, deadline.part(0.5))
    lifts, complete = _lifts(problem, best, task_id, settings, deadline)
    return found.model_copy(update={"lifts": lifts, "lifts_complete": complete})


def added_shares(task: Task, most: Mapping[str, int]) -> tuple[dict[str, int], bool]:
    """One unit added to a line counts 1 / minimum (a line without one: 1), in whole numbers of a
    common share: by line, and whether they are exact, which takes numbers small enough.

    most: units that may be added, by line.
    """
    minimums = {line.id: max(1, line.minimum) for line in task.lines}
    room = sum(Fraction(units, minimums[line]) for line, units in most.items())
    exact = lcm(*minimums.values())
    common = min(exact, floor(_LARGEST / room)) if room else exact
    shares = {line: round(Fraction(common, minimum)) for line, minimum in minimums.items()}
    return shares, common == exact


def _units(
    problem: Problem, best: World, task_id: str, settings: Settings, deadline: Deadline
) -> Gaps:
    """The least to add, or the rules that no units help against."""
    task = problem.task(task_id)
    scope = replace(alone(problem, best, task_id), added=True)
    try:
        variables = build(problem, scope, deadline.check)
    except TimeUpError:
        return Gaps(units_status="unknown")
    wanted, exact = price(variables, task)
    engines = Portfolio(variables.program, settings)
    outcome = engines.best(deadline, wanted)
    if outcome.values is not None:
        rows = tuple(
            AddedUnits(line=line, period=period, capability=capability, quantity=quantity)
            for (line, capability, period), quantity in sorted(
                variables.added_units(outcome.values).items(),
                key=lambda item: (item[0][0], item[0][2], item[0][1]),
            )
        )
        # Of shares that are rounded, the least need not be the least of what they stand for.
        status = "optimal" if exact and outcome.status == "optimal" else "feasible"
        return Gaps(units=rows, units_status=status)
    if outcome.status == "infeasible" and engines.refutes(deadline):
        return Gaps(units_status="none", rules=_rules(problem, best, task, settings, deadline))
    return Gaps(units_status="unknown")


def price(variables: Variables, task: Task) -> tuple[Objective, bool]:
    """What is added, in shares, and whether these are exact."""
    most: Counter[str] = Counter()
    for (line, *_), variable in variables.added.items():
        most[line] += variables.program.high[variable]
    shares, exact = added_shares(task, most)
    terms = tuple((shares[key[0]], variable) for key, variable in variables.added.items())
    return Objective("gap", False, terms), exact


def _rules(
    problem: Problem, best: World, task: Task, settings: Settings, deadline: Deadline
) -> tuple[str, ...]:
    """A smallest set of the task's rules without which added units would do."""
    scope = replace(alone(problem, best, task.id), added=True, droppable=tuple(own_rules(task)))
    try:
        variables = build(problem, scope, deadline.check)
    except TimeUpError:
        return ()
    engines = Portfolio(variables.program, settings)
    names = sorted(PARTS[name] for _, name in variables.switches)
    switch = {PARTS[name]: variable for (_, name), variable in variables.switches.items()}

    def fixed(on: int) -> dict[int, int]:
        return {switch[name]: on >> index & 1 for index, name in enumerate(names)}

    def ask(on: int) -> Answer:
        status = engines.feasible(deadline, fixed(on)).status
        if status == "infeasible":
            return Answer.NO
        return Answer.UNKNOWN if status == "unknown" else Answer.YES

    def certain(on: int) -> bool:
        return engines.refutes(deadline, fixed(on))

    found = Search(len(names), ask, certain, deadline, limit=1).run()
    if found.minimal:
        return tuple(names[i] for i in range(len(names)) if found.minimal[0] >> i & 1)
    return ("R2 one_per",) if found.complete else ()


def own_rules(task: Task) -> list[str]:
    """Return the switches of the rules of the task itself that may be dropped."""
    parts = (part for rule in RULES.values() for part in rule.parts)
    return [part.switch for part in parts if part.asked(task)]


def _lifts(
    problem: Problem, best: World, task_id: str, settings: Settings, deadline: Deadline
) -> tuple[tuple[Lift, ...], bool]:
    """The minimal sets of rows that hold in every world and whose lifting would do."""
    scope = liftable(problem, best, task_id)
    questions = StaffingOracle(problem, scope, settings, deadline)
    everything = questions.everything
    if questions.ask(everything) is Answer.NO and questions.certain(everything):
        return (), True
    found = questions.search(deadline, most_questions=MOST_LIFT_QUESTIONS)
    lifts = [_lift(questions, mask) for mask in found.minimal]
    lifts.sort(key=lambda x: (len(x.caveats) + len(x.commitments), x.caveats, x.commitments))
    return tuple(lifts), found.complete


def _lift(questions: StaffingOracle, mask: int) -> Lift:
    on = [questions.elements[i] for i in range(len(questions.elements)) if mask >> i & 1]
    return Lift(
        caveats=tuple(name for kind, name in on if kind == "caveat"),
        commitments=tuple(name for kind, name in on if kind == "commitment"),
    )


def liftable(problem: Problem, best: World, task_id: str) -> Scope:
    """Return the question about the task with the rows as switches that no precondition lifts.

    problem: the model that is asked about, with its tables. best: the world with every open
    precondition met. task_id: the task's id.
    """
    scope = alone(problem, best, task_id)
    used = {c for name in scope.tasks for c in problem.task(name).capabilities}
    return replace(
        scope,
        caveats=tuple(c.id for c in problem.caveats if _binds(problem, best, c, scope.tasks)),
        commitments=tuple(
            c.id for c in problem.commitments if c.capability in used and _holds(best, c)
        ),
    )


def _binds(problem: Problem, best: World, caveat: Caveat, tasks: frozenset[str]) -> bool:
    """Whether preconditions alone leave the caveat in force somewhere in its scope."""
    return any(
        period in caveat.periods
        and not holds(caveat.requires, best.holding(period), (caveat.nation,))
        for task in caveat.tasks & tasks
        for period in problem.task(task).periods
    )


def _holds(best: World, commitment: Commitment) -> bool:
    """Whether no open precondition lets the commitment be released in some period."""
    return any(
        quantity and not holds(commitment.release_requires, best.holding(period))
        for period, quantity in enumerate(commitment.quantity, 1)
    )
