"""The problem: what the tables come to, which world holds what, who stands beside whom."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.inputs.problem import Problem, thousandths
from allocator.inputs.schema import Periods
from tests.generator import question
from tests.handmade import line, problem

TASK = {"task": "t", "lines": [line(1)]}
FRA = {("FRA", "bn"): 1}


def _with(**more: Any) -> Problem:
    return problem(more.pop("tasks", [TASK]), more.pop("have", FRA), **more)


# --- shares -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (None, None),
        (0, 0),
        (1, 1000),
        (0.5, 500),
        (0.3335, 334),
        (0.3345, 334),
        (0.0005, 0),
        (0.0015, 2),
        (0.00051, 1),
        (0.2925, 292),  # as a binary fraction it is a little more than a half
        (0.1, 100),
        (1e-9, 0),
    ],
)
def test_shares_are_thousandths_halves_to_even(share: float | None, expected: int | None) -> None:
    """Of the decimal that was written, not of its nearest binary fraction."""
    assert thousandths(share) == expected


# --- worlds -----------------------------------------------------------------------------------


def _chain() -> Problem:
    """peace implies ceasefire implies talks; backstop and involvement imply each other."""
    return _with(
        preconditions={
            "peace": {"implies": "ceasefire"},
            "ceasefire": {"implies": "talks"},
            "talks": {},
            "backstop": {"implies": "involvement"},
            "involvement": {"implies": "backstop"},
            "vote": {"status": "met"},
            "army": {"status": "ruled_out", "implies": "talks"},
        },
        worlds=[
            {"world": "later", "precondition": "ceasefire", "from_period": 3},
            {"world": "later", "precondition": "talks", "from_period": 2},
            {"world": "twice", "precondition": "talks", "from_period": 3},
            {"world": "twice", "precondition": "talks", "from_period": 2},
            {"world": "beyond", "precondition": "peace", "from_period": 5},
            {"world": "army", "precondition": "army"},
        ],
        horizon=4,
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("peace", {"peace", "ceasefire", "talks"}),
        ("talks", {"talks"}),
        ("backstop", {"backstop", "involvement"}),
        ("involvement", {"backstop", "involvement"}),
    ],
)
def test_implication_reaches_all_the_way(name: str, expected: set[str]) -> None:
    """Through others, and around a circle."""
    assert _chain().implied_by(name) == expected


@pytest.mark.parametrize(
    ("world", "with_", "expected"),
    [
        ("today", {}, {"vote": 1}),
        ("today", {"peace": 2}, {"vote": 1, "peace": 2, "ceasefire": 2, "talks": 2}),
        ("later", {}, {"vote": 1, "ceasefire": 3, "talks": 2}),
        ("later", {"peace": 4}, {"vote": 1, "peace": 4, "ceasefire": 3, "talks": 2}),
        ("later", {"peace": 1}, {"vote": 1, "peace": 1, "ceasefire": 1, "talks": 1}),
        ("later", {"vote": 3}, {"vote": 1, "ceasefire": 3, "talks": 2}),
        ("twice", {}, {"vote": 1, "talks": 2}),
        ("beyond", {}, {"vote": 1}),  # after the horizon nothing holds
        ("today", {"involvement": 2}, {"vote": 1, "backstop": 2, "involvement": 2}),
        ("army", {}, {"vote": 1, "army": 1, "talks": 1}),  # ruled out is no way out, but a world
    ],
)
def test_the_earliest_start_counts(
    world: str, with_: dict[str, int], expected: dict[str, int]
) -> None:
    """Of the status, the world's rows, what is put on top, and what implies it."""
    assert dict(_chain().world(world, with_).starts) == expected


def test_holding_asks_for_a_period() -> None:
    """From its start on."""
    world = _chain().world("later")
    assert world.holding(1) == {"vote"}
    assert world.holding(2) == {"vote", "talks"}
    assert world.holding(4) == {"vote", "talks", "ceasefire"}


def test_open_is_what_may_still_be_brought_about() -> None:
    """Not what holds from period 1, nor what is ruled out; a later start leaves it open."""
    asked = _chain()
    opened = ("backstop", "ceasefire", "involvement", "peace", "talks")
    assert asked.open_preconditions(asked.world()) == opened
    assert asked.open_preconditions(asked.world("later")) == opened
    met = asked.world("later", {"ceasefire": 1})
    assert asked.open_preconditions(met) == ("backstop", "involvement", "peace")


