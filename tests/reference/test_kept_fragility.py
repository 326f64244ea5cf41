"""The kept claims about single figures: each page row is in the table, the nearest are tried."""

import pytest

from allocator.search.fragility import changed, figures
from casebook import case
from casebook.case import LAND
from casebook.claims import tables
from casebook.pages_of_fragility import ALL_BUT_TWO, QUESTIONS, held_besides
from tests.reference.kept import FRESH, figure, kept, plain, rows

pytestmark = FRESH

NEAREST = 2


def question(row):
    return row["model"], row["world"]


def asked():
    """Each question: model and world as the kept report names them, and the world itself."""
    for _, model, world, with_ in QUESTIONS:
        held = held_besides(model, with_)
        yield (model, ALL_BUT_TWO if held else world), case.world(model, world, held)


def tried():
    """The fragile rows of every question, and the nearest of each kind of figure."""
    seen = {}
    for row in rows("fragility.csv"):
        kind = (*question(row), row["kind"])
        seen[kind] = seen.get(kind, 0) + 1
        if row["fragile"] == "yes" or seen[kind] <= NEAREST:
            yield row


@pytest.mark.parametrize("row", list(tried()), ids=lambda row: f"{row['model']} {row['row']}")
def test_a_figure_turns_the_verdict_there_and_not_one_nearer(row):
    (found,) = (
        one
        for one in figures(case.planner().workspace, case.problem(row["model"]), LAND)
        if (one.kind, one.row, one.place) == (row["kind"], row["row"], row["place"])
    )
    where = dict(asked())[question(row)]
    problem, at = case.problem(row["model"]), int(row["turns_at"])
    nearer = at - 1 if at > found.value else at + 1
    assert found.value == int(row["value"])
    assert case.verdict_in(changed(problem, found, at), where, LAND) == row["verdict_then"]
    assert case.verdict_in(changed(problem, found, nearer), where, LAND) == row["verdict"]


def test_the_verdicts_are_those_of_the_case_as_it_stands():
    overview, *_ = tables(kept("fragility.md"))
    assert [(plain(row["model"]), row["world"]) for row in overview] == [key for key, _ in asked()]
    for row, (_, where) in zip(overview, asked(), strict=True):
        assert case.verdict_in(case.problem(plain(row["model"])), where, LAND) == row["is"]


def test_every_count_and_row_of_the_page_is_in_the_table():
    """And no question left a figure undecided, so that `alone never` is all others."""
    overview, *sections = tables(kept("fragility.md"))
    kept_rows = rows("fragility.csv")
    for row in overview:
        mine = [one for one in kept_rows if question(one) == (plain(row["model"]), row["world"])]
        every = figures(case.planner().workspace, case.problem(plain(row["model"])), LAND)
        turning = {(one["kind"], one["row"], one["place"]) for one in mine}
        assert int(row["turn it"]) == len(mine)
        assert int(row["fragile"]) == sum(one["fragile"] == "yes" for one in mine)
        assert int(row["undecided"]) == 0
        assert int(row["alone never"]) == len(every) - len(turning)
    told = {(one["place"], one["value"], one["turns_at"], one["verdict_then"]) for one in kept_rows}
    shown = [row for section in sections for row in section]
    assert len(shown) > 40
    for row in shown:
        place = row["place"].partition("]")[0].removeprefix("[")
        assert (place, row["now"], row["turns at"], row["then"]) in told
        assert figure(plain(row["change"])) == int(row["turns at"]) - int(row["now"])
