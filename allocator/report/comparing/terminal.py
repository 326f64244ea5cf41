"""What `compare` shows: what changed and why in sentences, then the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console, RenderableType

from allocator.analysis.comparison.comparison import Change, ComparisonRecord
from allocator.analysis.comparison.difference import Difference
from allocator.analysis.comparison.side import Side
from allocator.inputs.problem import Problem
from allocator.report.comparing.columns import tables, tasks
from allocator.report.comparing.difference_words import phrase, summary
from allocator.report.comparing.names import world_of
from allocator.report.comparing.reason_tables import phrases, places
from allocator.report.comparing.task_table import in_plan, named, named_by
from allocator.report.comparing.terminal_why import plan_moves, why_not
from allocator.report.comparing.words import other_periods
from allocator.report.sentences import names
from allocator.report.sentences.situation import gap_status, missing
from allocator.report.terminal.blocks import ways
from allocator.report.terminal.console import Steps, pairs, titled
from allocator.results.store.places import place
from allocator.shell import offer
from allocator.words import count, listing, some

IN, OUT = "Now staffed", "No longer"

SETS_SHOWN = 5
MEMBERS_SHOWN = 6
FEW = 3
"""So many differences are named, more are counted."""

WIDEST = 44
"""Letters that the names of two runs may take before they are shortened to A and B; those of
more runs half as many."""


def show(comparison: ComparisonRecord, console: Console, kept: Path | None = None) -> None:
    """Return the whole comparison.

    console: what it is printed on. kept: the folder of the comparison, where it is kept.
    """
    short = _short(comparison)
    console.print(pairs(list(_head(comparison, short)), indent=0))
    for side in comparison.others:
        console.print(titled(_against(comparison, side), pairs(list(_changed(comparison, side)))))
    for side in comparison.others:
        for block in (*_reasons(comparison, side), *why_not(comparison, side)):
            console.print(block)
    console.print(
        titled("Tasks; ! marks a verdict that changed", tasks(comparison, short, console))
    )
    for side in comparison.others:
        for block in plan_moves(comparison, side):
            console.print(block)
    for heading, body in tables(comparison, short, console.width):
        console.print(titled(heading, *body))
    if following := list(_next(comparison, kept)):
        console.print(titled("Next", Steps(following)))


def _short(comparison: ComparisonRecord) -> dict[str, str]:
    """What stands over columns: names of runs, or letters where those would be too wide."""
    names = [side.name for side in comparison.sides]
    if sum(map(len, names)) <= (WIDEST if len(names) == 2 else WIDEST // 2):
        return {name: name for name in names}
    return {name: _letter(number) for number, name in enumerate(names)}


def _letter(number: int) -> str:
    more, last = divmod(number, 26)
    return (_letter(more - 1) if more else "") + chr(ord("A") + last)


def _head(comparison: ComparisonRecord, short: dict[str, str]) -> Iterator[tuple[str, str]]:
    for number, side in enumerate(comparison.sides):
        name = (
            short[side.name]
            if short[side.name] == side.name
            else f"{short[side.name]}: {side.name}"
        )
        label = "Compared" if number == 0 else "with" if number == 1 else ""
        yield label, f"{name}{' (the base)' if number == 0 else ''}: {_about(side)}"
    if len(versions := {_version(side): side.name for side in comparison.sides}) > 1:
        told = listing(f"{name} by {version}" for version, name in versions.items())
        yield "Versions", f"made by different ones: {told}; what differs may be due to that"
    if periods := other_periods(comparison):
        yield "Periods", periods
    if loose := [s.name for s in comparison.sides if s.result.plan.status == "feasible"]:
        yield "Plans", _not_proved(loose)
    if comparison.interrupted:
        yield "Interrupted", "what follows is what was known by then."
    elif comparison.timed_out:
        yield "Time limit", "reached; what follows is what was known by then."


def _version(side: Side) -> str:
    versions = side.provenance.get("versions")
    found = versions.get("contribution-allocator") if isinstance(versions, dict) else None
    return str(found or "an unknown version")


def _not_proved(names: Sequence[str]) -> str:
    plans, sends = ("plan", "it sends") if len(names) == 1 else ("plans", "they send")
    verb = "is" if len(names) == 1 else "are"
    return (
        f"the {plans} of {listing(names)} {verb} the best found, not proved to be the best there "
        f"is: what {sends} may differ by chance. Verdicts do not depend on it."
    )


def _about(side: Side) -> str:
    result = side.result
    parts = [f"{result.model} in {world_of(result.world.name, side.on_top)}"]
    if result.plan.status != "unknown":
        parts.append(f"{len(result.plan.staffed)} of {count(len(result.tasks), 'task')} staffed")
    if any(side.provenance.get(key) for key in ("interrupted", "timed_out", "out_of_memory")):
        parts.append("stopped before all was known")
    if side.unknown:
        parts.append(f"inputs not known: {side.unknown}")
    return ", ".join(parts)


def _against(comparison: ComparisonRecord, side: Side) -> str:
    return f"{side.name} against {comparison.base.name}"


def _changed(comparison: ComparisonRecord, side: Side) -> Iterator[tuple[str, str]]:
    """How the inputs differ, which verdicts changed, which tasks the plan takes in and leaves."""
    found = comparison.found[side.name]
    if found is None:
        yield "Inputs", "not known on both sides, so that no reason can be given"
    else:
        yield "Inputs", _inputs(found, named_by(comparison, side))
    yield "Verdicts", _verdicts(comparison, side)
    for label, moved in _moves(comparison, side).items():
        if moved:
            told = listing(named(comparison, task) for task in moved)
            yield label, told + _chance(comparison, side, label)


def _verdicts(comparison: ComparisonRecord, side: Side) -> str:
    changed, known, open_ = comparison.told_apart(side)
    if not known:
        return "none is known on both sides" if open_ else "no task is in both"
    told = f"{len(changed) or 'none'} of {len(known)} changed"
    return f"{told}; {len(open_)} more not known on both sides" if open_ else told


def _chance(comparison: ComparisonRecord, side: Side, label: str) -> str:
    """Whether a task may have come into the plan, or left it, by chance."""
    if label not in (IN, OUT):
        return ""
    loose = [one.name for one in (comparison.base, side) if _staffing_open(one)]
    whose = f"in {listing(loose)} more tasks might be staffed than were found"
    return f" (perhaps by chance: {whose})" if loose else ""


def _staffing_open(side: Side) -> bool:
    levels = side.result.plan.levels
    return any(v.status == "feasible" for v in levels if v.objective.startswith("staff_tasks"))


def _inputs(found: Sequence[Difference], problem: Problem | None) -> str:
    """What differs, if it is little; else how many differences of each kind."""
    if not found:
        return "nothing differs that a verdict could hang on"
    told = [phrase(difference, problem=problem) for difference in found[:FEW]]
    return "; ".join(told) if len(found) <= FEW else summary(found)


def _moves(comparison: ComparisonRecord, side: Side) -> dict[str, list[str]]:
    base = comparison.base
    both = [task for task in base.records if task in side.records]
    plans = {task: (in_plan(base, task), in_plan(side, task)) for task in both}
    return {
        IN: [t for t, (b, a) in plans.items() if a == "staffed" and b not in (a, None)],
        OUT: [t for t, (b, a) in plans.items() if b == "staffed" and a not in (b, None)],
        "Not decided": comparison.told_apart(side)[2],
        "Only here": [t for t in side.records if t not in base.records],
        "Only in base": [t for t in base.records if t not in side.records],
    }


def _reasons(comparison: ComparisonRecord, side: Side) -> Iterator[RenderableType]:
    """Tasks that turned the same way for the same reasons together."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for found in comparison.changed:
        if found.side == side.name:
            told = tuple(map(tuple, phrases(comparison, found, by_name=True)))
            proof = _proof(comparison, found)
            groups.setdefault((found.before, found.after, told, proof), []).append(found)
    several = len(comparison.others) > 1
    for same in groups.values():
        which = listing(named(comparison, change.task) for change in same)
        verb = "is" if len(same) == 1 else "are"
        where = f" in {side.name}" if several else ""
        heading = f"Why {which} {verb} {same[0].after}, not {same[0].before}{where}"
        out = dict.fromkeys(_way_out(comparison, side, change.task) for change in same)
        rows = [*_why(comparison, same[0]), *(out if len(out) == 1 else ())]
        yield titled(heading, pairs([row for row in rows if row[1]]))


