"""Months instead of the numbers of periods."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbook_files import write_book
from workspace_files import SMALL, Edit, write_small

from allocator.errors import UsageError
from allocator.inputs.files.write import write_tables
from allocator.inputs.inspection import from_tables, inspect, load
from allocator.inputs.problem import build
from allocator.inputs.schema import TABLES, AvailabilityRow, CaveatRow
from allocator.inputs.schema.calendar import Calendar, Month
from allocator.inputs.workspace import Workspace
from allocator.planner import Planner
from tests.generator import tables_and_models

STARTS = {"models/small.yaml": ("{periods: 4,", "{starts: 2026-01, periods: 4,")}
AVAILABLE = {"nation": "FRA", "capability": "mech", "quantity": 1, "basis": "estimate"}
CAVEAT = {"caveat": "c", "nation": "FRA", "requires": "never", "basis": "estimate"}

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 14)), min_size=1, max_size=3)


@given(SPANS, st.integers(1, 7), st.integers(1, 5), st.integers(0, 20))
def test_periods_inside_or_touched_are_those_that_single_months_name(
    spans: list[tuple[int, int]], length: int, horizon: int, start: int
) -> None:
    origin = Month.parse("2026-01").number
    text = ";".join(f"{Month(origin + a)}/{Month(origin + a + n)}" for a, n in spans)
    named = {a + i for a, n in spans for i in range(n + 1)}
    calendar = Calendar(horizon, Month(origin + start), length)
    own = {p: {start + (p - 1) * length + i for i in range(length)} for p in range(1, horizon + 1)}
    held = AvailabilityRow.model_validate(AVAILABLE | {"periods": text}).periods
    bound = CaveatRow.model_validate(CAVEAT | {"periods": text}).periods
    assert held.within(calendar) == [p for p, months in own.items() if months <= named]
    assert bound.within(calendar) == [p for p, months in own.items() if months & named]


@given(st.integers(-30, 60), st.integers(1, 7))
def test_a_month_is_the_first_period_that_begins_then_or_later(month: int, length: int) -> None:
    origin = Month.parse("2026-01").number
    calendar = Calendar(99, Month(origin), length)
    first = next(p for p in range(1, 99) if (p - 1) * length >= month)
    assert calendar.first_from(Month(origin + month)) == first


def test_months_in_tables_and_models_are_periods(tmp_path: Path) -> None:
    months = {
        "inputs/availability.csv": ("1-4", "2026-01/2027-02;2027-03/2027-08"),
        "inputs/commitments.csv": "commitment,nation,capability,quantity,to,purpose,periods,basis\n"
        "c,FRA,mech,1,nato,Reserve,2026-06/2026-07,estimate\n",
        "inputs/worlds.csv": ("ceasefire,1", "ceasefire,2026-02"),
    }
    workspace = load(write_small(tmp_path, {**STARTS, **months}))
    problem = build(workspace, "small")
    assert problem.availability["GBR", "mech"] == (5, 5, 5, 0)
    assert problem.commitments[0].quantity == (1, 1, 0, 0)
    assert problem.worlds["truce"] == {"ceasefire": 2}
    assert problem.calendar.named(2) == "2 (2026-07 to 2026-12)"


def test_the_model_without_a_start_is_named(tmp_path: Path) -> None:
    folder = write_small(
        tmp_path, {"inputs/availability.csv": ("1-4", "2026-01/2026-06"), **STARTS}
    )
    assert inspect(folder)[0] is not None
    write_small(folder, {**STARTS, "models/other.yaml": "name: other\ntasks: []\n"})
    (folder / "inputs/availability.csv").write_text(
        "nation,capability,quantity,periods,basis\nFRA,mech,6,2026-01/2026-06,estimate\n"
    )
    found = [one for one in inspect(folder)[1] if one.code == "W313"]
    assert [("other" in one.message, "small" in one.message) for one in found] == [(True, False)]


@pytest.mark.parametrize("seed", range(40))
def test_tables_in_months_state_what_tables_in_periods_state(seed: int) -> None:
    """Each set of months is listed month by month, and then again as the numbers of periods."""
    rng = Random(f"months {seed}")
    dated, models = tables_and_models(seed)
    length, start = rng.randint(1, 7), rng.randint(0, 30)
    for model in models:
        model["horizon"] = model.get("horizon", {}) | {"months_per_period": length}
    numbered, plain = copy.deepcopy((dated, models))
    for model in models:
        model["horizon"]["starts"] = _month(start)
    horizon = models[0]["horizon"].get("periods", 1)
    own = [{start + p * length + i for i in range(length)} for p in range(horizon)]
    for table, whole in (("availability", True), ("commitments", False), ("caveats", False)):
        for row, same in zip(dated[table], numbered[table], strict=True):
            months, row["periods"] = _some_months(rng, start, length * horizon)
            found = [p for p, of in enumerate(own, 1) if (of <= months if whole else of & months)]
            same["periods"] = ";".join(map(str, found or [999]))
    for row, same in zip(dated["worlds"], numbered["worlds"], strict=True):
        first = start + rng.randint(-3, length * horizon + 3)
        row["from_period"] = _month(first)
        later = (p for p, of in enumerate(own, 1) if min(of) >= first)
        same["from_period"] = next(later, 999)
    for task, same in zip(models[0]["tasks"], plain[0]["tasks"], strict=True):
        months, text = _some_months(rng, start, length * horizon, within=True)
        task["periods"] = text
        same["periods"] = ";".join(str(p) for p, of in enumerate(own, 1) if of & months)
    problems = [build(_sound(*given), "m") for given in ((dated, models), (numbered, plain))]
    for problem in problems:  # After the horizon is never, however much after.
        for starts in problem.worlds.values():
            starts.update({name: min(at, horizon + 1) for name, at in starts.items()})
    assert problems[0] == replace(problems[1], starts=Month.parse(_month(start)))


def _month(number: int) -> str:
    """Of months counted from 2026-01."""
    return f"{2026 + number // 12}-{number % 12 + 1:02}"


def _some_months(
    rng: Random, start: int, length: int, within: bool = False
) -> tuple[set[int], str]:
    """A set of months of several spans, each of a form of its own, and its text."""
    lowest, highest = (start, start + length - 1) if within else (start - 4, start + length + 4)
    months: set[int] = set()
    texts = []
    for _ in range(rng.choice((1, 1, 2, 3))):
        first = rng.randint(lowest, highest)
        last = rng.randint(first, highest)
        form = rng.choice(("only", "span", "span", "from", "to"))
        span = {"only": (first, first), "from": (first, 999), "to": (-999, last)}
        months.update(range(*span.get(form, (first, last)), 1))
        months.add(span.get(form, (first, last))[1])
        shown = {"only": _month(first), "from": f"{_month(first)}/", "to": f"/{_month(last)}"}
        texts.append(shown.get(form, f"{_month(first)}/{_month(last)}"))
    return months, rng.choice((";", " ; ")).join(texts)


def _sound(tables: dict[str, Any], models: list[Any]) -> Workspace:
    workspace, issues = from_tables(tables, models)
    assert workspace is not None, [str(issue) for issue in issues]
    return workspace


def test_a_sheets_date_is_the_month_that_somebody_typed(tmp_path: Path) -> None:
    def dated(book: Any) -> None:
        columns = {cell.value: cell.column for cell in book["models"][1]}
        book["models"].cell(2, columns["starts"]).value = datetime(2026, 1, 1)
        columns = {cell.value: cell.column for cell in book["worlds"][1]}
        book["worlds"].cell(2, columns["from_period"]).value = datetime(2026, 7, 1)

    problem = build(load(write_book(tmp_path / "plan.xlsx", dated)), "small")
    assert str(problem.starts) == "2026-01"
    assert problem.worlds["truce"] == {"ceasefire": 2}


@pytest.mark.parametrize(
    ("sheet", "column", "day"),
    [
        ("models", "starts", datetime(2026, 1, 2)),
        ("availability", "periods", datetime(2026, 4, 1)),
    ],
)
def test_a_date_that_may_be_something_else_is_asked_about(
    sheet: str, column: str, day: datetime, tmp_path: Path
) -> None:
    """`1-4` in a cell becomes a date as well."""

    def dated(book: Any) -> None:
        columns = {cell.value: cell.column for cell in book[sheet][1]}
        book[sheet].cell(2, columns[column]).value = day

    found = inspect(write_book(tmp_path / "plan.xlsx", dated))[1]
    assert [(one.code, one.place.column) for one in found] == [("W215", column)]


def test_a_length_that_cannot_be_read_is_the_only_fault(tmp_path: Path) -> None:
    edit = (
        "horizon: {periods: 4, months_per_period: 6}",
        "horizon: {starts: 2026-01, months_per_period: x}",
    )
    model = SMALL["models/small.yaml"].replace(*edit).replace("axis: presence", "periods: 1-9")
    found = inspect(write_small(tmp_path, {"models/small.yaml": model}))[1]
    assert {one.code for one in found} == {"W205", "W309"}


def test_a_window_may_begin_before_the_model_but_not_end_after_it(tmp_path: Path) -> None:
    def windowed(text: str) -> dict[str, Edit]:
        model = SMALL["models/small.yaml"].replace(*STARTS["models/small.yaml"])
        return {"models/small.yaml": model.replace("axis: presence", f"periods: {text}")}

    problem = build(load(write_small(tmp_path / "in", windowed("2025-10/2026-07"))), "small")
    assert problem.task("west").periods == (1, 2)
    for text in ("2027-12/2028-01", "2025-01/2025-12", "2028-01/"):
        issues = inspect(write_small(tmp_path / text.replace("/", "_"), windowed(text)))[1]
        assert [one.code for one in issues] == ["W309"]
        assert issues[0].expected == "periods from 1 to 4, 2026-01 to 2027-12"


@pytest.mark.parametrize("length", [4, 5, 6])
def test_a_tour_of_the_usual_length_is_no_warning(length: int, tmp_path: Path) -> None:
    edit = ("months_per_period: 6", f"months_per_period: {length}")
    model = SMALL["models/small.yaml"].replace(*STARTS["models/small.yaml"]).replace(*edit)
    assert inspect(write_small(tmp_path, {"models/small.yaml": model}))[1] == ()


def test_months_are_said_of_the_periods_that_a_warning_names(tmp_path: Path) -> None:
    committed = {"inputs/commitments.csv": ("mech,1", "mech,7")}
    found = inspect(write_small(tmp_path, {**STARTS, **committed}))[1]
    assert "in period 1 (2026-01 to 2026-06) commitments" in found[0].message


@pytest.mark.parametrize(
    ("given", "start"),
    [("2025-01", 1), ("2026-02", 2), ("2027-07", 4), ("3", 3), ("2027-08", None)],
)
def test_a_precondition_may_be_given_from_a_month(
    given: str, start: int | None, tmp_path: Path
) -> None:
    planner = Planner(load(write_small(tmp_path, STARTS)))
    problem = planner.problem()
    assert planner.world(problem, with_=f"peace@{given}").starts.get("peace") == start
    both = planner.world(problem, with_=["peace@2", "peace@2026-01", "peace@3"])
    assert both.starts["peace"] == 1


def test_a_month_that_no_period_can_be_named_by_is_told(tmp_path: Path) -> None:
    dated = Planner(load(write_small(tmp_path / "dated", STARTS)))
    with pytest.raises(
        UsageError, match="write peace@1, peace@2 …, or a month such as peace@2026-01"
    ):
        dated.world(dated.problem(), with_=["peace@2026-13"])
    plain = Planner(load(write_small(tmp_path / "plain")))
    with pytest.raises(UsageError, match="does not say in which month it starts"):
        plain.world(plain.problem(), with_=["peace@2026-01"])


def test_a_workspace_in_months_is_written_as_it_was_read(tmp_path: Path) -> None:
    model = SMALL["models/small.yaml"].replace(*STARTS["models/small.yaml"])
    edits = {
        "models/small.yaml": model.replace("axis: presence", "periods: 2026-01"),
        "inputs/availability.csv": ("1-4", "2026-01/2026-06;2027-01/"),
        "inputs/worlds.csv": ("ceasefire,1", "ceasefire,2026-07"),
    }
    read = load(write_small(tmp_path / "first", edits))
    tables = {name: getattr(read, name) for name in TABLES}
    write_tables(tables, list(read.models.values()), tmp_path / "second")
    again = build(load(tmp_path / "second"), "small")
    assert replace(again, caveats=()) == replace(build(read, "small"), caveats=())
    assert "starts: 2026-01" in (tmp_path / "second/models/small.yaml").read_text()
