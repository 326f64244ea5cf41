"""Ways to meet lines that share capabilities, against every way to share totals out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allocator.inputs.problem import Line
from allocator.search.feasibility import splits
from allocator.search.feasibility.splits import MOST_SPLITS, components, enough, ways
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


# --- sums in the place of lists --------------------------------------------------------------


def _reached(lines: Sequence[Line], have: Mapping[str, int]) -> bool:
    found = ways(lines)
    assert found is not None
    sums = [sum(w * have.get(c, 0) for c, w in one.items()) for one in found.sums]
    return any(all(a >= b for a, b in zip(sums, needs, strict=True)) for needs in found.needs)


@MANY
@given(_lines(), st.tuples(*(st.integers(0, 4) for _ in CAPABILITIES)))
def test_sums_say_what_the_list_says(lines: list[Line], totals: tuple[int, ...]) -> None:
    """Whichever way is taken: a single line, lines that count alike, or the list itself."""
    have = dict(zip(CAPABILITIES, totals, strict=True))
    listed = enough(lines)
    assume(listed is not None)
    within = any(all(have[c] >= units for c, units in split.items()) for split in listed)
    assert _reached(lines, have) == within


def _alike(number: int, capabilities: str, minimum: int, weight: int = 1) -> Line:
    return _line(number, dict.fromkeys(capabilities, weight), minimum)


@MANY
@given(
    st.lists(
        st.builds(
            _alike,
            st.integers(0, 9**6),
            st.text("abcde", min_size=1, max_size=4),
            st.integers(1, 4),
            st.integers(1, 3),
        ),
        min_size=2,
        max_size=4,
        unique_by=lambda line: line.id,
    ),
    st.tuples(*(st.integers(0, 4) for _ in "abcde")),
)
def test_lines_that_count_alike_never_need_the_list(
    lines: list[Line], totals: tuple[int, ...]
) -> None:
    have = dict(zip("abcde", totals, strict=True))
    listed = enough(lines)
    assume(listed is not None)
    assert listed is not None
    found = ways(lines)
    assert found is not None
    assert len(found.needs) == 1
    within = any(all(have[c] >= units for c, units in split.items()) for split in listed)
    assert _reached(lines, have) == within


def test_figures_in_people() -> None:
    """A list of these would not end: nine and a hundred substitutes, two lines on one pool."""
    one = [_line(0, {f"c{n}": 1 + n % 2 for n in range(100)}, 10**6)]
    assert enough(one) is None
    assert not _reached(one, {"c1": 499_999, "c2": 1})
    assert _reached(one, {"c1": 499_999, "c2": 2})
    two = [_alike(0, "abcdefghi", 4500), _alike(1, "ab", 2000)]
    assert enough(two) is None
    assert not _reached(two, {"a": 1999, "c": 10**6})
    assert not _reached(two, {"a": 2000, "b": 500, "c": 3999})
    assert _reached(two, {"a": 2000, "b": 500, "c": 4000})


def test_ways_are_counted_before_they_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is larger than the limit is ever gone through."""
    gone: list[int] = []

    def counting(most: int) -> range:
        gone.append(most)
        return range(most)

    monkeypatch.setattr(splits, "range", counting, raising=False)
    mixed = [_line(0, {"a": 2, "b": 1, "c": 1}, 10**6), _line(1, {"a": 1, "b": 1}, 10**5)]
    assert ways(mixed) is None
    assert sum(gone) <= MOST_SPLITS
    assert ways([_line(0, {"a": 2, "b": 1}, 5), _line(1, {"a": 1, "b": 1}, 3)]) is not None
    assert gone


def test_too_many_groups_of_lines_are_not_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight lines in a ring have more unions than that; what is left is the list."""
    ring = [
        _alike(n, pair, 1)
        for n, pair in enumerate(["ab", "bc", "cd", "de", "ef", "fg", "gh", "ha"])
    ]
    assert ways(ring[:3]) is not None
    assert splits._groups(ring) is None
    monkeypatch.setattr(splits, "MOST_SUMS", 1000)
    assert splits._groups(ring) is not None
