"""A kept run edited by somebody who writes hashes, tables and picture anew: what it says is
computed again, so that `verify` finds it all the same."""

import json
import shutil
from contextlib import suppress

import pytest
from click.testing import CliRunner

import allocator
from allocator.cli import main
from allocator.report.folder.runs import write_run
from allocator.report.folder.summary import SUMMARY, summary
from allocator.report.tables.csvs import write_csv
from allocator.report.tables.run import all_tables
from allocator.results.jsons import data_bytes
from allocator.results.store.kept_files import with_hashes
from allocator.results.store.kept_inputs import copied
from allocator.results.store.reading import read_run
from allocator.results.store.restored import run_of
from tests.inputs.workspace_files import write_small

MODEL = """\
name: small
horizon: {periods: 2, months_per_period: 6}
tasks:
  - {task: west, axis: presence, area: ukraine_west, priority: 2, requires: ceasefire or mandate,
     lines: [{line: manoeuvre, any_of: {mech: 1}, minimum: 1, target: 1}]}
  - {task: hub, axis: presence, area: hub, priority: 1,
     lines: [{line: care, any_of: {medical: 1}, minimum: 1, target: 4}]}
  - {task: also, axis: presence, area: hub, priority: 2,
     lines: [{line: care, any_of: {medical: 1}, minimum: 3, target: 3}]}
  - {task: big, axis: presence, area: hub, priority: 3,
     lines: [{line: care, any_of: {medical: 1}, minimum: 30, target: 30}]}
  - {task: led, axis: presence, area: hub, priority: 3, lead: {any_of: [NOR]},
     lines: [{line: care, any_of: {medical: 1}, minimum: 1, target: 1}]}
"""
EDITS = {
    "models/small.yaml": MODEL,
    "inputs/nations.csv": (
        "GBR,United",
        "NOR,Norway,30000\nGBR,United",
    ),
    "inputs/availability.csv": ("GBR,medical,2", "FRA,medical,1,,estimate\nGBR,medical,2"),
    "inputs/preconditions.csv": ("peace,Peace", "mandate,Mandate,political,open,\npeace,Peace"),
    "inputs/caveats.csv": ("gbr_front,GBR,west,,,,ceasefire,assumption\n", ""),
}
TIME = 3600
"""So much that a run is never short of it, however slow the machine."""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A workspace, and runs of each command."""
    place = write_small(tmp_path_factory.mktemp("forged") / "plan", EDITS)
    planner = allocator.load(place)
    write_run(planner.solve(time_limit=TIME, departures=True), place / "solve")
    write_run(planner.packages(["also"], time_limit=TIME), place / "packages")
    write_run(planner.blockers(time_limit=TIME), place / "blockers")
    return place


def verify(place, folder, *more):
    return CliRunner().invoke(main, ["verify", str(folder), "-w", str(place), *more])


def written_anew(place, folder):
    """Tables, summary and hashes that fit what the run now says."""
    run = run_of(read_run(folder), allocator.load(place).workspace)
    for table in all_tables(run):
        write_csv(table, folder)
    (folder / SUMMARY).write_text(summary(run), encoding="utf-8")
    hashed_anew(folder)


def hashed_anew(folder):
    path = folder / "machine/run.json"
    path.write_bytes(data_bytes(with_hashes(json.loads(path.read_bytes()), folder)))


def edited(path, change):
    told = json.loads(path.read_bytes())
    change(told)
    path.write_bytes(data_bytes(told))


def task(told, name):
    return next(record for record in told["tasks"] if record["task"] == name)


def unknown(told, name):
    """The task as it stands before anything is known of it."""
    open_ = {"complete": False, "sets": []}
    gaps = {"units": [], "units_status": "none", "rules": [], "lifts": [], "lifts_complete": False}
    packages = {**open_, "only": [], "whole_to": None}
    record = {"verdict": "unknown", "packages": packages, "unlocking": open_, "blocking": open_}
    task(told, name).update(record, necessary=[], gaps=gaps)


def fewer(told, kind, *families):
    """A set less, and nothing said to be whole."""
    record = task(told, kind)
    record[families[0]]["sets"].pop()
    for family in families:
        record[family]["complete"] = False
    record["necessary"] = []


def gap(told, name, **changes):
    task(told, name)["gaps"].update(changes)


def level(told, **changes):
    told["plan"]["levels"][0].update(changes, status="feasible")
    told["plan"]["status"] = "feasible"


RESULT = {
    "ready is unknown": lambda d: unknown(d, "also"),
    "blocked is unknown": lambda d: unknown(d, "west"),
    "short is unknown": lambda d: unknown(d, "led"),
    "unlocking set left out": lambda d: fewer(d, "west", "unlocking", "blocking"),
    "package left out": lambda d: fewer(d, "hub", "packages"),
    "packages called incomplete": lambda d: task(d, "hub")["packages"].update(complete=False),
    "weaker bound": lambda d: level(d, bound=d["plan"]["levels"][0]["bound"] + 1),
    "reached bound called feasible": lambda d: level(d),
    "fewer units": lambda d: task(d, "big")["gaps"]["units"][0].update(quantity=1),
    "more units": lambda d: task(d, "big")["gaps"]["units"][0].update(quantity=29),
    "gap called feasible": lambda d: gap(d, "big", units_status="feasible"),
    "no units": lambda d: gap(d, "big", units=[], units_status="none", rules=["R10 condition"]),
    "another rule": lambda d: gap(d, "led", rules=["R10 condition"]),
    "no rule": lambda d: gap(d, "led", rules=[]),
    "lifts called incomplete": lambda d: gap(d, "led", lifts_complete=False),
    "contested left out": lambda d: d["plan"].update(contested=[]),
    "no lines contested": lambda d: d["plan"]["contested"][0].update(lines=[]),
    "tasks in another order": lambda d: d["tasks"].reverse(),
    "no schema": lambda d: d.pop("schema"),
}


@pytest.mark.parametrize("kind", RESULT)
def test_a_forged_result_is_found(place, tmp_path, kind):
    folder = shutil.copytree(place / "solve", tmp_path / "kept")
    edited(folder / "machine/result.json", RESULT[kind])
    if kind == "no schema":
        hashed_anew(folder)
    else:
        written_anew(place, folder)
    done = verify(place, folder)
    assert done.exit_code == 1, done.output
    assert "changed after" not in done.stdout


def other_map(told):
    told["west"]["world_map"]["ready"] += 0.01


def other_influence(told):
    told["west"]["world_map"]["influence"][0]["banzhaf"] += 0.01


def dearer(told):
    told["west"]["cheapest"]["preconditions"] = ["ceasefire", "mandate"]


NOTES = {
    "ready elsewhere": ("solve", lambda d: d["west"]["everywhere"].update(ready=[["peace"]])),
    "periods of a sum": ("solve", lambda d: d["big"]["sums"][0].update(periods=[])),
    "supply of a sum": ("solve", lambda d: d["big"]["sums"][0].update(supply=2)),
    "parts of a sum": ("solve", lambda d: d["big"]["sums"][0]["parts"].pop()),
    "effort": ("solve", lambda d: d["west"]["cheapest"].update(effort=0, bound=0)),
    "cheapest way": (
        "solve",
        lambda d: d["west"]["cheapest"].update(preconditions=["ceasefire", "mandate"]),
    ),
    "proof": ("solve", lambda d: d["big"].update(proof="second engine")),
    "undecided": ("solve", lambda d: d["west"].update(undecided=[["peace"]])),
    "a task": ("solve", lambda d: d.pop("west")),
    "worlds": ("blockers", other_map),
    "influence": ("blockers", other_influence),
    "a level of a price": ("packages", lambda d: d["also"]["replacement"]["levels"].pop()),
    "who matters": ("packages", lambda d: d["also"].update(power=None)),
    "prices": ("packages", lambda d: d["also"].update(replacement=None)),
}


@pytest.mark.parametrize("kind", NOTES)
def test_forged_notes_are_found(place, tmp_path, kind):
    command, change = NOTES[kind]
    folder = shutil.copytree(place / command, tmp_path / "kept")
    edited(folder / "machine/notes.json", change)
    with suppress(ValueError):  # Of some no table can be made.
        written_anew(place, folder)
    hashed_anew(folder)
    done = verify(place, folder)
    assert done.exit_code == 1, done.output
    assert "changed after" not in done.stdout
    assert "Traceback" not in done.output


@pytest.mark.parametrize("part", ["short", "preconditions", "packages"])
def test_a_certificate_that_lacks_a_part_is_found(place, tmp_path, part):
    folder = shutil.copytree(place / "solve", tmp_path / "kept")

    def without(told):
        for one in told["tasks"]:
            one[part] = None

    edited(folder / "machine/certificate.json", without)
    hashed_anew(folder)
    done = verify(place, folder)
    assert (done.exit_code, part in done.stdout) == (1, True)


FILES = [
    "tables/tasks.csv",
    "tables/levels.csv",
    "report.html",
    "inputs/caveats.csv",
    "models/small.yaml",
]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_says_another_thing_is_found_whatever_its_hash(place, tmp_path, name):
    folder = shutil.copytree(place / "solve", tmp_path / "kept")
    text = (folder / name).read_text()
    (folder / name).write_text(text[:-3] + "7" + text[-2:])
    edited(folder / "machine/run.json", lambda told: told["copy"].update(copied(folder)))
    hashed_anew(folder)
    done = verify(place, folder)
    assert (done.exit_code, f"{name}: " in done.stdout) == (1, True), done.output


@pytest.mark.parametrize(
    "name", ["tables/tasks.csv", "machine/notes.json", "machine/certificate.json", "results.xlsx"]
)
def test_a_file_taken_out_with_its_hash_is_missed(place, tmp_path, name):
    folder = shutil.copytree(place / "solve", tmp_path / "kept")
    (folder / name).unlink()
    hashed_anew(folder)
    done = verify(place, folder)
    assert (done.exit_code, f"{name}" in done.stdout) == (1, True)
    assert "missing" in done.stdout


def test_a_foreign_file_with_a_hash_is_found(place, tmp_path):
    folder = shutil.copytree(place / "solve", tmp_path / "kept")
    (folder / "more.exe").write_bytes(b"x")
    hashed_anew(folder)
    assert "more.exe is no file of this run" in verify(place, folder).stdout


@pytest.mark.parametrize("command", ["solve", "packages", "blockers"])
def test_a_sound_run_passes(place, command):
    done = verify(place, place / command)
    assert done.exit_code == 0, done.output
    assert "not decided" not in done.stdout
    assert "known now" not in done.stdout


def test_packages_that_nobody_asked_for_are_not_missed(place, tmp_path):
    """Either of two nations can do it; one package was asked for."""
    planner = allocator.load(place)
    assert len(planner.packages(["hub"], time_limit=TIME).result.tasks[0].packages.sets) == 2
    found = planner.packages(["hub"], time_limit=TIME, limit=1)
    listed = found.result.tasks[0].packages
    assert (len(listed.sets), listed.complete) == (1, False)
    write_run(found, tmp_path / "one")
    done = verify(place, tmp_path / "one")
    assert (done.exit_code, "known now" in done.stdout) == (0, False), done.output


@pytest.mark.parametrize("cut", [True, False])
def test_what_a_cut_off_run_leaves_open_is_told_and_is_no_fault(place, tmp_path, cut):
    """What was left out says that time was short, too: reading may have taken nearly all."""
    folder = shutil.copytree(place / "solve", tmp_path / "kept")
    edited(folder / "machine/result.json", lambda told: level(told, bound=9))
    edited(folder / "machine/run.json", lambda told: told.update(timed_out=cut))
    (folder / "report.html").unlink()
    edited(folder / "machine/run.json", lambda told: told.update(left_out=["report.html"]))
    written_anew(place, folder)
    done = verify(place, folder)
    assert done.exit_code == 0, done.output
    assert "known now: staff_tasks" in done.stdout
    assert json.loads(verify(place, folder, "--json").stdout)["known_now"]


def test_without_time_nothing_is_a_fault(place):
    for command in ("solve", "packages", "blockers"):
        done = verify(place, place / command, "--time-limit", "0.001")
        assert "faults" not in done.stdout
        assert done.exit_code == 0
