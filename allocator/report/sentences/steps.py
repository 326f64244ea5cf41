"""A proof by steps in a planner's words: who is kept out by what, and what is then too little."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from allocator.checker.constraints import Variable
from allocator.checker.rows import Rows
from allocator.checker.steps import place_of, pushed
from allocator.checker.task_rows import WITHOUT
from allocator.inputs.problem import Problem, World
from allocator.report.sentences.amounts import amount
from allocator.results.certificate import Step
from allocator.words import count, listing, plural

MOST_TOLD = 6
"""Clauses; a longer proof is for programs."""


def told(
    problem: Problem, world: World, task: str, nations: Collection[str], steps: Sequence[Step]
) -> tuple[str, ...]:
    """Say the steps in order, a clause each, what one caveat does to a nation in one.

    Args:
        problem: the problem.
        world: the world in which the steps show a no.
        task: the task that cannot be staffed.
        nations: who may contribute to it.
        steps: sound ones.

    Returns:
        the clauses; none where there are more than people would read, or cases told apart.
    """
    if any(step.cases for step in steps):
        return ()
    clauses = list(dict.fromkeys(_clauses(problem, Rows(problem, world, task, nations), steps)))
    if len(clauses) == 1:
        return (clauses[0].removeprefix("then "),)
    return tuple(clauses) if len(clauses) <= MOST_TOLD else ()


def _clauses(problem: Problem, rows: Rows, steps: Sequence[Step]) -> Iterator[str]:
    bounds = dict(rows.bounds)
    for step in steps:
        if step.added:
            yield _together(step)
            return
        row = rows.rows[place_of(step)]
        if step.at is None:
            most = {v: bounds[v][1] for v, coefficient in row.terms if coefficient > 0}
            yield _end(problem, step, most)
            return
        variable = Variable(**step.at.model_dump())
        bounds[variable] = pushed(row, variable, bounds)
        yield _push(problem, step)


def _push(problem: Problem, step: Step) -> str:
    """One bound pushed on."""
    assert step.at is not None
    at, when = step.at, f"in period {step.period}" if step.period else ""
    caveat, without, missing = step.what.partition(WITHOUT)
    if step.rule == "R5" and step.units == 0:
        return f"{caveat} keeps {step.nation} out of {step.task}{without}{missing} {when}"
    if step.rule == "R10" and at.kind == "staffed" and step.bound == "at least":
        return f"{step.task} asks that {step.what} is staffed"
    if step.rule == "R10" and step.what == "condition":
        return f"the condition of {step.task} cannot hold {when}"
    if at.kind == "units":
        units = amount(problem, at.capability, step.units)
        because = step.what if step.rule == "R5" else step.rule
        return f"{at.nation} sends {at.line} of {at.task} {step.bound} {units} {when} ({because})"
    if at.kind == "staffed":
        must = "must be" if step.bound == "at least" else "cannot be"
        return f"{at.task} {must} staffed ({step.rule})"
    does = {"contributes": "contribute to", "leads": "lead", "sends": f"fill {at.line} of"}
    may = "must" if step.bound == "at least" else "cannot"
    return f"{at.nation} {may} {does[at.kind]} {at.task} ({step.rule})"


def _end(problem: Problem, step: Step, most: dict[Variable, int]) -> str:
    """The row that cannot hold. most: of what helps, as far as it may still come."""
    when = f" in period {step.period}" if step.period else ""
    if step.rule == "R1":
        return f"then {_short_line(problem, step, most)}{when}"
    if step.rule == "R6" and step.what == "at least":
        who = sorted(v.nation for v, units in most.items() if units)
        least = problem.task(step.task).min_nations
        return f"then {listing(who) or 'nobody'} may contribute to {step.task}, {least} must"
    if step.rule == "R8" and step.what == "one leads":
        return f"then nobody that may lead {step.task} can"
    if step.rule == "R8" and step.nation:
        return f"then {step.nation}, which has to lead {step.task}, cannot{when}"
    if step.rule == "R10":
        return f"the condition of {step.task} cannot hold{when}"
    if step.rule == "R5":
        return f"then {step.what} lets {step.nation} send {step.task} too little{when}"
    about = listing([name for name in (step.nation, step.line, step.capability) if name])
    return f"then {step.rule} cannot hold at {step.task or about}{when}"


def _together(step: Step) -> str:
    """The rows that cannot all hold, by what they ask for."""
    lines = {(row.task, row.line) for row in step.added if row.line and row.rule in ("R1", "R2")}
    periods = sorted({row.period for row in step.added} - {0})
    when = f" in {plural('period', len(periods))} {listing(map(str, periods))}"
    asked = [f"{line} of {task}" for task, line in sorted(lines)]
    rules = listing(sorted({row.rule for row in step.added}, key=lambda rule: int(rule[1:])))
    what = f"{listing(asked)} cannot all be filled" if asked else "not all of it can hold"
    return f"then {what}{when if periods else ''} (added up: {rules})"


def _short_line(problem: Problem, step: Step, most: dict[Variable, int]) -> str:
    """What a line needs, and what may still come to it, by nation."""
    line = problem.task(step.task).line(step.line)
    units: dict[str, int] = {}
    for variable, number in most.items():
        weighted = number * line.weights[variable.capability]
        units[variable.nation] = units.get(variable.nation, 0) + weighted
    who = ", ".join(f"{nation} {number}" for nation, number in sorted(units.items()) if number)
    need = count(line.minimum, "unit")
    return f"{step.line} of {step.task} needs {need}, at most {sum(units.values())} may come" + (
        f": {who}" if who else ""
    )