def _way_out(comparison: ComparisonRecord, side: Side, task: str) -> tuple[str, str]:
    """What would make it ready where it is not; nothing where it is."""
    record = side.records[task]
    if record.verdict == "blocked":
        name = names.of_preconditions(named_by(comparison, side))
        return "Ways out", ways(record.unlocking, name)
    if record.verdict == "short" and side.inputs is not None:
        lines = missing(side.inputs.problem, record.gaps.units)
        return "Missing", "; ".join((*lines, gap_status(record.gaps))) if lines else ""
    return "", ""


def _why(comparison: ComparisonRecord, found: Change) -> Iterator[tuple[str, str]]:
    because = phrases(comparison, found, by_name=True)
    sets = list(zip(because, places(comparison, found), strict=True))
    shown = _first(sets)
    for number, (told, where) in enumerate(shown):
        texts = [
            f"{what} ({place})" if place else what for what, place in zip(told, where, strict=True)
        ]
        text = listing(texts) if len(texts) <= MEMBERS_SHOWN else some(texts, MEMBERS_SHOWN)
        yield "Because" if number == 0 else "or", text
    if len(sets) > len(shown):
        yield "", f"or one of {count(len(sets) - len(shown), 'further set')} of differences"
    yield "Proof" if sets else "Not known", _proof(comparison, found)


