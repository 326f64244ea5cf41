"""The public door: what it hands on, what a run tells of itself."""

from __future__ import annotations

import time
from dataclasses import FrozenInstanceError
from threading import Event as Flag
from typing import Any

import pandas as pd
import pytest

from allocator.analysis.request import Request, TaskState
from allocator.analysis.scheduler import TurnOutcome
from allocator.checker import check_result
from allocator.deadline import Deadline
from allocator.inputs.inspection import from_tables
from allocator.planner import Planner
from allocator.progress import Event
from allocator.results.run import RunRecord
from tests.generator import tables_and_models
from tests.small_planner import model, planner_of


@pytest.fixture(scope="module")
def planner() -> Planner:
    return planner_of(model("small", default=True), model("other"))


@pytest.fixture(scope="module")
def run(planner: Planner) -> RunRecord:
    return planner.solve(with_=["mandate"], workers=2, seed=4)


# --- what it hands on -------------------------------------------------------------------------


def test_the_defaultmodel(planner: Planner, run: RunRecord) -> None:
    """It is the one marked so; another is asked for by name."""
    assert planner.default_model == "small"
    assert run.result.model == "small"
    assert planner.problem("other").model == "other"
    assert planner.problem() is planner.problem("small")


@pytest.mark.parametrize(
    ("world", "with_", "starts"),
    [
        ("today", [], {}),
        ("after", [], {"ceasefire": 2}),
        ("after", ["ceasefire"], {"ceasefire": 1}),
        ("after", ["mandate@2"], {"ceasefire": 2, "mandate": 2}),
        ("today", ["mandate@3"], {}),  # beyond the horizon
        ("today", ["mandate@2", "ceasefire@1"], {"ceasefire": 1, "mandate": 2}),
    ],
)
def test_worlds_and_what_holds_on_top(
    planner: Planner, world: str, with_: list[str], starts: dict[str, int]
) -> None:
    """From the period named, or from period 1; the earliest start counts."""
    assert dict(planner.world(planner.problem(), world, with_).starts) == starts


def test_a_solve_answers_for_every_task(run: RunRecord) -> None:
    """Verdicts, packages, ways out and gaps in one run."""
    verdicts = {record.task: record.verdict for record in run.result.tasks}
    assert verdicts == {"open_door": "ready", "western_presence": "blocked", "too_large": "short"}
    assert run["western_presence"].unlocking.sets == (("ceasefire",),)
    assert run["western_presence"].necessary == ("ceasefire",)
    assert [p.nations for p in run["open_door"].packages.sets] == [("FRA",), ("GBR",)]
    assert sum(row.quantity for row in run["too_large"].gaps.units) == 10
    assert run.answered
    assert not run.timed_out
    assert check_result(run.problem, run.world, run.result) == ()


def test_a_nation_that_is_left_out_sends_nothing_and_stays_a_nation(planner: Planner) -> None:
    """In the plan and in every package; the problem itself is as it was."""
    run = planner.solve(without=["FRA"])
    assert run.options["without"] == ["FRA"]
    assert "FRA" in run.problem.nations
    assert [p.nations for p in run["open_door"].packages.sets] == [("GBR",)]
    assert all(cell.nation != "FRA" for cell in run.result.plan.allocation)
    assert any(nation == "FRA" for nation, _ in planner.problem().availability)


def test_packages_and_blockers_without_a_nation(planner: Planner) -> None:
    """As if the nation held nothing: its part is in no package and unlocks nothing."""
    run = planner.packages(["open_door"], without=["FRA"])
    assert run.options["without"] == ["FRA"]
    assert [p.nations for p in run["open_door"].packages.sets] == [("GBR",)]
    blocked = planner.blockers(["open_door"], without=["FRA", "GBR"])
    assert blocked["open_door"].verdict == "short"
    assert planner.blockers(["open_door"])["open_door"].verdict == "ready"


def test_fronts_and_departures_where_they_are_asked_for(planner: Planner) -> None:
    front = ("economy", "fewer_contingents")
    run = planner.solve(departures=True, front=front)
    assert run.plan_notes.front is not None
    assert run.plan_notes.front.complete
    assert {one.nation for one in run.plan_notes.departures} >= {"FRA", "GBR"}
    assert set(run.front["objective"]) == set(front)
    run = planner.packages(["open_door"], front=front)
    assert run.notes["open_door"].front is not None
    assert run.plan_notes.front is None
    assert planner.solve().plan_notes.departures == ()


