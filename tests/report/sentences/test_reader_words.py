"""Words of the reports: figures as people read them, titles, peoples, how a sum comes about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report_cases import small_problem, small_run

from allocator.inputs.problem import Capability
from allocator.report.sentences import names, overview
from allocator.report.sentences import situation as say
from allocator.report.sentences.amounts import amount
from allocator.report.sentences.pool_ways import PoolWay, pool_way, pool_ways
from allocator.report.sentences.reading_order import in_reading_order
from allocator.results.blocking import SumProof


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


def test_a_sum_says_how_what_nations_have_comes_about() -> None:
    """Held, committed for good, under a caveat that never falls, left; each by itself."""
    run = small_run()
    best = run.problem.meeting(run.world, run.problem.open_preconditions(run.world))
    task = run.problem.task("western_presence")
    # 42 units; FRA has one in a commitment that nothing releases; ITA's caveat never falls.
    # The commitment of GBR falls with a ceasefire, the caveat of NLD waits for what is ruled out,
    # but lets 50 people come all the same.
    assert pool_way(run.problem, best, task, "mech", 1) == PoolWay(42, 1, 6)
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
