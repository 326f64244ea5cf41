"""Verdicts over the ranges of figures, in a planner's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from allocator.inputs.problem.ranges import Range, Unit
from allocator.inputs.schema.calendar import Calendar
from allocator.report.sentences.situation import OVER_RANGES
from allocator.results.certificate import Proof, steps_in
from allocator.results.ranges import Chance, Corner, First, RangesFound, Share, TaskRanges, Together
from allocator.words import count, listing, some

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


FIRST_SHOWN = 8
DRAWN_SHOWN = 6
FAILING_SHOWN = 5


def how_many(found: RangesFound) -> str:
    """How much may be off."""
    figures = count(sum(len(unit.ranges) for unit in found.units), "figure")
    groups = len({unit.group for unit in found.units if unit.group})
    return f"{figures}, {count(groups, 'group')} of them together" if groups else figures


def drawn(found: RangesFound) -> str:
    """Which preconditions were drawn; blank where none were to be."""
    if found.preconditions is None:
        return ""
    named = (f"{name} ({100 * chance:g} %)" for name, chance in found.preconditions.items())
    told = some([*named], DRAWN_SHOWN)
    return f"drawn with their likelihoods: {told}" if told else "none that is open has a likelihood"


def facts(record: TaskRanges, calendar: Calendar) -> Iterator[tuple[str, str]]:
    """All that is known of a task, each with what it is."""
    yield "Over the ranges", verdict(record)
    yield from corners(record, calendar)
    if record.together:
        yield "Off together", together(record.together)
    if record.chance:
        yield "Chance", chance(record.chance)
        for number, told in enumerate([*failing(record.chance, calendar)][:FAILING_SHOWN]):
            yield ("" if number else "Why it fails"), told
    for number, one in enumerate(record.first[:FIRST_SHOWN]):
        yield ("" if number else "Settle first"), first(one)


def verdict(record: TaskRanges) -> str:
    """The verdict over the ranges, in a sentence."""
    return OVER_RANGES[record.over_ranges]


def corners(record: TaskRanges, calendar: Calendar) -> Iterator[tuple[str, str]]:
    """Both corners with what shows them."""
    yield "At the worst corner", _corner(record.worst, calendar)
    yield "At the best corner", _corner(record.best, calendar)


def _corner(corner: Corner, calendar: Calendar) -> str:
    if corner.ready == "unknown":
        return "not decided in the time"
    told = "ready" if corner.ready == "yes" else "not ready"
    if corner.stated:
        return f"{told}, since it is as stated"
    if corner.ready == "yes":
        return f"{told}: a plan passes the checker there"
    return f"{told}: {because(corner.proof, calendar)}"


def because(proof: Proof | None, calendar: Calendar) -> str:
    """What shows that a task is not ready."""
    if proof is None or proof.by == "engines":
        return "two engines agree"
    if proof.by == "condition":
        return "its own condition does not hold"
    if proof.by == "steps":
        return f"by {count(steps_in(proof.steps), 'step')} from rule to rule"
    lines = listing(proof.lines)
    when = calendar.phrase(proof.periods)
    one_line = len(proof.lines) == 1
    if proof.by == "splits":
        falls = f"{lines} {'falls' if one_line else 'fall'} short in {when}"
        coming = [one for one in proof.coming if one.units]
        if not coming:
            return f"{falls}: nothing could come"
        units = listing(f"{count(one.units, 'unit')} of {one.capability}" for one in coming)
        shared = "is" if [one.units for one in coming] == [1] else "are"
        return f"{falls}, however {units} {shared} shared out: no more could come"
    needs = "needs" if one_line else "need"
    return f"{lines} {needs} {proof.need:,} in {when}, at most {proof.supply:,} could come"


def place_of_proof(proof: Proof, calendar: Calendar) -> str:
    """Where a proof bites, without its figures, which differ from draw to draw."""
    if proof.by not in ("sum", "splits"):
        return because(proof, calendar)
    return f"{listing(proof.lines)}, {calendar.phrase(proof.periods)}"


def together(found: Together) -> str:
    """How many figures off together turn the verdict, and which."""
    turned = "make it not ready" if found.harmful else "make it ready"
    if not found.units:
        if found.bound < 2:
            return "No set is known yet: the time was up first."
        fewer = "one alone never does" if found.bound == 2 else f"fewer than {found.bound} never do"
        return f"No set is known yet that would {turned}; proved so far: {fewer}."
    number = len(found.units)
    figures = listing(moved(unit, harmful=found.harmful) for unit in found.units)
    if found.proved:
        enough = "is enough" if number == 1 else "are enough"
        fewer = "" if number == 1 else "; proved, no fewer do"
        return f"{_number(number).capitalize()} {enough} to {turned}{fewer}: {figures}."
    proved = f" Proved so far: fewer than {found.bound} never do." if found.bound > 1 else ""
    return f"{_number(number).capitalize()} together {turned}: {figures}.{proved}"


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def moved(unit: Unit, *, harmful: bool) -> str:
    """A unit at one end: `Portugal: companies 28 to 21`; of a group all its figures."""
    told = listing(_moved(one, harmful) for one in unit.ranges)
    return f"group {unit.group} ({told})" if unit.group else told


def _moved(one: Range, harmful: bool) -> str:
    to = one.harmful if harmful else one.helpful
    return f"{one.figure.name} {one.figure.value:,} to {to:,}"


def chance(found: Chance) -> str:
    """The share of draws with its interval."""
    told = (
        f"Ready in {share(found.between)} of {count(found.draws, 'draw')} "
        f"({100 * found.low:.1f} to {100 * found.high:.1f} % with 95 % confidence)"
    )
    if found.undecided:
        told += f"; {count(found.undecided, 'draw')} not decided, counted as either"
    return f"{told}."


def share(of: Share | None, digits: int = 1) -> str:
    """The part of the draws in which it is ready: from, to, where some were not decided.

    of: there are none where it is left out. digits: after the point.
    """
    ends = ("no draw",) if of is None else (f"{100 * ready:.{digits}f} %" for ready in of)
    return " to ".join(dict.fromkeys(ends))


def failing(found: Chance, calendar: Calendar) -> Iterator[str]:
    """Which proof fired how often among the draws that fail."""
    noes = found.draws - found.ready - found.undecided
    drawn = f"the {count(noes, 'draw')} known to fail" if found.undecided else "failing draws"
    by_place: Counter[str] = Counter()  # Several proofs may read alike.
    for one in found.failing:
        by_place[place_of_proof(one.proof, calendar)] += one.draws
    for place, number in by_place.most_common():
        yield f"{100 * number / noes:.0f} % of {drawn}: {place}"


def first(one: First) -> str:
    """How the chance moves with a figure, and where it alone turns the verdict."""
    moves = f"{share(one.low)} in its low third, {share(one.high)} in its high"
    flip = "; the nearest value that alone turns it is not decided" if one.flip_open else ""
    flip = flip if one.flip is None else f"; turns it alone at {one.flip:,}"
    return f"{one.unit.name}: {moves}{flip}"
