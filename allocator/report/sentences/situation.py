"""A task's situation in a planner's words. Plain text, one thought a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from allocator.inputs.problem import Problem, World
from allocator.inputs.schema.objectives import BY_ID
from allocator.report.sentences import names
from allocator.report.sentences.amounts import amount
from allocator.report.sentences.factoring import factor
from allocator.report.sentences.factoring import sentence as factored_sentence
from allocator.report.sentences.likelihood import phrase
from allocator.report.sentences.names import Name
from allocator.report.sentences.pool_ways import pool_ways
from allocator.results.result import (
    AddedUnits,
    Contest,
    Family,
    Gaps,
    Lift,
    Package,
    Packages,
    TaskRecord,
)
from allocator.words import count, listing

if TYPE_CHECKING:
    from allocator.results.blocking import SumProof

_SITUATION = {
    "ready": "Can be staffed in this world.",
    "blocked": "Cannot be staffed in this world, but can be once open preconditions are met.",
    "short": "Cannot be staffed even if every open precondition is met.",
    "unknown": "Not decided: the run stopped before the answer was proved.",
}

OVER_RANGES = {
    "surely ready": "Ready wherever the figures lie in their ranges.",
    "surely not": "Not ready wherever the figures lie in their ranges.",
    "open": "Whether it is ready depends on where the figures lie in their ranges.",
    "unknown": "Over the ranges of the figures: not decided in the time.",
}
"""By the verdict over the ranges."""


AS_MANY = "with as many tasks of each priority staffed as can be"
"""What plans a front of the joint plan is of: doing nothing would be on it otherwise."""

JOINT_FRONT = f"The joint plan, {AS_MANY}"


FRONT_COUNTS = (
    "Values are of all periods together, and count what stands beside the task as well; targets of "
    "tasks that are not staffed count as missed. A largest share is that of this task alone."
)
"""Of the front of a task: its table of packages counts people a period, and no other targets."""


def short_objective(name: str) -> str:
    """An objective, or one of a front, in a word or two."""
    if name == "largest_share":  # Of a front: no objective of models.
        return "largest share ‰"
    return BY_ID[name].short if name in BY_ID else name


def situation(record: TaskRecord) -> str:
    """The verdict in a sentence, and in another what it is over the ranges of figures."""
    told = _SITUATION[record.verdict]
    return f"{told} {OVER_RANGES[record.over_ranges]}" if record.over_ranges else told


def objective(name: str) -> str:
    """An objective in words: `staff_tasks[1]` is `tasks of priority 1 staffed`."""
    base, _, priority = name.partition("[")
    if base == "staff_tasks" and priority:
        return f"tasks of priority {priority.rstrip(']')} staffed"
    return BY_ID[base].title if base in BY_ID else base


def shown_objective(name: str) -> str:
    """An objective in words, as `figures` has its values."""
    kind = BY_ID.get(name.partition("[")[0])
    return kind.shown if kind and kind.shown else objective(name)


def figures(name: str, *values: int) -> list[str]:
    """Return values of an objective in the unit in which people read them, such as 54.0 target-
    periods for 54,000,000 millionths: with as many digits as tell them apart, and from nothing.

    name: of the objective. values: as the JSON has them.
    """
    kind = BY_ID.get(name.partition("[")[0])
    if kind is None or kind.per == 1:
        return [f"{value:,}" for value in values]
    found: list[str] = []
    for digits in range(1, len(str(kind.per))):
        found = [f"{value / kind.per:,.{digits}f}" for value in values]
        apart = len({abs(value) for value in values}) == len({text.lstrip("-") for text in found})
        told = zip(values, found, strict=True)
        if apart and all(not value or text.strip("-0.,") for value, text in told):
            break
    return found


def packages_found(packages: Packages) -> str:
    """How many packages there are, and whether that is all of them."""
    only = "".join(f" {phrase}" for phrase in (" and ".join(packages.only),) if phrase)
    if packages.in_all is not None:
        counted = f"{count(packages.in_all, 'package')}, all counted"
        if not packages.sets:
            return f"{counted}, none listed yet"
        return _whole_to(f"{counted}, {len(packages.sets):,} listed", packages)
    if not packages.sets:
        return "none listed yet (cut off)" if not packages.complete else f"none{only}"
    return _whole_to(_found(len(packages.sets), "package", packages.complete, only), packages)


def _whole_to(found: str, packages: Packages) -> str:
    """What was found, and of which sizes it is all."""
    if not packages.whole_to:
        return found
    return f"{found}; none of up to {count(packages.whole_to, 'nation')} is missing"


def first_packages(packages: Packages, most: int) -> tuple[str, list[Package]]:
    """What may be said of the first packages, and these: that they are the smallest only where
    none that is smaller can be missing."""
    first = list(packages.sets[:most])
    largest = max((len(package.nations) for package in first), default=0)
    sure = packages.complete or (packages.whole_to or 0) >= largest - 1
    return "the smallest" if sure else "the smallest known", first


def ways_found(family: Family) -> str:
    """How many unlocking sets there are, and whether that is all of them."""
    if family.in_all is not None:
        return f"{count(family.in_all, 'way')}, {_listed(family)}"
    if not family.sets:
        return "none listed yet (cut off)" if not family.complete else "none"
    return _found(len(family.sets), "way", family.complete)


def _listed(family: Family) -> str:
    """How many of the sets that were counted stand in the list."""
    return f"all counted; the {len(family.sets):,} of the least effort are listed"


def _found(number: int, thing: str, complete: bool, only: str = "") -> str:
    named = f"{count(number, thing)}{only}"
    return named if complete else f"at least {named} (cut off)"


def factored(family: Family, name: Name = str, longest: int | None = None) -> str:
    """The unlocking sets, factored: `a and b, and one of c or d`.

    family: the sets. name: what is read in place of an id. longest: letters of a choice; one with
    more is counted.
    """
    if family.in_all is not None:
        return f"one of {count(family.in_all, 'combination')}: {_listed(family)}"
    text = factored_sentence(factor(family.sets), name, longest)
    return text if family.complete else f"{text} (cut off: there may be further ways)"


def blocking_counted(family: Family) -> str:
    """How many blocking sets there are, of which some are listed; blank where all are."""
    if family.in_all is None:
        return ""
    return f"{count(family.in_all, 'blocking set')}, all counted; {len(family.sets):,} are listed."


def blocking(sets: Iterable[Sequence[str]], name: Name = str) -> tuple[str, ...]:
    """A sentence for each blocking set.

    name: what is read in place of an id.
    """
    return tuple(
        f"While {_none_of([*map(name, members)])} brought about, nothing else helps."
        for members in sets
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
    said = names.precondition(problem, name)
    own = "" if said == name else f" ({name})"
    chance = (
        phrase(known.likelihood) if known.likelihood is not None else "likelihood not estimated"
    )
    return f"{said}{own}: {known.kind}; {holder}; {chance}"


def missing(problem: Problem, units: Iterable[AddedUnits]) -> tuple[str, ...]:
    """What is to be added, a sentence for each line and kind of unit; equal periods together."""
    when: dict[tuple[str, str, int], list[int]] = {}
    for unit in units:
        when.setdefault((unit.line, unit.capability, unit.quantity), []).append(unit.period)
    return tuple(
        f"{line} lacks {amount(problem, capability, quantity)} in {problem.calendar.phrase(found)}"
        for (line, capability, quantity), found in when.items()
    )


def gap_status(gaps: Gaps) -> str:
    """How far the missing units are proved to be the least."""
    return {
        "optimal": "proved to be the least that helps",
        "feasible": "enough, but fewer may do",
        "none": "",
        "unknown": "not worked out",
    }[gaps.units_status]


def sums(
    problem: Problem, task: str, proofs: Iterable[SumProof], world: World | None = None
) -> tuple[str, ...]:
    """Return the sums that prove a task short; equal periods together.

    problem: the model that is asked about, with its tables. proofs: what was kept of them. world:
    that of the run; where it is given, each says how what nations have comes about.
    """
    when: dict[tuple[object, ...], list[SumProof]] = {}
    for proof in proofs:
        over_one = len(proof.periods) == 1
        way = _way(problem, task, proof, world)
        key = (proof.lines, proof.need, proof.supply, proof.parts, over_one or proof.periods, way)
        when.setdefault(key, []).append(proof)
    return tuple(_sum(problem, task, same, world) for same in when.values())


def _sum(problem: Problem, task: str, same: Sequence[SumProof], world: World | None) -> str:
    """Proofs that differ in their one period alone, or a single one over several periods."""
    proof = same[0]
    asked = problem.calendar.phrase(period for each in same for period in each.periods)
    when = f"over {asked} together" if len(proof.periods) > 1 else f"in {asked}"
    verb = "needs" if len(proof.lines) == 1 else "together need"
    return (
        f"{listing(proof.lines)} {verb} {_needed(problem, task, proof)} {when}; all nations "
        f"together, every open precondition met, have {proof.supply:,}{_parts(proof.parts)}."
        f"{_way(problem, task, proof, world)}"
    )


def _way(problem: Problem, task: str, proof: SumProof, world: World | None) -> str:
    """How it comes about, of sums over one period whose proofs all have the same way."""
    if world is None or len(proof.periods) != 1:
        return ""
    kinds = {c for line in problem.task(task).lines if line.id in proof.lines for c in line.weights}
    told = pool_ways(problem, world, task, sorted(kinds), proof.periods[0])
    return f" {told}." if told else ""


def _needed(problem: Problem, task: str, proof: SumProof) -> str:
    """In units of the capability where the lines take only one, and that counts once."""
    found = [line.weights for line in problem.task(task).lines if line.id in proof.lines]
    kinds = {(capability, w) for weights in found for capability, w in weights.items()}
    if len(kinds) == 1 and all(weight == 1 for _, weight in kinds):
        return amount(problem, next(iter(kinds))[0], proof.need)
    return f"{proof.need:,}"


def _parts(parts: Sequence[tuple[str, str, int]]) -> str:
    totals: dict[str, int] = {}
    for nation, _, units in parts:
        totals[nation] = totals.get(nation, 0) + units
    shown = ", ".join(f"{n} {u:,}" for n, u in sorted(totals.items(), key=lambda t: (-t[1], t[0])))
    return f": {shown}" if shown else ""


def rules(gaps: Gaps) -> tuple[str, ...]:
    """The rules that no added units help against; of a short task."""
    if gaps.units_status == "none" and not gaps.rules:
        return ("More units do not help; which rule stands in the way was not worked out",)
    return tuple(f"More units do not help against: {rule}" for rule in gaps.rules)


def lift(problem: Problem, found: Lift) -> str:
    """Caveats and commitments to lift, with nation and place."""
    rows = {f"caveat {c.id}": f"{c.nation}, {c.place}" for c in problem.caveats}
    rows |= {f"commitment {c.id}": f"{c.nation}, {c.place}" for c in problem.commitments}
    named = [f"caveat {i}" for i in found.caveats] + [f"commitment {i}" for i in found.commitments]
    return listing(f"{name} ({rows[name]})" if name in rows else name for name in named)


def contest(problem: Problem, found: Contest) -> str:
    """Return why a task that is ready alone is not in the joint plan.

    problem: the model that is asked about, with its tables.
    """
    rivals = names.tasks(problem, found.rivals)
    tasks = f"{listing(rivals)} {'uses' if len(rivals) == 1 else 'use'}"
    where = f" on {listing(found.lines)}" if found.lines else ""
    return f"Ready alone, but not in the joint plan: {tasks} the same forces{where}."


def undecided(sets: Sequence[Sequence[str]], name: Name = str) -> str:
    """How many sets of preconditions were left without an answer; blank for none.

    name: what is read in place of an id.
    """
    if not sets:
        return ""
    number = count(len(sets), "set")
    return f"{number} of preconditions not decided in time: {listing(map(name, sets[0]))}" + (
        ", …" if len(sets) > 1 else ""
    )
