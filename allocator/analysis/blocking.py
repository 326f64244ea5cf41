"""What blocks one task: its families, its cheapest way, its world map; or its gaps."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from allocator.analysis.request import Request, TaskState
from allocator.analysis.scheduler import TurnOutcome
from allocator.deadline import Deadline, TimeUpError
from allocator.progress import Event
from allocator.results.blocking import CheapestWay, WorldMap
from allocator.results.certificate import TaskCertificate
from allocator.search.blockers.cheapest import cheapest
from allocator.search.blockers.gaps import gaps
from allocator.search.blockers.relax import relaxed
from allocator.search.blockers.verdict import families, named, necessary
from allocator.search.feasibility.certificates import build_certificate
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.minimal_sets.families import Families, Mask, positions
from allocator.search.minimal_sets.sampled_map import sampled_map
from allocator.search.minimal_sets.world_map import whole_map, world_map
from allocator.search.minimal_sets.world_sets import MOST_ELEMENTS

AT_ONCE_SHARE = 0.9
"""Of the time, for all sets at once where there are too many preconditions for a table: given up
early where it would be too little."""

SEARCH_SHARE = 0.95
"""Of the time, for the sets; the rest is for what shows that nothing does without them."""


def block_task(asked: Request, known: TaskState, deadline: Deadline) -> TurnOutcome:
    """Note what blocks a task that is not ready.

    asked: what is to be found out, and of what. known: of the task so far; what is found is added
    to it. deadline: when to end at the latest.
    """
    deadline.check()
    if asked.relax and known.notes.relaxed is None:
        _relax(asked, known, deadline.part(0.5))
    if known.verdict == "short":
        return _find_gaps(asked, known, deadline)
    return _find_families(asked, known, deadline)


def _relax(asked: Request, known: TaskState, deadline: Deadline) -> None:
    found = relaxed(asked.problem, asked.world, known.task, asked.relax, asked.settings, deadline)
    known.note(relaxed=found)


def _find_gaps(asked: Request, known: TaskState, deadline: Deadline) -> TurnOutcome:
    found = gaps(asked.problem, asked.world, known.task, asked.settings, deadline)
    earlier = known.record.gaps
    if earlier.units_status == "feasible" and found.units_status != "optimal":
        found = earlier
    known.update(gaps=found)
    missing = sum(row.quantity for row in found.units)
    return TurnOutcome(
        f"{known.task}: {missing} units are missing", found.units_status in ("optimal", "none")
    )


def _find_families(asked: Request, known: TaskState, deadline: Deadline) -> TurnOutcome:
    questions = known.judged.questions
    found, best = _searched(asked, known, deadline)
    asked.knowledge.learn(questions)
    if best is not None and best.proved:
        _beside(found, questions.mask(("precondition", name) for name in best.preconditions))
    whole = found.whole
    ways, pushes = (whole.unlocking, whole.blocking) if whole else (None, None)
    known.update(
        unlocking=named(questions, found.minimal, found.complete, ways),
        blocking=named(questions, found.blocking, found.complete, pushes),
        necessary=necessary(questions, found),
    )
    known.note(
        undecided=tuple(questions.names(mask) for mask in found.undecided),
        cheapest=best or _cheapest_of(questions, found),
        world_map=_map(known, found, deadline) if asked.command == "blockers" else None,
    )
    known.certificate = TaskCertificate(
        task=known.task, preconditions=build_certificate(questions, found, deadline)
    )
    number = ways or len(found.minimal)
    more = "" if found.settled else ", more may follow"
    return TurnOutcome(f"{known.task}: {number:,} unlocking sets{more}", found.settled)


def _searched(
    asked: Request, known: TaskState, deadline: Deadline
) -> tuple[Families, CheapestWay | None]:
    """The families, and the cheapest way where it has to be looked for by itself."""
    questions, best = known.judged.questions, None
    search = partial(families, questions, found=_telling(asked, known.task, questions))
    if len(questions.elements) <= MOST_ELEMENTS:
        return search(deadline.part(SEARCH_SHARE)), None
    if not search(deadline.part(AT_ONCE_SHARE), at_once=True).settled:
        best = _cheapest(asked, known, deadline.part(0.8))
    return search(deadline.part(0.6 if asked.command == "blockers" else SEARCH_SHARE)), best


def _beside(found: Families, cheapest: Mask) -> None:
    """A set that is proved to be the cheapest is minimal, since every effort is above 0."""
    if cheapest not in found.minimal:
        found.minimal.append(cheapest)


def _telling(asked: Request, task: str, questions: StaffingOracle) -> Callable[[Mask], None]:
    """Each way is told as soon as it is certain."""
    number = 0

    def found(mask: Mask) -> None:
        nonlocal number
        number += 1
        way = ", ".join(questions.names(mask))
        asked.progress(Event("blockers", 0, 0, f"{task}: way {number:,} is {way}"))

    return found


def _cheapest(asked: Request, known: TaskState, deadline: Deadline) -> CheapestWay:
    """Looked for by price, where there are too many preconditions to list all ways."""
    questions = known.judged.questions

    def improved(found: CheapestWay) -> None:
        text = f"cheapest known costs {found.effort}, nothing below {found.bound}"
        asked.progress(Event("blockers", 0, 0, text))

    found = cheapest(questions, _efforts(questions), asked.settings, deadline, improved)
    return found.beside(known.notes.cheapest)


def _cheapest_of(questions: StaffingOracle, found: Families) -> CheapestWay | None:
    """Read off the family; proved where the family is known whole: the
    cheapest of many sets are those that are listed."""
    if not found.minimal:
        return None
    efforts = _efforts(questions)
    costs = {mask: sum(efforts[p] for p in positions(mask)) for mask in found.minimal}
    best = min(found.minimal, key=lambda mask: (costs[mask], questions.names(mask)))
    return CheapestWay(questions.names(best), costs[best], costs[best] if found.settled else 0)


def _efforts(questions: StaffingOracle) -> list[int]:
    preconditions = questions.problem.preconditions
    return [preconditions[name].effort for _, name in questions.elements]


def _map(known: TaskState, found: Families, deadline: Deadline) -> WorldMap | None:
    """Exact where the family is whole; where there are too many worlds to list, from a draw."""
    questions = known.judged.questions
    names = [name for _, name in questions.elements]
    likelihoods = {name: questions.problem.preconditions[name].likelihood for name in names}
    if deadline.expired:
        return known.notes.world_map
    if found.complete:
        return world_map(names, found.minimal, likelihoods, deadline.part(0.8).check)
    if found.whole is not None:
        with suppress(TimeUpError):
            if counted := whole_map(names, found.whole, likelihoods, deadline.part(0.8).check):
                return counted
    if len(names) <= MOST_ELEMENTS:
        return None
    questions.deadline = deadline
    needed = _in_every_way(questions, found)
    drawn = sampled_map(names, questions.ask, needed, likelihoods, deadline.part(0.8))
    return drawn or known.notes.world_map


def _in_every_way(questions: StaffingOracle, found: Families) -> dict[str, bool]:
    """Of the preconditions of which it is certain, whether they are in every way themselves."""
    places = {name: 1 << place for place, (_, name) in enumerate(questions.elements)}
    some_without = {n for n, bit in places.items() if any(not way & bit for way in found.minimal)}
    none_without = {n for n, bit in places.items() if bit in found.blocking}
    return {**dict.fromkeys(some_without, False), **dict.fromkeys(none_without, True)}