def test_packages_of_chosen_tasks(planner: Planner) -> None:
    """Nothing of other tasks, no joint plan, no blockers."""
    run = planner.packages(["open_door"], without_nations=["FRA"])
    assert [p.nations for p in run["open_door"].packages.sets] == [("GBR",)]
    assert run.options["without_nations"] == ("FRA",)
    run = planner.packages(["open_door", "western_presence"])
    assert [record.task for record in run.result.tasks] == ["open_door", "western_presence"]
    assert len(run["open_door"].packages.sets) == 2
    assert run["western_presence"].verdict == "blocked"
    assert run["western_presence"].unlocking.sets == ()
    assert not run["western_presence"].unlocking.complete
    assert run.result.plan.levels == ()
    assert run.options["tasks"] == ["open_door", "western_presence"]


def test_blockers_of_chosen_tasks_and_of_all(planner: Planner) -> None:
    """Named ones in the order asked for; all where none is named."""
    run = planner.blockers(["western_presence"])
    assert run["western_presence"].unlocking.sets == (("ceasefire", "mandate"),)
    assert run["western_presence"].blocking.sets == (("ceasefire",), ("mandate",))
    assert len(planner.blockers().result.tasks) == 3
    assert len(planner.blockers(()).result.tasks) == 3


def test_a_task_that_is_not_in_the_run(run: RunRecord) -> None:
    """Asking for it is an error that names what there is, not an empty record."""
    with pytest.raises(KeyError, match="no task 'nowhere'; it has open_door, too_large"):
        run["nowhere"]
    with pytest.raises(KeyError, match="did you mean open_door"):
        run["open_dor"]
    with pytest.raises(KeyError, match="nowhere"):
        run.result.task("nowhere")
    assert list(run) == [record.task for record in run.result.tasks]
    assert "open_door" in run
    assert "open_dor" not in run


# --- what a run tells of itself ---------------------------------------------------------------


COLUMNS = {
    "allocation": ["nation", "task", "line", "capability", "period", "quantity"],
    "released": ["commitment", "period", "quantity"],
    "shortfalls": ["task", "line", "period", "minimum", "target", "filled"],
    "gaps": ["task", "line", "period", "capability", "quantity"],
    "packages": ["task", "nation"],
    "unlocking": ["task", "precondition"],
    "blocking": ["task", "precondition"],
    "net_availability": ["nation", "capability", "period"],
}


@pytest.mark.parametrize("name", COLUMNS)
def test_tables_are_data_frames_with_the_columns_of_the_result(run: RunRecord, name: str) -> None:
    """Columns beyond those of `result.json` may stand between them."""
    frame = getattr(run, name)
    assert isinstance(frame, pd.DataFrame)
    assert [column for column in frame.columns if column in COLUMNS[name]] == COLUMNS[name]


def test_the_allocation_table_is_the_plan(run: RunRecord) -> None:
    """Row for row, with whole numbers."""
    frame = run.allocation[COLUMNS["allocation"]]
    rows = [tuple(row) for row in frame.itertuples(index=False)]
    cells = [tuple(cell.model_dump().values()) for cell in run.result.plan.allocation]
    assert rows == cells
    assert rows
    assert frame["quantity"].dtype == "Int64"


def test_a_table_that_there_is_not(run: RunRecord) -> None:
    """The error names those that there are."""
    with pytest.raises(AttributeError, match=r"no table 'alocation'; it has .*allocation"):
        _ = run.alocation


def test_provenance(run: RunRecord) -> None:
    """What was asked, with which versions, how long it took, and how each no was proved."""
    told = run.provenance()
    assert told["command"] == "solve"
    assert told["options"] == {
        "model": "small", "world": "today", "with": ["mandate"], "time_limit": 120.0,
        "workers": 2, "seed": 4,
    }  # fmt: skip
    assert set(told["versions"]) == {"python", "contribution-allocator", "ortools"}
    assert set(told["seconds"]) == {"plan", "verdicts", "blockers", "packages", "what_if"}
    assert told["proofs"] == {"too_large": "sum", "western_presence": "sum"}
    assert (told["interrupted"], told["timed_out"], told["faults"]) == (False, False, [])


def test_a_run_is_frozen(run: RunRecord) -> None:
    """What was found is not changed afterwards."""
    with pytest.raises(FrozenInstanceError):
        run.command = "packages"


