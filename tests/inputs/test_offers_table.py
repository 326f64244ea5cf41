"""Offers as the problem sees them: on a day, and where they stand in for what a nation holds."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from cases_of_values import OFFERS, offered
from openpyxl import load_workbook
from workspace_files import write_small

from allocator.checker import violations
from allocator.inputs.files.convert import convert
from allocator.inputs.inspection import from_tables, load
from allocator.inputs.problem import Problem, build
from allocator.model import build as program
from allocator.model.scope import alone
from allocator.results.result import Allocation
from tests import oracle

Row = dict[str, Any]
ON = date(2026, 6, 15)


def _offer(name: str, quantity: int, **more: Any) -> Row:
    row = {"offer": name, "nation": "FRA", "capability": "bn", "quantity": quantity}
    return {**row, "status": "firm", "basis": "reported", **more}


def _problem(
    offers: list[Row],
    *,
    held: tuple[Row, ...] = (),
    rotation: int = 1,
    horizon: int = 3,
    minimum: int = 1,
    on: date = ON,
    **more: Any,
) -> Problem:
    tables: dict[str, list[Row]] = {
        "nations": [{"nation": n, "name": n} for n in ("FRA", "GBR")],
        "capabilities": [
            {"capability": "bn", "name": "bn", "domain": "land", "unit": "u", "rotation": rotation}
        ],
        "availability": [
            {"nation": "GBR", "capability": "bn", "quantity": 0, "basis": "reported"},
            *({"nation": "FRA", "capability": "bn", "basis": "reported"} | row for row in held),
        ],
        "offers": offers,
        **more,
    }
    task = {"task": "t", "lines": [{"capability": "bn", "minimum": minimum}]}
    model = {"name": "m", "horizon": {"periods": horizon}, "tasks": [task]}
    workspace, issues = from_tables(tables, [model])
    assert workspace is not None, [str(issue) for issue in issues]
    return build(workspace, "m", on=on)


def test_an_offer_stands_through_its_last_day() -> None:
    """What is past it is stale, and holds nothing."""
    offers = [_offer("past", 1, valid_until="2026-06-14"), _offer("last", 2, valid_until=ON)]
    problem = _problem([*offers, _offer("open", 4)])
    assert [offer.id for offer in problem.offers] == ["last", "open"]
    assert problem.stale == ("past",)
    assert problem.availability["FRA", "bn"] == (6, 6, 6)


def test_without_offers_a_problem_has_no_date() -> None:
    assert _problem([]).on is None
    assert _problem([_offer("o", 1)]).on == ON


@pytest.mark.parametrize(
    ("periods", "units", "uncovered"),
    [
        (("", ""), 3 * (1 + 2), ()),
        (("1", "2"), 3 * 2, (3,)),
        (("1-2", "2"), 3 * 3, (3,)),
        (("9", "9"), 0, (1, 2, 3)),
    ],
)
def test_what_no_row_says_is_the_most_offered_at_once_times_the_rotation(
    periods: tuple[str, str], units: int, uncovered: tuple[int, ...]
) -> None:
    offers = [
        _offer("a", 1, periods=periods[0]),
        _offer("b", 2, periods=periods[1], status="possible"),
    ]
    problem = _problem(offers, rotation=3)
    assert problem.availability["FRA", "bn"] == (units,) * 3
    assert problem.uncovered == {("FRA", "bn", period) for period in uncovered}
    assert problem.basis["FRA", "bn"] == ("reported",)


def test_a_row_counts_in_its_periods_even_with_nothing_in_it() -> None:
    held: tuple[Row, ...] = ({"quantity": 0, "periods": "1"}, {"quantity": 5, "periods": "2"})
    problem = _problem([_offer("o", 2, periods="1-2")], held=held, rotation=2)
    assert problem.availability["FRA", "bn"] == (0, 5, 4)
    assert problem.uncovered == {("FRA", "bn", 3)}


def test_a_nation_serves_only_in_periods_that_an_offer_covers() -> None:
    """The pool is large enough in period 3, and nobody offered it for then."""
    problem = _problem([_offer("o", 2, periods="1-2")], horizon=3)
    units = {("FRA", "t", "bn", "bn", period): 1 for period in (1, 2, 3)}
    found = violations(problem, problem.world(), Allocation(frozenset({"t"}), units))
    assert [(v.rule, v.places["period"]) for v in found] == [("R3", 3)]
    assert "no offer covers period 3" in found[0].message
    assert oracle.verdict(problem, problem.world(), "t") == "short"
    v = program(problem, alone(problem, problem.world(), "t"))
    assert {sent.period for sent in v.sent} == {1, 2}


def test_what_recovers_in_a_period_without_offer_counts_against_the_whole_pool() -> None:
    """Units that served in period 1 recover in period 2, which no offer covers."""
    problem = _problem([_offer("o", 2, periods="1")], rotation=2, horizon=2, minimum=2)
    units = {("FRA", "t", "bn", "bn", 1): 2}
    found = violations(problem, problem.world(), Allocation(frozenset({"t"}), units))
    assert [v.rule for v in found] == ["R1"]  # Only the line lacks units, in period 2.


def test_commitments_come_off_what_offers_stand_for() -> None:
    tied = {"commitment": "c", "nation": "FRA", "capability": "bn", "quantity": 1, "to": "nato"}
    rows = [{**tied, "purpose": "p", "basis": "reported"}]
    offers = [_offer("o", 2)]
    for minimum, verdict in ((1, "ready"), (2, "short")):
        problem = _problem(offers, minimum=minimum, commitments=rows)
        assert oracle.verdict(problem, problem.world(), "t") == verdict


def test_the_order_of_offers_changes_nothing() -> None:
    offers = [_offer("b", 1), _offer("a", 2, task="t"), _offer("c", 1, periods="2")]
    assert _problem(offers) == _problem(offers[::-1])


def test_a_workbook_keeps_offers_and_takes_dates_as_dates(tmp_path: Path) -> None:
    """Through a workbook and back; a cell that a spreadsheet program made a date is one."""
    rows = "o1,FRA,mech,2,west,1-2,firm,ceasefire,2026-06-15,estimate"
    folder = write_small(tmp_path / "folder", {OFFERS: offered(rows)})
    book = tmp_path / "book.xlsx"
    convert(folder, book)
    edited = load_workbook(book)
    sheet = edited["offers"]
    column = next(cell.column for cell in sheet[1] if cell.value == "valid_until")
    assert sheet.cell(2, column).value == "2026-06-15"
    sheet.cell(2, column).value = datetime(2026, 6, 15)
    edited.save(book)
    assert load(book).offers == load(folder).offers
    convert(book, tmp_path / "again")
    assert load(tmp_path / "again").offers == load(folder).offers


def test_a_folder_without_offers_is_written_without_the_table(tmp_path: Path) -> None:
    """Unless the place that it is written to has one, which must not stay."""
    small = write_small(tmp_path / "small")
    convert(small, tmp_path / "copy")
    assert not (tmp_path / "copy" / OFFERS).exists()
    (small / OFFERS).write_text(offered("o1,FRA,mech,2,,,firm,,,estimate"))
    convert(small, tmp_path / "copy", over=True)
    assert len(load(tmp_path / "copy").offers) == 1
    (small / OFFERS).unlink()
    convert(small, tmp_path / "copy", over=True)
    assert load(tmp_path / "copy").offers == ()
