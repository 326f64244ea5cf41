"""A short block a task: what a planner reads after the overview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from allocator.inputs.problem import Commitment
from allocator.report.sentences import Held, brought_by, names, needed, steps, waiting
from allocator.report.sentences import situation as say
from allocator.report.sentences.amounts import amount
from allocator.report.sentences.before import comes_before
from allocator.report.sentences.names import Name
from allocator.report.sentences.ranges import because
from allocator.report.sentences.sending import over_time, senders
from allocator.results.certificate import steps_in
from allocator.results.result import Family, Package, TaskRecord
from allocator.words import count, listing, some

if TYPE_CHECKING:
    from allocator.report.terminal.console import Pairs
    from allocator.results.blocking import SumProof
    from allocator.results.run import RunRecord, TaskNotes

PACKAGES_SHOWN = 5
ROWS_SHOWN = 3
LONGEST_SENTENCE = 300


def block(run: RunRecord, record: TaskRecord) -> Pairs:
    """What there is to say about a task in a few lines."""
    makers = {"ready": _ready, "blocked": _blocked, "short": _short, "unknown": _unknown}
    return makers[record.verdict](run, record)


def notes_of(run: RunRecord, task: str) -> TaskNotes | None:
    return run.notes.get(task)


def _ready(run: RunRecord, record: TaskRecord) -> Pairs:
    rows = [("In the plan", text) for text in _in_plan(run, record.task)]
    rows += contests(run, record.task)
    found = say.packages_found(record.packages)
    which, first = say.first_packages(record.packages, PACKAGES_SHOWN)
    shown = f"; {which}: {'; '.join(map(nations, first))}" if first else ""
    rows.append(("Packages", f"{found}{shown}"))
    return _once(rows)


def _in_plan(run: RunRecord, task: str) -> Iterable[str]:
    plan = run.result.plan
    if task in plan.staffed:
        yield senders(run.problem, (cell for cell in plan.allocation if cell.task == task))
    below = [f"{line} {filled} of {target}" for line, filled, target in _below_target(run, task)]
    if task in plan.staffed and below:
        yield f"below target in the worst period: {', '.join(below)}"


def _below_target(run: RunRecord, task: str) -> list[tuple[str, int, int]]:
    worst: dict[str, tuple[int, int]] = {}
    for short in run.result.plan.shortfalls:
        if short.task == task:
            found = (short.filled, short.target)
            worst[short.line] = min(found, worst.get(short.line, found))
    return [(line, filled, target) for line, (filled, target) in sorted(worst.items())]


def contests(run: RunRecord, task: str) -> Pairs:
    """Why a ready task is not in the joint plan; nothing for others."""
    plan = run.result.plan
    found = [say.contest(run.problem, c) for c in plan.contested if c.task == task]
    if not found and plan.status != "unknown" and task not in plan.staffed:
        return [("Left out", "Ready alone, but not in the joint plan.")]
    return [("Contested", text) for text in found]


def forces(run: RunRecord, units: Iterable[tuple[str, int]]) -> str:
    return ", ".join(amount(run.problem, capability, number) for capability, number in units)


def nations(package: Package) -> str:
    return " + ".join(package.nations) or "no nation needed"


def _blocked(run: RunRecord, record: TaskRecord) -> Pairs:
    name = names.of_preconditions(run.problem)
    rows = [("Ways", ways(record.unlocking, name))]
    if record.necessary:
        told = listing(needed.in_words(run.problem, run.world, record, name))
        rows.append(("Needed", f"{told}, whichever way is taken"))
    else:
        sets = record.blocking.sets[:ROWS_SHOWN]
        rows += [("Blocking", text) for text in say.blocking(sets, name)]
    rows += [("Waiting", text) for text in waiting_lines(run, record)]
    before = comes_before(run.problem, run.world, record.unlocking)
    rows += [("Before", text) for text in before[: 2 * ROWS_SHOWN]]
    return _once(rows)


def ways(family: Family, name: Name = str) -> str:
    """How many unlocking sets, and the sets: factored where that is short, else the smallest, as
    many as can be read at once.

    family: the sets. name: what is read in place of an id.
    """
    number = say.ways_found(family)
    if not family.sets:
        return number
    text = say.factored(family, name)
    if family.in_all is not None or len(text) > LONGEST_SENTENCE:
        first = [listing(map(name, members)) for members in family.sets[:ROWS_SHOWN]]
        fitting = sum(length <= LONGEST_SENTENCE for length in accumulate(map(len, first)))
        smallest = "; ".join(first[: max(1, fitting)])
        text = f"the smallest{'' if family.complete else ' known'}: {smallest}"
    return f"{number}: {text}"


def waiting_lines(run: RunRecord, record: TaskRecord) -> list[str]:
    """Who waits for the preconditions that are in a way out; those needed in any case first."""
    found = waiting(run.problem, run.world, record.task)
    ways_out = sorted({name for members in record.unlocking.sets for name in members})
    wanted = dict.fromkeys((*record.necessary, *ways_out))
    name = names.of_preconditions(run.problem)
    lines = [
        f"{itself(run, record, own.task)}, for {listing(map(name, own.waits_for))}"
        for own in found.own
        if own.waits_for
    ]
    held = {one: found.for_precondition(one) for one in wanted}
    lines += [f"{short_rows(rows)}, for {_named(run, one)}" for one, rows in held.items() if rows]
    more = len(lines) - 2 * ROWS_SHOWN
    return lines[: 2 * ROWS_SHOWN] + ([f"and for {more} more"] if more > 0 else [])


def itself(run: RunRecord, record: TaskRecord, task: str) -> str:
    """Return `the task itself`, or the name of one beside it.

    run: what is shown. record: of the task that is told of. task: the one that is meant.
    """
    return "the task itself" if task == record.task else names.task(run.problem, task)


def _named(run: RunRecord, precondition: str) -> str:
    """With what brings it about, where that is little."""
    name = names.of_preconditions(run.problem)
    others = [*map(name, brought_by(run.problem, run.world, precondition))]
    with_ = listing(others, "or") if len(others) <= ROWS_SHOWN else f"any of {len(others):,} others"
    return f"{name(precondition)}{f' (comes with {with_})' if others else ''}"


def short_rows(rows: Iterable[Held]) -> str:
    """Nations with the rows that hold them: `CAN (caveats.csv:19), DEU (caveats.csv:9)`."""
    places: dict[str, list[str]] = {}
    for row in rows:
        place = row.place.rpartition("/")[2].partition(" ")[0]
        known = ":" in place or "!" in place
        places.setdefault(row.nation, []).append(place if known else row.row)
    texts = [f"{nation} ({', '.join(found)})" for nation, found in places.items()]
    return some(texts, ROWS_SHOWN)


def _short(run: RunRecord, record: TaskRecord) -> Pairs:
    gaps = record.gaps
    notes = notes_of(run, record.task)
    rows = [("Missing", text) for text in say.missing(run.problem, gaps.units)]
    if gaps.units or gaps.units_status == "unknown":
        rows.append(("Missing", say.gap_status(gaps)))
    rows += [("Rule", text) for text in say.rules(gaps)]
    rows += [("Proof", text) for text in proofs(run, record.task, notes)]
    rows += [("Lift", text) for text in lift_lines(run, record, ROWS_SHOWN)]
    if never := waiting(run.problem, run.world, record.task).never:
        rows.append(("Held back", f"{short_rows(never)}, whatever is brought about"))
    return _once(rows)


def proofs(run: RunRecord, task: str, notes: TaskNotes | None) -> Sequence[str]:
    """Return the sums, splits or steps that prove a task short, or by what it was proved.

    run: what is shown. notes: of the task, where there are any.
    """
    if notes is None:
        return ()
    shown = say.sums(run.problem, task, _enough(notes.sums), run.world) or _steps(run, task)
    return shown or ((f"by a {notes.proof}",) if notes.proof else ())


def _enough(found: Sequence[SumProof]) -> Sequence[SumProof]:
    """Without sums over several periods where one period alone is enough; `sums.csv` has them."""
    return [one for one in found if len(one.periods) == 1] or found


def _steps(run: RunRecord, task: str) -> Sequence[str]:
    """The splits or steps that prove it short, where they are few."""
    proof = run.certificate.task(task).short
    if proof is not None and proof.by == "splits":
        return (because(proof, run.problem.calendar),)
    if proof is None or proof.by != "steps":
        return ()
    problem, met = run.problem, run.problem.open_preconditions(run.world)
    everything = problem.meeting(run.world, met)
    told = steps.told(problem, everything, task, problem.nations, proof.steps)
    return told or (f"by {count(steps_in(proof.steps), 'step')}, in certificate.json",)


def lift_lines(run: RunRecord, record: TaskRecord, most: int) -> list[str]:
    """Return the sets whose lifting would do for a short task of the run, a line each.

    record: what the result says of the task. most: how many sets are told.
    """
    lifts = record.gaps.lifts
    lines = [f"without {say.lift(run.problem, lift)} it can be staffed" for lift in lifts[:most]]
    if len(lifts) > most:
        lines.append(f"or {count(len(lifts) - most, 'further set')}")
    if not record.gaps.lifts_complete:
        more = "the search was cut off: there may be more" if lifts else "not worked out"
        lines.append(more)
    return lines


def _unknown(run: RunRecord, record: TaskRecord) -> Pairs:
    notes = notes_of(run, record.task)
    name = names.of_preconditions(run.problem)
    text = say.undecided(notes.undecided, name) if notes else ""
    return [("Undecided", text)] if text else []


def _once(rows: Iterable[tuple[str, str]]) -> Pairs:
    """The rows with a label only where it changes."""
    shown: list[tuple[str, str]] = []
    last = ""
    for label, text in rows:
        shown.append(("" if label == last else label, text))
        last = label or last
    return shown


def release_text(run: RunRecord, commitment: Commitment, units: Mapping[int, int]) -> str:
    """Return what is released of a commitment, from whom and what for.

    run: what is shown. units: how many are released, by period.
    """
    freed = over_time(run.problem, commitment.capability, units, run.problem.periods)
    purpose = f" from {commitment.purpose}" if commitment.purpose else ""
    return f"{commitment.nation} {freed}{purpose} ({commitment.place})"
