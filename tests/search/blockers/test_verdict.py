"""Verdicts and their sets in workspaces whose answers are known beforehand."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest

from allocator.checker import check_result
from allocator.deadline import Deadline
from allocator.inputs.problem import Problem
from allocator.results.run import RunRecord
from allocator.search.blockers.gaps import added_shares
from tests.handmade import line, problem
from tests.plenty import analyse


def _run(asked: Problem, world: Any = None, **how: Any) -> RunRecord:
    run = analyse(asked, world, command="blockers", **how)
    assert run.faults == ()
    assert check_result(asked, world or asked.world(), run.result) == ()
    return run


def _sets(*members: str) -> set[tuple[str, ...]]:
    return {tuple(sorted(one.split())) for one in members}


def _pairs(number: int) -> list[tuple[str, str]]:
    return [(f"a{i}", f"b{i}") for i in range(number)]


@pytest.mark.parametrize("pairs", [1, 3, 4])
def test_lines_that_each_wait_for_one_of_two(pairs: int) -> None:
    """The dual matching: one of each pair, 2^n unlocking sets and n blocking ones. Every line has
    a capability of its own, of one nation, behind a caveat."""
    names = _pairs(pairs)
    asked = problem(
        [{"task": "t", "lines": [
            {"line": f"l{i}", "any_of": {f"k{i}": 1}, "minimum": 1} for i in range(pairs)
        ]}],
        {("FRA", f"k{i}"): 1 for i in range(pairs)},
        preconditions=[name for pair in names for name in pair],
        caveats=[
            {"nation": "FRA", "capability": f"k{i}", "requires": f"{a} or {b}"}
            for i, (a, b) in enumerate(names)
        ],
    )  # fmt: skip
    record = _run(asked)["t"]
    assert record.verdict == "blocked"
    assert set(record.unlocking.sets) == {tuple(sorted(one)) for one in product(*names)}
    assert set(record.blocking.sets) == {tuple(sorted(pair)) for pair in names}
    assert record.unlocking.complete
    assert record.blocking.complete
    assert record.necessary == ()


@pytest.mark.parametrize("pairs", [2, 4])
def test_one_of_several_nations_that_each_wait_for_two(pairs: int) -> None:
    """The matching: any pair unlocks, one of each pair blocks. No sum tells: at most one nation
    may come."""
    names = _pairs(pairs)
    asked = problem(
        [{"task": "t", "max_nations": 1, "lines": [line(2)]}],
        {(f"N{i}", "bn"): 2 for i in range(pairs)},
        preconditions=[name for pair in names for name in pair],
        caveats=[{"nation": f"N{i}", "requires": f"{a} and {b}"} for i, (a, b) in enumerate(names)],
    )
    record = _run(asked)["t"]
    assert set(record.unlocking.sets) == {tuple(sorted(pair)) for pair in names}
    assert set(record.blocking.sets) == {tuple(sorted(one)) for one in product(*names)}


@pytest.mark.parametrize(("k", "n"), [(2, 4), (3, 5), (4, 4)])
def test_k_of_n_votes(k: int, n: int) -> None:
    """As nations behind their votes, and as the task's own condition."""
    votes = [f"v{i}" for i in range(n)]
    nations = problem(
        [{"task": "t", "lines": [line(k)]}],
        {(f"N{i}", "bn"): 1 for i in range(n)},
        preconditions=votes,
        caveats=[{"nation": f"N{i}", "requires": vote} for i, vote in enumerate(votes)],
    )
    condition = problem(
        [{"task": "t", "requires": f"at_least({k}, {', '.join(votes)})", "lines": [line(1)]}],
        {("FRA", "bn"): 1},
        preconditions=votes,
    )
    for asked in (nations, condition):
        record = _run(asked)["t"]
        assert set(record.unlocking.sets) == set(combinations(votes, k))
        assert set(record.blocking.sets) == set(combinations(votes, n - k + 1))
        assert record.necessary == (tuple(votes) if k == n else ())