def _first(sets: Sequence[tuple[list[str], list[str]]]) -> Sequence[tuple[list[str], list[str]]]:
    """The first, and others while they are few differences all in all."""
    members = 0
    for number, (told, _) in enumerate(sets[:SETS_SHOWN]):
        members += len(told)
        if number and members > MEMBERS_SHOWN:
            return sets[:number]
    return sets[:SETS_SHOWN]


def _proof(comparison: ComparisonRecord, found: Change) -> str:
    """What is certain of the reasons, in a sentence."""
    why = found.reasons
    if why is None:
        missing = [s for s in (comparison.base, _side(comparison, found)) if s.unknown]
        return "; ".join(f"{side.name}: {side.unknown}" for side in missing)
    if why.open == "time":
        return "not worked out in time; try a longer --time-limit"
    if why.open == "not decided":
        return "engines gave no answer, or contradicted each other"
    if why.open:
        return "asked again, a run does not stand as it says: allocator verify RUN tells more"
    if found.relevant == 1:
        return "no other difference could matter"
    others = f"({count(found.relevant, 'difference')} could matter)"
    if why.complete and len(why.sets) == 1:
        return f"this is enough, and nothing turns it without this {others}"
    if why.complete:
        return f"each is enough by itself, and nothing else turns it {others}"
    return {
        "smallest": "no smaller set of differences turns it; others of the same size may",
        "minimal": "nothing of it can be left out; a smaller set may turn it too",
        "irreducible": "no single one of them can be left out; some together perhaps",
        "enough": "together they turn it; what of them can be left out is not known",
    }[why.proof]


def _side(comparison: ComparisonRecord, found: Change) -> Side:
    return next(side for side in comparison.sides if side.name == found.side)


def _next(comparison: ComparisonRecord, kept: Path | None) -> Iterator[tuple[str, str]]:
    if comparison.timed_out:
        yield "More time", "--time-limit SECONDS"
    if kept is not None:
        yield "Kept in", str(kept)
        yield "All differences", str(place(kept, "differences.csv"))
    folder = comparison.others[0].folder
    if folder is not None:
        yield "Ask a run again", offer("solve", options=[("--workspace", folder)])
