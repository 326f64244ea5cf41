"""Who matters for a task, by the best means that its structure and the time allow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from random import Random

from allocator.deadline import Deadline, TimeUpError
from allocator.results.coalitions import Power
from allocator.results.threshold_game import ThresholdGame
from allocator.search.feasibility.oracle import StaffingOracle
from allocator.search.minimal_sets.families import Answer, Families, Mask
from allocator.search.minimal_sets.world_sets import MOST_ELEMENTS
from allocator.search.packages.power import counted, counted_whole, listed, sampled
from allocator.search.packages.weighted import threshold_game

AUDITED = 10
"""So many coalitions that the weights call just enough are put to the engines all the same."""


def by_weights(questions: StaffingOracle, deadline: Deadline) -> Power | None:
    """Counted, where weights alone decide; None where they may not, or it is too much to count."""
    scope, names = questions.scope, _names(questions)
    rule = threshold_game(questions.problem, scope.world, scope.task or "", names)
    if rule is None or not _audited(rule, questions):
        return None
    return counted(rule, deadline)


def by_packages(questions: StaffingOracle, found: Families, deadline: Deadline) -> Power | None:
    """Tell who matters, from all packages, or all coalitions where the packages are too many to
    list; where they are not all known, from coalitions drawn at random.

    questions: what can be asked about the task, set by set. found: the minimal sets that are known.
    deadline: when to end at the latest.
    """
    if found.complete:
        return listed(_names(questions), found.minimal, deadline.part(0.8).check)
    if found.whole is not None:
        with suppress(TimeUpError):
            if exact := counted_whole(_names(questions), found.whole, deadline.part(0.8).check):
                return exact
    questions.deadline = deadline
    return sampled(_names(questions), questions.ask, deadline)


def too_many(questions: StaffingOracle) -> bool:
    """Whether coalitions of these nations do not fit a table."""
    return len(questions.elements) > MOST_ELEMENTS


def _names(questions: StaffingOracle) -> list[str]:
    return [name for _, name in questions.elements]


def _audited(rule: ThresholdGame, questions: StaffingOracle) -> bool:
    """Whether the answers are those of the rule, on both sides of the line between them."""
    for enough, too_few in _edges(rule):
        if questions.ask(enough) is Answer.NO or questions.ask(too_few) is Answer.YES:
            text = f"{questions.scope.task}: weights and answers disagree on"
            questions.faults.append(f"{text} {questions.names(enough)}")
            return False
    return True


def _edges(rule: ThresholdGame) -> Iterator[tuple[Mask, Mask]]:
    """Coalitions that just win by the rule, and the same without their last member."""
    rng, everybody = Random(0), list(range(len(rule.nations)))
    if not rule.wins(everybody):
        return
    for _ in range(AUDITED):
        members = list(everybody)
        for nation in rng.sample(everybody, len(everybody)):
            fewer = [other for other in members if other != nation]
            if rule.wins(fewer):
                members = fewer
        if members:
            enough = sum(1 << i for i in members)
            yield enough, enough & ~(1 << members[-1])
