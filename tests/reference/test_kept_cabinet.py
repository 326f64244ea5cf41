"""The page for a cabinet says what the other pages say, and each figure is made again."""

import pytest

from casebook import case
from casebook.cabinet import MAIN, RESERVE, SHOWN, option, reserve
from casebook.case import FORCES, LAND
from casebook.claims import tables
from tests.reference.kept import FRESH, figure, kept, plain

pytestmark = FRESH

(ROWS,) = tables(kept("cabinet.md"))
BY_TITLE = {
    row[""]: {head[1:].partition("]")[0]: cell for head, cell in row.items() if head}
    for row in ROWS
}
SAID = {
    "today": "today",
    "with a ceasefire": "ceasefire",
    "with the backstop": "ceasefire_us_backstop",
}


def test_every_model_has_a_column():
    assert set(BY_TITLE["stands in"]) == set(SHOWN) == set(case.models())


@pytest.mark.parametrize("model", FORCES)
def test_verdicts_are_those_of_the_page_of_scopes(model):
    pages = dict(zip(FORCES, tables(kept("scopes.md")), strict=True))
    by_world = {plain(row["world"]): row for row in pages[model]}
    for said, world in SAID.items():
        for scope in case.SCOPES.values():
            for suffix in ("", ", over the ranges"):
                cell = BY_TITLE[f"{said}, {scope}{suffix}"][model]
                assert cell == by_world[world][f"{scope}{suffix}"]


@pytest.mark.parametrize("model", SHOWN)
def test_a_column_stands_where_it_says(model):
    """Ready there, and not in any world that was tried before."""
    one = option(model)
    if one is None:
        assert BY_TITLE["stands in"][model] == "no world"
        assert BY_TITLE["earliest month"][model] == "never"
        return
    task = MAIN.get(model, LAND)
    where = case.world(model, one.world, one.with_)
    assert case.verdict_in(case.problem(model), where, task) == "ready"
    assert plain(BY_TITLE["stands in"][model]) == " + ".join((one.world, *one.with_))
    assert figure(BY_TITLE["people of the force, at the least"][model]) == one.people
    assert BY_TITLE["if France leaves"][model] == one.without("FRA")


def test_the_fewest_nations_are_those_of_the_smallest_package():
    packages = case.packages(FORCES[0], "ceasefire", LAND)
    told = BY_TITLE["nations needed, at the least"][FORCES[0]]
    assert int(told) == min(len(one) for one in packages)


def test_what_is_left_for_the_reserve_is_a_bound():
    """Where too little is left, no plan has the reserve beside the force: none of the most tasks
    together has it."""
    for model in FORCES[:3]:
        one = option(model)
        left = reserve(one)
        words = BY_TITLE["reserve that may go in, beside it"][model]
        assert words == f"{left.asked} companies asked, {left.left} left at the most"
        assert left.asked == max(8, -(-one.people // 1000))
        assert case.problem(model).has_task(RESERVE)


def test_plans_that_lose_are_those_of_the_dilemma():
    """The sizes that release in the worlds of that page."""
    releases = tables(kept("dilemma.md"))[2]
    for model in FORCES[:3]:
        world = BY_TITLE["stands in"][model]
        rows = [row for row in releases if (row["model"], row["world"]) == (f"`{model}`", world)]
        named = {f"{row['commitment']} ({figure(row['unit-periods'])})" for row in rows}
        told = BY_TITLE["what NATO's plans lose"][model]
        assert named == (set() if told == "nothing" else set(told.split("; ")))


def test_months_are_those_of_the_page_of_order():
    sizes = tables(kept("order.md"))[2]
    for row in sizes:
        told = BY_TITLE["earliest month"][plain(row["model"])]
        assert told == row["earliest month"] or not row["earliest month"]