def test_meeting_counts_from_period_1_with_all_that_is_implied() -> None:
    """On top of the world, whose name it keeps; meeting nothing changes nothing."""
    asked = _chain()
    later = asked.world("later")
    met = asked.meeting(later, ["peace"])
    assert (met.name, met.holding(1)) == ("later", {"vote", "peace", "ceasefire", "talks"})
    assert asked.meeting(later, []) == later


@pytest.mark.parametrize(("world", "with_"), [("nowhere", {}), ("today", {"nothing": 1})])
def test_a_world_that_there_is_not(world: str, with_: dict[str, int]) -> None:
    """Raises KeyError; today is always there."""
    with pytest.raises(KeyError):
        _chain().world(world, with_)


# --- tasks beside each other ------------------------------------------------------------------


def test_companions_are_named_step_by_step() -> None:
    """By the task's condition, by a caveat on it, and so on from those; not the other way."""
    tasks = [
        {"task": "t", "requires": "staffed(u)", "lines": [line(1)]},
        {"task": "u", "axis": "presence", "lines": [line(1)]},
        {"task": "v", "requires": "staffed(t)", "lines": [line(1)]},
        {"task": "w", "lines": [line(1)]},
        {"task": "x", "lines": [line(1)]},
    ]
    caveats = [
        {"nation": "FRA", "axis": "presence", "requires": "staffed(w) or never"},
        {"nation": "FRA", "task": "x", "requires": "staffed(v)"},
    ]
    asked = _with(tasks=tasks, caveats=caveats)
    assert asked.companions("t") == {"t", "u", "w"}
    assert asked.companions("v") == {"v", "t", "u", "w"}
    assert asked.companions("w") == {"w"}
    assert asked.companions("x") == {"x", "v", "t", "u", "w"}


@pytest.mark.parametrize(
    ("scope", "beside"),
    [
        ({}, True),
        ({"task": "t"}, True),
        ({"task": "u"}, False),
        ({"axis": "presence"}, True),
        ({"axis": "industry"}, False),
        ({"area": "west"}, True),
        ({"area": "east"}, False),
        ({"task": "t", "axis": "presence", "area": "west"}, True),
        ({"task": "t", "axis": "presence", "area": "east"}, False),
        ({"task": "u;t", "axis": "industry;presence", "area": "east;west"}, True),
        ({"task": "t", "domain": "land", "capability": "bn", "periods": "1"}, True),
    ],
)
def test_a_caveat_counts_for_companions_where_its_scope_matches(
    scope: dict[str, str], beside: bool
) -> None:
    """Task, line of effort and area, all three; what else it says plays no part."""
    tasks = [
        {"task": "t", "axis": "presence", "area": "west", "lines": [line(1)]},
        {"task": "u", "axis": "industry", "area": "east", "lines": [line(1)]},
        {"task": "w", "axis": "regeneration", "area": "south", "lines": [line(1)]},
    ]
    asked = _with(tasks=tasks, caveats=[{"nation": "FRA", "requires": "staffed(w)"} | scope])
    assert asked.companions("t") == ({"t", "w"} if beside else {"t"})


def test_companions_of_a_reserve_are_those_of_what_it_reinforces() -> None:
    """A caveat on the task is one on its reserve: the task named there may stand beside either."""
    tasks = [
        {"task": "t", "lines": [line(1)]},
        {"task": "r", "reinforces": ["t"], "lines": [line(1)]},
        {"task": "w", "lines": [line(1)]},
    ]
    caveats = [{"nation": "FRA", "task": "t", "requires": "staffed(w)"}]
    assert _with(tasks=tasks, caveats=caveats).companions("r") == {"r", "w"}


def test_companions_in_a_circle() -> None:
    """Two tasks that wait for each other."""
    tasks = [
        {"task": "t", "requires": "staffed(u)", "lines": [line(1)]},
        {"task": "u", "requires": "staffed(t)", "lines": [line(1)]},
    ]
    assert _with(tasks=tasks).companions("t") == {"t", "u"}


# --- what rows come to ------------------------------------------------------------------------


