"""Ways to meet lines that share capabilities, against every way to share totals out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allocator.feasibility.splits import MOST_SPLITS, components, enough
from allocator.problem import Line
from tests.handmade import line, problem

CAPABILITIES = ("bn", "hq", "med")
MANY = settings(max_examples=150, deadline=None)


def _line(number: int, weights: Mapping[str, int], minimum: int) -> Line:
    return Line(f"l{number}", weights, minimum, minimum, None, None, 0)


@st.composite
def _lines(draw: st.DrawFn) -> list[Line]:
    """One to three lines of up to three substitutes, minimums of none to five."""
    weights = st.dictionaries(st.sampled_from(CAPABILITIES), st.integers(1, 3), min_size=1)
    pairs = draw(st.lists(st.tuples(weights, st.integers(0, 5)), min_size=1, max_size=3))
    return [_line(number, *pair) for number, pair in enumerate(pairs)]


def _met(lines: Sequence[Line], totals: tuple[int, ...]) -> bool:
    """Whether some way to share the totals out meets every line."""
    left = {totals}
    for one in lines:
        weights = [one.weights.get(capability, 0) for capability in CAPABILITIES]
        left = {
            tuple(have - used for have, used in zip(rest, taken, strict=True))
            for rest in left
            for taken in product(*(range(units + 1) for units in rest))
            if sum(w * used for w, used in zip(weights, taken, strict=True)) >= one.minimum
        }
    return bool(left)


@MANY
@given(_lines(), st.tuples(*(st.integers(0, 3) for _ in CAPABILITIES)))
def test_totals_meet_the_lines_where_a_listed_one_is_within_them(
    lines: list[Line], totals: tuple[int, ...]
) -> None:
    """As every way to share them out says."""
    found = enough(lines)
    assume(found is not None)
    assert found is not None
    have = dict(zip(CAPABILITIES, totals, strict=True))
    within = any(all(have[c] >= units for c, units in split.items()) for split in found)
    assert within == _met(lines, totals)


@MANY
@given(_lines())
def test_every_listed_total_does(lines: list[Line]) -> None:
    """None of them is too little, and none is listed twice."""
    found = enough(lines)
    assume(found is not None)
    assert found
    assert len({tuple(sorted(split.items())) for split in found}) == len(found)
    for split in found[:10]:
        if max(split.values(), default=0) <= 5:
            assert _met(lines, tuple(split.get(c, 0) for c in CAPABILITIES))


def test_no_lines_need_nothing() -> None:
    assert enough([]) == [{}]


def test_one_substitute_is_rounded_up() -> None:
    assert enough([_line(0, {"bn": 2}, 5)]) == [{"bn": 3}]


def test_two_substitutes_trade_by_weight() -> None:
    """Three of weight two, or two and one small, or one and three, or five small."""
    found = enough([_line(0, {"bn": 2, "hq": 1}, 5)]) or []
    assert sorted((split["bn"], split["hq"]) for split in found) == [(0, 5), (1, 3), (2, 1), (3, 0)]


def test_too_many_ways_are_not_listed() -> None:
    """One line of two substitutes has minimum + 1 ways."""
    most = enough([_line(0, {"bn": 1, "hq": 1}, MOST_SPLITS - 1)])
    assert most is not None
    assert len(most) == MOST_SPLITS
    assert enough([_line(0, {"bn": 1, "hq": 1}, MOST_SPLITS)]) is None
    assert enough([_line(n, {"bn": 1, "hq": 1}, 50) for n in range(2)]) is None


def test_lines_are_grouped_by_shared_capabilities() -> None:
    """Direct or not; lines that need nothing stand in no group, and join none."""
    lines = [
        line(1, "a", line="l1"),
        line(1, "c", line="l2"),
        line(1, "a", "b", line="l3"),
        line(1, "b", line="l4"),
        line(0, "c", "d", line="l5", target=1),
        line(1, "d", line="l6"),
    ]
    pools = {("FRA", capability): 1 for capability in "abcd"}
    task = problem([{"task": "t", "lines": lines}], pools).task("t")
    groups = {tuple(one.id for one in group) for group in components(task)}
    assert groups == {("l1", "l3", "l4"), ("l2",), ("l6",)}
