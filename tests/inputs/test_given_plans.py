"""A plan of one's own is read from wherever it stands, and all that is wrong is said at once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from workspace_files import write_small

from allocator.inputs.given import GivenPlan, read_given
from allocator.inputs.given.releases import read_releases
from allocator.inputs.inspection import load
from allocator.inputs.issues import WorkspaceError
from allocator.inputs.messages import MESSAGES
from allocator.inputs.problem import Problem, build

HEADER = "nation,task,line,capability,periods,quantity,kind"
TWO_LINES = (
    "      - {line: care, any_of: {medical: 1}, one_per: 5000}\n",
    "      - {line: care, any_of: {medical: 1}, one_per: 5000}\n"
    "      - {line: reserve, any_of: {mech: 1}, minimum: 0}\n",
)
STARTS = ("months_per_period: 6", "months_per_period: 6, starts: 2026-01")


def _problem(folder: Path, *edits: tuple[str, str], window: str = "") -> Problem:
    write_small(folder)
    path = folder / "models/small.yaml"
    text = path.read_text()
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    if window:
        text = text.replace("    axis:", f"    periods: {window}\n    axis:")
    path.write_text(text)
    return build(load(folder), "small")


def _read(folder: Path, problem: Problem, *rows: str, header: str = HEADER) -> GivenPlan:
    path = folder / "plan.csv"
    path.write_text("\n".join((header, *rows, "")))
    return read_given(path, problem)


def _codes(folder: Path, problem: Problem, *rows: str, header: str = HEADER) -> list[str]:
    with pytest.raises(WorkspaceError) as caught:
        _read(folder, problem, *rows, header=header)
    for issue in caught.value.issues:
        assert issue.expected in issue.message
        assert issue.hint
        assert "{" not in issue.hint
        assert str(issue).isprintable()
    name = f"{folder}/"
    return [f"{i.code} {str(i.place).removeprefix(name)}" for i in caught.value.issues]


def test_blank_periods_are_the_window_and_the_line_is_found(tmp_path: Path) -> None:
    asked = _problem(tmp_path, window="2-3")
    plan = _read(tmp_path, asked, "FRA,west,,mech,,2,", "GBR,west,care,medical,3,1,at_least")
    first, second = plan.rows
    assert (first.line, first.periods, first.kind) == ("manoeuvre", (2, 3), "planned")
    assert (second.periods, second.kind) == ((3,), "at_least")
    assert plan.tasks == {"west"}
    assert plan.pairs == {("FRA", "west"), ("GBR", "west")}
    assert plan.demanding == (("GBR", "west"),)


def test_rows_of_one_cell_add_up(tmp_path: Path) -> None:
    plan = _read(tmp_path, _problem(tmp_path), "FRA,west,,mech,1-2,2,", "FRA,west,,mech,2-4,3,")
    assert [plan.quantity(("FRA", "west", "manoeuvre", "mech", p)) for p in (1, 2, 3)] == [2, 5, 3]


def test_nothing_is_a_plan(tmp_path: Path) -> None:
    plan = _read(tmp_path, _problem(tmp_path), "FRA,west,,mech,,0,at_most")
    assert plan.tasks == frozenset()
    assert plan.units == {}


def test_every_period_that_months_touch_is_meant(tmp_path: Path) -> None:
    asked = _problem(tmp_path, STARTS)
    plan = _read(tmp_path, asked, "FRA,west,,mech,2026-06/2027-02,2,")
    assert plan.rows[0].periods == (1, 2, 3)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("FRX,west,,mech,,2,", "W401 plan.csv:2 nation"),
        ("FRA,wset,,mech,,2,", "W401 plan.csv:2 task"),
        ("FRA,west,,mecch,,2,", "W401 plan.csv:2 capability"),
        ("FRA,west,manover,mech,,2,", "W604 plan.csv:2 line"),
        ("FRA,west,care,mech,,2,", "W605 plan.csv:2 capability"),
        ("FRA,west,,mech,1,2,", "W607 plan.csv:2 periods"),
        ("FRA,west,,mech,4,2,", "W607 plan.csv:2 periods"),
        ("FRA,west,,mech,2-9,2,", "W607 plan.csv:2 periods"),
        ("FRA,west,,mech,2026-07,2,", "W313 plan.csv:2 periods"),
        ("FRA,west,,mech,2,two,", "W205 plan.csv:2 quantity"),
        ("FRA,west,,mech,2,-2,", "W206 plan.csv:2 quantity"),
        ("FRA,west,,mech,2,2,exact", "W208 plan.csv:2 kind"),
        ("FRA,west,,,2,2,", "W201 plan.csv:2 capability"),
        ("FRA,west,,mech,second,2,", "W209 plan.csv:2 periods"),
    ],
)
def test_one_fault_is_said_at_its_cell(row: str, code: str, tmp_path: Path) -> None:
    assert _codes(tmp_path, _problem(tmp_path, window="2-3"), row) == [code]


def test_months_outside_the_window_are_said(tmp_path: Path) -> None:
    asked = _problem(tmp_path, STARTS, window="2-3")
    assert _codes(tmp_path, asked, "FRA,west,,mech,2026-06/2026-07,2,") == [
        "W607 plan.csv:2 periods"
    ]
    assert _codes(tmp_path, asked, "FRA,west,,mech,2025-01,2,") == ["W607 plan.csv:2 periods"]


def test_all_is_said_at_once(tmp_path: Path) -> None:
    asked = _problem(tmp_path, TWO_LINES, window="2-3")
    rows = ("FRX,west,,mech,1,2,", "FRA,west,,mech,,x,never", "FRA,west,reserve,medical,,1,")
    assert _codes(tmp_path, asked, *rows) == [
        "W606 plan.csv:2 line",
        "W401 plan.csv:2 nation",
        "W607 plan.csv:2 periods",
        "W208 plan.csv:3 kind",
        "W606 plan.csv:3 line",
        "W205 plan.csv:3 quantity",
        "W605 plan.csv:4 capability",
    ]


def test_kinds_of_one_cell_must_agree(tmp_path: Path) -> None:
    asked = _problem(tmp_path)
    rows = ("FRA,west,,mech,1-2,2,exactly", "FRA,west,manoeuvre,mech,2-3,2,")
    assert _codes(tmp_path, asked, *rows) == ["W608 plan.csv:3 kind"]


def test_unknown_columns_are_refused_with_a_near_one(tmp_path: Path) -> None:
    codes = _codes(tmp_path, _problem(tmp_path), header=HEADER.replace("kind", "kinds"))
    assert codes == ["W117 plan.csv:1 kinds"]
    both = _codes(tmp_path, _problem(tmp_path), header=f"{HEADER},period")
    assert both == ["W603 plan.csv:1 period"]


def test_a_missing_column_is_said_once(tmp_path: Path) -> None:
    codes = _codes(tmp_path, _problem(tmp_path), "FRA,west,2", header="nation,task,quantity")
    assert codes == ["W118 plan.csv:1 capability"]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    asked = _problem(tmp_path)
    for name in ("none.csv", "inputs/none", "models"):
        with pytest.raises(WorkspaceError) as caught:
            read_given(tmp_path / name, asked)
        assert [issue.code for issue in caught.value.issues] == ["W601"]


def test_the_table_of_a_run_is_a_plan(tmp_path: Path) -> None:
    asked = _problem(tmp_path)
    header = "nation,task,line,capability,period,quantity,unit,personnel_per_unit,personnel,basis"
    row = "FRA,west,manoeuvre,mech,2,2,battalion,800,1600,estimate"
    plan = _read(tmp_path, asked, row, header=header)
    assert plan.rows[0].periods == (2,)
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "allocation.csv").write_text(f"{header}\n{row}\n")
    assert read_given(folder, asked) == GivenPlan(
        plan.rows, str(folder / "allocation.csv"), read_given(folder, asked).hashes
    )


def test_a_sheet_is_a_plan(tmp_path: Path) -> None:
    asked = _problem(tmp_path)
    path = tmp_path / "plans.xlsx"
    frame = pd.DataFrame([["FRA", "west", "", "mech", "1-2", 3, ""]], columns=HEADER.split(","))
    with pd.ExcelWriter(path) as writer:
        frame.to_excel(writer, sheet_name="first", index=False)
        frame.assign(quantity=5).to_excel(writer, sheet_name="Second", index=False)
    plan = read_given(f"{path}#second", asked)
    assert plan.rows[0].quantity == 5
    assert plan.rows[0].place.line == "Second!F2"
    with pytest.raises(WorkspaceError) as caught:
        read_given(path, asked)
    assert [issue.code for issue in caught.value.issues] == ["W602"]
    assert "first, Second" in str(caught.value)
    with pytest.raises(WorkspaceError) as caught:
        read_given(f"{path}#frist", asked)
    assert "did you mean 'first'?" in str(caught.value)


def test_the_only_sheet_or_the_usual_one_needs_no_name(tmp_path: Path) -> None:
    asked = _problem(tmp_path)
    frame = pd.DataFrame([["FRA", "west", "mech", 3]],
                         columns=["nation", "task", "capability", "quantity"])  # fmt: skip
    path = tmp_path / "one.xlsx"
    frame.to_excel(path, sheet_name="anything", index=False)
    assert read_given(path, asked).rows[0].quantity == 3
    with pd.ExcelWriter(tmp_path / "two.xlsx") as writer:
        frame.assign(quantity=1).to_excel(writer, sheet_name="other", index=False)
        frame.to_excel(writer, sheet_name="Plan", index=False)
    assert read_given(tmp_path / "two.xlsx", asked).rows[0].quantity == 3


def test_a_fault_on_a_sheet_is_said_at_its_cell(tmp_path: Path) -> None:
    asked = _problem(tmp_path)
    frame = pd.DataFrame([["FRA", "west", "mech", "x"]],
                         columns=["nation", "task", "capability", "quantity"])  # fmt: skip
    frame.to_excel(tmp_path / "one.xlsx", sheet_name="plan", index=False)
    with pytest.raises(WorkspaceError) as caught:
        read_given(tmp_path / "one.xlsx", asked)
    assert [str(issue.place) for issue in caught.value.issues] == ["plan!D2 quantity"]


def test_rows_and_frames_in_memory_are_plans(tmp_path: Path) -> None:
    asked = _problem(tmp_path)
    rows = [{"nation": "FRA", "task": "west", "capability": "mech", "quantity": 3}]
    frame = pd.DataFrame([*rows, rows[0] | {"periods": "2"}])
    assert read_given(rows, asked).rows[0].periods == (1, 2, 3, 4)
    assert [row.periods for row in read_given(frame, asked).rows] == [(1, 2, 3, 4), (2,)]


def test_releases_beyond_the_horizon_are_an_error(tmp_path: Path) -> None:
    asked = _problem(tmp_path)
    path = tmp_path / "released.csv"
    path.write_text("commitment,periods,quantity\nfra_reserve,5,1\nfra_reserve,3-9,1\n")
    with pytest.raises(WorkspaceError) as caught:
        read_releases(path, asked)
    assert [(i.code, i.place.row) for i in caught.value.issues] == [("W609", 2), ("W609", 3)]


def test_every_code_of_a_plan_is_seen_to_fire() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    codes = [code for code in MESSAGES if code.startswith("W6")]
    assert codes
    assert all(code in text for code in codes)


def test_the_table_of_a_run_with_months_is_a_plan(tmp_path: Path) -> None:
    header = "nation,task,line,capability,period,months,quantity,unit,personnel_per_unit,personnel"
    row = "FRA,west,manoeuvre,mech,2,2026-07/2026-12,1,battalion,800,800"
    plan = _read(tmp_path, _problem(tmp_path, STARTS), row, header=header)
    assert [row.periods for row in plan.rows] == [(2,)]
