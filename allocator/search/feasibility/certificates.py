"""The certificate of a question's families, made after the search from what can be shown."""

from __future__ import annotations

from allocator.deadline import Deadline
from allocator.results.certificate import FamilyCertificate, Refuted, Shown, Witness
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.minimal_sets.families import Families, Mask

MOST_WITNESSED = 200
"""So many sets of a family, the smallest, get a witness; each takes a few milliseconds, and
whoever checks the certificate finds those of the others in the same time."""


def build_certificate(
    questions: StaffingOracle, found: Families, deadline: Deadline
) -> FamilyCertificate:
    """Return witnesses for the smallest minimal sets, a proof for every blocking set. One witness
    stands for as many sets as it can.

    questions: what can be asked about the task, set by set. found: the minimal sets that are known.
    deadline: when to end at the latest.
    """
    questions.deadline = deadline
    # First, since whoever checks finds a witness sooner than a proof.
    blocking = refuted(questions, found)
    minimal = _in_order(questions, found.minimal)
    witnesses: list[Witness] = []
    number: dict[Mask, int] = {}
    for allocation, masks in questions.witnesses(minimal[:MOST_WITNESSED]):
        number |= dict.fromkeys(masks, len(witnesses))
        witnesses.append(Witness.of(allocation))
    return FamilyCertificate(
        complete=found.complete,
        witnesses=tuple(witnesses),
        sets=tuple(
            Shown(members=questions.names(mask), witness=number.get(mask)) for mask in minimal
        ),
        blocking=blocking,
    )


def refuted(questions: StaffingOracle, found: Families) -> tuple[Refuted, ...]:
    """The blocking sets, each with what shows that nothing does without it."""
    everything = questions.everything
    return tuple(
        Refuted(members=questions.names(mask), proof=questions.proof(everything & ~mask))
        for mask in _in_order(questions, found.blocking)
    )


def _in_order(questions: StaffingOracle, masks: list[Mask]) -> list[Mask]:
    """By size, then by names."""
    return sorted(masks, key=lambda mask: (mask.bit_count(), questions.names(mask)))
