"""A few packages that differ most, against looking at every choice."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from allocator.search.packages.different import Members, different, distance

NATIONS = st.frozensets(st.sampled_from("ABCDEF"), min_size=1)
PACKAGES = st.lists(
    st.tuples(NATIONS, st.frozensets(st.sampled_from("AB"))), min_size=1, max_size=12, unique=True
)


@given(PACKAGES)
def test_each_pick_is_the_farthest_from_those_before_it(packages: list[Members]) -> None:
    """Of equally far ones the better ranked; nobody stands twice."""
    order = list(range(len(packages)))
    picks = [pick.place for pick in different(packages, order)]
    assert picks[0] == 0
    assert len(picks) == len(set(picks)) == min(5, len(packages))
    for number in range(1, len(picks)):
        rest = [place for place in order if place not in picks[:number]]
        near = {p: min(distance(packages[p], packages[q]) for q in picks[:number]) for p in rest}
        assert picks[number] == min(rest, key=lambda p: (-near[p], p))


def test_another_framework_nation_weighs_more_than_any_other_difference() -> None:
    """Sets without a common nation are 1 apart; another leader is another 1."""
    fra, gbr = frozenset({"FRA"}), frozenset({"GBR"})
    assert distance((fra, frozenset()), (gbr, frozenset())) == 1
    assert distance((fra | gbr, fra), (fra | gbr, gbr)) == 1
    assert distance((fra, fra), (gbr, gbr)) == 2
    assert distance((fra | gbr, fra), (fra, fra)) == Fraction(1, 2)
    assert distance((frozenset(), frozenset()), (frozenset(), frozenset())) == 0


def test_the_best_comes_first_whatever_its_number() -> None:
    packages = [(frozenset(name), frozenset[str]()) for name in ("A", "B", "AB")]
    assert [pick.place for pick in different(packages, [2, 1, 0])] == [2, 1, 0]
    assert different([], []) == []
