"""All problems are reported in one go, and one problem is not reported as many."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from workspace_files import SMALL, write_small

from allocator.inputs.inspection import inspect

GOLDEN = Path(__file__).parent / "golden_issues.txt"

SPOILT = {
    "inputs/nations.csv": "nation,name,kind,active_personnel\n"
    'FRA,France,country,"1,000"\nGBR,,nation,0\nGBR,Britain,,\nnever,Never,,\nUK-1,Kingdom,,\n',
    "inputs/capabilities.csv": "capability,name,domain,unit,personnel,rotation\n"
    "mech,Mechanised battalion,land,battalion,800,0\nmedical,Field hospital,enabler,,-5,1.5\n",
    "inputs/availability.csv": "nation,capability,quantity,periods,basis\n"
    "FRA,mech,six,1-,estimate\nGRB,Mech,5,4-1,guess\nGBR,medic,,,\n",
    "inputs/commitments.csv": "commitment,nation,capability,quantity,to,purpose,rotating,"
    "release_requires,release_risk,basis\n"
    "fra_reserve,FRA,mech,1,Nato,Reserve,maybe,joins(FRA) and ceasfire,x,estimate\n",
    "inputs/preconditions.csv": "precondition,name,kind,status,implies,effort,likelihood\n"
    "ceasefire,Ceasefire,political,opened,ceasefire,11,1.5\npeace,Peace,legal,met,cease_fire,,\n",
    "inputs/caveats.csv": "caveat,nation,task,axis,requires,basis,colour\n"
    "gbr_front,GBR,wset,prescence,ceasefire and (peace,assumption,red\n"
    "fra_front,FRA,west,,,assumption,\n",
    "inputs/worlds.csv": "world,precondition,from_period\ntruce,armistice,0\n",
    "models/small.yaml": """\
name: small
horizon: {periods: 4, months_per_period: half}
objectives: [staff_tasks, staff_tasks]
tasks:
  - task: west
    axis: presense
    periods: 2-9
    requires: ceasefire and staffed(est) or joins(DEU)
    min_nations: 3
    max_nations: 2
    lead: {any_of: [FRA, USA], all_of: [GBR], provides: brigade_hq}
    lines:
      - {line: manoeuvre, any_of: {mech: 1, tank: 0}, minimum: 6, target: 4}
      - {line: care, one_per: 5000, of: [east]}
      - {capability: engineer, minium: 1}
  - title: Nameless
    colour: red
    lines: []
""",
}


def test_the_text_of_a_broad_set_of_problems(tmp_path: Path) -> None:
    """To accept new texts: REWRITE_GOLDEN=1 pytest -n 0 tests/inputs/test_all_at_once.py"""
    _, issues = inspect(write_small(tmp_path, dict(SPOILT)))
    text = "".join(f"{issue}\n" for issue in issues)
    if os.environ.get("REWRITE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_issues_stand_in_the_order_of_their_places(tmp_path: Path) -> None:
    _, issues = inspect(write_small(tmp_path, dict(SPOILT)))
    places = [issue.place.order for issue in issues]
    assert places == sorted(places)


@pytest.mark.parametrize("file", SMALL)
def test_an_unreadable_file_is_one_issue(file: str, tmp_path: Path) -> None:
    _, issues = inspect(write_small(tmp_path, {file: b"\xff\xff\xff"}))
    assert [(issue.code, issue.place.file) for issue in issues] == [("W109", file)]


@pytest.mark.parametrize("table", ["nations", "capabilities", "preconditions"])
def test_a_missing_id_column_is_one_issue(table: str, tmp_path: Path) -> None:
    file = f"inputs/{table}.csv"
    header = SMALL[file].split(",")[0]
    _, issues = inspect(write_small(tmp_path, {file: SMALL[file].replace(header, "note", 1)}))
    assert [issue.code for issue in issues] == ["W118"]


def test_a_row_with_a_fault_is_still_known_and_still_checked(tmp_path: Path) -> None:
    edits = {"inputs/availability.csv": "nation,capability,quantity,basis\nFRX,mech,x,guess\n"}
    _, issues = inspect(write_small(tmp_path, dict(edits)))
    assert [issue.code for issue in issues] == ["W208", "W401", "W205"]


def test_near_names_are_offered(tmp_path: Path) -> None:
    _, issues = inspect(write_small(tmp_path, dict(SPOILT)))
    hints = [issue.hint.split("?")[0] for issue in issues if "did you mean" in issue.hint]
    offered = {hint.removeprefix("did you mean ") for hint in hints}
    wanted = {"GBR", "mech", "medical", "ceasefire", "minimum", "open"}
    assert {f"'{name}'" for name in wanted} <= offered


def test_a_nation_that_stands_alone_lacks_joins(tmp_path: Path) -> None:
    edits = {"inputs/caveats.csv": ("ceasefire", "FRA and west and joins(fra)")}
    _, issues = inspect(write_small(tmp_path, dict(edits)))
    assert [(issue.found, issue.hint.split("?")[0]) for issue in issues] == [
        ('"FRA"', "did you mean 'joins(FRA)'"),
        ('"joins(fra)"', "did you mean 'joins(FRA)'"),
        ('"west"', "did you mean 'staffed(west)'"),
    ]
