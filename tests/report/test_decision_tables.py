"""The decision table: raw values, nothing claimed that a cut-off search does not carry."""

from dataclasses import replace

import pytest
from report_cases import asked, small_run

from allocator.report.tables.decisions import CRITERIA, decision, decision_wide
from allocator.results.result import Family, Package, Packages


def value(run, criterion, task):
    found = [r for r in decision(run).rows if (r[0], r[2]) == (criterion, task)]
    ((_, _, _, figure, text, _),) = found
    assert figure is None or text is None
    return text if figure is None else figure


def with_record(run, task, **changes):
    records = tuple(r.model_copy(update=changes) if r.task == task else r for r in run.result.tasks)
    return replace(run, result=run.result.model_copy(update={"tasks": records}))


@pytest.mark.parametrize(
    ("criterion", "task", "expected"),
    [
        ("verdict", "reserve", "ready"),
        ("priority", "reserve", 3),
        ("joint_plan", "training", "staffed"),
        ("joint_plan", "reserve", "contested"),
        ("joint_plan", "air_watch", "no"),
        ("nations", "training", 1),
        ("nations", "reserve", None),
        ("people", "training", 360),
        ("target_percent", "training", 66.7),
        ("ways", "western_presence", 2),
        ("ways", "training", None),
        ("necessary", "western_presence", "ceasefire"),
        ("least_effort", "western_presence", 11),
        ("likeliest_percent", "western_presence", 18.0),
        ("units_missing", "air_watch", 2),
        ("lines_lacking", "air_watch", "orbit"),
    ],
)
def test_values(criterion, task, expected):
    assert value(small_run(), criterion, task) == expected


def test_vetoes_are_of_complete_families_only():
    run = small_run()
    complete = with_record(
        run, "western_presence", unlocking=Family(complete=True, sets=(("sejm",),))
    )
    assert value(complete, "vetoes", "western_presence") == "POL"
    cut_off = with_record(run, "western_presence", unlocking=Family(sets=(("sejm",),)))
    assert value(cut_off, "vetoes", "western_presence") is None
    assert value(cut_off, "ways_complete", "western_presence") == "no"


def test_nations_in_every_package_are_of_complete_families_only():
    def packages(*sets, complete):
        made = tuple(Package(nations=s, allocation=(), released=()) for s in sets)
        return Packages(complete=complete, sets=made)

    def found(*sets, complete=True):
        run = with_record(small_run(), "reserve", packages=packages(*sets, complete=complete))
        return value(run, "in_every_package", "reserve")

    assert found(("DEU", "FRA"), ("DEU", "POL")) == "DEU"
    assert found(("DEU",), ("POL",)) == "none"
    assert found(("DEU",), complete=False) is None


def test_wide_has_the_same_values_and_leaves_out_what_says_nothing():
    run = small_run()
    wide = decision_wide(run)
    assert wide.header == ("criterion", "unit", *(r.task for r in run.result.tasks))
    shown = {row[0]: row for row in wide.rows}
    for name, criterion in CRITERIA.items():
        values = tuple(value(run, name, record.task) for record in run.result.tasks)
        if name == "necessary":
            values = tuple("“A ceasefire holds”" if v == "ceasefire" else v for v in values)
        if any(v is not None for v in values):
            assert shown[criterion.meaning] == (criterion.meaning, criterion.unit, *values)
        else:
            assert criterion.meaning not in shown


def test_without_a_plan_nothing_is_said_of_it():
    run = asked("blockers", "western_presence")
    for criterion in ("joint_plan", "nations", "people", "target_percent"):
        assert value(run, criterion, "western_presence") is None
