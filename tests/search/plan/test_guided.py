"""What a large plan follows: the relaxation of all that is left to optimise, as long as it is still
true; and whether tasks are filled up next, or parts searched."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from allocator.deadline import Deadline
from allocator.engines import Settings, relaxation
from allocator.engines.bounds import Bounds
from allocator.inputs.problem import Problem
from allocator.model import build
from allocator.model.objectives import Objective, levels
from allocator.model.program import Program
from allocator.model.scope import joint
from allocator.model.variables import Variables
from allocator.search.plan import lns
from allocator.search.plan.incumbent import Incumbent
from allocator.search.plan.lns import LnsLevelSearch
from allocator.search.plan.steering import Goals, steering
from tests.handmade import line, problem
from tests.plenty import plenty


def _asked() -> Problem:
    """Two tasks of three units each from pools of three, and nothing that is to be released."""
    return problem(
        [{"task": "a", "lines": [line(3)]}, {"task": "b", "lines": [line(3)]}],
        {("FRA", "bn"): 3, ("GBR", "bn"): 3},
        commitments=[
            {"commitment": "k", "nation": "FRA", "capability": "bn", "quantity": 1, "to": "nato",
             "purpose": "defence", "release_requires": "always", "release_risk": 3}
        ],
        objectives=("staff_tasks", "protect_commitments", "economy"),
    )  # fmt: skip


def _search() -> tuple[Variables, list[Objective], LnsLevelSearch]:
    asked = _asked()
    variables = build(asked, joint(asked, asked.world()))
    objectives = list(levels(variables))
    return variables, objectives, LnsLevelSearch(variables, objectives, Settings())


def _level(
    variables: Variables, objectives: Sequence[Objective], values: Sequence[int]
) -> Incumbent:
    trivial = objectives[0].trivial_bound(variables.program)
    bounds = Bounds(objectives[0], trivial, plenty())
    return Incumbent(variables, Goals.of(objectives), values, bounds, plenty())


def test_the_one_of_two_ways_that_gained_more_is_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pass first, then steps, then what gained more, and in turn where both gained as much."""
    variables, objectives, search = _search()
    everybody = [variables.program.high[v] for v in range(len(variables.program.low))]
    level = _level(variables, objectives[2:], everybody)
    gains = {"pass": [50, 4, 1], "steps": [30, 5, 4]}
    cheaper = {"value": 1000, "took": ""}
    monkeypatch.setattr(Incumbent, "value", property(lambda _: cheaper["value"]))

    def way(name: str, idle: int) -> None:
        def take(_: LnsLevelSearch, level: Incumbent, deadline: Deadline) -> None:
            gain = gains[name].pop(0) if gains[name] else 0
            cheaper["value"] -= gain
            cheaper["took"] += name[0]
            level.idle += idle

        monkeypatch.setattr(LnsLevelSearch, "_pass" if name == "pass" else "_steps", take)

    way("pass", 0)
    way("steps", lns.PATIENCE // 3 + 1)
    search._fill(level, plenty())
    # Steps gain 30 where a pass gained 50; the next pass 4, and steps go on with 5 and 4. The pass
    # after them gains 1, after which so many steps in a row gain nothing as are borne.
    assert cheaper["took"] == "ps" + "p" + "ss" + "p" + "sp" + "sp" + "s"


def test_a_guide_stands_until_a_level_has_reached_what_it_does_not_keep() -> None:
    variables, objectives, search = _search()
    program = variables.program
    assert not search._stands(program)
    search._point(program, steering(objectives), plenty())
    assert search._guide is not None
    staffed = sum(search._guide[v] for v in variables.staffed.values())
    objectives[0].keep(program, int(staffed))
    assert search._stands(program)
    objectives[0].keep(program, int(staffed) + 1)
    assert not search._stands(program)


def test_a_guide_that_staffs_what_is_refused_since_does_not_stand() -> None:
    variables, objectives, search = _search()
    search._point(variables.program, steering(objectives), plenty())
    most = max(variables.staffed.values(), key=lambda v: (search._guide or [])[v])
    variables.program.fix(most, 0)
    assert not search._stands(variables.program)


@pytest.mark.parametrize(("level_of", "asked_for"), [(1, 1), (2, 2)])
def test_a_bound_that_the_guide_comes_to_is_not_looked_for(
    level_of: int, asked_for: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing need be released, which is as low as it goes; how few people are sent is not known
    before its own relaxation."""
    variables, objectives, search = _search()
    objectives[0].keep(variables.program, 1)
    level = _level(variables, objectives[level_of:], variables.nothing())
    asked = []

    def counted(program: Program, objective: Objective, deadline: Deadline) -> object:
        asked.append(objective.name)
        return relaxation.relaxed(program, objective, deadline)

    monkeypatch.setattr(lns, "relaxed", counted)
    monkeypatch.setattr(LnsLevelSearch, "_aside", lambda self, work, _: work(self._program.copy()))
    search._level = level
    search._look(level, plenty())
    assert level.guide is not None
    assert asked == ["steering", objectives[level_of].name][:asked_for]


def test_where_the_sum_fails_the_levels_own_relaxation_is_the_guide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    variables, objectives, search = _search()

    def fails(program: Program, objective: Objective, deadline: Deadline) -> object:
        one = objective.name != "steering"
        return relaxation.relaxed(program, objective, deadline) if one else None

    monkeypatch.setattr(lns, "relaxed", fails)
    monkeypatch.setattr(LnsLevelSearch, "_aside", lambda self, work, _: work(self._program.copy()))
    level = search._level = _level(variables, objectives[2:], variables.nothing())
    search._look(level, plenty())
    assert level.guide is not None
    assert search._guide is None


def test_a_level_that_has_ended_makes_no_relaxation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads wait for one another: what waited too long is of no use to anybody."""
    variables, objectives, search = _search()
    monkeypatch.setattr(lns, "relaxed", lambda *_: pytest.fail("made for nobody"))
    monkeypatch.setattr(LnsLevelSearch, "_aside", lambda self, work, _: work(self._program.copy()))
    ended = _level(variables, objectives, variables.nothing())
    search._level = _level(variables, objectives[1:], variables.nothing())
    search._look(ended, plenty())
    search._bound(ended, plenty())
