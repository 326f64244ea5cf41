"""Months instead of the numbers of periods."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from workspace_files import write_small

from allocator.inputs.inspection import inspect, load
from allocator.inputs.problem import build
from allocator.inputs.schema import AvailabilityRow, CaveatRow
from allocator.inputs.schema.calendar import Calendar, Month

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
