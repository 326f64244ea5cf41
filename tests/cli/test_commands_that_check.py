"""check, verify and report: what they print where, and what they end with."""

import json
import os
import signal
import time
from types import SimpleNamespace

import pytest
from report_cases import small_run

from allocator.analysis.second_opinions.result import SecondOpinion
from allocator.inputs.issues import Issue, Place
from allocator.report.folder.remaking import Remade
from tests.cli.commanding import run
from tests.inputs.workspace_files import write_small


def issue(number, severity="error", file="inputs/caveats.csv"):
    return Issue(
        "W01", severity, Place(file, number, "requires"), f"fault {number}", hint="mend it"
    )


# --- check, verify ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issues", "code"),
    [((), 0), ((issue(1, "warning"),), 0), ((issue(1), issue(2, "warning")), 1)],
)
def test_check_ends_with_1_for_errors_only(monkeypatch, here, issues, code):
    monkeypatch.setattr("allocator.inputs.inspection.inspect", lambda path: (None, issues))
    assert run("check").exit_code == code
    data = json.loads(run("check", "--json").stdout)
    assert len(data["issues"]) == len(issues)
    assert data["errors"] == code


def test_check_says_what_holds_in_a_world(here):
    write_small(here)
    assert "World" not in run("check").stdout
    done = run("check", "--world", "truce", "--with", "peace@3")
    assert done.exit_code == 0
    assert (
        "truce: “Ceasefire” holds from period 1; “Peace agreement” holds from period 3"
        in done.stdout
    )
    data = json.loads(run("check", "--with", "peace@3", "--json").stdout)
    assert data["world"] == {"name": "today", "holds": {"ceasefire": 3, "peace": 3}}
    done = run("check", "--world", "trice")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no world 'trice'; did you mean truce?" in done.stderr


def test_check_prints_the_first_fifty_errors_first_by_file(monkeypatch, here):
    issues = [issue(n, "warning", "inputs/a.csv") for n in range(1, 41)]
    issues += [issue(n, "error", "models/b.yaml") for n in range(1, 31)]
    monkeypatch.setattr("allocator.inputs.inspection.inspect", lambda path: (None, tuple(issues)))
    text = run("check").stdout
    assert text.startswith("30 errors, 40 warnings")
    assert text.count("error W01") == 30
    assert text.count("warning W01") == 20
    assert "and 20 more" in text
    assert text.index("inputs/a.csv") < text.index("models/b.yaml")


@pytest.fixture
def kept(planner, here, monkeypatch):
    # The run is made by hand; what a second search says of it is not at stake here.
    monkeypatch.setattr(
        "allocator.analysis.second_opinions.result.recheck", lambda *_: SecondOpinion()
    )
    for name in ("notes.recheck_notes", "worlds.recheck_worlds", "gaps.recheck_short"):
        monkeypatch.setattr(f"allocator.analysis.second_opinions.{name}", lambda *_: None)
    monkeypatch.setattr("allocator.checker.notes.notes_faults", lambda *_: ())
    monkeypatch.setattr("allocator.cli.verifying._made", lambda *_: Remade())
    monkeypatch.setattr("allocator.results.store.references.reference_faults", lambda *_: ())
    planner.workspace = SimpleNamespace(files=dict(small_run().inputs), models={})
    assert run("solve", "--out", "kept").exit_code == 0
    return here / "kept"


def test_verify_names_what_a_second_search_contradicts(kept, monkeypatch):
    again = SecondOpinion(["sky: blocking {vote}"], ["sky: unlocking {talks}"])
    monkeypatch.setattr("allocator.analysis.second_opinions.result.recheck", lambda *_: again)
    done = run("verify", "kept")
    assert done.exit_code == 1
    assert "sky: blocking {vote}" in done.stdout
    data = json.loads(run("verify", "kept", "--json").stdout)
    assert (data["faults"], data["undecided"]) == (again.faults, again.undecided)


def test_verify_that_is_interrupted_names_what_is_left(kept, monkeypatch):
    """As after Ctrl-C: what is not decided is no fault, and no confirmation."""

    def interrupted(problem, world, result, deadline, *_):
        os.kill(os.getpid(), signal.SIGINT)
        while not deadline.expired:
            time.sleep(0.01)
        return SecondOpinion([], ["sky: unlocking {talks}"])

    monkeypatch.setattr("allocator.analysis.second_opinions.result.recheck", interrupted)
    done = run("verify", "kept")
    assert done.exit_code == 130
    assert "not decided: sky: unlocking {talks}" in done.stdout
    assert "Stopping with what is known" in done.stderr


