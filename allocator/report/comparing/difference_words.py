"""A difference between two runs in a planner's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from allocator.analysis.comparison.difference import Difference
from allocator.analysis.comparison.values import Committed, Limit, Offered, Standing
from allocator.inputs.conditions import show
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


def phrase(difference: Difference, task: str = "") -> str:
    """What is otherwise than in the base; within a sentence about a task its own name is left
    out."""
    key = difference.key
    match key.kind:
        case "precondition":
            return _standing(key.id, difference)
        case "availability":
            return f"{key.id}: {_cells(difference, plain=True)}"
        case "commitment" | "caveat" | "offer":
            return _row(difference)
        case "count":
            return f"offers counted: {_cells(difference, plain=True)}"
        case "horizon":
            return f"horizon in periods: {_cells(difference, plain=True)}"
        case "capability":
            return f"{key.id}: {_cells(difference)}"
    where = key.id.removeprefix(f"{task}.") if key.kind == "line" else key.id
    if key.column:
        text = _cells(difference)
        return text if where == task else f"{where}: {text}"
    there = "is new" if difference.before is None else "is gone"
    told = difference.after or difference.before
    needs = f" ({told.cells()[key.kind]})" if told else ""
    return f"{key.kind} {where}{needs} {there}"


def _standing(name: str, difference: Difference) -> str:
    before, after = difference.before, difference.after
    told = []
    for column, was, now in difference.cells():
        if column == "world" and isinstance(after, Standing):
            told.append(now + _since(before))
        elif column == "status" and now in ("open", "ruled_out") and after is not None:
            told.append({"open": "may be brought about", "ruled_out": "is ruled out"}[now])
        elif column == "implies":
            told.append(f"brings about {now or 'nothing else'}" + (f", not {was}" if was else ""))
    if after is None:
        return f"{name} is no longer known"
    return f"{name} {listing(told)}"


def _since(before: object) -> str:
    """From when it held in the base, where it did."""
    if isinstance(before, Standing) and before.start is not None:
        return f" (in the base from {before.begins})"
    return ""


def _row(difference: Difference) -> str:
    name = f"{difference.key.kind} {difference.key.id}"
    told = difference.after or difference.before
    if isinstance(told, Committed | Offered):
        name += f" ({told.nation} {told.capability})"
    elif isinstance(told, Limit):
        name += f" ({told.nation})"
    if difference.after is None:
        return f"{name} is gone"
    if difference.before is None:
        return f"{name} is new{_terms(difference.after)}"
    return f"{name}: {_cells(difference)}"


def _terms(value: object) -> str:
    if isinstance(value, Limit):
        return f": requires {show(value.requires)}"
    if isinstance(value, Offered):
        return f": {value.cells()['quantity']}, {value.status}"
    return f": {value.cells()['quantity']}" if isinstance(value, Committed) else ""


def _cells(difference: Difference, *, plain: bool = False) -> str:
    """`minimum 48 instead of 24`; `plain` without the column's name."""
    told = []
    for column, before, after in difference.cells():
        name = "" if plain else f"{_WORDS.get(column, column)} "
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