def test_releases_substitutes_and_partners_count_as_ways() -> None:
    """Three ways to a second unit: release France's, let Britain in, or have Poland's company
    where France's own unit is lifted by the mandate already needed."""
    asked = problem(
        [{"task": "t", "requires": "mandate", "lines": [line(2, "bn", "hq")]}],
        {("FRA", "bn"): 2, ("GBR", "hq"): 1, ("POL", "bn"): 1},
        preconditions=["mandate", "plans", "vote", "sejm"],
        commitments=[
            {"nation": "FRA", "capability": "bn", "quantity": 1, "release_requires": "plans"}
        ],
        caveats=[
            {"nation": "GBR", "requires": "vote"},
            {"nation": "POL", "requires": "sejm and joins(FRA)"},
        ],
    )
    record = _run(asked)["t"]
    assert set(record.unlocking.sets) == _sets("mandate plans", "mandate vote", "mandate sejm")
    assert set(record.blocking.sets) == _sets("mandate", "plans sejm vote")
    assert record.necessary == ("mandate",)


def test_what_is_implied_is_necessary_though_nobody_brings_it_about() -> None:
    """Peace or ceasefire: both make the ceasefire hold."""
    asked = problem(
        [{"task": "t", "requires": "ceasefire", "lines": [line(1)]}],
        {("FRA", "bn"): 1},
        preconditions={"ceasefire": {}, "peace": {"implies": "ceasefire"}, "other": {}},
    )
    record = _run(asked)["t"]
    assert set(record.unlocking.sets) == _sets("ceasefire", "peace")
    assert record.blocking.sets == (("ceasefire", "peace"),)
    assert record.necessary == ("ceasefire",)


def test_ruled_out_is_no_way_out() -> None:
    """Short, though a world may still say that it holds."""
    asked = problem(
        [{"task": "t", "requires": "vote", "lines": [line(1)]}],
        {("FRA", "bn"): 1},
        preconditions={"vote": {"status": "ruled_out"}},
    )
    assert _run(asked)["t"].verdict == "short"
    assert _run(asked)["t"].gaps.rules == ("R10 condition",)
    assert _run(asked, asked.world(with_={"vote": 1}))["t"].verdict == "ready"


def test_too_late_is_still_to_be_met() -> None:
    """A precondition from period 2 on is open for a task of period 1, not for one of period 2."""
    asked = problem(
        [
            {"task": "t", "requires": "vote", "periods": "1", "lines": [line(1)]},
            {"task": "u", "requires": "vote", "periods": "2", "lines": [line(1)]},
        ],
        {("FRA", "bn"): 1},
        preconditions=["vote"],
        horizon=2,
    )
    run = _run(asked, asked.world(with_={"vote": 2}))
    assert (run["t"].verdict, run["t"].unlocking.sets) == ("blocked", (("vote",),))
    assert run["u"].verdict == "ready"


# --- gaps -------------------------------------------------------------------------------------


def test_a_gap_takes_the_smallest_share_of_its_line() -> None:
    """One of ten is less than one of two; the unit of weight 2 does for two."""
    lines = [
        {"line": "l", "any_of": {"bn": 1, "hq": 2}, "minimum": 10},
        {"line": "m", "any_of": {"med": 1}, "minimum": 2},
    ]
    have = {("FRA", "bn"): 6, ("FRA", "hq"): 0, ("FRA", "med"): 1}
    asked = problem([{"task": "t", "lines": lines}], have)
    gaps = _run(asked)["t"].gaps
    assert [(row.line, row.capability, row.quantity) for row in gaps.units] == [
        ("l", "hq", 2),
        ("m", "med", 1),
    ]
    assert gaps.units_status == "optimal"


