"""Single checks where a general case says too little."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from workspace_files import SMALL, Edit, write_small

from allocator.inputs import checks
from allocator.inputs.draft import Draft
from allocator.inputs.inspection import inspect
from allocator.inputs.issues import Issue
from allocator.inputs.problem import build
from allocator.near import near

COMMITMENTS = "inputs/commitments.csv"
_HEADER = "commitment,nation,capability,quantity,to,purpose,rotating,periods,basis\n"


def _issues(folder: Path, rows: str, rotation: int) -> dict[str, Issue]:
    capabilities = SMALL["inputs/capabilities.csv"].replace("800,2", f"800,{rotation}")
    edits = {COMMITMENTS: _HEADER + rows, "inputs/capabilities.csv": capabilities}
    return {issue.code: issue for issue in inspect(write_small(folder, dict(edits)))[1]}


@pytest.mark.parametrize(
    ("rows", "rotation", "figures"),
    [
        ("a,FRA,mech,7,nato,x,no,,estimate\n", 1, (1, "7", "6")),
        ("a,FRA,mech,6,nato,x,no,,estimate\n", 1, None),
        ("a,FRA,mech,2,nato,x,no,,estimate\nb,FRA,mech,rest,nato,x,no,,estimate\n", 1, None),
        ("a,FRA,mech,rest,nato,x,no,2,estimate\nb,FRA,mech,1,nato,x,yes,,estimate\n", 1,
         (2, "7", "6")),
        ("a,FRA,mech,3,nato,x,yes,,estimate\n", 2, None),
        ("a,FRA,mech,4,nato,x,yes,,estimate\n", 2, (1, "8", "6")),
        ("a,FRA,mech,4,nato,x,yes,3,estimate\nb,FRA,mech,3,eu,x,yes,4,estimate\n", 2,
         (4, "7", "6")),
        ("a,FRA,mech,2,nato,x,yes,1,estimate\n", 4, (1, "8", "6")),
        ("a,FRA,mech,2,nato,x,yes,1,estimate\nb,FRA,mech,1,eu,x,no,4-,estimate\n", 3, None),
    ],
)  # fmt: skip
def test_commitments_bind_recovering_units(
    rows: str, rotation: int, figures: tuple[int, str, str] | None, tmp_path: Path
) -> None:
    """Before period 1 rotating commitments stood as in period 1 (rule R3)."""
    issue = _issues(tmp_path, rows, rotation).get("W511")
    if figures is None:
        assert issue is None
    else:
        period, found, expected = figures
        assert issue is not None
        assert (issue.found, issue.expected) == (found, expected)
        assert f"in period {period} " in issue.message


def test_a_spike_is_no_surge(tmp_path: Path) -> None:
    issue = _issues(tmp_path, "a,FRA,mech,4,nato,x,yes,2,estimate\n", 2)["W512"]
    assert (issue.found, issue.expected) == ("7", "6")


@pytest.mark.parametrize(("scope", "nowhere"), [("east", False), ("south", True)])
def test_a_caveat_may_bind_a_reserve_alone(scope: str, nowhere: bool, tmp_path: Path) -> None:
    """The nation has no unit that the task itself takes, and one that its reserve takes."""
    model = """\
name: small
tasks:
  - {task: east, area: east, lines: [{capability: medical, minimum: 1}]}
  - {task: spare, area: home, reinforces: [east], lines: [{capability: mech, minimum: 1}]}
  - {task: south, area: south, lines: [{capability: medical, minimum: 1}]}
"""
    caveats = "caveat,nation,area,requires,basis\n"
    caveats += f"fra,FRA,{scope},ceasefire,assumption\n"
    edits = {"models/small.yaml": model, "inputs/caveats.csv": caveats}
    codes = {issue.code for issue in inspect(write_small(tmp_path, dict(edits)))[1]}
    assert ("W507" in codes) is nowhere


def test_lists_that_no_rule_reads_take_any_word(tmp_path: Path) -> None:
    """What is not near another word in use goes without a word."""
    edits: dict[str, Edit] = {
        "inputs/capabilities.csv": ("enabler,hospital", "space,hospital;hospitals"),
        "inputs/commitments.csv": ("nato,Reserve", "United Nations,Reserve"),
        "inputs/preconditions.csv": ("open,ceasefire", "open,ceasefire"),
        "models/small.yaml": ("axis: presence", "axis: evacuation"),
    }
    workspace, issues = inspect(write_small(tmp_path, edits))
    assert issues == ()
    assert workspace is not None
    asked = build(workspace, "small")
    assert asked.tasks[0].axis == "evacuation"
    medical = asked.capabilities["medical"]
    assert (medical.domain, medical.unit, medical.units) == ("space", "hospital", "hospitals")


def test_an_organisation_adds_its_own_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nations_have_sources(draft: Draft) -> Iterator[Issue]:
        for row in draft.nations:
            if not row.source:
                place = draft.place(row, "source")
                yield Issue("ORG1", "error", place, "a nation without source", "", "a source")

    monkeypatch.setattr(checks, "CHECKS", checks.CHECKS)
    checks.CHECKS.append(nations_have_sources)
    try:
        workspace, issues = inspect(write_small(tmp_path))
    finally:
        checks.CHECKS.remove(nations_have_sources)
    assert workspace is None
    assert [str(issue.place) for issue in issues] == [
        "inputs/nations.csv:2 source",
        "inputs/nations.csv:3 source",
    ]


@pytest.mark.parametrize(
    ("name", "meant"),
    [("fra", "FRA"), ("mech-battalion", "mech_battalion"), ("Mech Battalion", "mech_battalion"),
     ("ceasfire", "ceasefire"), ("zzz", ""), ("", "")],
)  # fmt: skip
def test_near_names(name: str, meant: str) -> None:
    assert near(name, ["FRA", "mech_battalion", "ceasefire"]) == meant


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("inputs/availability.csv", "FRA,mech,6", "FR\u0410,mech,6", "cyrillic capital letter a"),
        ("inputs/availability.csv", "1-4", "1\u20134", "en dash"),
        ("inputs/availability.csv", "mech,6", "mech,\uff16", "fullwidth digit six"),
    ],
)
def test_what_looks_like_another_sign_is_called_by_its_name(
    file: str, old: str, new: str, says: str, tmp_path: Path
) -> None:
    _, issues = inspect(write_small(tmp_path, {file: (old, new)}))
    assert [says in str(one) for one in issues] == [True], [str(one) for one in issues]
