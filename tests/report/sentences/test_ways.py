"""What ways cost, who must act for them, and how they are shown."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from report_cases import asked, small_problem, small_run

import allocator
from allocator.cli import main
from allocator.errors import UsageError
from allocator.inputs.inspection import from_tables
from allocator.inputs.problem import Precondition, Problem
from allocator.planner import Planner
from allocator.report.sentences.ways import Way, holders_of, vetoes, ways, without
from allocator.report.tables import ways as way_tables
from allocator.report.tables.csvs import csv_text
from allocator.results.result import Family


def _problem(**rows: tuple[str, int, float | None]) -> Problem:
    """Preconditions by name: holder, effort, likelihood."""
    known = {
        name: Precondition(name, name, "political", "open", holder, (), effort, likelihood)
        for name, (holder, effort, likelihood) in rows.items()
    }
    return replace(small_problem(), preconditions=known)


def _members(found: tuple[Way, ...]) -> list[tuple[str, ...]]:
    return [way.preconditions for way in found]


# --- the price --------------------------------------------------------------------------------


def test_a_way_adds_efforts_up_and_multiplies_likelihoods() -> None:
    priced = _problem(a=("RUS", 2, 0.5), b=("UKR", 3, 0.25), c=("RUS", 1, None))
    both, unsure, nothing = (ways(priced, [one])[0] for one in (("a", "b"), ("a", "c"), ()))
    assert both == Way(("a", "b"), 5, 0.125, ("RUS", "UKR"))
    assert unsure == Way(("a", "c"), 3, None, ("RUS",))
    assert nothing == Way((), 0, 1, ())


def test_ways_come_by_effort_then_likelihood_then_size_then_name() -> None:
    """One without a likelihood comes after those that have one, be it nought."""
    priced = _problem(
        cheap=("", 1, 0.1),
        likely=("", 4, 0.9),
        unlikely=("", 4, 0.0),
        unknown=("", 4, None),
        half=("", 2, 1.0),
        other=("", 2, 0.9),
        also=("", 4, 0.9),
    )
    given = [("unknown",), ("half", "other"), ("unlikely",), ("likely",), ("cheap",), ("also",)]
    expected = [("cheap",), ("also",), ("likely",), ("half", "other"), ("unlikely",), ("unknown",)]
    assert _members(ways(priced, given)) == expected
    assert _members(ways(priced, reversed(given))) == expected


# --- holders ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "holders"),
    [
        ("", ()),
        ("RUS", ("RUS",)),
        ("RUS, UKR", ("RUS", "UKR")),
        ("RUS;UKR", ("RUS", "UKR")),
        ("UN Security Council; RUS , UKR;", ("UN Security Council", "RUS", "UKR")),
        (" ; , ", ()),
    ],
)
def test_holders_stand_between_commas_or_semicolons(cell: str, holders: tuple[str, ...]) -> None:
    assert holders_of(_problem(a=(cell, 1, None)), "a") == holders


def test_ways_without_a_holder() -> None:
    """In any case of letters, any of several, whole names only; none named bars nothing."""
    priced = _problem(
        a=("RUS; UKR", 1, None), b=("UKR", 2, None), c=("USA", 3, None), d=("", 4, None)
    )
    found = ways(priced, [("a",), ("b",), ("b", "c"), ("d",)])
    assert _members(without(found, ["rus"])) == [("b",), ("d",), ("b", "c")]
    assert _members(without(found, ["RUS", "usa"])) == [("b",), ("d",)]
    assert _members(without(found, ["UKR"])) == [("d",)]
    assert without(found, ["RU", "K"]) == without(found, []) == found


def test_a_veto_is_who_must_act_in_every_way() -> None:
    priced = _problem(a=("RUS; UKR", 1, None), b=("UKR", 2, None), c=("UKR,RUS", 3, None))
    assert vetoes(priced, [("a",), ("c",)]) == ("RUS", "UKR")
    assert vetoes(priced, [("a",), ("b",), ("c",)]) == ("UKR",)
    assert vetoes(priced, [("a",), ()]) == ()
    assert vetoes(priced, []) == ()


# --- tables -----------------------------------------------------------------------------------


def _rows(made: Any) -> list[dict[str, Any]]:
    return [dict(zip(made.header, row, strict=True)) for row in made.rows]


def test_the_table_of_ways_ranks_them() -> None:
    """Both cost 11; the one with a likelihood comes first."""
    first, second = _rows(way_tables.ways(asked("blockers", "western_presence")))
    assert first == {
        "task": "western_presence",
        "rank": 1,
        "effort": 11,
        "likelihood_percent": 18.0,
        "size": 2,
        "holders": "DEU; RUS; UKR",
        "preconditions": "bundestag; ceasefire",
    }
    assert (second["rank"], second["likelihood_percent"]) == (2, None)
    assert second["preconditions"] == "ceasefire; sejm"


def test_the_tables_of_worlds_and_influence() -> None:
    """Percents of shares; what it costs beside them; a task without a map has no row."""
    (row,) = _rows(way_tables.world_maps(small_run()))
    assert row == {
        "task": "mine_clearance",
        "worlds": 4,
        "ready_percent": 25.0,
        "margin_percent": 0.0,
        "likelihood_percent": 12.5,
        "likelihood_margin_percent": 0.0,
        "cheapest_effort": 7,
        "effort_bound": 5,
        "cheapest_way": "ceasefire; sejm",
    }
    found = _rows(way_tables.influence(small_run()))
    assert [(r["precondition"], r["substitutes"], r["exact"]) for r in found] == [
        ("ceasefire", "sejm", "yes"),
        ("sejm", "ceasefire", "yes"),
    ]


def test_a_table_of_ways_is_a_file_that_reads_back() -> None:
    made = way_tables.ways(small_run())
    lines = list(csv.reader(io.StringIO(csv_text(made), newline="")))
    assert lines[0] == list(made.header)
    assert [line[1] for line in lines[1:]] == ["1", "2"]


# --- the command ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def planner() -> Planner:
    """`presence` by a truce of Russia or a vote; `talks` by Russia alone."""
    holders = {"truce": "RUS; UKR", "vote": "Bundestag", "peace": "rus"}
    tables: dict[str, list[dict[str, Any]]] = {
        "nations": [{"nation": "FRA", "name": "France"}],
        "capabilities": [
            {"capability": "bn", "name": "Battalion", "domain": "land", "unit": "bn"}
            | {"personnel": 10}
        ],
        "availability": [{"nation": "FRA", "capability": "bn", "quantity": 1, "basis": "estimate"}],
        "preconditions": [
            {"precondition": name, "name": name, "kind": "political", "status": "open"}
            | {"holder": holder}
            for name, holder in holders.items()
        ],
        "caveats": [],
        "commitments": [],
        "worlds": [],
    }
    needs = {"line": "l", "any_of": {"bn": 1}, "minimum": 1}
    conditions = {"presence": "truce or vote", "talks": "truce or peace"}
    model = {
        "name": "m",
        "default": "true",
        "horizon": {"periods": 1, "months_per_period": 6},
        "tasks": [{"task": t, "requires": c, "lines": [needs]} for t, c in conditions.items()],
    }
    workspace, issues = from_tables(tables, [model])
    assert workspace is not None, [str(issue) for issue in issues]
    return Planner(workspace)


@pytest.fixture
def ask(planner: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(allocator, "load", lambda path=".": planner)
    return lambda *arguments: CliRunner().invoke(main, ["blockers", *arguments])


def test_the_command_shows_ways_without_a_holder(ask: Any) -> None:
    """One way of two; the other is kept with the run, not shown among them."""
    done = ask("presence", "--without-holder", "RUS")
    assert done.exit_code == 0, done.output
    assert "1 of 2 ways need no act of RUS:" in " ".join(done.stdout.split())
    (kept,) = Path("reports").iterdir()
    ways_kept = list(csv.DictReader((next(kept.rglob("ways.csv"))).open(encoding="utf-8")))
    assert [row["preconditions"] for row in ways_kept] == ["truce", "vote"]


def test_the_command_names_a_veto(ask: Any) -> None:
    """The holder is written in two ways in the tables."""
    done = ask("talks", "--without-holder", "RUS")
    assert done.exit_code == 0, done.output
    assert "No way goes without an act of RUS: a veto." in " ".join(done.stdout.split())


def test_several_holders_may_be_barred(ask: Any) -> None:
    done = ask("presence", "--without-holder", "RUS", "--without-holder", "Bundestag")
    text = " ".join(done.stdout.split())
    assert "No way goes without an act of RUS or Bundestag: a veto." in text
    assert "Cheapest of all, not leaving out RUS or Bundestag:" in text
    assert "Try a way" not in text


@pytest.mark.parametrize(("holder", "other"), [("RUS", "Bundestag"), ("Bundestag", "RUS")])
def test_what_is_to_be_tried_needs_no_act_of_a_barred_holder(
    ask: Any, holder: str, other: str
) -> None:
    """Whichever of both ways is the cheaper."""
    text = " ".join(ask("presence", "--without-holder", holder).stdout.split())
    (tried,) = re.findall(r"--with (\w+)", text)
    held = {"RUS": "truce", "Bundestag": "vote"}
    assert tried == held[other]
    found = re.search(r"(Cheapest[^:]*): (\w+)", text)
    assert found is not None
    assert ("not leaving out" in found[1]) == (held[holder] in found[2].lower())


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("Bundestagg", "did you mean Bundestag?"),
        ("bundestag", "did you mean Bundestag?"),
        ("CHN", "there are Bundestag, RUS, UKR, rus"),
    ],
)
def test_an_unknown_holder_is_refused_with_a_near_name(ask: Any, given: str, hint: str) -> None:
    done = ask("presence", "--without-holder", given)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"Error: no holder '{given}'; {hint}\n"


def test_the_planner_refuses_an_unknown_holder_too(planner: Planner) -> None:
    with pytest.raises(UsageError, match="no holder 'RU'; did you mean RUS"):
        planner.blockers(["presence"], without_holder=["RU"])


def test_what_is_known_so_far_is_no_veto() -> None:
    """Where the family is cut off, another way may follow."""
    from allocator.report.terminal import ways as shown
    from allocator.report.terminal.console import rendered

    run = replace(asked("blockers", "western_presence"), options={"without_holder": ["RUS"]})
    family = Family(complete=False, sets=(("bundestag", "ceasefire"),))

    def show(console: Any) -> None:
        for part in shown.listed(run, family):
            console.print(part)

    text = " ".join(rendered(show, io.StringIO()).split())
    assert "None of the 1 way known so far goes without an act of RUS." in text
    assert "veto" not in text


def test_of_drawn_worlds_the_table_shows_what_is_known_and_how_far() -> None:
    """A blank under 'Needed' would read as no, an empty column of substitutes as none."""
    from allocator.report.terminal import ways as shown
    from allocator.report.terminal.console import rendered
    from allocator.results.blocking import Influence, WorldMap

    influence = tuple(
        Influence(name, 0.1, None, necessary, None)
        for name, necessary in (("a", True), ("b", False), ("c", None))
    )
    found = WorldMap(1 << 30, 0.2, 0.03, None, influence, banzhaf_margin=0.05)

    def show(console: Any) -> None:
        for part in shown._influence(small_run(), found):
            console.print(part)

    text = rendered(show, io.StringIO())
    assert "a Banzhaf index is known to ± 0.050" in text
    assert "May be replaced by" not in text
    rows = [line.split() for line in text.splitlines() if "sampled" in line]
    assert [row[3:] for row in rows] == [["in", "every", "way"], [], ["not", "known"]]
