"""In which direction a difference pulls, kind by kind."""

import pytest

from allocator.analysis.comparison import cells
from allocator.analysis.comparison.directions import larger_helps, together, turned, weaker_helps
from allocator.analysis.comparison.values import Committed, Held, Limit, Standing, Unit, Whole
from allocator.inputs.conditions import parse
from allocator.inputs.problem import Lead, Line, Task

SCOPE = ("task", "axis", "area", "domain", "capability")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a", "a", "same"),
        ("a and b", "b and a", "same"),
        ("a and b", "a", "helps"),
        ("a", "at_least(1, a, b)", "helps"),
        ("a or b", "joins(FRA) and a", "hinders"),
        ("a", "b", "unclear"),
        ("never", "a", "helps"),
        ("always", "a", "hinders"),
        ("staffed(t)", "joins(t)", "unclear"),
        (" and ".join("abcdefghijk"), "a", "unclear"),
    ],
)
def test_conditions(before, after, expected):
    assert weaker_helps(parse(before), parse(after)) == expected
    assert weaker_helps(parse(after), parse(before)) == turned(expected)


def test_several_at_once():
    assert together([]) == "same"
    assert together(["same", "helps", "helps"]) == "helps"
    assert together(["helps", "hinders"]) == "unclear"
    assert larger_helps({1, 2}, {2, 3}) == "unclear"


def standing(start, status="open", implies=()):
    return Standing(start, status, frozenset(implies))


@pytest.mark.parametrize(
    ("before", "after", "now", "best"),
    [
        (standing(None), standing(1), "helps", "same"),
        (standing(3), standing(2), "helps", "same"),
        (standing(None, "ruled_out"), standing(None), "same", "helps"),
        (standing(1, "met"), standing(None, "open"), "hinders", "same"),
        (standing(1, "met"), standing(None, "ruled_out"), "hinders", "hinders"),
        (standing(2, "ruled_out"), standing(1, "ruled_out"), "helps", "helps"),
        (standing(None), standing(None, implies=["x"]), "helps", "helps"),
        (standing(1), standing(None, implies=["x"]), "unclear", "helps"),
    ],
)
def test_preconditions(before, after, now, best):
    assert (before.towards(after, "now"), before.towards(after, "best")) == (now, best)


def committed(units=(2,), rotating=False, release="never", nation="FRA"):
    return Committed(nation, "mech", units, rotating, parse(release))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (committed(), "same"),
        (committed((1,)), "helps"),
        (committed((3,)), "hinders"),
        (committed(rotating=True), "hinders"),
        (committed(release="vote"), "helps"),
        (committed((3,), release="vote"), "unclear"),
        (committed(nation="GBR"), "unclear"),
    ],
)
def test_commitments(after, expected):
    assert committed().towards(after, "now") == expected


def limit(people=0, requires="vote", periods=(1, 2), nation="FRA", **scope):
    found = tuple((column, frozenset(scope.get(column, ()))) for column in SCOPE)
    return Limit(nation, found, frozenset(periods), parse(requires), people)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (limit(), "same"),
        (limit(None), "hinders"),
        (limit(500), "helps"),
        (limit(requires="vote or talks"), "helps"),
        (limit(periods=(1,)), "helps"),
        (limit(area=["west"]), "helps"),
        (limit(500, requires="never"), "unclear"),
        (limit(nation="GBR"), "unclear"),
    ],
)
def test_caveats(after, expected):
    assert limit().towards(after, "now") == expected
    assert after.towards(limit(), "now") == turned(expected)


def test_units_and_what_counts_of_them():
    assert Held((1, 2)).towards(Held((2, 2)), "now") == "helps"
    assert Held((1, 2)).towards(Held((2, 1)), "now") == "unclear"
    assert Unit(100, 3, "land").towards(Unit(100, 2, "land"), "now") == "helps"
    assert Unit(100, 3, "land").towards(Unit(120, 3, "land"), "now") == "unclear"
    assert Unit(100, 3, "land").towards(Unit(100, 3, "air"), "now") == "unclear"
    assert (Whole("task", "").added, Whole("line", "").added) == ("helps", "unclear")
    assert Whole("task", "", reinforced=True).added == "unclear"