def test_verify_names_the_first_of_many_that_are_not_decided(kept, monkeypatch):
    """All of them where a program asks."""
    left = [f"sky: unlocking {{p{number}}}" for number in range(1000)]
    found = SecondOpinion([], left)
    monkeypatch.setattr("allocator.analysis.second_opinions.result.recheck", lambda *_, **__: found)
    told = run("verify", "kept").stdout
    assert told.count("not decided: sky") == 20
    assert "not decided: 980 more; `verify --json` names all of them" in told
    assert json.loads(run("verify", "kept", "--json").stdout)["undecided"] == left


def test_verify_finds_nothing_wrong(kept):
    done = run("verify", "kept")
    assert done.exit_code == 0
    assert "no fault found" in done.stdout
    assert done.stderr == ""


def test_verify_names_faults_and_changed_inputs(kept, planner, monkeypatch):
    monkeypatch.setattr("allocator.checker.check_result", lambda *_: ("R4: too much",))
    planner.workspace = SimpleNamespace(files={"inputs/caveats.csv": "1" * 64})
    done = run("verify", "kept")
    assert done.exit_code == 1
    assert "R4: too much" in done.stdout
    assert "inputs/caveats.csv" in done.stderr
    data = json.loads(run("verify", "kept", "--json").stdout)
    assert (data["faults"], data["changed"]) == (["R4: too much"], ["inputs/caveats.csv"])


def test_verify_says_in_a_line_that_figures_are_too_large(kept, monkeypatch):
    """The run was made before they became so."""

    def overflow(*_):
        from allocator.model.program import TooLargeError

        raise TooLargeError("2^70")

    monkeypatch.setattr("allocator.analysis.second_opinions.result.recheck", overflow)
    done = run("verify", "kept")
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: the figures of model small add up beyond")


def test_another_commands_answer_is_called_so(here):
    write_small(here)
    assert run("order", "--out", "kept", "--time-limit", "60").exit_code == 0
    told = run("verify", "kept")
    assert told.exit_code == 2
    assert "no result.json in it, but the answer of `order`; name a folder of" in told.stderr
    (here / "kept" / "machine/order.json").unlink()
    assert run("verify", "kept").stderr.endswith("there is no result.json in it\n")


def test_verify_of_a_run_whose_notes_were_tampered_with(tmp_path, monkeypatch):
    """From the files of a real run to the sentence."""
    import allocator
    from allocator.report.folder.runs import write_run

    monkeypatch.chdir(write_small(tmp_path / "plan"))
    found = allocator.load(".").packages(["west"], world="truce", time_limit=60)
    notes = write_run(found, tmp_path / "plan" / "kept") / "machine/notes.json"
    done = run("verify", "kept")
    assert done.exit_code == 0
    assert "every coalition counted again" in done.stdout
    assert "not decided" not in done.stdout
    told = json.loads(notes.read_bytes())
    told["west"]["power"]["weights"][0]["banzhaf"] += 0.01
    notes.write_text(json.dumps(told))
    done = run("verify", "kept")
    assert done.exit_code == 1
    assert "west: who matters: Banzhaf index of" in done.stdout
    notes.write_text("{")
    assert "notes.json" in run("verify", "kept").stderr


def test_verify_of_a_damaged_run(kept):
    (kept / "machine/result.json").write_text("{")
    done = run("verify", "kept")
    assert done.exit_code == 1
    assert "damaged" in done.stderr


def test_reports_stand_beside_a_workbook(planner, here):
    (here / "plan.xlsx").write_bytes(b"")
    assert run("solve", "-w", "plan.xlsx").exit_code == 0
    assert os.listdir(here / "reports")


# --- report -----------------------------------------------------------------------------------


def test_report_writes_workbook_and_page_again(tmp_path, monkeypatch):
    """From the run's folder alone, under another mark."""
    import allocator
    from allocator.report.folder.runs import write_run

    found = allocator.load(write_small(tmp_path / "plan")).blockers(time_limit=60)
    page = write_run(found, tmp_path / "run") / "report.html"
    page.unlink()
    (tmp_path / "run" / "results.xlsx").unlink()
    monkeypatch.chdir(tmp_path)
    told = run("report", "run", "--handling-mark", "Exercise")
    assert told.exit_code == 0
    paths = [os.path.join("run", name) for name in ("results.xlsx", "report.html")]
    assert told.output == "".join(f"Written: {path}\n" for path in paths)
    assert "<bdi>Exercise</bdi>" in page.read_text(encoding="utf-8")
    nowhere = run("report", "plan")
    assert nowhere.exit_code == 2
    assert "holds no run" in nowhere.output


def test_a_run_keeps_its_handling_mark(planner, here):
    assert run("solve", "--out", "run", "--handling-mark", "Exercise").exit_code == 0
    assert "<bdi>Exercise</bdi>" in (here / "run" / "report.html").read_text(encoding="utf-8")
    told = json.loads((here / "run" / "machine/run.json").read_text())
    assert told["options"]["handling_mark"] == "Exercise"