def test_a_caveat_is_resolved_to_tasks_and_capabilities() -> None:
    """Several values in a cell are alternatives; blank matches all; columns count together."""
    tasks = [
        {"task": "t", "axis": "presence", "area": "west", "lines": [line(1)]},
        {"task": "u", "axis": "presence", "area": "east", "lines": [line(1)]},
        {"task": "v", "axis": "industry", "area": "west", "lines": [line(1)]},
        {"task": "w", "lines": [line(1)]},
    ]
    caveats = [
        {"nation": "FRA", "requires": "never"},
        {"nation": "FRA", "requires": "never", "axis": "presence", "area": "west"},
        {"nation": "FRA", "requires": "never", "task": "t;v", "area": "west;east"},
        {"nation": "FRA", "requires": "never", "domain": "air", "periods": "2-"},
        {"nation": "FRA", "requires": "never", "capability": "bn;jet", "domain": "air"},
    ]
    asked = _with(
        tasks=tasks,
        have={("FRA", "bn"): 1, ("FRA", "jet"): 1},
        capabilities={"jet": {"domain": "air"}},
        caveats=caveats,
        horizon=3,
    )
    every, west, named, air, both = asked.caveats
    assert (every.tasks, every.capabilities) == (set("tuvw"), {"bn", "jet"})
    assert west.tasks == {"t"}
    assert named.tasks == {"t", "v"}
    assert (air.capabilities, air.periods) == ({"jet"}, {2, 3})
    assert both.capabilities == {"jet"}
    assert [caveat.id for caveat in asked.caveats_on("FRA", "w")] == ["v0", "v3", "v4"]
    assert asked.caveats_on("GBR", "w") == ()


def test_a_caveat_on_a_task_is_one_on_its_reserves() -> None:
    """Task, area and line of effort are those of one task, and it does not pass on."""
    tasks = [
        {"task": "t", "axis": "presence", "area": "west", "lines": [line(1)]},
        {"task": "u", "axis": "industry", "area": "east", "lines": [line(1)]},
        {"task": "r", "area": "allied", "reinforces": ["u", "t"], "lines": [line(1)]},
        {"task": "s", "area": "allied", "reinforces": ["r"], "lines": [line(1)]},
    ]
    scopes = [
        {"area": "west"},
        {"area": "west", "axis": "industry"},  # of two tasks, not of one
        {"area": "west;allied"},  # the reserve itself, and what it reinforces
        {"axis": "industry;presence"},
        {"task": "t", "area": "east"},
        {"task": "r"},
    ]
    asked = _with(tasks=tasks, caveats=[{"nation": "FRA", "requires": "never"} | s for s in scopes])
    assert [(c.tasks, c.reserves) for c in asked.caveats] == [
        ({"t", "r"}, {"r": ("t",)}),
        (set(), {}),
        ({"t", "r", "s"}, {}),
        ({"t", "u", "r"}, {"r": ("t", "u")}),
        (set(), {}),
        ({"r", "s"}, {"s": ("r",)}),
    ]


@pytest.mark.parametrize("seed", range(1000, 1060))
def test_scopes_of_random_workspaces_are_those_of_the_definition(seed: int) -> None:
    """Read off the cells again: blank matches all, values are alternatives."""
    asked = question(seed, composed=True)
    tasks = {task["task"]: task for task in asked.models[0]["tasks"]}

    def matches(row: dict[str, str], name: str) -> bool:
        place = {"task": name, "axis": tasks[name].get("axis"), "area": tasks[name].get("area")}
        return all(not row.get(k) or place[k] in row[k].split(";") for k in place)

    for row in asked.tables["caveats"]:
        for name, task in tasks.items():
            named = (name, *task.get("reinforces", ()))
            found = name in asked.problem.caveat(row["caveat"]).tasks
            assert found == any(matches(row, one) for one in named)


def test_rows_of_availability_add_up_within_their_periods() -> None:
    """Of the same nation and capability; nothing beyond the horizon or where there is no row."""
    from allocator.inputs.inspection import from_tables
    from allocator.inputs.problem import build

    rows = [("1-2", 2), ("2-", 3), ("", 1)]
    tables: dict[str, list[dict[str, Any]]] = {
        "nations": [{"nation": "FRA", "name": "France"}],
        "capabilities": [{"capability": "bn", "name": "bn", "domain": "land", "unit": "u"}],
        "availability": [
            {"nation": "FRA", "capability": "bn", "quantity": q, "periods": p, "basis": "estimate"}
            for p, q in rows
        ],
    } | {name: [] for name in ("commitments", "preconditions", "caveats", "worlds")}
    horizon = {"periods": 3, "months_per_period": 6}
    model = {"name": "m", "horizon": horizon, "tasks": [TASK]}
    workspace, issues = from_tables(tables, [model])
    assert workspace is not None, [str(issue) for issue in issues]
    asked = build(workspace, "m")
    assert asked.availability == {("FRA", "bn"): (3, 6, 4)}
    assert [asked.available("FRA", "bn", period) for period in asked.periods] == [3, 6, 4]
    assert asked.available("GBR", "bn", 1) == 0


