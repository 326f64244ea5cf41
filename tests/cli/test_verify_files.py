"""A kept run whose files were edited, lost or added to: `verify` names each, and `report` loses
nothing that somebody wrote."""

import json
import shutil

import pytest
from click.testing import CliRunner

import allocator
from allocator.cli import main
from allocator.report.folder.runs import write_run
from allocator.results.store.kept_files import sealed
from allocator.results.store.places import place
from tests.inputs.workspace_files import write_small


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """A workspace, and a run of it."""
    plan = write_small(tmp_path_factory.mktemp("files") / "plan")
    write_run(allocator.load(plan).solve(world="truce", time_limit=60), plan / "kept")
    return plan


@pytest.fixture
def folder(plan, tmp_path):
    return shutil.copytree(plan / "kept", tmp_path / "kept")


def verify(plan, folder, *more):
    return CliRunner().invoke(main, ["verify", str(folder), "-w", str(plan), *more])


def listing(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def edited_json(path, change):
    told = json.loads(path.read_bytes())
    change(told)
    path.write_text(json.dumps(told))


def test_what_was_read_and_what_was_not_is_said(plan, folder):
    done = verify(plan, folder)
    assert done.exit_code == 0, done.output
    assert "no fault found in what was read" in done.stdout
    line = next(x for x in done.stdout.splitlines() if "by hash alone, not read: " in x)
    assert line.strip() == "by hash alone, not read: results.xlsx"
    assert "not a forgery" in done.stdout
    data = json.loads(verify(plan, folder, "--json").stdout)
    assert sorted(data["files"]["same"]) == sorted(set(listing(folder)) - {"machine/run.json"})
    assert data["unread"]
    read = {"results.xlsx", *data["made_again"]}
    assert read == {name for name in listing(folder) if not name.endswith(".json")}


@pytest.mark.parametrize(
    "asked",
    [
        ["packages", "west", "--with-nation", "GBR"],
        ["packages", "west", "--without-nation", "GBR", "--survive", "1"],
        ["packages", "west", "--without-nation", "GBR", "--without-nation", "FRA"],
        ["packages", "west", "--max-nations", "1", "--front", "economy,fewer_contingents"],
        ["blockers", "--relax", "caveats", "--relax", "commitments"],
        ["solve", "--departures", "--front", "economy,fewer_contingents", "--without", "FRA"],
    ],
    ids=" ".join,
)
def test_a_run_with_options_is_made_again_as_it_was(plan, tmp_path, asked):
    """What an option names is read back as another kind of list than it was given as."""
    command = [*asked, "-w", str(plan), "--world", "truce", "--out", str(tmp_path / "kept")]
    done = CliRunner().invoke(main, [*command, "--quiet"])
    assert done.exit_code == 0, done.output
    done = verify(plan, tmp_path / "kept")
    assert done.exit_code == 0, done.output


def test_a_long_line_is_shown_from_where_it_is_another(plan, folder):
    page = folder / "report.html"
    longest = max(page.read_text().splitlines(), key=len)
    page.write_text(page.read_text().replace(longest, f"{longest}<!-- note -->"))
    edited_json(folder / "machine/run.json", lambda told: [told.pop("files"), told.pop("seal")])
    line = next(x for x in verify(plan, folder).stdout.splitlines() if "report.html: line" in x)
    there, _, right = line.partition(", made again it is ")
    assert "<!-- note -->" in there
    assert "is '..." in there
    assert right.startswith("'...")


def test_an_edit_of_any_file_is_named(plan, folder):
    names = [name for name in listing(folder) if not name.endswith(".json")]
    for name in names:
        (folder / name).write_bytes((folder / name).read_bytes() + b" ")
    data = json.loads(verify(plan, folder, "--json").stdout)
    assert data["faults"] == [f"{name} was changed after it was written" for name in names]
    for name in names:
        (folder / name).unlink()
    done = verify(plan, folder)
    assert done.exit_code == 1
    assert all(f"{name} is missing" in done.stdout for name in names)


@pytest.mark.parametrize(
    "name", ["machine/notes.json", "machine/plan_notes.json", "machine/certificate.json"]
)
def test_a_lost_file_is_named(plan, folder, name):
    (folder / name).unlink()
    done = verify(plan, folder)
    assert (done.exit_code, f"{name} is missing" in done.stdout) == (1, True)


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["options"].update(seed=99),
        lambda told: told["options"].update(handling_mark="PUBLIC"),
        lambda told: told.update(began="2001-01-01T00:00:00+00:00"),
        lambda told: told.update(interrupted=True),
        lambda told: told.update(command="packages"),
        lambda told: told["versions"].update(ortools="1"),
        lambda told: told.update(copy={}),
        lambda told: told["files"].pop("tables/allocation.csv"),
    ],
)
def test_an_edit_of_the_provenance_is_named(plan, folder, change):
    edited_json(folder / "machine/run.json", change)
    done = verify(plan, folder)
    assert (done.exit_code, "run.json was changed" in done.stdout) == (1, True)


def test_a_foreign_file_is_named_and_the_desktops_own_are_not(plan, folder):
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "~$results.xlsx", "inputs/._caveats.csv"):
        (folder / name).write_bytes(b"x")
    assert verify(plan, folder).exit_code == 0
    (folder / "evil.exe").write_bytes(b"x")
    (folder / "link").symlink_to("/")
    done = verify(plan, folder)
    assert done.exit_code == 1
    assert "evil.exe is no file of this run" in done.stdout
    assert "link is no file of this run" in done.stdout


