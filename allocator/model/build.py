"""The whole program of a scope: variables, then the rules in their order."""

from __future__ import annotations

from collections.abc import Collection

from allocator.inputs.problem import Line, Problem, Task
from allocator.model.program import Check, go_on
from allocator.model.rules import (
    r01_staffed,
    r02_scaled,
    r03_capacity,
    r04_release,
    r05_caveats,
    r06_nations,
    r07_share,
    r08_lead,
    r09_contribution,
    r10_condition,
    r11_offers,
)
from allocator.model.rules.rule import Rule
from allocator.model.scope import Scope
from allocator.model.variables import Variables

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        r01_staffed.RULE,
        r02_scaled.RULE,
        r04_release.RULE,  # It makes the variables of released units that R3 reads.
        r03_capacity.RULE,
        r05_caveats.RULE,
        r06_nations.RULE,
        r07_share.RULE,
        r08_lead.RULE,
        r09_contribution.RULE,
        r10_condition.RULE,
        r11_offers.RULE,
    )
}
"""All rules, in the order in which they enter the program: the one list of them."""

MOST_ADDED = 1_000_000
"""More units than this are not added to a line: a shortage beyond it is no figure to plan with."""


def build(
    problem: Problem,
    scope: Scope,
    check: Check = go_on,
    rules: Collection[str] = tuple(RULES),
) -> Variables:
    """Return the program of the scope. `check` is called again and again on the way, and may raise
    to end it. rules: those that it keeps. Raises TooLargeError where 64-bit integers would
    overflow.

    problem: the model that is asked about, with its tables.
    """
    variables = Variables(problem, scope, check)
    if scope.added and scope.task is not None:
        _add_units(variables, problem.task(scope.task))
    for name, rule in RULES.items():
        if name in rules:
            rule.apply(variables)
    _nation_switches(variables)
    variables.program.check = go_on
    return variables


def _add_units(v: Variables, task: Task) -> None:
    for line in task.lines:
        for capability, weight in line.weights.items():
            for period in task.periods:
                most = _most_added(line, weight)
                if most:
                    v.added[line.id, capability, period] = v.program.variable(0, most)


def _most_added(line: Line, weight: int) -> int:
    """No line needs more than its minimum once over; a scaled one, what it takes."""
    return MOST_ADDED if line.scaled else -(-line.minimum // weight)


def _nation_switches(v: Variables) -> None:
    """A nation contributes to the scope's task only where its switch is on."""
    if v.scope.nations is None or v.scope.task is None:
        return
    for nation in v.scope.nations:
        units = [(1, s.variable) for s in v.at(v.scope.task) if s.nation == nation]
        if units:
            allowed = v.switches["nation", nation]
            v.program.at_most([*units, (-v.program.most(units), allowed)], 0)
