"""What the contract allows is read as it was meant, without a word."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from workspace_files import SMALL, Edit, write_small

from allocator.inputs.conditions import show
from allocator.inputs.inspection import inspect
from allocator.inputs.problem import build
from allocator.inputs.workspace import Workspace

NATIONS, CAVEATS, MODEL = "inputs/nations.csv", "inputs/caveats.csv", "models/small.yaml"
COMMITMENTS, WORLDS = "inputs/commitments.csv", "inputs/worlds.csv"
OPTIONAL = (COMMITMENTS, "inputs/preconditions.csv", CAVEATS, WORLDS)


def _good(folder: Path, edits: dict[str, Edit]) -> Workspace:
    workspace, issues = inspect(write_small(folder, edits))
    assert [str(issue) for issue in issues if issue.is_error] == []
    assert workspace is not None
    return workspace


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    plain = _good(tmp_path / "plain", {})
    edits: dict[str, Edit] = {
        file: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for file, text in SMALL.items()
    }
    windows = _good(tmp_path / "windows", edits)
    assert build(windows, "small") == build(plain, "small")
    assert windows.place(windows.nations[1]) == plain.place(plain.nations[1])


def test_nations_that_look_like_something_else(tmp_path: Path) -> None:
    added = "".join(f"{code},Land,\n" for code in ("NA", "NO", "null", "true", "nan", "y"))
    lead = "[NA, NO, true, nan, y]"
    workspace = _good(tmp_path, {NATIONS: SMALL[NATIONS] + added, MODEL: ("[FRA, GBR]", lead)})
    assert [row.nation for row in workspace.nations[2:]] == ["NA", "NO", "null", "true", "nan", "y"]
    named = workspace.models["small"].tasks[0].lead
    assert named is not None
    assert named.any_of == ("NA", "NO", "true", "nan", "y")


def test_text_is_kept_and_never_run(tmp_path: Path) -> None:
    formula = "=cmd|' /C calc'!A0"
    nations = f'nation,name,note,source\nFRA,007,"{formula}",+1\nGBR,1E5,,@x\n'
    workspace = _good(tmp_path, {NATIONS: nations})
    first, second = workspace.nations
    assert (first.name, first.note, first.source) == ("007", formula, "+1")
    assert (second.name, second.source) == ("1E5", "@x")


def test_optional_tables_may_be_missing(tmp_path: Path) -> None:
    gone: dict[str, Edit] = dict.fromkeys(OPTIONAL)
    workspace = _good(tmp_path, {**gone, MODEL: ("    requires: ceasefire\n", "")})
    assert (workspace.commitments, workspace.worlds) == ((), ())


def test_optional_tables_may_be_a_header_alone(tmp_path: Path) -> None:
    headers: dict[str, Edit] = {file: SMALL[file].splitlines()[0] for file in OPTIONAL}
    _good(tmp_path, {**headers, MODEL: ("    requires: ceasefire\n", "")})


def test_the_defaults_are_those_of_the_contract(tmp_path: Path) -> None:
    workspace = _good(
        tmp_path,
        {
            NATIONS: "nation,name\nFRA,France\nGBR,United Kingdom\n",
            "inputs/capabilities.csv": "capability,name,domain,unit\n"
            "mech,M,land,b\nmedical,R,air,h\n",
            COMMITMENTS: "commitment,nation,capability,quantity,to,purpose,basis\n"
            "k,FRA,mech,1,eu,x,estimate\n",
            "inputs/preconditions.csv": "precondition,name,kind,status\n"
            "ceasefire,C,legal,ruled_out\n",
            WORLDS: "world,precondition\ntruce,ceasefire\n",
            MODEL: "name: small\ntasks: [{task: west, lines: [{capability: mech, minimum: 0}]}]\n",
        },
    )
    nation, capability = workspace.nations[0], workspace.capabilities[0]
    assert (nation.kind, nation.active_personnel, nation.note) == ("nation", None, "")
    assert (capability.personnel, capability.rotation) == (0, 1)
    commitment, caveat = workspace.commitments[0], workspace.caveats[0]
    assert (commitment.rotating, show(commitment.release_requires)) == (False, "never")
    assert (commitment.release_risk, caveat.max_personnel) == (1, None)
    precondition = workspace.preconditions[0]
    assert (precondition.implies, precondition.effort, precondition.likelihood) == ((), 1, None)
    assert workspace.worlds[0].from_period == 1
    model = workspace.models["small"]
    assert (model.horizon.periods, model.horizon.months_per_period) == (1, 6)
    assert (model.tasks[0].priority, show(model.tasks[0].requires)) == (1, "always")


def test_blank_lines_and_quoted_lines_keep_the_count(tmp_path: Path) -> None:
    nations = '\nnation,name,note\n\n,,\nFRA,France,"two\nlines"\nGBR,United Kingdom,\n'
    workspace = _good(tmp_path, {NATIONS: nations})
    assert [workspace.place(row).row for row in workspace.nations] == [5, 7]


def test_columns_stand_in_any_order_and_rows_too(tmp_path: Path) -> None:
    plain = _good(tmp_path / "plain", {})
    shuffled: dict[str, Edit] = {}
    for file, text in SMALL.items():
        if file.endswith(".csv"):
            rows = [line.split(",") for line in text.splitlines()]
            order = random.Random(file).sample(range(len(rows[0])), len(rows[0]))
            lines = [",".join(row[i] for i in order) for row in (rows[0], *reversed(rows[1:]))]
            shuffled[file] = "\n".join(lines)
    assert build(_good(tmp_path / "shuffled", shuffled), "small") == build(plain, "small")


def test_a_model_may_be_json(tmp_path: Path) -> None:
    line = {"line": "manoeuvre", "any_of": {"mech": 1}, "minimum": 2, "note": None}
    lead = {"all_of": ["FRA"], "min_share": 0.25}
    task = {"task": "west", "lead": lead, "lines": [line], "periods": 1}
    data = {
        "name": "small",
        "title": "é😀",
        "default": True,
        "horizon": {"periods": 4},
        "tasks": [task],
    }
    workspace = _good(tmp_path, {MODEL: json.dumps(data, indent="\t")})
    assert workspace.default_model == "small"
    assert workspace.models["small"].title == "é😀"
    assert workspace.models["small"].tasks[0].lines[0].minimum == 2
    assert workspace.models["small"].tasks[0].periods.within(4) == [1]


@pytest.mark.parametrize(
    "edits",
    [
        {CAVEATS: ("ceasefire", "staffed(west) or joins(GBR)")},
        {CAVEATS: ("west,,", "west;west,ukraine_west; nowhere,")},
        {CAVEATS: ("ceasefire", '"AT_LEAST(1, ceasefire, peace) AND Always"')},
        {COMMITMENTS: ("FRA,mech,1", "FRA,mech, 5 ")},
        {WORLDS: ("truce", "today")},
        {WORLDS: ("truce", "cease-fire 2027")},
        {"inputs/preconditions.csv": ("open,\npeace", "open,peace\npeace")},
        {"inputs/preconditions.csv": ("open,ceasefire", "ruled_out,ceasefire")},
        {MODEL: ("axis: presence", "periods: 3-")},
        {MODEL: ("axis: presence", "periods: [1, 3]")},
        {MODEL: ("axis: presence", "periods: -2\n    max_share: 1")},
        {MODEL: ("line: manoeuvre, any_of: {mech: 1}", "line: manoeuvre, capability: mech")},
        {MODEL: ("one_per: 5000", "one_per: 5000, minimum: 1, of: [west]")},
        {MODEL: ("minimum: 2, target: 4", "minimum: 0, target: 0, min_contribution: 0")},
        {MODEL: ("provides: mech, min_share: 0.2", "min_share: .5")},
        {MODEL: ("name: small", "---\nname: small # a comment\nobjectives: []")},
        {MODEL: ("axis: presence", "title: |\n      Two\n      lines")},
        {"models/second.yaml": "name: second\ntasks: []\n"},
    ],
    ids=str,
)  # fmt: skip
def test_allowed_though_unusual(edits: dict[str, Edit], tmp_path: Path) -> None:
    _good(tmp_path, edits)


def test_the_reference_case_has_no_error() -> None:
    workspace, issues = inspect(Path(__file__).parents[2])
    assert [str(issue) for issue in issues if issue.is_error] == []
    assert workspace is not None
    assert workspace.default_model in workspace.models
