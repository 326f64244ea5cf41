"""What a run says of other worlds asked again: the map of all worlds by counting each, the sets
that make a task ready on the ground of its world by the checker, a sum or a second engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import isclose
from typing import Any

import numpy as np

from allocator.analysis.second_opinions.result import PASSING, SecondOpinion, missed
from allocator.checker import power
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.problem import Problem, World
from allocator.model.scope import alone
from allocator.results.blocking import VerdictMap, WorldMap
from allocator.results.result import Result, TaskRecord
from allocator.results.run import TaskNotes
from allocator.search.blockers.verdict import relevant_preconditions
from allocator.search.blockers.verdict_map import base_world, reversible_preconditions
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.words import listing

MOST_NAMES = 20
"""A table of a million worlds, with a probability each."""

COUNTED = "figures over all worlds, every world counted again"


def recheck_worlds(
    problem: Problem,
    world: World,
    result: Result,
    notes: Mapping[str, TaskNotes],
    deadline: Deadline,
    found: SecondOpinion,
) -> None:
    """Add to `found` what comes of it.

    problem: the model that is asked about, with its tables. world: which preconditions hold, and
    from which period. result: what is claimed. notes: what is said beside the result, by task.
    deadline: when to end at the latest.
    """
    for record in result.tasks:
        note = notes.get(record.task)
        if note is not None and note.world_map is not None:
            _map(problem, world, record, note.world_map, found)
        if note is not None and note.everywhere is not None:
            _Elsewhere(problem, world, record, note.everywhere, deadline, found).run()


# --- the map of all worlds ----------------------------------------------------------------


def _map(
    problem: Problem, world: World, record: TaskRecord, said: WorldMap, found: SecondOpinion
) -> None:
    claim = f"{record.task}: the map of its worlds"
    names = [one.precondition for one in said.influence]
    if names != sorted(relevant_preconditions(problem, world, record.task)):
        found.faults.append(f"{claim}: it is of {', '.join(names)}")
    elif not record.unlocking.complete or len(names) > MOST_NAMES:
        found.undecided.append(f"{claim}: its figures are not counted again")
    else:
        faults = [f"{claim}: {fault}" for fault in _map_faults(problem, record, said, names)]
        found.faults += faults
        found.proofs[COUNTED] += not faults


def _map_faults(
    problem: Problem, record: TaskRecord, said: WorldMap, names: list[str]
) -> Iterator[str]:
    sets = record.unlocking.sets
    table = power.from_packages(names, sets)
    counted = power.counted(table)
    figures: list[tuple[str, Any, Any]] = [
        ("worlds", said.worlds, table.size),
        ("ready", said.ready, counted.winning / table.size),
        ("likelihood", said.likelihood, _likelihood(problem, names, table)),
        ("margins", (said.margin, said.likelihood_margin, said.banzhaf_margin), (0.0, 0.0, 0.0)),
    ]
    for i, one in enumerate(said.influence):
        of = f"of {one.precondition}"
        swings = counted.swings[i]
        alike = (n for j, n in enumerate(names) if j != i and counted.substitutes(i, j))
        figures += [
            (f"Banzhaf index {of}", one.banzhaf, swings / (table.size // 2)),
            (f"Shapley-Shubik index {of}", one.shapley, float(counted.shapley[i])),
            (f"necessary {of}", one.necessary, all(one.precondition in s for s in sets)),
            (f"never needed {of}", one.never_needed, swings == 0),
            (f"substitutes {of}", tuple(one.substitutes), tuple(alike)),
        ]
    for what, given, right in figures:
        if not _same(given, right):
            yield f"{what}: {given}, counted again {right}"


def _likelihood(problem: Problem, names: list[str], table: power.Table) -> float | None:
    """The probability of the worlds in which it is ready, world by world."""
    chances = np.ones(1)
    for name in names:
        likelihood = problem.preconditions[name].likelihood
        if likelihood is None:
            return None
        chances = np.concatenate([chances * (1 - likelihood), chances * likelihood])
    return float(chances[table].sum())


def _same(given: Any, right: Any) -> bool:
    if isinstance(given, float) and isinstance(right, float):
        return isclose(given, right, rel_tol=1e-9, abs_tol=1e-9)
    return bool(given == right)


# --- how it stands elsewhere ----------------------------------------------------------------


class _Elsewhere:
    """What is said of one task on the ground of its world."""

    def __init__(
        self,
        problem: Problem,
        world: World,
        record: TaskRecord,
        said: VerdictMap,
        deadline: Deadline,
        found: SecondOpinion,
    ) -> None:
        self._record = record
        self._said = said
        self._found = found
        self._held = reversible_preconditions(problem, world)
        self._all = set(problem.open_preconditions(base_world(problem, world)))
        base = base_world(problem, world)
        relevant = relevant_preconditions(problem, base, record.task)
        scope = replace(alone(problem, base, record.task), preconditions=relevant)
        self._questions = StaffingOracle(problem, scope, Settings(), deadline)

    def run(self) -> None:
        strange = {name for one in self._sets for name in one} - self._all
        if strange:
            self._fault(f"{min(strange)} is not open there")
            return
        if not self._held and (right := self._from_record()) is not None:
            # What this world says, which is asked again for itself, is all there is to it.
            if self._said != right:
                self._fault(f"they are the world's own, and say another: {self._said}")
            return
        verdict = self._said.verdict(self._held)
        if verdict != self._record.verdict and "unknown" not in (verdict, self._record.verdict):
            self._fault(f"it says {verdict} of this world, the result {self._record.verdict}")
        for one in self._said.ready:
            yes = self._questions.ask(self._mask(one))
            self._answer(yes.value, "yes", PASSING, f"ready with {listing(one)}")
        for one in self._said.not_ready:
            rest = self._questions.everything & ~self._mask(one)
            no, proof = self._questions.second(rest)
            self._answer(no.value, "no", proof, f"not ready without any of {listing(one)}")
        if self._said.complete:
            self._whole()

    @property
    def _sets(self) -> tuple[tuple[str, ...], ...]:
        return (*self._said.ready, *self._said.not_ready)

    def _from_record(self) -> VerdictMap | None:
        """What the record itself says of the ground; None where it leaves it open."""
        whole = self._record.unlocking.complete
        match self._record.verdict:
            case "ready":
                return VerdictMap(True, ((),))
            case "blocked" if whole:
                return VerdictMap(True, self._record.unlocking.sets)
        return VerdictMap(True) if self._record.verdict == "short" else None

    def _whole(self) -> None:
        """Whether nothing is ready but with one of the sets, and each needs all its members."""
        listed = [self._mask(one) for one in self._said.ready]
        answer, more = missed(self._questions, listed, self._found)
        if answer == "yes":
            self._fault(f"it is ready with {', '.join(self._questions.names(more)) or 'nothing'}")
            return
        if answer == "unknown":
            self._open(f"no other way than {len(listed)}")
        for one in self._said.ready:
            for name in one:
                rest = self._mask(other for other in one if other != name)
                second, proof = self._questions.second(rest)
                self._answer(second.value, "no", proof, f"not ready with {one} but {name}")

    def _mask(self, names: Any) -> int:
        """What has no part in the task makes no difference to it."""
        elements = self._questions.elements
        rows = [("precondition", name) for name in names]
        return self._questions.mask(row for row in rows if row in elements)

    def _answer(self, answer: str, said: str, proof: str, what: str) -> None:
        if answer == said:
            self._found.proofs[proof] += 1
        elif answer == "unknown":
            self._open(what)
        else:
            self._fault(f"{what}; asked again, the answer is {answer}")

    def _open(self, what: str) -> None:
        self._found.undecided.append(f"{self._record.task} in other worlds: {what}")

    def _fault(self, text: str) -> None:
        self._found.faults.append(f"{self._record.task} in other worlds: {text}")
