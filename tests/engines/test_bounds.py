"""A bound counts where arithmetic shows it, or two searches say so; a beaten one never."""

from __future__ import annotations

import pytest

from allocator.deadline import Deadline
from allocator.engines.bounds import Bound, Bounds
from allocator.engines.outcome import Outcome
from allocator.model.objectives import Objective
from tests.plenty import plenty


def _bounds(trivial: int, *, maximise: bool, deadline: Deadline | None = None) -> Bounds:
    return Bounds(Objective("goal", maximise, ((1, 0),)), trivial, deadline or plenty())


def test_one_engine_alone_proves_nothing() -> None:
    """Its bound is a claim; the sum stands until another engine says as much."""
    bounds = _bounds(9, maximise=True)
    bounds.claim_of(Outcome("optimal", "cpsat", (5,), 5))
    bounds.claim(None, "highs")
    assert (bounds.proved, bounds.claimed) == (Bound(9, "sum"), Bound(5, "cpsat"))
    bounds.claim(7, "scip")
    assert bounds.proved == Bound(7, "scip")
    bounds.claim(5, "cpsat without presolve")
    assert bounds.proved == Bound(5, "cpsat")
    assert bounds.claims("cpsat", 5)
    assert bounds.claims("cpsat", 6)
    assert not bounds.claims("scip", 6)
    assert not bounds.claims("highs", 6)


def test_the_same_engine_twice_is_one_engine() -> None:
    """A second claim of the same search only replaces a weaker one."""
    bounds = _bounds(0, maximise=False)
    bounds.claim(4, "highs")
    bounds.claim(3, "highs")
    bounds.claim(5, "highs")
    assert (bounds.proved, bounds.claimed) == (Bound(0, "sum"), Bound(5, "highs"))


def test_a_certificate_needs_nobody() -> None:
    """And a claim that says less than it is passed over."""
    bounds = _bounds(0, maximise=False)
    bounds.claim(2, "highs")
    bounds.certify(3, "relaxation")
    bounds.certify(1, "relaxation")
    assert bounds.proved == bounds.claimed == Bound(3, "relaxation")


@pytest.mark.parametrize("maximise", [True, False])
def test_what_a_solution_beats_is_dropped_and_reported(maximise: bool) -> None:
    """Claims and certificates alike; what is not beaten stays."""
    sign, deadline = (1 if maximise else -1), plenty()
    bounds = _bounds(20 * sign, maximise=maximise, deadline=deadline)
    bounds.claim(5 * sign, "cpsat")
    bounds.claim(9 * sign, "scip")
    bounds.certify(7 * sign, "relaxation")
    bounds.refute(7 * sign)
    assert bounds.proved == Bound(7 * sign, "relaxation")
    assert len(deadline.faults) == 1
    bounds.refute(8 * sign)
    assert bounds.proved == Bound(20 * sign, "sum")
    assert bounds.claimed == Bound(9 * sign, "scip")
    assert [fault.split(":")[0] for fault in deadline.faults] == ["cpsat", "relaxation"]
    assert all("goal; it is beaten" in fault for fault in deadline.faults)
