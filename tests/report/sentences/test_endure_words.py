"""What a plan endures is told as it is: of every line, of every period, of every task."""

from __future__ import annotations

import re
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from allocator.inputs.problem import Problem
from allocator.inputs.problem.losses import Loss
from allocator.report.page.endure import endure_page
from allocator.report.pictures import endurance
from allocator.report.pictures.endurance import endurance_picture
from allocator.report.sentences.endure import alike, lasting, overview, told_of
from allocator.report.terminal.endure import show
from allocator.results.certificate import Proof, Witness
from allocator.results.endurance import Endurance, HowLong, Outcome, TaskUnder
from allocator.results.result import Allocation, Level
from allocator.search.plan.joint import as_plan
from tests.handmade import line, problem
from tests.search.enduring.test_endurance_clauses import Units, lost, sent, task

TWO_LINES = {"task": "t", "lines": [line(1), line(1, line="m")]}


def answer(asked: Problem, units: Units, *events: Outcome) -> Endurance:
    plan = Allocation(frozenset(key[1] for key in units), units)
    return Endurance(asked, asked.world(), as_plan(asked, plan, ()), events)


def words(found: Endurance) -> str:
    (group,) = alike(found)
    return told_of(found, group)


def test_what_is_sent_to_several_lines_is_added_up() -> None:
    asked = problem([TWO_LINES], {("FRA", "bn"): 2, ("GBR", "bn"): 2})
    units = {("FRA", "t", name, "bn", 1): 1 for name in ("l", "m")}
    found = answer(asked, units, lost(asked, units, "FRA", 1))
    assert "repaired by GBR sending 2 more units (bn) in period 1." in words(found)


def test_units_that_move_between_lines_are_no_more_and_no_fewer() -> None:
    """POL steps in where GBR may, and GBR moves to the other line."""
    lines = [line(1), line(1, "bn", "med", line="m")]
    asked = problem(
        [{"task": "t", "lines": lines}],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1, ("POL", "med"): 1},
    )
    units = {("FRA", "t", "l", "bn", 1): 1, ("GBR", "t", "m", "bn", 1): 1}
    told = words(answer(asked, units, lost(asked, units, "FRA", 1)))
    assert "POL sending 1 more unit (med) in period 1; GBR moving 1 unit (bn) to another" in told


def test_changes_that_are_not_named_are_counted_as_changes() -> None:
    nations = [f"N{number}" for number in range(6)]
    asked = problem([task(minimum=6)], {("FRA", "bn"): 6} | {(n, "bn"): 1 for n in nations})
    units = sent("FRA", 6, 1)
    told = words(answer(asked, units, lost(asked, units, "FRA", 1)))
    assert told.endswith("N3 sending 1 more unit (bn) in period 1; 2 other changes.")


def test_what_is_not_decided_is_told_once() -> None:
    asked = problem([task(name) for name in "abc"], {("FRA", "bn"): 3})
    units = {key: n for name in "abc" for key, n in sent("FRA", 1, 1, to=name).items()}
    open_ = tuple(TaskUnder(name, "unknown") for name in "ab")
    event = Outcome(Loss("nation", "FRA", 1), True, (*open_, TaskUnder("c", "holds")))
    told = words(answer(asked, units, event))
    assert told == "If FRA leaves from period 1: a and b: not decided in the time; c holds."


def test_what_is_so_under_the_first_event_alone_is_told_of_it() -> None:
    asked = problem([task()], {("FRA", "bn"): 1, ("GBR", "bn"): 1}, horizon=2)
    units = sent("FRA", 1, 1, 2)
    events = [lost(asked, units, "FRA", period) for period in (1, 2)]
    told = words(answer(asked, units, *events))
    assert "from period 1 or 2: t is repaired by GBR sending 1 more unit (bn) in" in told
    assert told.endswith("in periods 1-2 (if from period 1).")
    told = words(answer(asked, units, events[1]))
    assert "from period 2: t is repaired by GBR sending 1 more unit (bn) in period 2." in told


