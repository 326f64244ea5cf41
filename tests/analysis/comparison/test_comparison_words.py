"""Differences in a planner's words."""

import pytest

from allocator.analysis.comparison.difference import Difference
from allocator.analysis.comparison.stated import Key
from allocator.analysis.comparison.values import Cell, Committed, Held, Limit, Standing, Unit, Whole
from allocator.inputs.conditions import parse
from allocator.report.comparing.difference_words import phrase, summary


def standing(start=None, status="open", implies=()):
    return Standing(start, status, frozenset(implies))


def committed(quantity, **changes):
    values = {"rotating": False, "release_requires": parse("never"), **changes}
    return Committed("FRA", "mech", (quantity,), **values)


def limit(requires, people=None):
    scope = tuple((c, frozenset()) for c in ("task", "axis", "area", "domain", "capability"))
    return Limit("DEU", scope, frozenset({1}), parse(requires), people)


def cell(column, text):
    return Cell(column, text, text, lambda before, after: "unclear")


CASES = [
    (("precondition", "vote"), standing(), standing(1), "vote holds from period 1"),
    (
        ("precondition", "vote"),
        standing(3),
        standing(2),
        "vote holds from period 2 (in the base from period 3)",
    ),
    (
        ("precondition", "vote"),
        standing(1),
        standing(),
        "vote does not hold (in the base from period 1)",
    ),
    (("precondition", "vote"), standing(), standing(status="ruled_out"), "vote is ruled out"),
    (
        ("precondition", "vote"),
        standing(status="ruled_out"),
        standing(),
        "vote may be brought about",
    ),
    (("precondition", "vote"), standing(), None, "vote is no longer known"),
    (
        ("precondition", "peace"),
        standing(),
        standing(implies=["truce"]),
        "peace brings about truce",
    ),
    (("availability", "FRA mech"), Held((4, 4)), Held((2, 2)), "FRA mech: 2 instead of 4"),
    (
        ("availability", "FRA mech"),
        Held((4, 4)),
        Held((4, 2)),
        "FRA mech: 4 in period 1, 2 in period 2 instead of 4",
    ),
    (("availability", "FRA mech"), None, Held((2,)), "FRA mech: 2 instead of nothing"),
    (
        ("commitment", "k"),
        committed(2),
        committed(3, rotating=True),
        "commitment k (FRA mech): quantity 3 instead of 2 and rotating yes instead of no",
    ),
    (("commitment", "k"), None, committed(2), "commitment k (FRA mech) is new: 2"),
    (("caveat", "v"), limit("vote"), None, "caveat v (DEU) is gone"),
    (("caveat", "v"), None, limit("vote"), "caveat v (DEU) is new: requires vote"),
    (
        ("caveat", "v"),
        limit("vote"),
        limit("vote", 500),
        "caveat v (DEU): max_personnel 500 instead of none at all",
    ),
    (
        ("capability", "mech"),
        Unit(800, 3, "land"),
        Unit(800, 4, "land"),
        "mech: rotation 4 instead of 3",
    ),
    (
        ("line", "west.l", "minimum"),
        cell("minimum", "2"),
        cell("minimum", "6"),
        "l: minimum 6 instead of 2",
    ),
    (
        ("line", "far.l", "minimum"),
        cell("minimum", "2"),
        cell("minimum", "6"),
        "far.l: minimum 6 instead of 2",
    ),
    (("line", "west.l"), None, Whole("line", "6 mech"), "line l (6 mech) is new"),
    (("task", "far"), Whole("task", "Far: l"), None, "task far (Far: l) is gone"),
    (
        ("task", "west", "requires"),
        cell("requires", "vote"),
        cell("requires", "truce"),
        "condition truce instead of vote",
    ),
    (
        ("horizon", "model"),
        cell("horizon", "4"),
        cell("horizon", "6"),
        "horizon in periods: 6 instead of 4",
    ),
]


@pytest.mark.parametrize(
    ("key", "before", "after", "expected"), CASES, ids=lambda case: str(case)[:30]
)
def test_phrases_about_the_task_west(key, before, after, expected):
    assert phrase(Difference(Key(*key), before, after), "west") == expected


def test_how_many_of_each_kind():
    found = [Difference(Key(*key), before, after) for key, before, after, _ in CASES]
    assert summary(found) == (
        "7 preconditions, 3 figures of availability, 2 commitments, 3 caveats, 1 capability, "
        "2 figures of lines, 1 line that one run alone has, 1 task that one run alone has, "
        "1 figure of tasks and 1 horizon"
    )
