"""An order in words: months by the calendar, road maps that lead nowhere, pushes."""

from __future__ import annotations

from dataclasses import replace

from allocator.inputs.schema.calendar import Month
from allocator.report.sentences import order as say
from allocator.results.order import RoadMap
from tests.search.order.test_order_brute import found
from tests.search.order.test_order_relations import report_circle


def test_months_by_the_calendar_where_the_model_starts_in_one() -> None:
    made, _ = report_circle()
    assert say.month(made, 7) == "7"
    dated = replace(made, starts=Month.parse("2026-01"))
    assert say.month(dated, 7) == "7 (2026-08)"
    assert say.month(dated, 12) == "12 (2027-01)"
    assert say.calendar_month(dated, None) == ""


def test_who_waits_and_who_could_move_first() -> None:
    said = found(*report_circle())
    lines = list(say.circle(said, said.circles.sets[0]))
    assert lines[1].startswith("USA waits with us_backstop for progress")
    assert lines[0].startswith("FRA, GBR wait with progress for us_backstop")
    assert say.push(said.pushes[0], said) == (
        "If FRA, GBR with progress did not wait, us_backstop would follow; ready then: force."
    )


def test_a_road_map_says_what_is_proved() -> None:
    made, _ = report_circle()
    nowhere = RoadMap("effort", unreached=("force",))
    assert list(say.road_map(made, nowhere)) == [
        "There is none that leads to all of the tasks.",
        "In turn nothing leads to force.",
    ]
    loose = RoadMap("benefit", value=9, bound=7)
    (text,) = say.road_map(made, loose)
    assert text.endswith("not proved to be the best there is; nothing is below 7.")
    (text,) = say.road_map(made, replace(loose, bound=9))
    assert text.endswith("Proved: nothing is below.")
    early = RoadMap("date", value=9, bound=9, smallest=True, may_be_sooner=("force",))
    best, sooner = say.road_map(made, early)
    assert "not proved to be the best there is" in best
    assert sooner == "Whether force may come sooner was not decided in the time."
