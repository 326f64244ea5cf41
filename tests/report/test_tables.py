"""Tables as values, as CSV, as DataFrames, as JSON."""

import csv
import io
import json
from dataclasses import replace

import pytest
from report_cases import asked, small_run

from allocator.report.tables.csvs import csv_text, safe, write_csv
from allocator.report.tables.frames import FRAMES, frame
from allocator.report.tables.parquet import write_parquet
from allocator.report.tables.run import ASKED, MAKERS, all_tables, table
from allocator.report.tables.table import Column, Table
from allocator.results.jsons import answers_bytes, result_bytes
from allocator.results.result import Package, Packages, Result, TaskRecord

PROMISED = {
    "allocation",
    "packages",
    "unlocking",
    "blocking",
    "gaps",
    "shortfalls",
    "released",
    "net_availability",
}


def as_dicts(found):
    return [dict(zip(found.header, row, strict=True)) for row in found.rows]


@pytest.mark.parametrize("name", MAKERS)
def test_every_table_is_well_formed(name):
    found = table(small_run(), name)
    assert found.name == name
    assert found.description.endswith(".")
    assert len(set(found.header)) == len(found.header)
    assert all(column.meaning for column in found.columns)
    assert all(len(row) == len(found.header) for row in found.rows)


@pytest.mark.parametrize("name", MAKERS)
def test_every_cell_is_of_its_columns_kind(name):
    kinds = {"text": (str,), "whole": (int,), "number": (int, float)}
    found = table(small_run(), name)
    for row in found.rows:
        for column, value in zip(found.columns, row, strict=True):
            assert value is None or type(value) in kinds[column.kind], (column.name, value)
    assert all(column.kind != "text" or not column.unit for column in found.columns)


def test_the_promised_tables_are_there():
    assert set(MAKERS) >= PROMISED
    assert set(FRAMES) == set(MAKERS)


@pytest.mark.parametrize("name", MAKERS)
def test_made_tables_have_rows_where_the_run_has_something(name):
    assert bool(table(small_run(), name).rows) == (name not in {"rules", *ASKED})


def test_unlocking_is_tidy():
    rows = as_dicts(table(small_run(), "unlocking"))
    assert [(r["task"], r["set"], r["precondition"]) for r in rows] == [
        ("western_presence", 1, "bundestag"),
        ("western_presence", 1, "ceasefire"),
        ("western_presence", 2, "ceasefire"),
        ("western_presence", 2, "sejm"),
    ]
    assert rows[3]["likelihood"] == "no estimate"


def test_a_package_of_no_nation_has_a_row():
    run = asked("packages", "training")
    packages = Packages(complete=True, sets=(Package(nations=(), allocation=(), released=()),))
    record = TaskRecord(task="training", verdict="ready", packages=packages)
    run = replace(run, result=run.result.model_copy(update={"tasks": (record,)}))
    (row,) = as_dicts(table(run, "packages"))
    assert (row["package"], row["package_nations"], row["quantity"]) == (1, "", None)


def test_staffed_is_blank_where_there_is_no_plan():
    rows = as_dicts(table(asked("blockers", "training"), "tasks"))
    assert [(r["task"], r["staffed"], r["nations"]) for r in rows] == [("training", None, None)]