def test_commitments_have_a_quantity_in_every_period() -> None:
    """None outside their periods."""
    row = {"nation": "FRA", "capability": "bn", "quantity": 2, "periods": "2", "rotating": "yes"}
    (found,) = _with(commitments=[row | {"release_requires": "never"}], horizon=3).commitments
    assert (found.quantity, found.rotating, found.release_risk) == ((0, 2, 0), True, 1)


def test_the_rest_is_what_other_standing_commitments_leave() -> None:
    """By period, 0 where nothing is left; rotating ones take nothing of it."""
    held = {"nation": "FRA", "capability": "bn"}
    commitments = [
        held | {"quantity": "rest", "release_requires": "always"},
        held | {"quantity": 2, "periods": "2-", "release_requires": "always"},
        held | {"quantity": 3, "periods": "3"},
        held | {"quantity": 1, "rotating": "yes"},
        {"nation": "GBR", "capability": "bn", "quantity": "rest", "periods": "1;3"},
        {"nation": "GBR", "capability": "hq", "quantity": "rest"},
    ]
    have = {("FRA", "bn"): 4, ("GBR", "bn"): 2, ("FRA", "hq"): 1}
    asked = _with(have=have, commitments=commitments, horizon=3)
    french, *_, british, nothing = asked.commitments
    assert (french.quantity, british.quantity) == ((4, 2, 0), (2, 0, 2))
    assert nothing.quantity == (0, 0, 0)
    assert [c.rest is None for c in asked.commitments] == [False, True, True, True, False, False]


def test_more_available_is_more_of_a_rest_and_nothing_else_moves_it() -> None:
    held = {"nation": "FRA", "capability": "bn"}
    commitments = [held | {"quantity": "rest"}, held | {"quantity": 1}]
    asked = _with(have={("FRA", "bn"): 4}, commitments=commitments, horizon=2)
    more = asked.with_availability({("FRA", "bn"): (6, 0)})
    assert [c.quantity for c in more.commitments] == [(5, 0), (1, 1)]
    assert more.availability == {("FRA", "bn"): (6, 0)}


@pytest.mark.parametrize("seed", range(1000, 1060))
def test_rests_of_random_workspaces_are_those_of_the_definition(seed: int) -> None:
    """Read off the cells again, period by period."""
    asked = question(seed, composed=True)
    problem = asked.problem

    def holds_in(row: dict[str, str], period: int) -> bool:
        return period in Periods.parse(row.get("periods") or "").within(problem.horizon)

    def total(rows: list[dict[str, str]], period: int) -> int:
        return sum(int(row["quantity"]) for row in rows if holds_in(row, period))

    for row in asked.tables["commitments"]:
        if row["quantity"] == "rest":
            pair = (row["nation"], row["capability"])
            mine = {
                name: [r for r in asked.tables[name] if (r["nation"], r["capability"]) == pair]
                for name in ("availability", "commitments")
            }
            beside = [
                other
                for other in mine["commitments"]
                if other is not row and other.get("rotating") != "yes"
            ]
            for p, found in enumerate(problem.commitment(row["commitment"]).quantity, 1):
                left = max(0, total(mine["availability"], p) - total(beside, p))
                assert found == (left if holds_in(row, p) else 0)


def test_lines_and_their_defaults() -> None:
    """A capability names the line and counts one; without a target the minimum is meant."""
    lines = [
        {"capability": "bn", "minimum": 2},
        {"line": "b", "any_of": {"jet": 3, "bn": 2}, "minimum": 1, "target": 4},
        {"line": "a", "any_of": {"jet": 1}, "one_per": 100, "of": ["t"], "min_contribution": 2},
    ]
    asked = _with(tasks=[{"task": "t", "lines": lines}], have={("FRA", "bn"): 1, ("FRA", "jet"): 1})
    scaled, several, simple = asked.task("t").lines
    assert (simple.id, simple.weights, simple.minimum, simple.target) == ("bn", {"bn": 1}, 2, 2)
    assert (several.id, list(several.weights.items())) == ("b", [("bn", 2), ("jet", 3)])
    assert (several.minimum, several.target, several.scaled) == (1, 4, False)
    assert (scaled.minimum, scaled.target, scaled.one_per, scaled.of) == (0, 0, 100, ("t",))
    assert (scaled.scaled, scaled.min_contribution) == (True, 2)
    assert asked.task("t").capabilities == {"bn", "jet"}
    assert asked.task("t").line("b") is several
