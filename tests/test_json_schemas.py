"""The JSON Schemas of docs/schema: made of what the program has now, and true of what it prints."""

from __future__ import annotations

import csv
import json
import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from allocator import errors
from allocator.cli import main

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "schema"
Schema = dict[str, Any]
ANSWERED = (errors.ANSWERED, errors.NO_ANSWER_IN_TIME)
PRINTED = {
    "check-1.json": ("check --world ceasefire", "check -w wrong"),
    "answers-1.json": (
        "packages logistics_hub --limit 3",
        "packages theatre_command",
        "packages logistics_hub --limit 3 --survive 1",
        "blockers western_presence --relax caveats",
        "blockers western_presence --survive 1",
    ),
    "fragility-1.json": ("fragility theatre_command", "fragility western_presence"),
    "offers-1.json": ("offers --world ceasefire",),
    "order-1.json": ("order", "order industry --by date", "order --by benefit"),
    "levers-1.json": ("levers", "levers --budget 0"),
    "list-1.json": ("list .",),
    "endure-1.json": (
        "endure --world ceasefire --lose POL --from 4 --time-limit 20",
        "endure --time-limit 0",
    ),
    "comparison-1.json": ("compare --worlds ceasefire,ceasefire_us_backstop",),
    "verify-1.json": ("verify run",),
    "sweep-1.json": ("sweep sweep.yaml",),
    "ranges-1.json": (
        "ranges training_ukraine industry logistics_hub --world ceasefire_us_backstop "
        "--spread estimate=30,general_knowledge=30 --draws 50",
        "ranges logistics_hub --spread estimate=30 --draws 20 --likelihoods",
    ),
}


def kept(name: str) -> Schema:
    found: Schema = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


def closed(part: Any) -> Any:
    """The schema without room for keys that it does not name."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    found = {key: closed(value) for key, value in part.items()}
    if "type" in part and isinstance(part.get("properties"), dict):
        found.setdefault("additionalProperties", False)
    return found


def faults(name: str, data: object) -> list[str]:
    """What the schema says against the data; a key that it does not name is a fault too."""
    found = Draft202012Validator(closed(kept(name))).iter_errors(data)
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in found]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference case with a run, and beside it a workspace with an error."""
    folder = tmp_path_factory.mktemp("schemas") / "reference"
    printed("init", str(folder))
    printed("init", str(folder / "wrong"))
    table = folder / "wrong" / "inputs" / "nations.csv"
    table.write_text(table.read_text(encoding="utf-8") + "FRA,twice\n", encoding="utf-8")
    asked = ("--departures", "--front", "economy,fewer_contingents", "--time-limit", "3")
    (folder / "sweep.yaml").write_text(
        "worlds: [today, ceasefire]\ntasks: [logistics_hub]\ntime_limit: 1\n"
        "changes: [{name: a}, {name: b, change: [{table: commitments, row: 0, cells: "
        "{nation: NOR, capability: medical}}]}]\n",
        encoding="utf-8",
    )
    printed("solve", "-w", str(folder), *asked, "--out", str(folder / "run"))
    return folder


def printed(*words: str) -> str:
    done = CliRunner().invoke(main, list(words), prog_name="allocator")
    assert done.exit_code in (*ANSWERED, errors.INPUTS_WRONG), done.output
    return done.stdout


def test_the_files_are_what_the_program_has_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Written anew by `python docs/schema/write.py`."""
    monkeypatch.syspath_prepend(FOLDER)
    made = runpy.run_path(str(FOLDER / "write.py"))
    now = {name: made["text"](schema) for name, schema in made["schemas"]().items()}
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")} == now


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_each_is_a_schema(path: Path) -> None:
    Draft202012Validator.check_schema(kept(path.name))


@pytest.mark.parametrize(
    ("name", "line"), [(name, line) for name, lines in PRINTED.items() for line in lines]
)
def test_what_a_command_prints_fits(
    name: str, line: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(here)
    words = [*line.split(), "--json"]
    if not line.startswith(("check", "list")):
        words += ["--time-limit", "2"]
    assert faults(name, json.loads(printed(*words))) == []


@pytest.mark.parametrize("name", ["result", "run", "certificate"])
def test_what_a_run_keeps_fits(name: str, here: Path) -> None:
    data = json.loads((here / "run/machine" / f"{name}.json").read_text(encoding="utf-8"))
    assert faults(f"{name}-1.json", data) == []


def test_the_reference_tables_and_models_fit(here: Path) -> None:
    tables = {path.stem: rows(path) for path in (here / "inputs").glob("*.csv")}
    assert len(tables) == 8
    assert faults("tables-1.json", tables) == []
    for path in (here / "models").glob("*.yaml"):
        assert faults("model-1.json", YAML(typ="safe").load(path)) == []


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table, blank cells left out."""
    with path.open(encoding="utf-8", newline="") as opened:
        return [{key: cell for key, cell in row.items() if cell} for row in csv.DictReader(opened)]


def changed(data: Any, place: tuple[str | int, ...], value: object) -> Any:
    """The data with another value there; without the key where the value is `...`."""
    first, *rest = place
    if rest:
        data[first] = changed(data[first], tuple(rest), value)
    elif value is ...:
        del data[first]
    else:
        data[first] = value
    return data


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("schema",), 2),
        (("plan", "status"), "fine"),
        (("plan", "levels", 0, "bound"), ...),
        (("plan", "allocation"), {}),
        (("tasks", 0, "verdict"), "maybe"),
        (("tasks", 0, "necessary"), ...),
        (("tasks", 0, "unlocking", "complete"), "yes"),
        (("world", "holds"), ["ceasefire"]),
        (("tasks", 0, "remark"), "a key that is not described"),
    ],
)
def test_a_result_that_is_not_one_is_refused(
    place: tuple[str | int, ...], value: object, here: Path
) -> None:
    data = json.loads((here / "run" / "machine/result.json").read_text(encoding="utf-8"))
    assert faults("result-1.json", changed(data, place, value))


@pytest.mark.parametrize(
    "table",
    [
        {"nations": [{"nation": "FRA"}], "forces": []},
        {"nations": [{"name": "France"}]},
        {
            "availability": [
                {"nation": "FRA", "capability": "tank", "quantity": "-1", "basis": "public"}
            ]
        },
        {"capabilities": [{"capability": "a", "name": "A", "domain": 3, "unit": "one"}]},
    ],
    ids=["table", "column", "quantity", "domain"],
)
def test_tables_that_are_none_are_refused(table: Mapping[str, object]) -> None:
    assert faults("tables-1.json", table)


def test_a_key_that_is_added_later_fits_the_schema_as_it_is_kept(here: Path) -> None:
    """Only the tests look for keys that nobody described."""
    data = json.loads((here / "run" / "machine/result.json").read_text(encoding="utf-8"))
    data["later"] = 1
    assert Draft202012Validator(kept("result-1.json")).is_valid(data)
