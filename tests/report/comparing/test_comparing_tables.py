"""The tables of a comparison: figures beside figures, and what their columns say."""

import json

import pytest
from small_runs import run

import allocator
from allocator.report.comparing.jsons import comparison_bytes
from allocator.report.comparing.tables import MAKERS
from allocator.report.comparing.wide import WIDE, all_tables, wide
from allocator.report.tables.csvs import csv_text


@pytest.fixture(scope="module")
def comparison():
    return allocator.compare(run(), run(world="truce"), run("other task", "truce"))


def rows(comparison, name):
    table = MAKERS[name](comparison)
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]


def test_every_table_is_an_attribute(comparison):
    for name in MAKERS:
        assert list(getattr(comparison, name).columns) == list(MAKERS[name](comparison).header)
    with pytest.raises(AttributeError, match="it has runs, changes"):
        _ = comparison.nothing


@pytest.mark.parametrize("other", [5, None, b"reports", object()])
def test_what_is_neither_a_run_nor_a_folder(other):
    with pytest.raises(TypeError, match="is no run; expected one of solve, packages or blockers"):
        allocator.compare(run(), other)


def test_headers_are_unique_and_said(comparison):
    for table in all_tables(comparison):
        assert len({*table.header}) == len(table.header)
        assert all(column.name and column.meaning for column in table.columns)
        assert table.description.endswith(".")
        assert all(len(row) == len(table.header) for row in table.rows), table.name


def test_kinds_of_columns_are_true(comparison):
    for table in all_tables(comparison):
        for row in table.rows:
            for column, value in zip(table.columns, row, strict=True):
                expected = {"text": str, "whole": int, "number": (int, float)}[column.kind]
                assert value is None or isinstance(value, expected), (table.name, column.name)


def test_verdicts_beside_the_base(comparison):
    found = {(r["task"], r["run"]): r for r in rows(comparison, "tasks")}
    base, truce, other = (side.name for side in comparison.sides)
    assert found["west", truce]["change"] == "better"
    assert found["west", base]["change"] == "same"
    assert found["west", other]["change"] == "only in the base"
    assert found["west", other]["verdict"] is None
    assert found["east", other]["change"] == "only in this run"
    assert found["west", truce]["people"] == 3350
    assert found["west", truce]["nation_ids"] == "FRA; GBR"
    assert found["west", base]["ways"] == 2


def test_differences_from_the_base_add_up(comparison):
    for name in ("criteria", "levels", "nations", "contributions", "released", "gaps"):
        value = WIDE[name][1]
        base = f"base_{value}"
        assert rows(comparison, name) or name in ("released", "gaps")
        for row in rows(comparison, name):
            if row["difference"] is not None:
                assert row[value] - row[base] == row["difference"]
            assert row["run"] != comparison.base.name or row[value] == row[base]


def test_runs_stand_in_columns(comparison):
    table = wide(comparison, "nations")
    base, truce, other = (side.name for side in comparison.sides)
    assert table.header == (
        "nation", "name", base, truce, other, f"{truce} less {base}", f"{other} less {base}",
    )  # fmt: skip
    assert table.rows[0][:4] == ("FRA", "France", 0, 2400)
    assert table.rows[0][5] == 2400


def test_a_run_named_like_a_column():
    """A world may be called anything."""
    from dataclasses import replace

    comparison = allocator.compare(run(), run(world="truce"))
    sides = tuple(
        replace(s, name=n) for s, n in zip(comparison.sides, ("task", "name"), strict=True)
    )
    found = replace(comparison, sides=sides, found={"name": ()}, changed=())
    assert wide(found, "tasks").header == ("task", "title", "run task", "run name")


def test_reasons_lead_to_their_rows():
    comparison = allocator.compare(run(world="truce"), run("watched", "truce"))
    (row,) = rows(comparison, "reasons")
    assert (row["kind"], row["id"], row["column"]) == ("caveat", "gbr_front", "requires")
    assert (row["base_value"], row["value"]) == ("ceasefire", "peace")
    assert row["base_place"] == row["place"] == "inputs/caveats.csv:2"
    assert row["rule"] == "R5"
    (change,) = rows(comparison, "changes")
    assert (change["before"], change["after"], change["explained"]) == ("ready", "blocked", "yes")
    assert (change["proof"], change["sets"], change["complete"]) == ("smallest", 1, "yes")
    pulls = {row["id"]: row["pulls"] for row in rows(comparison, "differences")}
    assert pulls == {"gbr_front": "unclear", "fra_word": "hinders", "fra_reserve": "helps"}


def test_json_holds_the_same(comparison):
    data = json.loads(comparison_bytes(comparison))
    assert data["schema"] == 1
    assert data["base"] == comparison.base.name
    assert [row["run"] for row in data["runs"]] == [side.name for side in comparison.sides]
    (change,) = data["changes"]
    ((difference,),) = change["sets"]
    assert difference["id"] == "ceasefire"
    assert difference["what"] == "ceasefire holds from period 1"
    assert [d["id"] for d in data["differences"][comparison.others[0].name]] == ["ceasefire"]


def test_no_formula_comes_from_a_folders_name():
    from dataclasses import replace

    comparison = allocator.compare(run(), run(world="truce"))
    sides = (comparison.base, replace(comparison.sides[1], name="=1+1"))
    found = replace(comparison, sides=sides, found={"=1+1": ()}, changed=())
    assert "'=1+1" in csv_text(wide(found, "tasks")).splitlines()[0]


def test_at_least_two(comparison):
    with pytest.raises(allocator.UsageError, match="two runs or more"):
        allocator.compare(run())


def test_the_page_names_every_table():
    import re
    from pathlib import Path

    page = (Path(__file__).parents[3] / "docs" / "comparing.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| (\w+) \| one row .*?(\*wide\*)? \|$", page, re.MULTILINE)
    assert [name for name, _ in found] == list(MAKERS)
    assert {name for name, marked in found if marked} == set(WIDE)


def test_the_page_names_every_proof():
    import re
    from pathlib import Path
    from typing import get_args

    from allocator.analysis.comparison.reasons import Proof

    page = (Path(__file__).parents[3] / "docs" / "comparing.md").read_text(encoding="utf-8")
    assert set(get_args(Proof)) <= set(re.findall(r"^\| (\w+) \|", page, re.MULTILINE))
