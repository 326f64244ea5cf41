"""The short form of a family stands for exactly its sets."""

from hypothesis import example, given
from hypothesis import strategies as st

from allocator.report.sentences.factoring import Factored, expand, factor, sentence

FAMILIES = st.frozensets(st.frozensets(st.sampled_from("abcdef"), max_size=5), max_size=12)


@given(FAMILIES)
@example(frozenset())
@example(frozenset({frozenset()}))
@example(frozenset({frozenset(), frozenset("a")}))
@example(frozenset(map(frozenset, ("abc", "abd", "aec", "aed"))))
@example(frozenset(map(frozenset, ("ab", "bc", "ca"))))
def test_factored_form_expands_to_exactly_the_sets(family):
    assert expand(factor(family)) == family


@given(FAMILIES, FAMILIES)
def test_products_of_families_expand_exactly(one, other):
    family = frozenset(a | frozenset(m.upper() for m in b) | {"always"} for a in one for b in other)
    assert expand(factor(family)) == family


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=4), max_size=6), st.randoms())
def test_order_of_sets_and_members_changes_nothing(family, random):
    shuffled = [random.sample(members, len(members)) for members in family]
    random.shuffle(shuffled)
    assert factor(shuffled) == factor(family)


def test_independent_choices_are_split():
    found = factor(["abc", "abd", "aec", "aed"])
    assert found == Factored(("a",), ((("b",), ("e",)), (("c",), ("d",))))
    assert sentence(found) == "a, and one of b or e, and one of c or d"


def test_dependent_alternatives_stay_together():
    assert sentence(factor(["abc", "ad"])) == "a, and one of: d; b and c"


def test_any_two_of_three():
    assert sentence(factor(["ab", "bc", "ca"])) == "any 2 of a, b or c"


def test_no_sets_and_the_empty_set_differ():
    assert sentence(factor([])) == "none"
    assert sentence(factor([[]])) == "nothing"
