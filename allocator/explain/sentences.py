"""A task's situation in a planner's words. Plain text, one thought a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from allocator.explain.factoring import factor
from allocator.explain.factoring import sentence as factored_sentence
from allocator.explain.likelihood import phrase
from allocator.explain.names import amount, count, listing, periods
from allocator.problem import Problem
from allocator.result import AddedUnits, Contest, Family, Gaps, Lift, Packages, TaskRecord

if TYPE_CHECKING:
    from allocator.run import SumProof

_SITUATION = {
    "ready": "Can be staffed in this world.",
    "blocked": "Cannot be staffed in this world, but can be once open preconditions are met.",
    "short": "Cannot be staffed even if every open precondition is met.",
    "unknown": "Not decided: the run stopped before the answer was proved.",
}

_OBJECTIVES = {
    "staff_tasks": "tasks staffed",
    "meet_targets": "shortfall against targets, weighted",
    "protect_commitments": "risk of released commitments, summed over periods",
    "economy": "people deployed, summed over periods",
    "fewer_contingents": "contingents (a nation at a task)",
    "share_burden": "largest burden of a nation, per thousand active personnel",
}


def situation(record: TaskRecord) -> str:
    """The verdict in a sentence."""
    return _SITUATION[record.verdict]


def objective(name: str) -> str:
    """An objective in words: `staff_tasks[1]` is `tasks of priority 1 staffed`."""
    base, _, priority = name.partition("[")
    if base == "staff_tasks" and priority:
        return f"tasks of priority {priority.rstrip(']')} staffed"
    return _OBJECTIVES.get(base, base)


def packages_found(packages: Packages) -> str:
    """How many packages there are, and whether that is all of them."""
    if not packages.sets:
        return "no package listed yet; the search was cut off" if not packages.complete else "none"
    return _found(len(packages.sets), "package", packages.complete)


def ways_found(family: Family) -> str:
    """How many unlocking sets there are, and whether that is all of them."""
    if not family.sets:
        return "no way listed yet; the search was cut off" if not family.complete else "none"
    return _found(len(family.sets), "way", family.complete)


def _found(number: int, thing: str, complete: bool) -> str:
    return count(number, thing) if complete else f"at least {count(number, thing)} (cut off)"


def factored(family: Family) -> str:
    """The unlocking sets, factored: `a and b, and one of c or d`."""
    text = factored_sentence(factor(family.sets))
    return text if family.complete else f"{text} (cut off: there may be further ways)"


def blocking(sets: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """A sentence for each blocking set."""
    return tuple(
        f"While {_none_of(members)} brought about, nothing else helps." for members in sets
    )


def _none_of(members: Sequence[str]) -> str:
    match members:
        case [one]:
            return f"{one} is not"
        case [one, other]:
            return f"neither {one} nor {other} is"
    return f"none of {listing(members)} is"


def precondition(problem: Problem, name: str) -> str:
    """What it is, who can bring it about, and how likely that is."""
    known = problem.preconditions[name]
    holder = f"in the hands of {known.holder}" if known.holder else "holder not named"
    title = "" if known.name == name else f"{known.name}; "
    return f"{name}: {title}{known.kind}; {holder}; likelihood {phrase(known.likelihood)}"


def missing(problem: Problem, units: Iterable[AddedUnits]) -> tuple[str, ...]:
    """What is to be added, a sentence for each line and kind of unit; equal periods together."""
    when: dict[tuple[str, str, int], list[int]] = {}
    for unit in units:
        when.setdefault((unit.line, unit.capability, unit.quantity), []).append(unit.period)
    return tuple(
        f"{line} lacks {amount(problem, capability, quantity)} in {periods(found)}"
        for (line, capability, quantity), found in when.items()
    )


def gap_status(gaps: Gaps) -> str:
    """How far the missing units are proved to be the least."""
    return {
        "optimal": "proved to be the least that helps",
        "feasible": "enough, but fewer may do",
        "none": "",
        "unknown": "not worked out in time",
    }[gaps.units_status]


def sums(problem: Problem, task: str, proofs: Iterable[SumProof]) -> tuple[str, ...]:
    """The sums that prove a task short; equal periods together."""
    when: dict[tuple[str, int, int, tuple[tuple[str, str, int], ...]], list[int]] = {}
    for proof in proofs:
        key = (proof.line, proof.minimum, proof.supply, tuple(proof.parts))
        when.setdefault(key, []).append(proof.period)
    return tuple(
        f"{line} needs {_needed(problem, task, line, minimum)} in {periods(found)}; all nations "
        f"together, every open precondition met, have {supply:,}{_parts(parts)}."
        for (line, minimum, supply, parts), found in when.items()
    )


def _needed(problem: Problem, task: str, line_id: str, minimum: int) -> str:
    """In units of the capability where the line takes only one, and that counts once."""
    known = {line.id: line for line in problem.task(task).lines}
    weights = known[line_id].weights if line_id in known else {}
    if list(weights.values()) == [1]:
        return amount(problem, next(iter(weights)), minimum)
    return f"{minimum:,}"


def _parts(parts: Sequence[tuple[str, str, int]]) -> str:
    totals: dict[str, int] = {}
    for nation, _, units in parts:
        totals[nation] = totals.get(nation, 0) + units
    shown = ", ".join(f"{n} {u:,}" for n, u in sorted(totals.items(), key=lambda t: (-t[1], t[0])))
    return f": {shown}" if shown else ""


def rules(gaps: Gaps) -> tuple[str, ...]:
    """The rules that no added units help against."""
    return tuple(f"More units do not help against: {rule}" for rule in gaps.rules)


def lift(problem: Problem, found: Lift) -> str:
    """Caveats and commitments to lift, with nation and place."""
    rows = {f"caveat {c.id}": f"{c.nation}, {c.place}" for c in problem.caveats}
    rows |= {f"commitment {c.id}": f"{c.nation}, {c.place}" for c in problem.commitments}
    named = [f"caveat {i}" for i in found.caveats] + [f"commitment {i}" for i in found.commitments]
    return listing(f"{name} ({rows[name]})" if name in rows else name for name in named)


def contest(found: Contest) -> str:
    """Why a task that is ready alone is not in the joint plan."""
    tasks = f"{listing(found.rivals)} {'uses' if len(found.rivals) == 1 else 'use'}"
    where = f" on {listing(found.lines)}" if found.lines else ""
    return f"Ready alone, but not in the joint plan: {tasks} the same forces{where}."


def undecided(sets: Sequence[Sequence[str]]) -> str:
    """How many sets of preconditions were left without an answer; blank for none."""
    if not sets:
        return ""
    number = count(len(sets), "set")
    return f"{number} of preconditions not decided in time: {listing(sets[0])}" + (
        ", …" if len(sets) > 1 else ""
    )
