"""What conditions name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from allocator.inputs.checks.references import thing_and_place
from allocator.inputs.conditions import (
    Always,
    And,
    AtLeast,
    Condition,
    Joins,
    LedBy,
    Never,
    Or,
    Precondition,
    Staffed,
    leaves,
    show,
)
from allocator.inputs.draft import Draft
from allocator.inputs.issues import Issue
from allocator.inputs.messages import issue
from allocator.inputs.schema import Row
from allocator.inputs.show import quoted
from allocator.near import near


def every_condition(draft: Draft) -> Iterator[tuple[Row, str, Condition]]:
    """All conditions of a workspace, each with its row and column."""
    for commitment in draft.commitments:
        if commitment.release_requires is not None:
            yield commitment, "release_requires", commitment.release_requires
    for caveat in draft.caveats:
        if caveat.requires is not None:
            yield caveat, "requires", caveat.requires
    for offer in draft.offers:
        if offer.requires is not None:
            yield offer, "requires", offer.requires
    for precondition in draft.preconditions:
        if precondition.after is not None:
            yield precondition, "after", precondition.after
    for _, task in draft.tasks:
        if task.requires is not None:
            yield task, "requires", task.requires


def unknown_in_conditions(draft: Draft) -> Iterator[Issue]:
    """Preconditions, nations and tasks; a task may be of another model."""
    for row, column, condition in every_condition(draft):
        for leaf in dict.fromkeys(leaves(condition)):
            name, what = _named(leaf)
            known = draft.known(what)
            if name and known is not None and name not in known:
                thing, where = thing_and_place(draft, what)
                place, meant = draft.place(row, column), _meant(draft, leaf, name, what)
                found, expected = quoted(show(leaf)), f"{thing} of {where}"
                yield issue("W403", place, found, expected, meant, where=where)


def release_without_a_task(draft: Draft) -> Iterator[Issue]:
    """A release belongs to no task, so that what is asked of one has no place in it."""
    for row, column, condition in every_condition(draft):
        if column == "release_requires":
            for leaf in dict.fromkeys(leaves(condition)):
                if isinstance(leaf, Joins | LedBy | Staffed):
                    yield issue("W404", draft.place(row, column), quoted(show(leaf)))


def waiting_without_a_task(draft: Draft) -> Iterator[Issue]:
    """An act belongs to no task either; what its holder waits for is met, or is staffed."""
    for row, column, condition in every_condition(draft):
        if column == "after":
            for leaf in dict.fromkeys(leaves(condition)):
                if not isinstance(leaf, Always | Never | Precondition | Staffed):
                    yield issue("W406", draft.place(row, column), quoted(show(leaf)))


def counts_out_of_reach(draft: Draft) -> Iterator[Issue]:
    """An at_least that asks for none of its entries, or for more than it has."""
    for row, column, condition in every_condition(draft):
        for part in _counts(condition):
            most = len(part.parts)
            if not 1 <= part.count <= most:
                place, found = draft.place(row, column), f"{part.count} of its {most} entries"
                yield issue("W528", place, found, f"a number from 1 to {most}")


def _counts(condition: Condition) -> Iterator[AtLeast]:
    if isinstance(condition, AtLeast):
        yield condition
    if isinstance(condition, AtLeast | And | Or):
        for part in condition.parts:
            yield from _counts(part)


def _named(leaf: Condition) -> tuple[str, str]:
    match leaf:
        case Precondition(id=name):
            return name, "preconditions"
        case Joins(nation=name) | LedBy(nation=name):
            return name, "nations"
        case Staffed(task=name):
            return name, "tasks"
    return "", ""


def _meant(draft: Draft, leaf: Condition, name: str, what: str) -> str:
    """The near name; a nation or a task that stands alone lacks its `joins` or `staffed`."""
    if what == "preconditions":
        for other, form in (("nations", f"joins({name})"), ("tasks", f"staffed({name})")):
            if name in (draft.known(other) or ()):
                return form
    nearest = near(name, draft.known(what) or ())
    forms: dict[type, Callable[[str], Condition]] = {Joins: Joins, LedBy: LedBy, Staffed: Staffed}
    return show(forms.get(type(leaf), Precondition)(nearest)) if nearest else ""
