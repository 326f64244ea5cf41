"""Words of the reports: figures as people read them, titles, peoples, how a sum comes about."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from report_cases import small_problem, small_run

from allocator.inputs.problem import Capability
from allocator.report.sentences import names, overview
from allocator.report.sentences import situation as say
from allocator.report.sentences.amounts import amount
from allocator.report.sentences.pool_ways import PoolWay, pool_way, pool_ways
from allocator.report.sentences.reading_order import in_reading_order
from allocator.report.terminal import run as terminal
from allocator.report.terminal.console import rendered
from allocator.results.blocking import SumProof
from allocator.results.result import Family
from tests.handmade import line, problem
from tests.plenty import analyse


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((54_000_104, 54_000_104), ["54.0", "54.0"]),
        ((124_000_000, 0), ["124.0", "0.0"]),
        # A gap and a shortfall are seen, however small.
        ((54_000_104, 54_000_000), ["54.0001", "54.0000"]),
        ((12, 0), ["0.00001", "0.00000"]),
        ((1_234_500_000, -333_333), ["1,234.5", "-0.3"]),
    ],
)
def test_a_shortfall_is_told_in_target_periods(values, shown) -> None:
    assert say.figures("meet_targets", *values) == shown
    assert say.shown_objective("meet_targets") == "shortfall against targets, in target-periods"


def test_other_objectives_are_told_as_they_are() -> None:
    assert say.figures("staff_tasks[1]", 5) == ["5"]
    assert say.figures("economy", 720_850, 720_849) == ["720,850", "720,849"]
    assert say.shown_objective("economy") == say.objective("economy")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Ukrainian brigade", "2 Ukrainian brigades"),
        ("French battalion", "2 French battalions"),
        ("Mechanised company", "2 mechanised companies"),
        ("Civilian police team", "2 civilian police teams"),
        ("AWACS aircraft", "2 AWACS aircraft"),
    ],
)
def test_the_name_of_a_people_keeps_its_capital(name, told) -> None:
    problem = small_problem()
    kind = Capability("x", name, "land", name.split()[-1], 10, 1)
    assert amount(replace(problem, capabilities={"x": kind}), "x", 2) == told


def test_titles_stand_in_prose_and_ids_where_there_is_no_title() -> None:
    problem = small_problem()
    assert names.task(problem, "air_watch") == "“Air surveillance”"
    plain = replace(problem, tasks=tuple(replace(t, title=t.id) for t in problem.tasks))
    assert names.task(plain, "air_watch") == "air_watch"
    assert names.precondition(problem, "ceasefire") == "“A ceasefire holds”"


def test_people_read_of_tasks_by_priority() -> None:
    run = in_reading_order(small_run())
    found = [run.problem.task(record.task).priority for record in run.result.tasks]
    assert found == sorted(found)
    assert {r.task for r in run.result.tasks} == {r.task for r in small_run().result.tasks}


def test_the_line_about_offers_reads_as_a_sentence() -> None:
    run = small_run()
    told = dict(overview.offers(replace(run.problem, on=run.began.date())))
    assert told["Offers"].startswith("not counted: nations may send all that they hold")
    counted = replace(run.problem, on=run.began.date(), count="firm")
    assert dict(overview.offers(counted))["Offers"] == (
        "those of status firm or firmer, valid on 2026-03-01, and no more"
    )


def test_where_offers_are_counted_what_they_do_not_cover_is_not_left() -> None:
    """FRA offers the task three of five, on a condition that can be met, and two to another."""
    offers = [
        {"nation": "FRA", "capability": "bn", "task": "t", "quantity": 3, "requires": "vote"},
        {"nation": "FRA", "capability": "bn", "task": "u", "quantity": 2},
        {"nation": "GBR", "capability": "bn", "task": "t", "quantity": 9, "requires": "never"},
    ]
    tasks = [{"task": name, "lines": [line(9)]} for name in "tu"]
    asked = problem(
        tasks, {("FRA", "bn"): 5, ("GBR", "bn"): 4}, preconditions=["vote"],
        offers=[{"status": "firm"} | offer for offer in offers], count="firm",
    )  # fmt: skip
    assert pool_ways(asked, asked.world(), "t", ["bn"], 1) == "9 held, 6 not offered, 3 left"
    assert pool_ways(replace(asked, count="inventory"), asked.world(), "t", ["bn"], 1) == ""


def test_a_sum_says_how_what_nations_have_comes_about() -> None:
    """Held, committed for good, under a caveat that never falls, left; each by itself."""
    run = small_run()
    best = run.problem.meeting(run.world, run.problem.open_preconditions(run.world))
    task = run.problem.task("western_presence")
    # 42 units; FRA has one in a commitment that nothing releases; ITA's caveat never falls.
    # The commitment of GBR falls with a ceasefire, the caveat of NLD waits for what is ruled out,
    # but lets 50 people come all the same.
    assert pool_way(run.problem, best, task, "mech", 1) == PoolWay(42, 1, 6, 0)
    assert pool_ways(run.problem, run.world, "western_presence", ["mech"], 1) == (
        "42 held, 1 committed elsewhere, 6 under caveats that do not fall, 35 left; "
        "each serves one period in two"
    )
    assert pool_ways(run.problem, run.world, "air_watch", ["awacs"], 1) == ""
    (text,) = say.sums(
        run.problem,
        "western_presence",
        [SumProof(("manoeuvre",), (p,), 60, 30, ()) for p in (1, 2)],
        run.world,
    )
    assert text.endswith("one period in two.")


def test_a_condition_names_what_it_asks_for() -> None:
    """Nations keep their codes; where no problem is known, ids stand."""
    written = "ceasefire and (sejm or joins(FRA)) and staffed(training) and at_least(1, unknown)"
    assert names.condition(small_problem(), written) == (
        "“A ceasefire holds” and (“Vote of the Sejm” or joins(FRA)) and “Training” staffed and "
        "at_least(1, unknown)"
    )
    assert names.condition(None, written) == written


def test_a_long_choice_between_ways_is_counted() -> None:
    """Its table has every way; all that is common is named all the same."""
    pairs = (("b", "c"), ("b", "d", "e"), ("d", "f"), ("e", "g"))
    family = Family(complete=True, sets=tuple(("a", *members) for members in pairs))
    assert say.factored(family) == "a, and one of: b and c; d and f; e and g; b, d and e"
    assert say.factored(family, str.upper, 20) == "A, and one of 4 combinations"
    assert "may be further ways" in say.factored(Family(complete=False, sets=pairs), str, 20)


def test_what_many_rows_wait_for_is_said_once() -> None:
    nations = ["DEU", "ESP", "FRA", "GBR", "ITA"]
    asked = problem(
        [{"task": "t", "lines": [line(5)]}],
        {(nation, "bn"): 1 for nation in nations},
        preconditions={"vote": {"name": "A vote in Rome"}, "truce": {"name": "A truce"}},
        caveats=[
            {"nation": nation, "requires": "truce" if nation == "ESP" else "vote"}
            for nation in nations
        ],
    )
    run = analyse(asked, asked.world(), command="blockers")
    shown = rendered(lambda c: terminal.show_blockers(run, c, terminal.Follow()), io.StringIO())
    told = shown.partition("Who waits for open preconditions\n")[2].partition("\n\n")[0]
    first, second, *rows = told.splitlines()
    assert first.startswith("  ESP  1 unit (bn): requires “A truce” (")
    assert second == "  Each requires “A vote in Rome”:"
    assert [row.split()[0] for row in rows] == ["DEU", "FRA", "GBR", "ITA"]
    assert all("requires" not in row for row in rows)
