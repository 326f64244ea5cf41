"""A difference between two runs in a planner's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from allocator.analysis.comparison.difference import Difference
from allocator.analysis.comparison.values import Committed, Limit, Offered, Standing
from allocator.inputs.conditions import show
from allocator.inputs.problem import Problem
from allocator.report.sentences import names
from allocator.words import count, listing

_WORDS = {
    "requires": "condition",
    "min_nations": "fewest nations",
    "max_nations": "most nations",
    "members": "nations that must contribute",
    "reinforces": "tasks that it is a reserve for",
    "max_share": "largest share of a nation",
    "lead": "framework nation",
    "periods": "window",
    "any_of": "units that fill it",
    "one_per": "scaled",
    "min_contribution": "least contribution of a nation",
}

_THINGS = {
    "precondition": ("precondition", ""),
    "task": ("figure", " of tasks"),
    "line": ("figure", " of lines"),
    "horizon": ("horizon", ""),
    "caveat": ("caveat", ""),
    "commitment": ("commitment", ""),
    "availability": ("figure", " of availability"),
    "capability": ("capability", ""),
    "offer": ("offer", ""),
    "count": ("status from which offers count", ""),
}
"""By kind: what is counted, and of what."""


def phrase(difference: Difference, task: str = "", problem: Problem | None = None) -> str:
    """What is otherwise than in the base.

    difference: what it is. task: whose sentence it stands in, its own name left out. problem:
    where people read it, the model that names preconditions and tasks; else ids stand.
    """
    key = difference.key
    match key.kind:
        case "precondition":
            return _standing(difference, problem)
        case "availability":
            return f"{key.id}: {_cells(difference, problem, plain=True)}"
        case "commitment" | "caveat" | "offer":
            return _row(difference, problem)
        case "count":
            return f"offers counted: {_cells(difference, problem, plain=True)}"
        case "horizon":
            return f"horizon in periods: {_cells(difference, problem, plain=True)}"
        case "capability":
            return f"{key.id}: {_cells(difference, problem)}"
    own = key.id == task
    where = _where(key.kind, key.id, task, problem)
    if key.column:
        text = _cells(difference, problem)
        return text if own else f"{where}: {text}"
    there = "is new" if difference.before is None else "is gone"
    told = difference.after or difference.before
    needs = f" ({told.cells()[key.kind]})" if told else ""
    return f"{key.kind} {where}{needs} {there}"


def _where(kind: str, key: str, task: str, problem: Problem | None) -> str:
    """The task, or its line without what the sentence is about."""
    named = names.of_tasks(problem)
    if kind != "line":
        return named(key)
    of, _, line = key.partition(".")
    if of == task:
        return line
    return key if named(of) == of else f"{line} of {named(of)}"


def _standing(difference: Difference, problem: Problem | None) -> str:
    name = names.of_preconditions(problem)(difference.key.id)
    before, after = difference.before, difference.after
    told = []
    for column, was, now in difference.cells():
        if column == "world" and isinstance(after, Standing):
            told.append(now + _since(before))
        elif column == "status" and now in ("open", "ruled_out") and after is not None:
            told.append({"open": "may be brought about", "ruled_out": "is ruled out"}[now])
        elif column == "implies":
            now, was = (names.condition(problem, text) for text in (now, was))
            told.append(f"brings about {now or 'nothing else'}" + (f", not {was}" if was else ""))
    if after is None:
        return f"{name} is no longer known"
    return f"{name} {listing(told)}"


def _since(before: object) -> str:
    """From when it held in the base, where it did."""
    if isinstance(before, Standing) and before.start is not None:
        return f" (in the base from {before.begins})"
    return ""


def _row(difference: Difference, problem: Problem | None) -> str:
    name = f"{difference.key.kind} {difference.key.id}"
    told = difference.after or difference.before
    if isinstance(told, Committed | Offered):
        name += f" ({told.nation} {told.capability})"
    elif isinstance(told, Limit):
        name += f" ({told.nation})"
    if difference.after is None:
        return f"{name} is gone"
    if difference.before is None:
        return f"{name} is new{names.condition(problem, _terms(difference.after))}"
    return f"{name}: {_cells(difference, problem)}"


def _terms(value: object) -> str:
    if isinstance(value, Limit):
        return f": requires {show(value.requires)}"
    if isinstance(value, Offered):
        return f": {value.cells()['quantity']}, {value.status}"
    return f": {value.cells()['quantity']}" if isinstance(value, Committed) else ""


def _cells(difference: Difference, problem: Problem | None, *, plain: bool = False) -> str:
    """`minimum 48 instead of 24`; `plain` without the column's name."""
    told = []
    for column, before, after in difference.cells():
        name = "" if plain else f"{_WORDS.get(column, column)} "
        if "requires" in column:
            before, after = (names.condition(problem, text) for text in (before, after))
        told.append(f"{name}{after or 'nothing'} instead of {before or 'nothing'}")
    return listing(told)


def summary(found: Sequence[Difference]) -> str:
    """How many differences of each kind: `2 preconditions, 31 figures of lines`."""
    numbers = Counter(map(_thing, found))
    return listing(count(number, noun) + rest for (noun, rest), number in numbers.items())


def _thing(found: Difference) -> tuple[str, str]:
    if found.key.kind in ("task", "line") and not found.key.column:
        return found.key.kind, " that one run alone has"
    return _THINGS[found.key.kind]