@pytest.mark.parametrize(
    ("task", "rules"),
    [
        ({"min_nations": 3}, {"R6 min_nations"}),
        ({"max_nations": 0, "lead": {"any_of": ["FRA"]}}, {"R6 max_nations", "R8 lead"}),
        ({"max_share": 0.4, "min_nations": 2}, {"R6 min_nations", "R7 max_share"}),
        ({"lead": {"any_of": ["POL"]}}, {"R8 lead"}),
        ({"requires": "never"}, {"R10 condition"}),
    ],
)
def test_a_gap_that_no_units_close_names_one_rule(task: dict[str, Any], rules: set[str]) -> None:
    """Two nations, and units of no nation count for no shares, leads or numbers. Where either of
    two rules would have to go, one is named."""
    asked = problem(
        [{"task": "t", "lines": [line(1)]} | task],
        {("FRA", "bn"): 2, ("GBR", "bn"): 2, ("POL", "bn"): 0},
    )
    gaps = _run(asked)["t"].gaps
    assert (gaps.units, gaps.units_status) == ((), "none")
    assert len(gaps.rules) == 1
    assert set(gaps.rules) <= rules


def test_a_gap_of_forces_in_people_is_found_whatever_their_common_share() -> None:
    """Shares of four-digit minimums that have no divisor in common, beside scaled lines over six
    periods, came to more than 64 bits. What is rounded is not called the least."""
    minimums = {"a": 4513, "b": 1999, "c": 997, "d": 3001}
    lines = [{"line": k, "any_of": {k: 1}, "minimum": m} for k, m in minimums.items()]
    scaled = [{"line": k, "any_of": {k: 1}, "one_per": per} for k, per in (("s", 50), ("r", 70))]
    asked = problem(
        [{"task": "t", "lines": [*lines, *scaled]}],
        {("FRA", k): 100 for k in (*minimums, "s", "r")},
        capabilities={k: {"personnel": 1} for k in (*minimums, "s", "r")},
        horizon=6,
    )
    gaps = _run(asked)["t"].gaps
    missing = {(row.line, row.quantity) for row in gaps.units if row.period == 1}
    assert missing >= {(k, m - 100) for k, m in minimums.items()}
    assert gaps.units_status == "feasible"


def test_shares_are_exact_as_far_as_64_bits_go() -> None:
    task = problem(
        [{"task": "t", "lines": [line(7), line(11, line="m")]}], {("FRA", "bn"): 1}
    ).task("t")
    assert added_shares(task, {"l": 7, "m": 11}) == ({"l": 11, "m": 7}, True)
    shares, exact = added_shares(task, {"l": 1 << 56, "m": 1 << 56})
    assert not exact
    assert shares["l"] >= shares["m"] > 0


def test_lifts_are_minimal_and_complete() -> None:
    """A caveat, or two commitments together; none that a precondition lifts."""
    held = {"nation": "GBR", "capability": "bn", "quantity": 1, "release_requires": "never"}
    asked = problem(
        [{"task": "t", "lines": [line(2)]}],
        {("FRA", "bn"): 2, ("GBR", "bn"): 2},
        caveats=[{"nation": "FRA", "requires": "never"}],
        commitments=[held, held],
    )
    gaps = _run(asked)["t"].gaps
    assert [(lift.caveats, lift.commitments) for lift in gaps.lifts] == [
        (("v0",), ()),
        ((), ("c0", "c1")),
    ]
    assert gaps.lifts_complete


def test_without_time_nothing_is_said() -> None:
    """Not even what a sum would show at once: a limit of zero gives no answer."""
    asked = problem(
        [{"task": "t", "lines": [line(9)]}, {"task": "u", "lines": [line(4)]}],
        {("FRA", "bn"): 2, ("GBR", "bn"): 2},
    )
    run = _run(asked, deadline=Deadline(0))
    assert [run[task].verdict for task in ("t", "u")] == ["unknown", "unknown"]
    assert not run.answered