def test_a_run_without_hashes_is_not_said_to_be_whole(plan, folder):
    edited_json(folder / "machine/run.json", lambda told: [told.pop("files"), told.pop("seal")])
    done = verify(plan, folder)
    assert done.exit_code == 0
    line = next(x for x in done.stdout.splitlines() if "no hash of it is kept" in x)
    assert "results.xlsx" in line
    assert "it has no seal" in done.stdout


def test_report_keeps_what_was_edited_and_the_run_verifies_again(plan, folder):
    def report():
        return CliRunner().invoke(main, ["report", str(folder), "--handling-mark", "For exercise"])

    assert report().stderr == ""
    assert verify(plan, folder).exit_code == 0
    (folder / "results.xlsx").write_bytes(b"my notes")
    done = report()
    assert done.exit_code == 0
    assert "results-edited-1.xlsx" in done.stderr
    assert (folder / "results-edited-1.xlsx").read_bytes() == b"my notes"
    assert (folder / "results.xlsx").read_bytes() != b"my notes"
    assert verify(plan, folder).exit_code == 0
    (folder / "report.html").write_bytes(b"mine")
    (folder / "results.xlsx").write_bytes(b"more notes")
    report()
    assert (folder / "report-edited-1.html").read_bytes() == b"mine"
    assert (folder / "results-edited-2.xlsx").read_bytes() == b"more notes"
    (folder / "tables/allocation.csv").write_text("x")
    report()
    assert "allocation.csv was changed" in verify(plan, folder).stdout


def test_report_and_compare_refuse_a_result_that_no_search_found(plan, folder):
    good = (folder / "machine/result.json").read_text()
    (folder / "machine/result.json").write_text(good.replace('"blocked"', '"unknown"') + " ")
    for args in (["report", str(folder)], ["compare", str(folder), str(plan / "kept")]):
        done = CliRunner().invoke(main, args)
        assert (done.exit_code, "result.json changed" in done.stderr) == (1, True)


def _unhashed(folder, name, change):
    """An edit by somebody who took the hashes out too."""
    edited_json(folder / "machine/run.json", lambda told: [told.pop("files"), told.pop("seal")])
    edited_json(place(folder, name), change)


CHANGES = {
    "precondition": ("result.json", lambda d: d["world"]["holds"].update(zzz=1)),
    "nation": ("result.json", lambda d: d["plan"]["allocation"][0].update(nation="ZZZ")),
    "line": ("result.json", lambda d: d["plan"]["allocation"][0].update(line="zzz")),
    "capability": ("result.json", lambda d: d["plan"]["allocation"][0].update(capability="zzz")),
    "period": ("result.json", lambda d: d["plan"]["allocation"][0].update(period=99)),
    "task": ("result.json", lambda d: d["plan"]["staffed"].append("zzz")),
    "task of notes": ("notes.json", lambda d: d.update(zzz=next(iter(d.values())))),
    "task of certificate": ("certificate.json", lambda d: d["tasks"][0].update(task="zzz")),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_what_the_inputs_do_not_have_is_an_error_with_its_place(plan, folder, kind):
    name, change = CHANGES[kind]
    _unhashed(folder, name, change)
    for args in (["verify", "-w", str(plan)], ["report"], ["compare", str(plan / "kept")]):
        done = CliRunner().invoke(main, [*args, str(folder)])
        assert (done.exit_code, "Traceback" in done.output) == (1, False)
        assert f"{name}: " in done.output
        assert f"no {kind.split()[0]} " in done.output


def _relabelled(folder, **world):
    """The same name or starts in every file, the hashes taken out."""
    _unhashed(folder, "result.json", lambda told: told["world"].update(world))
    edited_json(folder / "machine/certificate.json", lambda told: told["world"].update(world))
    if name := world.get("name"):
        edited_json(folder / "machine/run.json", lambda told: told["options"].update(world=name))


def test_a_run_under_another_worlds_name_is_found(plan, folder):
    _relabelled(folder, name="today")
    done = verify(plan, folder)
    assert done.exit_code == 1
    assert "in world today nothing holds, in the run" in done.stdout


def test_a_world_in_which_something_comes_later_is_found(plan, folder):
    _relabelled(folder, holds={"ceasefire": 2})
    done = verify(plan, folder)
    assert done.exit_code == 1
    assert "in the run ceasefire holds from period 2" in done.stdout


def test_what_was_left_out_is_a_list(plan, folder):
    _unhashed(folder, "run.json", lambda told: told.update(left_out=None))
    done = verify(plan, folder)
    assert (done.exit_code, "left_out" in done.stderr) == (1, True)


def _flat(folder):
    """The run as earlier versions kept it: everything at its top."""
    told = json.loads((folder / "machine/run.json").read_bytes())
    told["files"] = {name.rpartition("/")[2]: value for name, value in told["files"].items()}
    for part in ("tables", "machine"):
        for path in (folder / part).iterdir():
            path.rename(folder / path.name)
        (folder / part).rmdir()
    (folder / "run.json").write_text(json.dumps(sealed(told)))


def test_a_run_with_everything_at_its_top_is_read_as_it_was(plan, folder):
    _flat(folder)
    assert len(listing(folder)) > len(list(folder.iterdir())) > 30
    for args in (["verify", "-w", str(plan)], ["report"], ["compare", str(plan / "kept")]):
        done = CliRunner().invoke(main, [*args, str(folder)])
        assert done.exit_code == 0, done.output
    assert verify(plan, folder).exit_code == 0
    (folder / "tasks.csv").write_text("x")
    assert "tables/tasks.csv was changed" in verify(plan, folder).stdout
    done = CliRunner().invoke(main, ["solve", "-w", str(plan), "--out", str(folder), "--quiet"])
    assert done.exit_code == 0, done.output
    opened = {"inputs", "models", "tables", "machine", "report.html", "results.xlsx", "summary.md"}
    assert {path.name for path in folder.iterdir()} == opened
