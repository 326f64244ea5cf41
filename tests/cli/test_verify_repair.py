"""`allocator verify` of a repair: what is there is confirmed, what is forged is found out."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.commanding import run
from tests.inputs.workspace_files import write_small

PLAN = """\
nation,task,capability,quantity,kind
FRA,west,mech,2,
GBR,west,mech,9,KIND
GBR,west,medical,1,exactly
"""


def _kept(here: Path, kind: str) -> Path:
    """The file of a repair that was kept; the kind is that of the row that asks for too much."""
    write_small(here)
    (here / "plan.csv").write_text(PLAN.replace("KIND", kind))
    asked = ("repair", "plan.csv", "--world", "truce", "--out", "kept")
    assert run(*asked).exit_code == 0
    return here / "kept" / "machine/repair.json"


@pytest.fixture
def with_plan(here):
    path = _kept(here, "")
    assert json.loads(path.read_text())["plan"]["status"] == "optimal"
    return path


@pytest.fixture
def with_clash(here):
    path = _kept(here, "exactly")
    said = json.loads(path.read_text())
    assert (said["clashes"], said["clash_rules"]) == ([[["GBR", "west"]]], [["R3"]])
    return path


@pytest.mark.parametrize("kept", ["with_plan", "with_clash"])
def test_what_was_found_is_confirmed(kept, request):
    request.getfixturevalue(kept)
    done = run("verify", "kept", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["faults"] == found["undecided"] == found["changed"] == []
    assert sum(found["confirmed"].values()) >= 2
    assert run("verify", "kept").exit_code == 0


def _forge(path: Path, change) -> str:
    said = json.loads(path.read_text())
    change(said)
    path.write_text(json.dumps(said))
    done = run("verify", "kept")
    assert done.exit_code == 1, done.output
    assert "repair.json was changed after it was written" in done.output
    return done.output


def _level(said, name: str, **new: int) -> None:
    for levels in (said["levels"], said["plan"]["levels"]):
        next(level for level in levels if level["objective"] == name).update(new)


FORGED = {
    "a value": (lambda s: _level(s, "changed_rows", value=0, bound=0), "changed_rows is 4"),
    "a bound": (lambda s: _level(s, "changed_units", value=99, bound=99), "changed_units is"),
    "an edit": (lambda s: s["edits"].pop(), "edits: they are not the difference"),
    "units": (
        lambda s: s["plan"]["allocation"][-1].update(quantity=8),
        "the plan breaks R3",
    ),
    "a kind": (lambda s: s["given"]["rows"][0].update(kind="at_least", quantity=4), "4 are asked"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_plan_is_found_out(name, with_plan):
    change, fault = FORGED[name]
    assert fault in _forge(with_plan, change)


FRA = {"nation": "FRA", "task": "west", "line": "manoeuvre", "capability": "mech",
       "periods": [1], "quantity": 1, "kind": "at_least"}  # fmt: skip
BOTH = [["FRA", "west"], ["GBR", "west"]]
FORGED_CLASHES = {
    "rows that can stand": (
        lambda s: s["given"]["rows"][1].update(quantity=1),
        "the clash of GBR at west: asked again, it is not so",
    ),
    "a freeing that meets no clash": (lambda s: s.update(frees=[[]]), "leaves the clash"),
    "rules that they do not clash over": (
        lambda s: s.update(clash_rules=[["R6"]]),
        "the clash of GBR at west over R6: asked again, it is not so",
    ),
    "more rules than it takes": (
        lambda s: s.update(clash_rules=[["R1", "R3"]]),
        "the clash of GBR at west over R1, R3: asked again, it is not so",
    ),
    "no rules at all": (
        lambda s: s.update(clash_rules=[["R12"]]),
        "its rules are not some of R1, R2",
    ),
    "a clash that holds another": (
        lambda s: (
            s["given"]["rows"].append(FRA),
            s["clashes"].append(BOTH),
            s["clash_rules"].append([]),
        ),
        "clashes: ('FRA at west', 'GBR at west') contains another one",
    ),
    "a freeing of nothing that clashes": (
        lambda s: s.update(clashes=[], clash_rules=[]),
        "what frees is not every minimal set that meets every clash",
    ),
}


@pytest.mark.parametrize("name", FORGED_CLASHES)
def test_a_forged_clash_is_found_out(name, with_clash):
    change, fault = FORGED_CLASHES[name]
    assert fault in " ".join(_forge(with_clash, change).split())


def test_no_file_outside_the_folder_is_looked_at(with_plan):
    """Whatever names were written beside the hashes, and whatever links are there."""
    kept = with_plan.parents[1]
    outside = kept.parent / "plan.csv"
    (kept / "tables/edits.csv").unlink()
    (kept / "tables/edits.csv").symlink_to(outside)
    record = json.loads((kept / "machine/run.json").read_text())
    record["files"] |= {"../plan.csv": sha256(outside.read_bytes()).hexdigest(), str(outside): ""}
    (kept / "machine/run.json").write_text(json.dumps(record))
    done = run("verify", "kept", "--json")
    assert done.exit_code == 1
    faults = " ".join(json.loads(done.stdout)["faults"])
    assert "../plan.csv" in faults
    assert str(outside) in faults
    assert "edits.csv" in faults


@pytest.mark.parametrize(
    "damage",
    [
        {"options": []},
        {"options": {"count": [], "on": "2026-01-31"}},
        {"options": {"count": "firm", "on": "2026-13-01"}},
        {"options": {"count": "firm", "on": 5}},
        {"options": {"without": [1]}},
        {"inputs": ["inputs/nations.csv"]},
        {"files": {"repair.json": 1}},
    ],
)
def test_what_was_asked_is_read_as_it_was_written_or_not_at_all(damage, with_plan):
    asked = with_plan.with_name("run.json")
    asked.write_text(json.dumps({**json.loads(asked.read_text()), **damage}))
    done = run("verify", "kept")
    assert "kept is damaged: run.json: " + next(iter(damage)) in done.output
    assert done.exit_code == 1
