"""The public door: what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.errors import UsageError
from allocator.planner import Planner
from tests.small_planner import model, planner_of


@pytest.fixture(scope="module")
def planner() -> Planner:
    return planner_of(model("small", default=True), model("other"))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda p: p.solve("smal"), "no model 'smal'; did you mean small?"),
        (lambda p: p.solve("SMALL"), "did you mean small?"),
        (lambda p: p.solve("xyz"), "no model 'xyz'; there are "),
        (lambda p: p.solve(world="aftr"), "no world 'aftr'; did you mean after?"),
        (lambda p: p.solve(with_=["ceasfire"]), "no precondition 'ceasfire'; did you mean cease"),
        (lambda p: p.solve(with_=["ceasefire@x"]), "'x' is no period; write ceasefire@1"),
        (lambda p: p.solve(with_=["ceasefire@0"]), "'0' is no period"),
        (lambda p: p.solve(with_=["ceasefire@-1"]), "'-1' is no period"),
        (lambda p: p.solve(with_=["ceasefire@²"]), "'²' is no period"),
        (lambda p: p.solve(with_=["ceasefire@"]), "'' is no period"),
        (lambda p: p.packages(["open_dor"]), "no task 'open_dor'; did you mean open_door?"),
        (
            lambda p: p.packages(["open_door"], with_nations=["FRO"]),
            "no nation 'FRO'; did you mean FRA?",
        ),
        (
            lambda p: p.packages(["open_door"], with_nations=["FRA"], without_nations=["FRA"]),
            "packages with and without FRA; leave one of the two out",
        ),
        (lambda p: p.packages(["open_door"], limit=0), "limit is 0; a whole number from 1"),
        (
            lambda p: p.packages(["open_door"], max_nations=-1),
            "max_nations is -1; a whole number from 0",
        ),
        (lambda p: p.solve(without=["FRO"]), "no nation 'FRO'; did you mean FRA?"),
        (
            lambda p: p.packages(["open_door"], without=["FRO"]),
            "no nation 'FRO'; did you mean FRA?",
        ),
        (lambda p: p.blockers(without=["FRO"]), "no nation 'FRO'; did you mean FRA?"),
        (
            lambda p: p.packages(["open_door"], with_nations=["FRA"], without=["FRA"]),
            "packages with and without FRA; leave one of the two out",
        ),
        (
            lambda p: p.solve(front=["economy", "risk"]),
            "no objective of a front 'risk'",
        ),
        (lambda p: p.solve(front=["economy"]), "two or three different objectives"),
        (
            lambda p: p.packages(["open_door"], front=["economy", "economy"]),
            "two or three different objectives",
        ),
        (lambda p: p.blockers(["western"]), "no task 'western'"),
        (lambda p: p.solve(time_limit=-1), "a time limit of -1 seconds"),
        (lambda p: p.solve(time_limit=float("nan")), "a time limit of nan seconds"),
        (lambda p: p.solve(time_limit=10**400), "a time limit of inf seconds"),
    ],
)
def test_names_that_there_are_not(planner: Planner, call: Any, message: str) -> None:
    """What was asked for, and the nearest name there is."""
    with pytest.raises(UsageError) as caught:
        call(planner)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda p: p.solve(wrold="after"), "no option 'wrold'; did you mean world?"),
        (lambda p: p.solve(timelimit=5), "no option 'timelimit'; did you mean time_limit?"),
        (lambda p: p.solve(withot=["FRA"]), "did you mean without?"),
        (lambda p: p.solve(departure=True), "did you mean departures?"),
        (
            lambda p: p.solve(xyz=1),
            "no option 'xyz'; there are count, deadline, departures, front, knowledge",
        ),
        (lambda p: p.packages(["open_door"], max_nation=1), "did you mean max_nations?"),
        (lambda p: p.blockers(["open_door"], withh=["mandate"]), "did you mean with_?"),
        (lambda p: p.blockers(without_holders=["RUS"]), "did you mean without_holder?"),
        (lambda p: p.fragility("open_door", sed=1), "did you mean seed?"),
        (lambda p: p.solve(departures="no"), "departures is 'no'; True or False is expected"),
        (lambda p: p.solve(world=3), "world is 3; a name is expected"),
        (lambda p: p.solve(with_=[3]), "an entry of with_ is 3; a name is expected"),
        (lambda p: p.solve(with_=3), "with_ is 3; names are expected"),
        (lambda p: p.solve(time_limit="5"), "time_limit is '5'; a number of seconds"),
        (lambda p: p.solve(time_limit=True), "time_limit is True; a number of seconds"),
        (lambda p: p.solve(workers="2"), "workers is '2'; a whole number is expected"),
        (lambda p: p.solve(seed=1.5), "seed is 1.5; a whole number is expected"),
        (lambda p: p.packages(["open_door"], limit=True), "limit is True; a whole number"),
        (lambda p: p.solve(3), "3 is no model; a name is expected"),
        (lambda p: p.fragility(["open_door"]), "['open_door'] is no task; a name is expected"),
    ],
)
def test_options_that_there_are_not(planner: Planner, call: Any, message: str) -> None:
    """A slip is never the answer to another question, in whichever method."""
    with pytest.raises(TypeError) as caught:
        call(planner)
    assert message in str(caught.value)


def test_numbers_out_of_range(planner: Planner) -> None:
    for how in ({"workers": 0}, {"seed": -1}, {"seed": 2**31}):
        with pytest.raises(UsageError, match=f"{next(iter(how))} is .* a whole number from"):
            planner.solve(**how)


def test_a_single_name_is_one_name_wherever_names_stand(planner: Planner) -> None:
    """Text is no list of its letters."""
    run = planner.solve(with_="mandate", without="FRA")
    assert (run.options["with"], run.options["without"]) == (["mandate"], ["FRA"])
    assert dict(run.world.starts) == {"mandate": 1}
    assert dict(planner.world(run.problem, with_="mandate@2").starts) == {"mandate": 2}
    run = planner.packages("open_door", with_nations="FRA", without_nations="GBR")
    assert [record.task for record in run.result.tasks] == ["open_door"]
    assert run.options["with_nations"] == ("FRA",)
    run = planner.blockers("too_large", relax="caveats")
    assert (run.options["tasks"], run.options["relax"]) == (["too_large"], ["caveats"])
    with pytest.raises(UsageError, match="two or three different objectives"):
        planner.solve(front="economy")


def test_no_default_model_and_several_to_choose_from() -> None:
    """It asks which; with a single one there is no question."""
    with pytest.raises(UsageError, match="which model"):
        planner_of(model("one"), model("two")).solve()
    assert planner_of(model("one")).solve(time_limit=0).result.model == "one"
