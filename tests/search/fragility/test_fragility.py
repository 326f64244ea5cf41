"""The nearest change of one figure that turns a verdict, against trying every value."""

import json

import pytest
from click.testing import CliRunner

import allocator
from allocator.cli import main
from allocator.deadline import Deadline
from allocator.engines import Settings
from allocator.inputs.inspection import from_tables
from allocator.planner import Planner
from allocator.report.sentences.fragility import summary
from allocator.report.tables.fragility import data
from allocator.search.blockers.verdict import judge
from allocator.search.fragility import changed, figures, fragility
from allocator.search.fragility.figures import farthest
from tests.folders import contents

TABLES = {
    "nations": [{"nation": n, "name": n} for n in ("FRA", "GBR", "DEU")],
    "capabilities": [
        {"capability": c, "name": c, "domain": "land", "unit": "company", "rotation": r}
        | {"personnel": 100}
        for c, r in (("inf", 2), ("hq", 1), ("ships", 1))
    ],
    "availability": [
        {"nation": n, "capability": c, "quantity": q, "basis": "estimate"}
        for n, c, q in (
            ("FRA", "inf", 12),
            ("GBR", "inf", 8),
            ("DEU", "inf", 10),
            ("FRA", "hq", 2),
            ("GBR", "ships", 5),
        )
    ],
    "commitments": [
        {"commitment": "flank", "nation": "GBR", "capability": "inf", "quantity": 2, "to": "nato"}
        | {"purpose": "flank", "rotating": "yes", "release_requires": "plans", "basis": "estimate"}
    ],
    "preconditions": [
        {"precondition": p, "name": p, "kind": "political", "status": "open"}
        for p in ("plans", "vote")
    ],
    "caveats": [
        {"caveat": "bundestag", "nation": "DEU", "requires": "vote", "basis": "reported"},
    ],
}


def model(minimum):
    lines = [
        {"line": "foot", "any_of": {"inf": 1}, "minimum": minimum},
        {"capability": "hq", "minimum": 1},
    ]
    return {
        "name": f"m{minimum}",
        "horizon": {"periods": 2, "months_per_period": 6},
        "tasks": [{"task": "guard", "max_share": 0.9, "lines": lines}],
    }


@pytest.fixture(scope="module")
def planner():
    workspace, issues = from_tables(TABLES, [model(m) for m in (5, 9, 20)])
    assert workspace is not None, issues
    return Planner(workspace)


def brute(problem, world, task, figure):
    """Every value from now to the far ends: the nearest on either side with another verdict."""

    def verdict(value):
        with_value = changed(problem, figure, value)
        return judge(with_value, world, task, Settings(), Deadline(60)).verdict

    now = verdict(figure.value)
    found = {}
    for step, far in (
        (1, min(figure.value + 60, farthest(problem, figure, up=True))),
        (-1, farthest(problem, figure, up=False)),
    ):
        for value in range(figure.value, far + step, step):
            if verdict(value) != now:
                found[value] = verdict(value)
                break
    return found


@pytest.mark.parametrize(("minimum", "verdict"), [(5, "ready"), (9, "blocked"), (20, "short")])
def test_bisection_finds_what_trying_every_value_finds(planner, minimum, verdict):
    problem = planner.problem(f"m{minimum}")
    world = problem.world()
    found = planner.fragility("guard", f"m{minimum}")
    assert found.verdict == verdict
    assert not found.faults
    assert not found.undecided
    asked = figures(planner.workspace, problem, "guard")
    for figure in asked:
        flips = {flip.at: flip.verdict for flip in found.flips if flip.figure == figure}
        assert flips == brute(problem, world, "guard", figure), figure
        assert (figure in found.steady) == (not flips)


def test_only_figures_that_the_task_depends_on_are_tried(planner):
    rows = {figure.row for figure in figures(planner.workspace, planner.problem("m5"), "guard")}
    assert "GBR ships" not in rows
    assert "ships" not in rows
    assert {"FRA inf", "flank", "guard.foot", "guard.hq", "inf", "hq"} <= rows


def test_a_figure_leads_to_its_file_and_row():
    planner = allocator.load(".")
    found = figures(planner.workspace, planner.problem("reassurance_20k"), "western_presence")
    by_row = {figure.row: figure for figure in found}
    figure = by_row["FRA mech_company"]
    name, row = figure.place.split(":")
    with open(name, encoding="utf-8") as file:
        assert file.readlines()[int(row) - 1].startswith(f"FRA,mech_company,{figure.value},")
    assert by_row["western_presence.manoeuvre"].place.startswith("models/reassurance_20k.yaml:")


def test_within_ten_per_cent_is_fragile(planner):
    found = planner.fragility("guard", "m9")
    for flip in found.flips:
        assert flip.fragile == (abs(flip.change) * 10 <= flip.figure.value)
        assert flip.percent is None or flip.percent * flip.change > 0


