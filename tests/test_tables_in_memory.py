"""Workspaces as DataFrames: looked at, changed, solved, kept and verified without a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import allocator
from allocator.cli.group import main
from allocator.errors import UsageError
from allocator.frames import Run
from allocator.inputs.files.write import plain
from allocator.inputs.inspection import from_tables
from allocator.planner import Planner
from tests.generator import tables_and_models
from tests.inputs.workspace_files import write_small

MODEL: dict[str, Any] = {
    "horizon": {"starts": "2026-01", "periods": 2},
    "tasks": [
        {"task": "west", "requires": "ceasefire", "lines": [{"capability": "mech", "minimum": 2}]},
        {"task": "open", "lines": [{"capability": "mech", "minimum": 1}]},
    ],
}


def _tables() -> dict[str, pd.DataFrame]:
    return {
        "nations": pd.DataFrame({"nation": ["FRA", "GBR"], "name": ["France", "Britain"]}),
        "capabilities": pd.DataFrame(
            {"capability": ["mech"], "name": ["M"], "domain": ["land"], "unit": ["battalion"],
             "personnel": np.array([800]), "rotation": [np.nan]}
        ),
        "availability": pd.DataFrame(
            {"nation": ["FRA", "GBR"], "capability": "mech", "quantity": [2.0, 3.0],
             "periods": ["2026-01/2026-12", None], "basis": "estimate"}
        ),
        "preconditions": pd.DataFrame(
            {"precondition": ["ceasefire"], "name": ["C"], "kind": ["political"],
             "status": ["open"]}
        ),
        "caveats": pd.DataFrame(
            {"caveat": ["c"], "nation": ["GBR"], "requires": ["ceasefire"],
             "basis": ["assumption"]}
        ),
    }  # fmt: skip


@pytest.fixture(scope="module")
def planner() -> Planner:
    return allocator.from_tables(_tables(), models={"small": MODEL})


@pytest.fixture(scope="module")
def run(planner: Planner) -> Run:
    return planner.solve(workers=1)


def test_frames_are_a_workspace(planner: Planner, run: Run) -> None:
    assert planner.default_model == "small"
    assert planner.problem().availability["FRA", "mech"] == (2, 2)
    assert (run["open"].verdict, run["west"].verdict) == ("ready", "blocked")
    held = run.waiting.set_index("task").loc["west"]
    assert held["place"] == "caveats:0"


@pytest.mark.parametrize("seed", range(12))
def test_what_tables_show_states_the_same_again(seed: int) -> None:
    workspace, _ = from_tables(*tables_and_models(seed))
    assert workspace is not None
    planner = Planner(workspace)
    again = planner.with_tables(**planner.tables)
    for name in planner.tables:
        pd.testing.assert_frame_equal(again.tables[name], planner.tables[name])
    models = zip(again.workspace.models.values(), planner.workspace.models.values(), strict=True)
    assert all(plain(one) == plain(other) for one, other in models)


def test_tables_of_files_have_numbers_where_files_have(tmp_path: Path) -> None:
    planner = allocator.load(write_small(tmp_path))
    table = planner.tables["availability"]
    assert table["quantity"].dtype == "Int64"
    assert list(table["periods"]) == [None, "1-4", None]
    assert list(planner.tables["commitments"]["rotating"]) == ["no"]
    assert list(planner.tables["worlds"]["from_period"]) == [1]
    assert "availability (3)" in repr(planner.tables)
    with pytest.raises(KeyError, match="did you mean availability"):
        planner.tables["availabilty"]


def test_a_change_is_another_planner(planner: Planner) -> None:
    more = planner.change("availability", nation="FRA", capability="mech", quantity=60)
    assert more.problem().availability["FRA", "mech"] == (60, 60)
    assert planner.problem().availability["FRA", "mech"] == (2, 2)
    always = planner.change("availability", row=0, periods=None)
    assert always.tables["availability"].loc[0, "periods"] is None
    edited = planner.tables["availability"]
    edited.loc[1, "quantity"] = 9
    assert planner.with_tables(availability=edited).problem().availability["GBR", "mech"] == (9, 9)
    other = {"other": {**MODEL, "tasks": MODEL["tasks"][1:]}}
    assert list(planner.with_tables(models=other).workspace.models) == ["other"]


@pytest.mark.parametrize(
    ("error", "call", "message"),
    [
        (UsageError, lambda p: p.change("availabilty", quantity=1), "did you mean availability"),
        (TypeError, lambda p: p.with_tables(availabilty=[]), "did you mean availability"),
        (TypeError, lambda p: p.with_tables(availability="x"), "a list of rows is expected"),
        (TypeError, lambda p: p.change("caveats", caveat="c", requirs="x"), "mean requires"),
        (UsageError, lambda p: p.change("caveats", requires="x"), "Say caveat, or row="),
        (UsageError, lambda p: p.change("caveats", caveat="d", requires="x"), "has caveat d"),
        (UsageError, lambda p: p.change("caveats", row=7, requires="x"), "has label 7"),
        (UsageError, lambda p: p.change("caveats", caveat="c"), "nothing to change"),
        (TypeError, lambda p: p.solve(wrld="today"), "did you mean world"),
    ],
)
def test_what_is_misspelt_or_unclear_is_told(
    error: type[Exception], call: Any, message: str, planner: Planner
) -> None:
    with pytest.raises(error, match=message):
        call(planner)


def test_of_two_rows_the_label_tells_which(planner: Planner) -> None:
    twice = pd.concat([planner.tables["availability"]] * 2, ignore_index=True)
    doubled = planner.with_tables(availability=twice)
    with pytest.raises(UsageError, match=r"2 rows of availability .* one of 0, 2"):
        doubled.change("availability", nation="FRA", capability="mech", quantity=1)
    fewer = doubled.change("availability", row=2, quantity=1)
    assert fewer.problem().availability["FRA", "mech"] == (3, 3)


def test_messages_are_those_of_files_with_the_row_of_the_frame() -> None:
    tables = _tables()
    tables["availability"] = pd.DataFrame(
        {"nation": ["FRA", "GBX"], "capability": "mech", "quantity": [2, 2.5], "basis": "estimate"},
        index=[10, 20],
    )
    with pytest.raises(allocator.WorkspaceError) as caught:
        allocator.from_tables(tables, models={"small": MODEL})
    found = [(issue.code, str(issue.place)) for issue in caught.value.issues if issue.is_error]
    assert found == [("W401", "availability:20 nation"), ("W205", "availability:20 quantity"),
                     ("W401", "caveats:0 nation")][:2]  # fmt: skip
    tables = _tables()
    tables["caveats"] = tables["caveats"].assign(requires="cease", task=["east"])
    with pytest.raises(allocator.WorkspaceError, match="caveats:0 requires"):
        allocator.from_tables(tables, models={"small": MODEL})


def test_labels_that_are_no_numbers_are_places() -> None:
    tables = _tables()
    tables["nations"] = tables["nations"].set_axis(["a", "b"]).assign(name=["France", None])
    with pytest.raises(allocator.WorkspaceError) as caught:
        allocator.from_tables(tables, models=[{"name": "small", **MODEL}])
    assert [str(one.place) for one in caught.value.issues] == ["nations:1 name"]


def test_what_is_missing_or_there_twice_is_told() -> None:
    tables = _tables()
    del tables["availability"]
    tables["nations"] = tables["nations"].drop(columns="name")
    tables["caveats"] = pd.concat([tables["caveats"], tables["caveats"][["nation"]]], axis=1)
    with pytest.raises(allocator.WorkspaceError) as caught:
        allocator.from_tables(tables, models={"small": {"tasks": [{}]}})
    places = {str(issue.place) for issue in caught.value.issues}
    assert {"availability", "nations name", "caveats nation", "model small tasks[1].task"} <= places
    with pytest.raises(allocator.WorkspaceError, match="models"):
        allocator.from_tables(_tables(), models={})
    with pytest.raises(UsageError, match="calls itself"):
        allocator.from_tables(_tables(), models={"small": {**MODEL, "name": "large"}})
    with pytest.raises(TypeError, match="a mapping is expected"):
        allocator.from_tables(_tables(), models={"small": []})


def test_a_run_is_kept_and_verified_without_a_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = run.save(tmp_path / "kept")
    assert "inputs/caveats.csv:2" in (folder / "tables/waiting.csv").read_text()
    with pytest.raises(SystemExit) as ended:
        main.main(["verify", str(folder)])
    said = capsys.readouterr()
    assert (ended.value.code, said.err) == (0, "")
    assert "made of tables in memory" in said.out
    assert allocator.load(folder).solve(workers=1)["west"] == run["west"]
    assert allocator.compare(run, folder).changes.empty
    copy = folder / "inputs/availability.csv"
    copy.write_text(copy.read_text().replace("2026-12,", "2026-11,").replace(",3,", ",4,"))
    with pytest.raises(SystemExit) as ended:
        main.main(["verify", str(folder)])
    assert ended.value.code == 1


def test_what_people_open_can_be_written_alone(run: Run, tmp_path: Path) -> None:
    page = run.report(tmp_path / "report.html", handling_mark="Exercise")
    assert "Exercise" in page.read_text(encoding="utf-8")
    book = run.to_excel(str(tmp_path / "results.xlsx"))
    assert "tasks" in pd.ExcelFile(book).sheet_names
    with pytest.raises(TypeError):
        run.report(tmp_path / "other.html", handlng_mark="x")  # type: ignore[call-arg]


def test_notebooks_see_what_it_is(planner: Planner, run: Run) -> None:
    assert repr(run) == "<Run of solve: small in today; 1 of 2 tasks staffed; 1 ready, 1 blocked>"
    assert len(repr(planner)) < 300
    assert "tables in memory: models small" in repr(planner)
    assert {"allocation", "unlocking", "tasks"} <= set(dir(run))
    assert "<table" in run._repr_html_()
    assert "2026-01" in run._repr_html_()
    assert 'sandbox="allow-scripts"' in run._repr_html_()
    comparison = allocator.compare(run, planner.solve(with_="ceasefire", workers=1))
    assert {"changes", "reasons"} <= set(dir(comparison))
    assert len(repr(comparison)) < 200
    assert "west" in comparison._repr_html_()


def test_a_table_without_some_rows_keeps_the_labels_of_the_others(planner: Planner) -> None:
    table = planner.tables["availability"].query("nation != 'FRA'")
    wrong = table.assign(capability="mec")
    with pytest.raises(allocator.WorkspaceError, match="availability:1 capability"):
        planner.with_tables(availability=wrong)


def test_offers_and_their_dates_are_tables_too(planner: Planner, tmp_path: Path) -> None:
    offers = pd.DataFrame(
        {"offer": ["o"], "nation": ["FRA"], "capability": ["mech"], "quantity": [1],
         "status": ["firm"], "as_of": pd.to_datetime(["2026-01-05"]), "valid_until": [None],
         "basis": ["reported"]}
    )  # fmt: skip
    offered = planner.with_tables(offers=offers)
    assert str(offered.workspace.offers[0].as_of) == "2026-01-05"
    assert offered.tables["offers"].loc[0, "as_of"] == "2026-01-05"
    folder = offered.solve(workers=1, count="firm", on="2026-02-01").save(tmp_path / "kept")
    assert len(allocator.load(folder).workspace.offers) == 1


def test_a_column_that_is_there_twice_is_one_fault(planner: Planner) -> None:
    tables = _tables()
    nations, rows = tables["nations"], tables["availability"]
    nations = pd.concat([nations, nations[["nation"]]], axis=1)
    rows = pd.concat([rows, rows[["basis"]].rename(columns={"basis": "quantity"})], axis=1)
    with pytest.raises(allocator.WorkspaceError) as caught:
        allocator.from_tables(tables | {"nations": nations, "availability": rows}, {"m": MODEL})
    assert sorted(f"{one.code} {one.place}" for one in caught.value.issues) == [
        "W116 availability quantity",
        "W116 nations nation",
    ]
    columns = ["nation", "task", "capability", "quantity", "quantity"]
    plan = pd.DataFrame([["FRA", "open", "mech", 1, 9]], columns=columns)
    with pytest.raises(allocator.WorkspaceError) as caught:
        planner.review(plan)
    assert [one.code for one in caught.value.issues] == ["W116"]
