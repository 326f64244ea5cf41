"""The packages of one task."""

from __future__ import annotations

from dataclasses import replace

from allocator.analysis.request import Request, TaskState
from allocator.analysis.scheduler import TurnOutcome
from allocator.deadline import Deadline
from allocator.progress import Event
from allocator.results.certificate import TaskCertificate
from allocator.results.coalitions import Power
from allocator.search.packages.filter import PackageFilter
from allocator.search.packages.matters import by_packages, by_weights, too_many
from allocator.search.packages.partners import only_together
from allocator.search.packages.replacement import replacement
from allocator.search.packages.search import PackageSearch, Told

MOST_PACKAGES = 1000
"""`solve` lists no more packages of a task; `packages` has no such limit."""

MOST_OPTIMISED = 100
"""So many packages of a task, the smallest, have their best allocation in `solve`: nobody reads a
rank beyond; `packages` has it for all."""

RUN_SHARE = 0.6
"""Of the time of `packages`; the rest says who matters, and what it costs to do without them."""


def pack_task(asked: Request, known: TaskState, deadline: Deadline) -> TurnOutcome:
    """Note the packages of a ready task.

    asked: what is to be found out, and of what. known: of the task so far; what is found is added
    to it. deadline: when to end at the latest.
    """
    deadline.check()
    wanted = _wanted(asked)
    if known.packing is None:
        known.packing = PackageSearch(
            asked.problem,
            asked.world,
            known.task,
            asked.settings,
            deadline,
            wanted,
            asked.workers if len(asked.tasks) == 1 else 1,
            MOST_OPTIMISED if asked.command == "solve" else None,
        )
    if asked.command == "packages":
        return _with_weights(asked, known, known.packing, deadline)
    return _list(asked, known, known.packing, deadline)


def _list(
    asked: Request, known: TaskState, packing: PackageSearch, deadline: Deadline
) -> TurnOutcome:
    found = packing.run(deadline, _telling(asked, known.task))
    known.update(packages=found)
    if not asked.wanted.in_words:
        certificate = packing.certificate()
        known.certificate = TaskCertificate(task=known.task, packages=certificate)
    limit = _wanted(asked).limit
    cut = limit is not None and len(found.sets) >= limit
    return TurnOutcome(f"{known.task}: {len(found.sets)} packages", found.complete or cut)


def _with_weights(
    asked: Request, known: TaskState, packing: PackageSearch, deadline: Deadline
) -> TurnOutcome:
    """The packages, and who matters. What can be counted is counted first."""
    questions = packing.questions
    power = by_weights(questions, deadline.part(0.2)) if too_many(questions) else None
    known.note(power=power or known.notes.power)
    step = _list(asked, known, packing, deadline.part(RUN_SHARE))
    if power is None and not (known.notes.power and known.notes.power.exact):
        asked.progress(Event("packages", 0, 0, f"{known.task}: who matters"))
        power = _weights(asked, packing, deadline.part(0.5))
        known.note(power=power or known.notes.power)
    problem, world, sets = asked.problem, asked.world, known.record.packages.sets
    together = only_together(problem, world, known.task, sets, deadline.part(0.2))
    known.note(partners=together or known.notes.partners)
    asked.progress(Event("packages", 0, 0, f"{known.task}: without each nation"))
    workers = asked.workers if len(asked.tasks) == 1 else 1
    if known.notes.replacement is None:
        known.note(replacement=replacement(questions, asked.settings, deadline, workers))
    return step


def _weights(asked: Request, packing: PackageSearch, deadline: Deadline) -> Power | None:
    """From all packages where they are known; nothing is drawn for those who asked for a few."""
    questions, found = packing.questions, packing.families
    counted = None if found.settled else by_weights(questions, deadline)
    few = asked.wanted.limit is not None or asked.wanted.max_nations is not None
    if counted is not None or (few and not found.settled):
        return counted
    return by_packages(questions, found, deadline)


def _wanted(asked: Request) -> PackageFilter:
    if asked.command == "solve" and asked.wanted.limit is None:
        return replace(asked.wanted, limit=MOST_PACKAGES)
    return asked.wanted


def _telling(asked: Request, task: str) -> Told:
    """Each package is told as soon as it is certain."""
    number = 0

    def told(nations: tuple[str, ...]) -> None:
        nonlocal number
        number += 1
        named = " + ".join(nations) or "no nation"
        asked.progress(Event("packages", 0, 0, f"{task}: package {number:,} is {named}"))

    return told
