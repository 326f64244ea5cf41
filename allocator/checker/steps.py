"""Steps that show a no, taken again: each pushes one bound on by one row, the last leaves a row,
or a sum of rows, that cannot hold.

Bound propagation on whole-number rows (Savelsbergh 1994); sums of rows after Farkas (1902).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from allocator.checker.constraints import Bounds, Place, Row, Terms, Variable, make_row
from allocator.checker.rows import Rows
from allocator.results.certificate import Addend, Placed, Step

CASES = Place("cases", "at most or more")
"""Where a step stands that tells two cases apart."""

MOST_NESTED = 60
"""Cases within cases; a proof with more of them is not followed."""


def steps_faults(
    rows: Rows, steps: Iterable[Step], bounds: Bounds | None = None, nested: int = 0
) -> Iterator[str]:
    """What is wrong with steps that should show that the rows cannot all hold; nothing for sound
    ones.

    Args:
        rows: the rows of the question, in the checker's own words.
        steps: in order; each names its row; the last one changes no bound.
        bounds: where they begin; the rows' own where left out.
        nested: within so many cases.
    """
    bounds = dict(rows.bounds if bounds is None else bounds)
    for number, step in enumerate(steps, 1):
        if step.cases:
            yield from _cases_faults(rows, step, bounds, nested + 1)
            return
        if step.added:
            yield from sum_of_rows_faults(rows, step.added, bounds)
            return
        row = rows.rows.get(place_of(step))
        if row is None:
            yield f"step {number} names a row that is not there: {said(step)}"
            return
        if rows.lifted(row, bounds):
            yield f"step {number} takes a condition as failing that could hold: {said(step)}"
            return
        if step.at is None:
            if most(row, bounds) >= row.least:
                yield f"step {number} says that a row cannot hold that can: {said(step)}"
            return
        variable = Variable(**step.at.model_dump())
        if variable not in dict(row.terms):
            yield f"step {number} is about what its row does not count: {said(step)}"
            return
        bounds[variable] = pushed(row, variable, bounds)
        low, high = bounds[variable]
        if (step.bound == "at least" and low < step.units) or (
            step.bound == "at most" and high > step.units
        ):
            yield f"step {number} goes further than its row does: {said(step)}"
            return
    yield "the steps end before a row cannot hold"


def _cases_faults(rows: Rows, step: Step, bounds: Bounds, nested: int) -> Iterator[str]:
    """What is wrong with two cases of which neither should hold: whatever whole number is counted,
    it is one of at most so many units, or one of more."""
    variable = Variable(**step.at.model_dump()) if step.at else None
    told_apart = place_of(step) == CASES and variable in bounds and len(step.cases) == 2
    if not told_apart or variable is None or nested > MOST_NESTED:
        yield f"a step does not tell two cases apart: {said(step)}"
        return
    low, high = bounds[variable]
    for case, bound in zip(step.cases, ((low, step.units), (step.units + 1, high)), strict=True):
        yield from steps_faults(rows, case, bounds | {variable: bound}, nested)


def sum_of_rows_faults(rows: Rows, added: Iterable[Addend], bounds: Bounds) -> Iterator[str]:
    """What is wrong with rows that, each so many times, should add up to one that cannot hold.

    rows: of the question. added: the rows and how often each. bounds: where the steps left them.
    """
    terms: Terms = []
    least = 0
    for addend in added:
        row = rows.rows.get(place_of(addend))
        if row is None:
            yield f"a sum has a row that is not there: {said(addend)}"
            return
        if rows.lifted(row, bounds):
            yield f"a sum takes a condition as failing that could hold: {said(addend)}"
            return
        terms += [(variable, addend.times * coefficient) for variable, coefficient in row.terms]
        least += addend.times * row.least
    if most(make_row(Place("", ""), terms, least), bounds) >= least:
        yield "a sum of rows can hold"


def place_of(step: Placed) -> Place:
    """The row that a step names."""
    return Place(
        step.rule, step.what, step.task, step.nation, step.line, step.capability, step.period
    )


def said(step: Placed) -> str:
    """A step's place in short."""
    named = (
        step.task,
        step.nation,
        step.line,
        step.capability,
        step.period and f"period {step.period}",
    )
    return f"{step.rule} {step.what} " + ", ".join(filter(None, map(str, filter(None, named))))


def most(row: Row, bounds: Bounds) -> int:
    """The most that the row's left side can be."""
    return sum(_greatest(coefficient, bounds[v]) for v, coefficient in row.terms)


def pushed(row: Row, variable: Variable, bounds: Bounds) -> tuple[int, int]:
    """The variable's bounds, narrowed by what the row needs of it where all else in the row helps
    as much as it can."""
    coefficient = dict(row.terms)[variable]
    low, high = bounds[variable]
    needed = row.least - (most(row, bounds) - _greatest(coefficient, (low, high)))
    if coefficient > 0:
        return max(low, -(-needed // coefficient)), high
    return low, min(high, needed // coefficient)


def _greatest(coefficient: int, bound: tuple[int, int]) -> int:
    return coefficient * bound[coefficient > 0]
