"""The figures of the page on the dilemma are those of its table, which is made again."""

from dataclasses import replace

import pytest

from allocator.analysis.dilemma import least
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.conditions import Never
from casebook import case, sizes
from casebook.case import LAND
from casebook.claims import tables
from casebook.finding import LARGE
from casebook.sizes import ASKED, MANOEUVRE
from tests.reference.kept import FRESH, figure, kept, plain, rows

pytestmark = FRESH

WORLDS, SIZES, RELEASES, LEDGER, _ = tables(kept("dilemma.md"))
HORIZON = case.problem(LARGE).horizon


def total(model, world, column):
    """Unit-periods of manoeuvre companies in the kept table."""
    return sum(
        int(row[column])
        for row in rows("dilemma.csv")
        if (row["model"], row["world"]) == (model, world) and row["capability"] in MANOEUVRE
    )


def where(row):
    return plain(row["model"]), plain(row["world"])


def test_the_pool_of_each_world_is_that_of_the_table():
    assert len(WORLDS) == len(case.WORLDS)
    for row in WORLDS:
        world = plain(row["world"])
        assert int(row["net"]) == total(LARGE, world, "net") // HORIZON
        assert int(row["open"]) == total(LARGE, world, "open") // HORIZON
        assert figure(row["open of net"]) == round(100 * int(row["open"]) / int(row["net"]))


def test_what_each_size_takes_is_that_of_the_table():
    assert len(SIZES) == len(ASKED)
    for row in SIZES:
        line = case.problem(plain(row["model"])).task(LAND).line("manoeuvre")
        assert int(row["asked"]) == line.minimum
        assert int(row["taken"]) == -(-total(*where(row), "taken") // HORIZON)
        assert int(row["open"]) == total(*where(row), "open") // HORIZON


def test_what_is_released_adds_up():
    """To the least risk that is told; each from a commitment that has so many, at its own risk."""
    for size in SIZES:
        mine = [row for row in RELEASES if where(row) == where(size)]
        assert sum(int(row["risk"]) for row in mine) == int(size["risk released"])
    for row in RELEASES:
        commitment = released(row)
        units = figure(row["unit-periods"])
        assert int(row["risk"]) == units * commitment.release_risk
        assert units <= sum(commitment.quantity)


def test_the_ledger_is_the_releases_by_plan():
    """Each column has what its size releases, summed over the nations of a plan."""
    plan, *columns = LEDGER[0]
    named = {f"{where(size)[0]} in {where(size)[1]}": where(size) for size in SIZES}
    assert columns == list(named)
    for column, size in named.items():
        found = {}
        for row in (row for row in RELEASES if where(row) == size):
            purpose = released(row).purpose
            found[purpose] = found.get(purpose, 0) + figure(row["unit-periods"])
        assert {row[plan]: int(row[column]) for row in LEDGER if row[column]} == found


def released(row):
    place = row["place"].partition("]")[0].removeprefix("[")
    (found,) = (c for c in case.problem(plain(row["model"])).commitments if c.place == place)
    return found


@pytest.mark.parametrize(("model", "world", "with_"), ASKED)
def test_no_other_commitment_need_be_released(model, world, with_):
    """The land force stands, at the risk that is told, with these commitments alone to draw on."""
    name = sizes.world_name(world, with_)
    (size,) = (row for row in SIZES if where(row) == (model, name))
    named = {released(row).id for row in RELEASES if where(row) == (model, name)}
    problem = case.problem(model)
    kept_back = tuple(
        c if c.id in named else replace(c, release_requires=Never()) for c in problem.commitments
    )
    asked = replace(problem, commitments=kept_back)
    place = case.world(model, world, with_)
    found = least(asked, place, LAND, Settings(), Deadline(case.SECONDS))
    assert found is not None
    assert found.risk == int(size["risk released"])