def test_what_is_not_decided_yet_does_not_tell_events_apart() -> None:
    """Under the first a plan is known that leaves both out, under the second none."""
    asked = problem([task("a"), task("b")], {("FRA", "bn"): 2}, horizon=2)
    units = sent("FRA", 1, 1, 2, to="a") | sent("FRA", 1, 1, 2, to="b")
    open_ = (TaskUnder("a", "unknown"), TaskUnder("b", "holds"))
    events = [
        Outcome(Loss("nation", "FRA", period), True, open_, (), after)
        for period, after in ((1, Witness.of(Allocation(frozenset()))), (2, None))
    ]
    told = words(answer(asked, units, *events))
    assert told == "If FRA leaves from period 1 or 2: a: not decided in the time; b holds."


def test_many_months_are_told_and_drawn_in_a_few_words() -> None:
    asked = problem([task(name) for name in "abcd"], {("FRA", "bn"): 4}, horizon=30)
    units = sent("FRA", 1, *range(1, 31), to="a")
    for name in "bcd":
        units |= sent("FRA", 1, *range(1, 31), to=name)
    events = [
        Outcome(Loss("nation", "FRA", p), True, tuple(TaskUnder(t, "unknown") for t in "abcd"))
        for p in range(1, 31)
    ]
    found = answer(asked, units, *events)
    assert words(found).startswith("If FRA leaves from any of periods 1-30: a, b, c and d: not")
    console = Console(file=StringIO(), width=100, record=True)
    show(found, console)
    assert console.export_text().count("?" * 30) == 4


def test_why_a_task_falls_is_told_of_the_period_in_which_it_is_so() -> None:
    asked = problem([task(minimum=2)], {("FRA", "bn"): 1, ("GBR", "bn"): 1}, horizon=2)
    units = sent("FRA", 1, 1, 2) | sent("GBR", 1, 1, 2)
    events = [lost(asked, units, "FRA", period) for period in (1, 2)]
    where = [replace(one.tasks[0], proof=_sum(one.loss.period)) for one in events]
    events = [replace(e, tasks=(one,)) for e, one in zip(events, where, strict=True)]
    told = words(answer(asked, units, *events))
    assert "t falls: l needs 2 in period 1, at most 1 could come (if from period 1)." in told


def _sum(period: int) -> Proof:
    return Proof(by="sum", lines=("l",), periods=(period,), need=2, supply=1)


def test_a_task_that_holds_and_is_given_up_with_another_is_no_task_that_is_kept() -> None:
    asked = problem(
        [task("a"), task("b", requires="staffed(a)")],
        {("FRA", "bn"): 1, ("GBR", "bn"): 1},
        caveats=[{"nation": "GBR", "task": "a", "requires": "never"}],
    )
    units = sent("FRA", 1, 1, to="a") | sent("GBR", 1, 1, to="b")
    told = words(answer(asked, units, lost(asked, units, "FRA", 1)))
    assert "b holds by its own rules, but the plan after the event leaves it out." in told


def test_states_are_called_proved_where_each_of_them_is_known() -> None:
    asked = problem([task("a"), task("b")], {("FRA", "bn"): 2})
    units = sent("FRA", 1, 1, to="a") | sent("FRA", 1, 1, to="b")
    farther = Level(objective="changed_rows", value=2, bound=1, status="feasible")
    falls = TaskUnder("a", "falls", proof=_sum(1))
    for state, after, proved in (
        ("unknown", None, False),
        ("falls", None, False),
        ("falls", Witness.of(Allocation(frozenset())), True),
    ):
        other = replace(falls, task="b") if state == "falls" else TaskUnder("b", "unknown")
        event = Outcome(Loss("nation", "FRA", 1), True, (falls, other), (farther,), after)
        told = " ".join(overview(answer(asked, units, event)))
        assert ("the states are proved" in told) == proved, told


