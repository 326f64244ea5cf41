"""Who waits for what, read from the rows."""

from dataclasses import replace

from report_cases import caveat, small_problem

from allocator.inputs.conditions import parse
from allocator.report.sentences import brought_by, how_far, supplies, waiting
from tests.handmade import line, problem


def held(found, precondition):
    return [(h.nation, h.forces, h.row) for h in found.for_precondition(precondition)]


def test_caveats_and_commitments_are_listed_by_what_they_wait_for():
    problem = small_problem()
    found = waiting(problem, problem.world(), "western_presence")
    assert held(found, "bundestag") == [("DEU", (("mech", 4),), "c01")]
    assert held(found, "ceasefire") == [
        ("DEU", (("mech", 4),), "c01"),
        ("GBR", (("mech", 4),), "k1"),
    ]
    assert [h.nation for h in found.never] == ["ITA"]
    assert [h.nation for h in found.company] == ["ESP"]
    assert found.free == (("FRA", (("mech", 2),)), ("GBR", (("mech", 2),)))
    assert [own.waits_for for own in found.own] == [("ceasefire",)]


def test_a_world_takes_away_what_holds_in_it():
    problem = small_problem()
    found = waiting(problem, problem.world(with_={"ceasefire": 1}), "western_presence")
    assert held(found, "ceasefire") == []
    assert found.own == ()
    assert held(found, "bundestag") == [("DEU", (("mech", 4),), "c01")]


def test_what_holds_only_later_is_still_waited_for():
    problem = small_problem()
    found = waiting(problem, problem.world("later"), "western_presence")
    assert [own.waits_for for own in found.own] == [("ceasefire",)]


def test_an_implied_precondition_that_is_ruled_out_by_itself_is_no_never():
    problem = small_problem()
    world = problem.world()
    found = waiting(problem, world, "western_presence")
    assert [h.nation for h in found.for_precondition("us_role")] == ["NLD"]
    assert brought_by(problem, world, "us_role") == ("us_backstop",)


def test_a_row_that_holds_a_reserve_back_says_for_what():
    """Of a caveat on a task that it reinforces; one that is about the reserve itself says no
    more."""
    tasks = [
        {"task": "t", "lines": [line(1)]},
        {"task": "u", "lines": [line(1)]},
        {"task": "r", "reinforces": ["t", "u"], "lines": [line(1)]},
    ]
    caveats = [
        {"nation": "FRA", "task": "t;u", "requires": "never"},
        {"nation": "GBR", "task": "t;r", "requires": "never"},
    ]
    asked = problem(tasks, {("FRA", "bn"): 1, ("GBR", "bn"): 1}, caveats=caveats)
    found = {held.nation: how_far(asked, held) for held in waiting(asked, asked.world(), "r").held}
    assert found == {"FRA": ", as a reserve for t and u", "GBR": ""}
    assert not any(how_far(asked, held) for held in waiting(asked, asked.world(), "t").held)


def test_a_row_about_some_periods_or_people_says_so() -> None:
    """Who is kept out in the first period only may come in the second."""
    caveats = [
        {"nation": "FRA", "requires": "never", "max_personnel": 50, "periods": "1"},
        {"nation": "GBR", "requires": "never", "periods": "1-2"},
    ]
    tasks = [{"task": "t", "lines": [line(1)]}, {"task": "u", "periods": "1", "lines": [line(1)]}]
    asked = problem(tasks, {("FRA", "bn"): 8, ("GBR", "bn"): 1}, caveats=caveats, horizon=2)
    for task, said in (
        ("t", ", else at most 50 people, in period 1"),
        ("u", ", else at most 50 people"),
    ):
        found = {
            held.nation: how_far(asked, held) for held in waiting(asked, asked.world(), task).held
        }
        assert found == {"FRA": said, "GBR": ""}


def test_conditions_of_tasks_beside_it_are_named():
    problem = small_problem()
    tasks = tuple(
        replace(t, requires=parse("staffed(western_presence)")) if t.id == "reserve" else t
        for t in problem.tasks
    )
    found = waiting(replace(problem, tasks=tasks), problem.world(), "reserve")
    assert [own.task for own in found.own] == ["western_presence"]


def test_a_caveat_on_other_capabilities_holds_nothing():
    problem = small_problem()
    other = caveat(9, "FRA", ["western_presence"], ["awacs"], "never")
    found = waiting(
        replace(problem, caveats=(*problem.caveats, other)), problem.world(), "western_presence"
    )
    assert "FRA" in dict(found.free)


def test_net_availability_follows_rotation_commitments_and_releases():
    rows = {(s.nation, s.capability, s.period): s for s in supplies(small_problem(), {}, {})}
    assert rows["GBR", "mech", 1].net == 2
    assert rows["FRA", "mech", 1].rotating == 1
    assert rows["FRA", "mech", 1].net == 2
    assert rows["NLD", "mines", 2].net == 2
    rows = {
        (s.nation, s.period): s
        for s in supplies(small_problem(), {("GBR", "mech", 1): 2}, {("k1", 1): 2})
        if s.capability == "mech"
    }
    assert rows["GBR", 1].net == 3
    assert (rows["GBR", 1].released, rows["GBR", 1].left) == (2, 1)
    assert rows["GBR", 2].left == 2
