"""Gaps and contested tasks asked again: that the units said would do and fewer would not, that
the rules said stand in the way, that the rivals said keep a task out of the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from allocator.analysis.second_opinions.result import SecondOpinion
from allocator.checker import violations
from allocator.deadline import Deadline, TimeUpError
from allocator.engines import Portfolio, Settings
from allocator.engines.highs import Highs
from allocator.inputs.problem import Problem, World
from allocator.model import build
from allocator.model.scope import alone
from allocator.model.variables import Variables
from allocator.results.result import Contest, Gaps, Result
from allocator.search.blockers.gaps import PARTS, own_rules, price
from allocator.search.plan.contested import Conflicts

NO_RULES = ("R2 one_per",)
"""Where dropping all of the task's own rules does not help."""


def recheck_short(
    problem: Problem, world: World, result: Result, deadline: Deadline, found: SecondOpinion
) -> None:
    """Add to `found` what comes of it.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. result: what is claimed. deadline: when to end at the latest.
    """
    best = problem.meeting(world, problem.open_preconditions(world))
    works = [
        _Gap(problem, best, record.task, record.gaps, deadline, found).run
        for record in result.tasks
        if record.verdict == "short"
    ]
    if result.plan.status != "unknown":
        works.append(partial(_contests, problem, world, result, deadline, found))
    for work in works:
        try:
            work()
        except TimeUpError:
            found.undecided.append("gaps and contested tasks: no time to state the question")


# --- gaps -----------------------------------------------------------------------------------


