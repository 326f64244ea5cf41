"""Whole runs on hundreds of random tiny problems equal brute force, and runs that are cut off
claim nothing that is not so."""

from __future__ import annotations

import pytest

from allocator.deadline import Deadline
from tests.brute.claims import differences, untruths
from tests.brute.parts import NotTinyError
from tests.generator import question
from tests.plenty import analyse
from tests.thorough import some

CHUNK = 15
MOST_SKIPPED = 5
"""Of a chunk's seeds: too large for brute force."""


@pytest.mark.parametrize("first", some(range(0, 300, CHUNK)))
def test_a_finished_run_equals_brute_force(first: int) -> None:
    """Verdicts, unlocking and blocking sets, what is necessary, packages and how good each is,
    gaps, lifts, contests, and every level of the joint plan: all as the definition has it."""
    skipped = 0
    for seed in range(first, first + CHUNK):
        asked = question(seed)
        run = analyse(asked.problem, asked.world)
        assert run.faults == (), f"seed {seed}"
        assert not run.timed_out, f"seed {seed}"
        try:
            found = differences(asked.problem, asked.world, run.result)
        except NotTinyError:
            skipped += 1
            continue
        assert not found, f"seed {seed}"
    assert skipped <= MOST_SKIPPED


@pytest.mark.parametrize("first", some(range(1000, 1060, CHUNK)))
def test_a_finished_run_of_a_composed_workspace_equals_brute_force(first: int) -> None:
    """The same with what `composing.py` puts on top: members (R6), reserves (R5)."""
    skipped = 0
    for seed in range(first, first + CHUNK):
        asked = question(seed, composed=True)
        run = analyse(asked.problem, asked.world)
        assert run.faults == (), f"seed {seed}"
        try:
            found = differences(asked.problem, asked.world, run.result)
        except NotTinyError:
            skipped += 1
            continue
        assert not found, f"seed {seed}"
    assert skipped <= MOST_SKIPPED


@pytest.mark.parametrize("first", some(range(2000, 2060, CHUNK)))
def test_a_finished_run_with_offers_equals_brute_force(first: int) -> None:
    """The same with offers, of which some are counted (R11), and with what is taken from them
    where no row says what a nation has (R3)."""
    skipped = 0
    for seed in range(first, first + CHUNK):
        asked = question(seed, offered=True)
        run = analyse(asked.problem, asked.world)
        assert run.faults == (), f"seed {seed}"
        try:
            found = differences(asked.problem, asked.world, run.result)
        except NotTinyError:
            skipped += 1
            continue
        assert not found, f"seed {seed}"
    assert skipped <= MOST_SKIPPED


@pytest.mark.parametrize("seconds", [0, 0.01, 0.05])
@pytest.mark.parametrize("first", [0, 12, 24])
def test_a_run_that_is_cut_off_says_nothing_wrong(first: int, seconds: float) -> None:
    """What comes before the deadline is true: a verdict is right or unknown, a listed set is a
    set, a family is complete only where it is whole, values and bounds enclose the best."""
    skipped = 0
    for seed in range(first, first + 12):
        asked = question(seed)
        run = analyse(asked.problem, asked.world, deadline=Deadline(seconds))
        assert run.faults == (), f"seed {seed}"
        try:
            found = untruths(asked.problem, asked.world, run.result)
        except NotTinyError:
            skipped += 1
            continue
        assert not found, f"seed {seed}"
        if not seconds:
            assert run.timed_out
            assert run.result.plan.status == "unknown", f"seed {seed}"
    assert skipped <= MOST_SKIPPED
