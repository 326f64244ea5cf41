"""Names, numbers and likelihoods in words."""

import pytest
from report_cases import small_problem

from allocator.inputs.problem import Capability
from allocator.report.sentences import situation as say
from allocator.report.sentences.amounts import amount
from allocator.report.sentences.likelihood import phrase
from allocator.results.blocking import SumProof
from allocator.results.result import Family, Package, Packages
from allocator.words import listing, periods, plural, some


@pytest.mark.parametrize(
    ("word", "number", "text"),
    [
        ("company", 2, "companies"),
        ("company", 1, "company"),
        ("aircraft", 4, "aircraft"),
        ("battery", 2, "batteries"),
        ("way", 2, "ways"),
        ("persons", 2, "persons"),
        ("branch", 2, "branches"),
    ],
)
def test_plural(word, number, text):
    assert plural(word, number) == text


@pytest.mark.parametrize(
    ("name", "unit", "text"),
    [
        ("Mechanised company", "company", "2 mechanised companies"),
        ("AWACS", "aircraft", "2 aircraft (AWACS)"),
        ("C-17 outsize transport aircraft", "aircraft", "2 C-17 outsize transport aircraft"),
        ("Light infantry company group", "company group", "2 light infantry company groups"),
        ("Air defence battery (NASAMS)", "battery", "2 air defence batteries"),
        ("Satellite", "", "2 satellites"),
    ],
)
def test_amount_says_units_not_ids(name, unit, text):
    problem = small_problem()
    made = {"x": Capability("x", name, "land", unit, 1, 1)}
    object.__setattr__(problem, "capabilities", made)
    assert amount(problem, "x", 2).startswith(text)


def test_listing_and_periods():
    assert [listing("a"), listing("ab"), listing("abc", "or")] == ["a", "a and b", "a, b or c"]
    assert periods([1, 2, 3, 5]) == "periods 1-3 and 5"
    assert periods([2]) == "period 2"
    assert some(["a", "b", "c"], 2) == "a, b and 1 more"


@pytest.mark.parametrize(
    ("likelihood", "words"),
    [
        (None, "no estimate"),
        (0.0, "almost no chance (under 5 %)"),
        (0.05, "very unlikely (5-20 %)"),
        (0.5, "roughly even chance (45-55 %)"),
        (0.55, "likely (55-80 %)"),
        (1.0, "almost certain (over 95 %)"),
    ],
)
def test_likelihood_is_a_word_and_its_range(likelihood, words):
    assert phrase(likelihood) == words


def test_blocking_sentences():
    assert say.blocking([["a"], ["a", "b"], ["a", "b", "c"]]) == (
        "While a is not brought about, nothing else helps.",
        "While neither a nor b is brought about, nothing else helps.",
        "While none of a, b and c is brought about, nothing else helps.",
    )


def test_a_cut_off_family_never_reads_as_whole():
    family = Family(complete=False, sets=(("a",),))
    assert say.ways_found(family) == "at least 1 way (cut off)"
    assert "there may be further ways" in say.factored(family)
    assert "cut off" in say.ways_found(Family(complete=False))


def test_a_counted_family_says_how_many_there_are_and_how_many_are_listed():
    family = Family(complete=False, sets=(("a",), ("b",)), in_all=84_400)
    listed = "all counted; the 2 of the least effort are listed"
    assert say.ways_found(family) == f"84,400 ways, {listed}"
    assert say.factored(family) == f"one of 84,400 combinations: {listed}"
    assert say.blocking_counted(family) == "84,400 blocking sets, all counted; 2 are listed."
    assert say.blocking_counted(Family(complete=True, sets=(("a",),))) == ""
    assert "in_all" not in Family(complete=True).model_dump()
    assert family.model_dump()["in_all"] == 84_400


def test_a_sum_over_several_periods_says_so():
    proof = SumProof(("orbit",), (1, 2), 12, 8, (("FRA", "awacs", 4), ("ITA", "awacs", 4)))
    (text,) = say.sums(small_problem(), "air_watch", [proof])
    assert text == (
        "orbit needs 12 aircraft (AWACS) over periods 1-2 together; all nations together, every "
        "open precondition met, have 8: FRA 4, ITA 4."
    )


def packages(*sizes, complete=False, whole_to=None, in_all=None):
    sets = (Package(nations=tuple("ABCDEF"[:n]), allocation=(), released=()) for n in sizes)
    return Packages(complete=complete, whole_to=whole_to, in_all=in_all, sets=tuple(sets))


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (packages(2, 3, complete=True), "2 packages"),
        (packages(4), "at least 1 package (cut off)"),
        (packages(4, whole_to=0), "at least 1 package (cut off)"),
        (
            packages(4, whole_to=2),
            "at least 1 package (cut off); none of up to 2 nations is missing",
        ),
        (
            packages(3, 4, whole_to=3, in_all=23_315),
            "23,315 packages, all counted, 2 listed; none of up to 3 nations is missing",
        ),
        (packages(), "none listed yet (cut off)"),
        (packages(complete=True), "none"),
    ],
)
def test_how_many_packages_there_are(found, text):
    assert say.packages_found(found) == text


@pytest.mark.parametrize(
    ("found", "sure"),
    [
        (packages(2, 3, complete=True), True),
        (packages(3, 3, whole_to=2), True),
        (packages(3, 4, whole_to=2), False),
        (packages(4, whole_to=0), False),
        (packages(4), False),
        (packages(1), True),  # were the task done by nobody, this would be no package
    ],
)
def test_packages_are_the_smallest_where_none_that_is_smaller_can_be_missing(found, sure):
    which, first = say.first_packages(found, 2)
    assert which == ("the smallest" if sure else "the smallest known")
    assert first == list(found.sets[:2])
