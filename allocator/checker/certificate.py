"""A certificate read by somebody who does not trust the search: every sum is added up again,
every witness put to the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from allocator.checker.proofs import proof_faults
from allocator.checker.rows import StatedRows
from allocator.checker.rules import violations
from allocator.checker.sharing import Coming
from allocator.checker.transversals import minimal_transversals
from allocator.inputs.problem import Problem, World
from allocator.results.certificate import (
    Certificate,
    FamilyCertificate,
    Proof,
    TaskCertificate,
    Witness,
)
from allocator.results.result import Result, TaskRecord, allocation_of

Claim = tuple[str, str, tuple[str, ...]]
"""task, "short", "unlocking" or "blocking", members: what need not be asked again"""


@dataclass
class Checked:
    """What is wrong with a certificate, a sentence each; which claims it shows; which tasks have
    packages that it proves whole, once the noes of `coalitions` are confirmed."""

    faults: list[str] = field(default_factory=list)
    shown: set[Claim] = field(default_factory=set)
    coalitions: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


def check_certificate(
    problem: Problem, world: World, result: Result, certificate: Certificate
) -> Checked:
    """Check the certificate against the result and the problem, in plain Python.

    Proofs that rest on engines show nothing here; their claims have to be asked again.

    world: which preconditions hold, and from which period.
    """
    found = Checked()
    if (certificate.model, certificate.world) != (result.model, result.world):
        found.faults.append(
            f"the certificate is about {certificate.model} in {certificate.world.name}, "
            f"the result about {result.model} in {result.world.name}"
        )
        return found
    for record in result.tasks:
        if problem.has_task(record.task):
            _Task(problem, world, record, certificate.task(record.task), found).check()
    return found


def left_out(result: Result, certificate: Certificate) -> Iterator[str]:
    """Parts that a certificate lacks, a sentence each; a run that was in haste may lack some."""
    for record in result.tasks:
        for what in _lacking(record, certificate.task(record.task)):
            yield f"certificate of {record.task}: it has no {what}"


def _lacking(record: TaskRecord, part: TaskCertificate) -> Iterator[str]:
    if record.verdict == "short" and part.short is None:
        yield "short"
    if record.verdict == "blocked":
        if record.unlocking.sets and part.preconditions is None:
            yield "preconditions"
        elif record.unlocking.complete and not _whole(part.preconditions):
            yield "complete preconditions"
    all_listed = record.packages.complete and not record.packages.only
    if record.verdict == "ready" and all_listed and not _whole(part.packages):
        yield "complete packages"


def _whole(family: FamilyCertificate | None) -> bool:
    return family is not None and family.complete


class _Task:
    """One task's part of a certificate."""

    def __init__(
        self,
        problem: Problem,
        world: World,
        record: TaskRecord,
        part: TaskCertificate,
        found: Checked,
    ) -> None:
        self._problem = problem
        self._world = world
        self._record = record
        self._part = part
        self._found = found
        self._task = record.task
        self._coming = Coming(problem, record.task)
        self._stated = StatedRows(problem, record.task)

    def check(self) -> None:
        part = self._part
        if part.short is not None:
            self._no("short", (), self._everything(), self._problem.nations, part.short)
        if part.preconditions is not None:
            self._preconditions(part.preconditions)
        if part.packages is not None:
            self._packages(part.packages)

    def _preconditions(self, family: FamilyCertificate) -> None:
        record = self._record
        self._same("unlocking sets", family, record.unlocking.sets)
        if tuple(one.members for one in family.blocking) != record.blocking.sets:
            self._fault("the blocking sets are not those of the result")
        for one in family.sets:
            if one.witness is not None:
                self._witness(one.members, family.witnesses, one.witness)
        for refuted in family.blocking:
            world = self._everything(refuted.members)
            self._no("blocking", refuted.members, world, self._problem.nations, refuted.proof)

    def _packages(self, family: FamilyCertificate) -> None:
        if not (family.complete and self._record.packages.complete):
            return
        self._same("packages", family, [p.nations for p in self._record.packages.sets])
        blocking = [one.members for one in family.blocking]
        listed = {frozenset(one.members) for one in family.sets}
        if minimal_transversals(blocking) != listed:
            self._fault("the packages are not the least that meets every blocking coalition")
            return
        self._found.coalitions[self._task] = tuple(blocking)
        for one in family.blocking:
            rest = [n for n in self._problem.nations if n not in one.members]
            self._no("coalition", one.members, self._world, rest, one.proof)

    def _same(self, what: str, family: FamilyCertificate, sets: Iterable[tuple[str, ...]]) -> None:
        if tuple(one.members for one in family.sets) != tuple(sets):
            self._fault(f"the {what} are not those of the result")

    def _everything(self, without: tuple[str, ...] = ()) -> World:
        """The world with every open precondition brought about but these."""
        met = [
            name for name in self._problem.open_preconditions(self._world) if name not in without
        ]
        return self._problem.meeting(self._world, met)

    def _no(
        self,
        kind: str,
        members: tuple[str, ...],
        world: World,
        nations: Collection[str],
        proof: Proof,
    ) -> None:
        asked = self._problem, world, self._task, nations, proof
        faults = list(proof_faults(*asked, self._coming, self._stated))
        for fault in faults:
            self._fault(f"{kind} {_set(members)}: {fault}")
        if not faults and proof.by != "engines":
            self._found.shown.add((self._task, kind, members))

    def _witness(
        self, members: tuple[str, ...], witnesses: tuple[Witness, ...], number: int
    ) -> None:
        faults = list(self._witness_faults(members, witnesses, number))
        for fault in faults:
            self._fault(f"unlocking {_set(members)}: {fault}")
        if not faults:
            self._found.shown.add((self._task, "unlocking", members))

    def _witness_faults(
        self, members: tuple[str, ...], witnesses: tuple[Witness, ...], number: int
    ) -> Iterator[str]:
        if not 0 <= number < len(witnesses):
            yield f"there is no witness {number}"
            return
        witness = witnesses[number]
        try:
            allocation = allocation_of(witness.staffed, witness.allocation, witness.released)
        except ValueError as error:
            yield str(error)
            return
        if self._task not in allocation.staffed:
            yield "the witness does not staff the task"
        world = self._problem.meeting(self._world, members)
        only = self._problem.companions(self._task)
        for violation in violations(self._problem, world, allocation, only=only):
            yield f"the witness breaks {violation.rule}: {violation.message}"

    def _fault(self, text: str) -> None:
        self._found.faults.append(f"certificate of {self._task}: {text}")


def _set(members: tuple[str, ...]) -> str:
    return "{" + ", ".join(members) + "}"