def test_a_plan_that_is_not_proved_to_be_the_best_is_not_called_so() -> None:
    asked = problem([task()], {("FRA", "bn"): 1, ("GBR", "bn"): 1})
    units = sent("FRA", 1, 1)
    proved = answer(asked, units, lost(asked, units, "GBR", 1))
    found = replace(proved, plan=proved.plan.model_copy(update={"status": "feasible"}))
    own = replace(found, options={"plan": "own.csv"})
    said = [next(overview(one)).split(" staffs")[0] for one in (proved, found, own)]
    assert said == ["The plan", "The plan, the best found and not proved so,", "The plan"]


def test_a_plan_without_tasks_has_nothing_to_lose() -> None:
    asked = problem([task()], {("FRA", "bn"): 1})
    told = list(overview(answer(asked, {}, lost(asked, {}, "FRA", 1))))
    assert told == [
        "The plan staffs 0 tasks. It was asked about 1 event, 1 of which takes nothing from it.",
        "There is nothing of which anything could be lost.",
    ]


def test_what_can_be_lost_with_every_task_holding_is_named() -> None:
    """FRA's units and ITA's are each enough; GBR alone carries the other line."""
    tasks = [task(), {"task": "u", "lines": [line(1, "med")]}]
    asked = problem(tasks, {("FRA", "bn"): 1, ("ITA", "bn"): 1, ("GBR", "med"): 1})
    units = {("FRA", "t", "l", "bn", 1): 1, ("ITA", "t", "l", "bn", 1): 1}
    units |= {("GBR", "u", "l", "med", 1): 1}
    gone = {name: lost(asked, units, name, 1) for name in ("FRA", "ITA", "GBR")}
    assert [event.worst for event in gone.values()] == ["holds", "holds", "falls"]
    said = "Every task holds if FRA is lost."
    assert said in overview(answer(asked, units, gone["FRA"], gone["GBR"]))
    said = "Every task holds if one of these is lost: FRA, ITA."
    assert said in overview(answer(asked, units, *gone.values()))
    for events in ([gone["FRA"]], [gone["GBR"]]):
        assert "Every task holds" not in " ".join(overview(answer(asked, units, *events)))


def test_a_task_that_ends_before_the_last_period_is_not_said_to_end_with_it() -> None:
    asked = problem([task(periods="1")], {("FRA", "bn"): 1}, horizon=3)
    ended = HowLong(("t",), None, None, None, False, ended=True)
    found = replace(answer(asked, sent("FRA", 1, 1)), how_long=(ended,))
    assert "its window is over by the model's last period" in next(lasting(found))


def test_long_names_stay_within_the_picture() -> None:
    nation, name = "N" * 60, "t" * 60
    asked = problem([task(name)], {(nation, "bn"): 1})
    units = sent(nation, 1, 1, to=name)
    drawn = endurance_picture(answer(asked, units, lost(asked, units, nation, 1)))
    words = re.findall(r">([Nt]+…?)<", drawn)
    assert words == [f"{'t' * 31}…", f"{'N' * 31}…"]


def test_a_picture_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = problem([task()], {("FRA", "bn"): 1, ("GBR", "bn"): 1})
    units = sent("FRA", 1, 1)
    unknown = (TaskUnder("t", "unknown"),)
    lost_ = [Outcome(Loss("nation", name, 1), True, unknown) for name in ("FRA", "GBR")]
    found = answer(asked, units, *lost_)
    assert "in the tables alone" not in endurance_picture(found)
    monkeypatch.setattr(endurance, "MOST_ROWS", 1)
    assert "; of 2 losses 1 in the tables alone" in endurance_picture(found)


def test_a_page_says_that_every_task_holds_where_there_are_some() -> None:
    asked = problem([task()], {("FRA", "bn"): 1, ("GBR", "bn"): 1})
    units = sent("FRA", 1, 1)
    holding = answer(asked, units, lost(asked, units, "GBR", 1))
    assert "Every task holds under every event" in endure_page(holding)
    assert "Every task holds" not in endure_page(replace(holding, events=()))
    assert "Every task holds" not in endure_page(answer(asked, {}, lost(asked, {}, "GBR", 1)))
