"""`allocator verify` of a repair: what is there is confirmed, what is forged is found out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from allocator.cli import main

ROOT = Path(__file__).parents[2] / "tests" / "inputs"
PLAN = """\
nation,task,capability,quantity,kind
FRA,west,mech,2,
GBR,west,mech,9,KIND
GBR,west,medical,1,exactly
"""


def run(*arguments: str):
    return CliRunner().invoke(main, arguments)


@pytest.fixture(params=["", "exactly"], ids=["plan", "clash"])
def kept(request, here, monkeypatch):
    """A repair that was kept: with a plan, and with a clash."""
    monkeypatch.syspath_prepend(str(ROOT))
    from workspace_files import write_small

    write_small(here)
    (here / "plan.csv").write_text(PLAN.replace("KIND", request.param))
    asked = ("repair", "plan.csv", "--world", "truce", "--out", "kept")
    assert run(*asked).exit_code == 0
    return here / "kept" / "repair.json", request.param == "exactly"


def test_what_was_found_is_confirmed(kept):
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
def test_a_forged_plan_is_found_out(name, kept):
    path, clash = kept
    if clash:
        pytest.skip("there is no plan")
    change, fault = FORGED[name]
    assert fault in _forge(path, change)


def test_a_forged_clash_is_found_out(kept):
    path, clash = kept
    if not clash:
        pytest.skip("there is no clash")

    def other(said) -> None:
        said["given"]["rows"][1]["quantity"] = 1

    assert "asked again, it is not so" in _forge(path, other)


def test_a_freeing_that_meets_no_clash_is_found_out(kept):
    path, clash = kept
    if not clash:
        pytest.skip("there is no clash")
    assert "leaves the clash" in _forge(path, lambda said: said.update(frees=[[]]))
