"""Names of kept folders: they carry the switches, are short, stable and without odd characters."""

from __future__ import annotations

import re

import pytest

from allocator.report.folder.naming import LONGEST, folder_name


def name(**options):
    return folder_name("m", "today", options.pop("command", "solve"), options)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, "m-today"),
        ({"with": [], "without": [], "count": "inventory", "tasks": ["a", "b"]}, "m-today"),
        ({"with": ["a", "b@2"]}, "m-today+a+b@2"),
        ({"command": "packages", "tasks": ["west"]}, "m-today-packages-west"),
        ({"command": "fragility", "task": "west"}, "m-today-fragility-west"),
        ({"without": ["FRA", "DEU"], "count": "firm"}, "m-today-without.FRA.DEU-count.firm"),
        ({"plan": "my plan.csv"}, "m-today-held"),
    ],
)
def test_switches_stand_in_the_name(options, found):
    assert name(**options) == found


def test_many_names_are_one_short_hash_that_tells_them_apart():
    many = [f"p{number}" for number in range(40)]
    one, other = name(**{"with": many}), name(**{"with": [*many[:-1], "q"]})
    assert one != other
    assert re.fullmatch(r"m-today\+40\.[0-9a-f]{8}", one)
    assert one == name(**{"with": list(many)})


def test_odd_characters_do_not_get_into_it():
    model = "a b$(x)`'\";*?\x1b[31m\u202ex/..\\é"
    found = folder_name(model, "w\nw", "solve", {"with": ["x"]})
    assert re.fullmatch(r"[\w.+@-]+", found)
    assert "é" in found
    assert "/" not in found


def test_long_names_stay_within_what_a_disk_takes_and_stay_apart():
    model, world = "é" * 60, "w" * 120
    one = folder_name(model, world, "solve", {"with": ["x" * 100]})
    other = folder_name(model, world, "solve", {"with": ["x" * 99]})
    assert one != other
    assert all(len(found.encode()) <= LONGEST for found in (one, other))