def test_progress_is_told_phase_by_phase(planner: Planner) -> None:
    """Each phase begins, counts up to its total, and says what is known."""
    told: list[Event] = []
    planner.solve(progress=told.append, workers=1)
    assert list(dict.fromkeys(event.phase for event in told)) == [
        "verdicts", "plan", "blockers", "what_if", "packages",
    ]  # fmt: skip
    verdicts = [event for event in told if event.phase == "verdicts" and event.done]
    assert [(event.done, event.total) for event in verdicts] == [(1, 3), (2, 3), (3, 3)]
    assert "western_presence is blocked" in {event.known for event in verdicts}


# --- cut off ----------------------------------------------------------------------------------


def test_no_time_at_all(planner: Planner) -> None:
    """Only what is known without a search is said, and the run says that time ran out."""
    run = planner.solve(time_limit=0)
    assert run.result.plan.status == "unknown"
    assert run["open_door"].verdict in ("unknown", "ready")
    assert not run["open_door"].packages.complete
    assert run["western_presence"].verdict in ("unknown", "blocked")
    assert run.timed_out
    assert not run.interrupted
    assert check_result(run.problem, run.world, run.result) == ()


def test_a_verdict_whose_share_of_the_time_was_too_short_is_a_lack_of_time(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though what was left is not used up, since the other phases have nothing to do."""

    def slow(asked: Request, known: TaskState, deadline: Deadline) -> TurnOutcome:
        time.sleep(deadline.remaining() + 0.01)
        return TurnOutcome("nothing is known", False)

    monkeypatch.setattr("allocator.analysis.analysis.judge_over_ranges", slow)
    whole = Deadline(2)
    run = planner.packages("open_door", deadline=whole)
    assert run["open_door"].verdict == "unknown"
    assert not whole.expired
    assert run.timed_out


@pytest.mark.parametrize(
    ("phase", "unknown"),
    [
        ("plan_jointly", ()),
        ("with_contested", ()),
        ("judge_over_ranges", ("verdict",)),
        ("block_task", ("unlocking",)),
        ("look_elsewhere", ()),
        ("pack_task", ("packages",)),
    ],
)
def test_a_phase_without_memory_costs_the_others_nothing(
    planner: Planner, monkeypatch: pytest.MonkeyPatch, phase: str, unknown: tuple[str, ...]
) -> None:
    """The run says so; what is known stays, and what was given up is neither yes nor no."""
    whole = planner.solve(time_limit=60)

    def fail(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(f"allocator.analysis.analysis.{phase}", fail)
    run = planner.solve(time_limit=60)
    assert (run.out_of_memory, run.interrupted, run.timed_out) == (True, False, False)
    assert run.provenance()["out_of_memory"] is True
    assert check_result(run.problem, run.world, run.result) == ()
    plan = phase != "plan_jointly"
    assert (run.result.plan.status == whole.result.plan.status) is plan
    if phase == "judge_over_ranges":
        assert {record.verdict for record in run.result.tasks} == {"unknown"}
    else:
        assert [r.verdict for r in run.result.tasks] == [r.verdict for r in whole.result.tasks]
    blocked = next(r for r in run.result.tasks if r.task == "western_presence")
    assert blocked.unlocking.complete is (not {"verdict", "unlocking"} & set(unknown))
    ready = next(r for r in run.result.tasks if r.task == "open_door")
    assert ready.packages.complete is (not {"verdict", "packages"} & set(unknown))


@pytest.mark.parametrize("after", [0, 1, 3, 5, 8, 12])
@pytest.mark.parametrize("seed", [8, 24])
def test_a_cancelled_run_keeps_what_is_known(after: int, seed: int) -> None:
    """Cancelled from another thread after so many steps: no error, everything told is so."""
    from threading import Thread

    workspace, _ = from_tables(*tables_and_models(seed))
    deadline = Deadline(60)
    steps = 0
    now = Flag()
    thread = Thread(target=lambda: (now.wait(60), deadline.cancel()))
    thread.start()

    def step(event: Event) -> None:
        nonlocal steps
        steps += 1
        if steps > after:
            now.set()
            thread.join()

    run = Planner(workspace).solve("m", deadline=deadline, progress=step, workers=1)
    assert run.interrupted
    assert not run.timed_out
    assert run.faults == ()
    assert len(run.result.tasks) == len(run.problem.tasks)
    assert check_result(run.problem, run.world, run.result) == ()
    if after == 0:
        assert run.result.plan.status == "unknown"
