"""`--quiet` and `--no-keep`: what stands on standard output, and what is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.commanding import run

PLAN = "nation,task,capability,quantity\nFRA,west,mech,2\nGBR,west,medical,1\n"
COMMANDS = [
    ("solve",),
    ("packages", "west"),
    ("blockers",),
    ("offers",),
    ("order",),
    ("levers",),
    ("ranges", "--draws", "0"),
    ("fragility", "west"),
    ("review", "plan.csv"),
    ("repair", "plan.csv"),
    ("endure", "--lose", "FRA", "--from", "1"),
    ("compare", "--worlds", "today,truce"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_quiet_says_where_it_is_kept_and_no_more(small, command):
    loud = run(*command, "--out", "loud")
    done = run(*command, "--quiet")
    assert done.exit_code == loud.exit_code == 0, done.output
    (kept,) = (small / "reports").iterdir()
    assert done.stdout == f"{Path('reports') / kept.name}\n"
    assert "Kept in" not in done.stderr
    assert {p.name for p in kept.iterdir()} == {p.name for p in (small / "loud").iterdir()}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_no_keep_writes_nothing_and_says_so(small, command):
    before = sorted(os.walk(small))
    done = run(*command, "--no-keep")
    assert done.exit_code == 0, done.output
    assert done.stdout
    assert "is not kept: --no-keep" in done.stderr
    assert "Kept in" not in done.output
    assert sorted(os.walk(small)) == before
    quiet = run(*command, "--no-keep", "--quiet")
    assert (quiet.exit_code, quiet.stdout) == (0, "")


def test_the_exit_status_is_that_of_the_answer(small):
    assert run("solve", "--time-limit", "0", "--quiet").exit_code in (0, 3)
    (small / "inputs" / "nations.csv").write_text("nation\n")
    assert run("solve", "--quiet").exit_code == 1


@pytest.mark.parametrize(
    "options", [("--no-keep", "--out", "x"), ("--quiet", "--json"), ("--quiet", "--table", "tasks")]
)
def test_two_things_that_cannot_both_be_are_refused(small, options):
    done = run("solve", *options)
    assert done.exit_code == 2
    assert "leave one out" in done.stderr
    assert not (small / "reports").exists()


def test_the_folder_is_named_by_its_switches(small):
    run("solve", "--with", "ceasefire", "--without", "FRA", "--quiet")
    run("packages", "west", "--world", "truce", "--quiet")
    names = sorted(path.name.rpartition("-")[0] for path in (small / "reports").iterdir())
    assert names == ["small-today+ceasefire-without.FRA", "small-truce-packages-west"]