class _Gap:
    """What one short task is said to lack."""

    def __init__(
        self,
        problem: Problem,
        best: World,
        task: str,
        said: Gaps,
        deadline: Deadline,
        found: SecondOpinion,
    ) -> None:
        self._problem, self._best, self._task = problem, best, problem.task(task)
        self._said, self._deadline, self._found = said, deadline, found
        self._claim = f"{task}: its gap"
        self._scope = replace(alone(problem, best, task), added=True)

    def run(self) -> None:
        """As the status says."""
        match self._said.units_status:
            case "none":
                self._no_units()
            case "unknown":
                self._unknown()
            case _:
                self._units()

    def _units(self) -> None:
        variables = build(self._problem, self._scope, self._deadline.check)
        said = {(a.line, a.capability, a.period): a.quantity for a in self._said.units}
        if strange := said.keys() - variables.added.keys():
            self._fault(f"nothing can be added at {min(strange)}")
        elif self._suffices(variables, said):
            self._fewest(variables, said)

    def _suffices(self, variables: Variables, said: dict[tuple[str, str, int], int]) -> bool:
        engines = Portfolio(variables.program, Settings())
        fixed = {variable: said.get(key, 0) for key, variable in variables.added.items()}
        program = variables.program
        if any(not program.low[v] <= n <= program.high[v] for v, n in fixed.items()):
            self._fault("more is added than any line takes")
            return False
        outcome = engines.feasible(self._deadline, fixed)
        if outcome.values is not None and self._passes(variables, outcome.values):
            self._found.proofs["gaps: what is added staffs the task, by the checker"] += 1
            return True
        if outcome.status == "infeasible" and engines.refutes(self._deadline, fixed):
            self._fault("the units said do not staff the task")
        else:
            self._open("that the units said staff the task")
        return False

    def _passes(self, variables: Variables, values: Sequence[int]) -> bool:
        added = {
            (self._task.id, line, capability, period): units
            for (line, capability, period), units in variables.added_units(values).items()
        }
        only = self._problem.companions(self._task.id)
        allocation = variables.allocation(values)
        return not violations(self._problem, self._best, allocation, only=only, added=added)

    def _fewest(self, variables: Variables, said: dict[tuple[str, str, int], int]) -> None:
        objective, exact = price(variables, self._task)
        places = {variable: key for key, variable in variables.added.items()}
        total = sum(share * said.get(places[v], 0) for share, v in objective.terms)
        outcome = Highs(variables.program).ask(self._deadline.part(0.5), objective=objective)
        best = None if outcome.values is None else objective.value(outcome.values)
        sure = self._said.units_status == "optimal"
        if best is not None and best < total:
            fault = "fewer units do, by a second engine"
            self._fault(fault) if sure else self._found.left_open(f"{self._claim}: {fault}")
        elif outcome.bound is None or outcome.bound < total:
            self._open("that no fewer units do")
        elif sure:
            self._found.proofs["gaps: no fewer units do, by a second engine"] += 1
        elif exact:
            self._found.left_open(f"{self._claim}: no fewer units do, by a second engine")

    def _unknown(self) -> None:
        program = build(self._problem, self._scope, self._deadline.check).program
        outcome = Portfolio(program, Settings()).feasible(self._deadline)
        if outcome.values is not None and self._found.command != "packages":
            self._found.left_open(f"{self._claim}: said to be unknown; units would do")

    def _no_units(self) -> None:
        variables = build(self._problem, self._scope, self._deadline.check)
        engines = Portfolio(variables.program, Settings())
        values = engines.feasible(self._deadline).values
        if values is not None and self._passes(variables, values):
            self._fault("units would do, and none are said to")
        elif engines.refutes(self._deadline):
            self._found.proofs["gaps: no units do, by a second engine"] += 1
            self._rules()
        else:
            self._open("that no units do")

    def _rules(self) -> None:
        """Without all of the rules said units do, with any of them they do not."""
        names = {PARTS[name]: name for name in own_rules(self._task)}
        said = self._said.rules
        if not said:
            self._found.left_open(f"{self._claim}: no units do, and no rule is named")
        elif said == NO_RULES:
            self._dropping(tuple(names), does=False)
        elif strange := set(said) - set(names):
            self._fault(f"the task has no rule {min(strange)}")
        else:
            self._dropping(said, does=True)
            for one in said:
                self._dropping(tuple(other for other in said if other != one), does=False)

    def _dropping(self, rules: tuple[str, ...], *, does: bool) -> None:
        scope = replace(self._scope, droppable=tuple(own_rules(self._task)))
        variables = build(self._problem, scope, self._deadline.check)
        engines = Portfolio(variables.program, Settings())
        fixed = {v: int(PARTS[name] in rules) for (_, name), v in variables.switches.items()}
        claim = f"dropping {' and '.join(rules) or 'no rule'}"
        if engines.feasible(self._deadline, fixed).values is not None:
            answer = True
        elif engines.refutes(self._deadline, fixed):
            answer = False
        else:
            self._open(claim)
            return
        if answer == does:
            self._found.proofs["rules that stand in the way, by two engines"] += 1
        else:
            self._fault(f"{claim}, units {'do' if answer else 'do not help'}")

    def _fault(self, text: str) -> None:
        self._found.faults.append(f"{self._claim}: {text}")

    def _open(self, text: str) -> None:
        self._found.undecided.append(f"{self._claim}: {text}")


# --- contested tasks ------------------------------------------------------------------------


def _contests(
    problem: Problem, world: World, result: Result, deadline: Deadline, found: SecondOpinion
) -> None:
    """Every ready task that the plan leaves out, said to be contested or not."""
    said = {contest.task: contest for contest in result.plan.contested}
    for record in result.tasks:
        if record.task in result.plan.staffed or record.verdict != "ready":
            continue
        staffed = sorted(result.plan.staffed)
        asking = Conflicts(problem, world, record.task, staffed, Settings(), deadline)
        if contest := said.get(record.task):
            _contest(asking, contest, found)
        elif asking.refuted(asking.everything):
            found.left_open(f"{record.task}: not said to be contested; it is, by two engines")


def _contest(asking: Conflicts, contest: Contest, found: SecondOpinion) -> None:
    """That these cannot be had together, and that each has its part in it."""
    claim = f"contested {contest.task}"
    needed = [("task", name) for name in contest.rivals] + [("line", n) for n in contest.lines]
    if asking.possible(needed):
        found.faults.append(f"{claim}: beside the rivals said it can be staffed")
    elif not asking.refuted(needed):
        found.undecided.append(f"{claim}: that it cannot be staffed beside the rivals said")
    else:
        found.proofs["contested tasks, by two engines"] += 1
        for one in needed:
            if asking.refuted([other for other in needed if other != one]):
                found.left_open(f"{claim}: {one[1]} has no part in it")