def line(weights=None, minimum=2, one_per=None, of=None, least=0):
    return Line("l", weights or {"mech": 1}, minimum, 9, one_per, of, least)


def task(**changes):
    values = {
        "id": "t", "title": "", "axis": "", "area": "", "priority": 1, "requires": parse(""),
        "periods": (1, 2), "min_nations": 0, "max_nations": None, "max_share": None,
        "lead": None, "lines": (line(),),
    }  # fmt: skip
    return Task(**{**values, **changes})


def pulls(found, others):
    """By column, where the second pulls from the first."""
    return {
        b.column: b.towards(a, "now")
        for b, a in zip(found, others, strict=True)
        if b.towards(a, "now") != "same"
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"priority": 2, "title": "x"}, {}),
        ({"requires": parse("vote")}, {"requires": "hinders"}),
        ({"periods": (1,)}, {"periods": "unclear"}),
        ({"area": "west", "axis": "presence"}, {"area": "unclear", "axis": "unclear"}),
        ({"min_nations": 2}, {"min_nations": "hinders"}),
        ({"max_nations": 2}, {"max_nations": "hinders"}),
        ({"members": ("FRA",)}, {"members": "hinders"}),
        ({"reinforces": ("u",)}, {"reinforces": "hinders"}),
        ({"max_share": 500}, {"max_share": "hinders"}),
        ({"lead": Lead(None, None, None, 200)}, {"lead": "hinders"}),
    ],
)
def test_cells_of_a_task(changes, expected):
    assert pulls(cells.of_task(task()), cells.of_task(task(**changes))) == expected


LEAD = Lead(("FRA", "GBR"), None, "hq", 200)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (None, "helps"),
        (Lead(("FRA",), None, "hq", 200), "hinders"),
        (Lead(None, None, "hq", 200), "helps"),
        (Lead(("FRA", "GBR"), None, None, 200), "helps"),
        (Lead(("FRA", "GBR"), None, "mech", 200), "unclear"),
        (Lead(("FRA", "GBR"), None, "hq", 100), "helps"),
        (Lead(None, ("FRA", "GBR"), "hq", 200), "unclear"),
    ],
)
def test_framework_nations(after, expected):
    assert pulls(cells.of_task(task(lead=LEAD)), cells.of_task(task(lead=after))) == {
        "lead": expected
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (LEAD, LEAD, "same"),
        (LEAD, None, "unclear"),
        (None, LEAD, "unclear"),
        (LEAD, Lead(("FRA",), None, "hq", 200), "hinders"),
        (LEAD, Lead(None, None, "hq", 100), "helps"),
        (Lead(None, ("FRA", "GBR"), None, 0), Lead(None, ("FRA",), None, 0), "unclear"),
        (Lead(None, ("FRA",), "hq", 0), Lead(None, ("FRA",), None, 0), "helps"),
    ],
)
def test_framework_nations_where_a_condition_asks_who_leads(before, after, expected):
    """One that need not lead any more does not."""
    cells_of = [
        {c.column: c for c in cells.of_task(task(lead=x), led=True)} for x in (before, after)
    ]
    assert cells_of[0]["lead"].towards(cells_of[1]["lead"], "now") == expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (line(), {}),
        (line(minimum=3), {"minimum": "hinders"}),
        (line({"mech": 1, "light": 1}), {"any_of": "helps"}),
        (line({"light": 1}), {"any_of": "unclear"}),
        (line({"mech": 2}), {"any_of": "helps"}),
        (line(one_per=500), {"one_per": "hinders"}),
        (line(of=("t",)), {}),
        (line(least=2), {"min_contribution": "hinders"}),
    ],
)
def test_cells_of_a_line(after, expected):
    assert pulls(cells.of_line(task(), line()), cells.of_line(task(), after)) == expected


def test_scaled_lines():
    before, wider = line(one_per=500, of=("t",)), line(one_per=500, of=("t", "u"))
    assert pulls(cells.of_line(task(), before), cells.of_line(task(), wider)) == {
        "one_per": "hinders"
    }
    fewer = line(one_per=900, of=("t", "u"))
    assert pulls(cells.of_line(task(), before), cells.of_line(task(), fewer)) == {
        "one_per": "unclear"
    }