def test_net_availability_adds_up_with_the_plan():
    rows = as_dicts(table(small_run(), "net_availability"))
    fra = next(r for r in rows if (r["nation"], r["capability"], r["period"]) == ("FRA", "mech", 1))
    assert (fra["available"], fra["rotating"], fra["net"], fra["used"], fra["left"]) == (
        6, 1, 2, 2, 0,
    )  # fmt: skip


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_is_disarmed(start):
    assert safe(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", ["NO", "NA", "007", "1E5", "MAR1", "", "a=b", "'=x", None, -3, 0])
def test_other_cells_stay_as_they_are(value):
    assert safe(value) == value


def test_csv_has_line_feeds_and_quotes_what_needs_it(tmp_path):
    hostile = '=HYPERLINK("http://x")\n"a",b'
    columns = (Column("text", "t"), Column("number", "n"))
    made = Table("made", columns, ((hostile, -1), ("é", None)), "One row.")
    path = write_csv(made, tmp_path)
    assert b"\r" not in path.read_bytes()
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    assert rows == [["text", "number"], ["'" + hostile, "-1"], ["é", ""]]


def test_blank_zero_and_text_are_three_things():
    columns = (Column("a", "a"),)
    text = csv_text(Table("made", columns, ((None,), (0,), ("none",)), "One row."))
    assert text == 'a\n""\n0\nnone\n'


@pytest.mark.parametrize("name", MAKERS)
def test_a_table_has_the_same_types_whether_or_not_it_has_rows(name):
    empty = frame(asked("packages"), name)
    assert dict(empty.dtypes) == dict(frame(small_run(), name).dtypes)


@pytest.mark.parametrize("name", MAKERS)
def test_parquet_holds_the_same_as_the_table(name, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    for run in (small_run(), asked("packages")):
        made = table(run, name)
        read = parquet.read_table(write_parquet(made, tmp_path))
        assert [tuple(row.values()) for row in read.to_pylist()] == list(made.rows)
        assert [field.metadata[b"meaning"].decode() for field in read.schema] == [
            column.meaning for column in made.columns
        ]


def test_text_stays_as_it_is_in_parquet(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    texts = (("=1+1",), ("\t@x",), ("\u202eabc",), ("x" * 40_000,), (None,), ("",))
    made = Table("made", (Column("text", "t"),), texts, "One row.")
    read = parquet.read_table(write_parquet(made, tmp_path))
    assert [tuple(row.values()) for row in read.to_pylist()] == list(texts)


def test_frames_keep_codes_as_text_and_figures_as_whole_numbers():
    data = frame(small_run(), "allocation")
    assert list(data.columns) == list(table(small_run(), "allocation").header)
    assert str(data["quantity"].dtype) == "Int64"
    assert set(data["nation"]) == {"FRA"}
    assert small_run().allocation.equals(data)


def test_result_json_reads_back_as_the_same_result():
    result = small_run().result
    assert Result.model_validate_json(result_bytes(result)) == result
    assert result_bytes(result) == result_bytes(small_run().result)
    assert json.loads(result_bytes(result))["plan"]["contested"][0]["with"] == ["training"]


def test_answers_have_the_promised_keys_only():
    for command in ("packages", "blockers"):
        data = json.loads(answers_bytes(asked(command, "training")))
        assert list(data) == ["schema", "model", "world", "tasks"]
        extra = set(data["tasks"][0]) - set(TaskRecord.model_fields)
        assert extra == ({"power", "replacement"} if command == "packages" else set())


def test_packages_say_who_matters_in_json_too():
    """The figures of power.csv and replacement.csv, in full precision; no plan and no rule."""
    run = asked("packages", "training")
    (record,) = json.loads(answers_bytes(run))["tasks"]
    power = run.notes["training"].power
    assert record["power"]["basis"] == power.basis
    assert (record["power"]["winning"], record["power"]["packages"]) == (63, 6)
    told = {one["nation"]: one for one in record["power"]["weights"]}
    for weight in power.weights:
        assert told[weight.nation]["banzhaf"] == weight.banzhaf
        assert told[weight.nation]["shapley"] == weight.shapley
        assert told[weight.nation]["substitutes"] == list(weight.substitutes)
    assert "rule" not in record["power"]
    possible = {one["nation"]: one["possible"] for one in record["replacement"]}
    assert (possible["DEU"], possible["FRA"], possible["GBR"]) == ("yes", "no", "unknown")
    assert set(record["replacement"][0]) == {"nation", "possible", "levels"}


def test_what_is_not_known_of_who_matters_is_null_and_empty():
    run = replace(asked("packages", "training"), notes={})
    (record,) = json.loads(answers_bytes(run))["tasks"]
    assert (record["power"], record["replacement"]) == (None, [])


def test_all_tables_of_the_same_run_are_the_same():
    assert all_tables(small_run()) == all_tables(small_run())