def test_without_time_nothing_is_said_that_time_would_take_back(planner):
    """Sums answer without a search; what they leave open is undecided, never steady."""
    at_once = planner.fragility("guard", "m9", time_limit=0)
    whole = planner.fragility("guard", "m9")
    assert at_once.verdict in ("unknown", whole.verdict)
    assert set(at_once.steady) <= set(whole.steady)
    assert {flip for flip in at_once.flips if flip.exact} <= set(whole.flips)
    assert at_once.undecided


def test_what_the_time_did_not_reach_is_undecided(planner):
    """The verdict came in time, the figures did not: none of them may be called steady."""
    problem = planner.problem("m5")
    deadline = Deadline(60)

    def stop(event):
        deadline.cancel()

    asked = figures(planner.workspace, problem, "guard")
    found = fragility(
        problem, problem.world(), "guard", asked, Settings(), deadline, workers=1, progress=stop
    )
    assert found.verdict == "ready"
    assert found.interrupted
    assert found.undecided


def test_the_answer_does_not_depend_on_workers(planner):
    one = planner.fragility("guard", "m9", workers=1)
    assert planner.fragility("guard", "m9", workers=3) == one


def test_the_command_prints_a_table_and_keeps_it(tmp_path):
    out = tmp_path / "kept"
    arguments = ["fragility", "industry", "--world", "ceasefire", "--out", str(out)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    assert "would turn it" in done.stdout
    assert "models/reassurance_20k.yaml:" in done.stdout
    assert (out / "tables/fragility.csv").read_text().startswith("model,world,task,verdict,")
    kept = json.loads((out / "machine/fragility.json").read_text())
    assert kept["verdict"] == "ready"
    assert kept["flips"]
    said = json.loads((out / "machine/run.json").read_text())
    assert (said["command"], said["options"]["task"]) == ("fragility", "industry")
    assert set(said["files"]) == set(contents(out)) - {"machine/run.json"}
    page = (out / "report.html").read_text()
    assert all(flip["figure"] in page and flip["place"] in page for flip in kept["flips"][:3])
    assert all(figure["place"] in page for figure in kept["steady"])


def test_the_command_as_json():
    done = CliRunner().invoke(main, ["fragility", "industry", "--json", "--no-keep"])
    assert set(json.loads(done.stdout)) == {
        "schema", "model", "world", "task", "verdict", "flips", "steady", "undecided",
    }  # fmt: skip


def test_a_rotation_that_is_not_asked_about_is_named():
    """Germany has no row of headquarters: what it holds is its offer, and grows with the
    rotation."""
    offer = {"offer": "deu_hq", "nation": "DEU", "capability": "hq", "quantity": 1}
    tables = TABLES | {
        "offers": [offer | {"status": "firm", "as_of": "2026-01-01", "basis": "reported"}]
    }
    workspace, issues = from_tables(tables, [model(4)])
    assert workspace is not None, issues
    found = Planner(workspace).fragility("guard")
    assert found.not_asked == ("hq",)
    named = {f.row for f in (*found.steady, *(flip.figure for flip in found.flips))}
    assert "inf" in named
    assert "hq" not in named
    assert data(found)["not_asked"] == [{"kind": "rotation", "row": "hq"}]
    assert "Not asked about: the rotation of hq." in summary(found)


def test_a_task_that_the_model_does_not_have():
    done = CliRunner().invoke(main, ["fragility", "industri"])
    assert done.exit_code == 2
    assert "did you mean industry" in done.output


def test_what_is_within_ten_per_cent_is_said_as_far_as_it_is_known():
    """A change that is not the nearest may be smaller than it looks; a figure left open may turn
    the verdict too."""
    from allocator.report.sentences.fragility import summary
    from allocator.report.tables import fragility as tables
    from allocator.results.fragility import Figure, Flip, Fragility

    figure = Figure("availability", "FRA bn", "battalions", 100, "bn", "estimate", "a.csv:2", "")
    for exact, open_, text, cell in (
        (True, (), "1 change of a single figure would turn it, none of them within 10 %.", "no"),
        (False, (), "none of them known to be within 10 %.", None),
        (True, (figure,), "At least 1 change of a single figure would turn it, none of", "no"),
    ):
        flips = (Flip(figure, 50, "blocked", exact),)
        found = Fragility("m", "today", "t", "ready", flips, undecided=open_)
        assert text in summary(found)
        made = tables.table([found])
        assert made.rows[0][made.header.index("fragile")] == cell


def test_where_nothing_is_known_yet_no_number_is_told():
    from allocator.report.sentences.fragility import summary
    from allocator.results.fragility import Figure, Fragility

    figure = Figure("minimum", "t.l", "t: l", 4, "", "", "", "")
    said = summary(Fragility("m", "today", "t", "ready", undecided=(figure,)))
    assert said.startswith("No change of a single figure is known to turn it. 1 figure undecided")
    said = summary(Fragility("m", "today", "t", "ready", steady=(figure,)))
    assert said.startswith("0 changes of a single figure would turn it")
