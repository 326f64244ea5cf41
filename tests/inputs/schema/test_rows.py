"""Row kinds: what the contract lists, described, frozen, strict."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from allocator.inputs.schema import (
    NEEDED_TABLES,
    TABLES,
    Horizon,
    LeadRow,
    LineRow,
    NationRow,
    OperationModel,
    Row,
    TaskRow,
)

COLUMNS = {
    "nations": "nation* name* kind active_personnel basis note source",
    "capabilities": "capability* name* domain* unit* personnel rotation note source",
    "availability": "nation* capability* quantity* periods low high group as_of basis* note source",
    "commitments": "commitment* nation* capability* quantity* to* purpose* rotating "
    "release_requires release_risk periods low high group as_of basis* note source",
    "preconditions": "precondition* name* kind* status* holder implies effort likelihood "
    "after lead_months basis note source",
    "caveats": "caveat* nation* task axis area domain capability periods requires* max_personnel "
    "as_of basis* note source",
    "worlds": "world* precondition* from_period note",
    "offers": "offer* nation* capability* quantity* task periods status* requires as_of "
    "valid_until low high group basis* note source",
}
PARTS = (OperationModel, Horizon, TaskRow, LineRow, LeadRow)
LINE = {"capability": "mech", "minimum": 1}


def test_the_tables_have_the_columns_of_the_contract() -> None:
    written = {
        name: " ".join(
            f"{column}*" if info.is_required() else column
            for column, info in kind.model_fields.items()
        )
        for name, kind in TABLES.items()
    }
    assert written == COLUMNS
    assert set(NEEDED_TABLES) == {"nations", "capabilities", "availability"}


@pytest.mark.parametrize("kind", [*TABLES.values(), *PARTS], ids=lambda kind: kind.__name__)
def test_every_field_is_described(kind: type[Row]) -> None:
    for name, info in kind.model_fields.items():
        assert info.description, name
        assert info.description.endswith("."), name
    assert kind.__doc__


def test_rows_are_frozen_and_take_no_unknown_field() -> None:
    row = NationRow(nation="FRA", name="France")
    with pytest.raises(ValidationError):
        row.name = "Gaul"
    with pytest.raises(ValidationError):
        NationRow.model_validate({"nation": "FRA", "name": "France", "nmae": None})


def test_a_blank_cell_means_the_default_or_that_it_is_missing() -> None:
    row = NationRow.model_validate({"nation": "FRA", "name": "France", "kind": "  "})
    assert row.kind == "nation"
    with pytest.raises(ValidationError) as caught:
        NationRow.model_validate({"nation": "FRA", "name": " "})
    assert [fault["type"] for fault in caught.value.errors()] == ["missing"]


def _kinds(kind: type[Row], data: dict[str, Any]) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(data)
    return [str(fault["type"]) for fault in caught.value.errors()]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"minimum": 1}, "line_unfilled"),
        ({"line": "a", "minimum": 1}, "line_unfilled"),
        ({"any_of": {"mech": 1}, "minimum": 1}, "line_unfilled"),
        ({"capability": "mech", "any_of": {"mech": 1}, "minimum": 1}, "line_both"),
        ({"capability": "mech"}, "line_amount"),
        ({"capability": "mech", "minimum": 2, "target": 1}, "target_below"),
        ({"capability": "mech", "one_per": 0}, "bounds"),
        ({"line": "a", "any_of": {}, "minimum": 1}, "empty"),
        ({"line": "a", "any_of": ["mech"], "minimum": 1}, "mapping"),
        ({"capability": "mech", "minimum": 1, "of": []}, "empty"),
    ],
)
def test_lines_that_are_refused(data: dict[str, Any], fault: str) -> None:
    assert _kinds(LineRow, data) == [fault]


def test_a_line_goes_by_its_capability_where_it_has_no_id() -> None:
    assert LineRow.model_validate(LINE).id == "mech"
    named = LineRow.model_validate({**LINE, "line": "front"})
    assert (named.id, named.capabilities) == ("front", ("mech",))


@pytest.mark.parametrize(
    ("lead", "fault"),
    [
        (None, "lead_empty"),
        ({}, "lead_empty"),
        ({"any_of": []}, "empty"),
        ({"all_of": None, "provides": "hq"}, "empty"),
        ({"any_of": ["FRA"], "all_of": ["GBR"]}, "lead_both"),
        ({"min_share": 2}, "share"),
    ],
)
def test_leads_that_are_refused(lead: Any, fault: str) -> None:
    assert _kinds(TaskRow, {"task": "west", "lines": [LINE], "lead": lead}) == [fault]


def test_a_lead_may_say_one_thing_only() -> None:
    for lead in ({"provides": "hq"}, {"min_share": 0.2}, {"all_of": ["FRA", "GBR"]}):
        TaskRow.model_validate({"task": "west", "lines": [LINE], "lead": lead})


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"lines": []}, "empty"),
        ({"min_nations": 2, "max_nations": 1}, "nations_range"),
        ({"priority": 0}, "bounds"),
        ({"axis": "sea;air"}, "text"),
    ],
)
def test_tasks_that_are_refused(data: dict[str, Any], fault: str) -> None:
    assert _kinds(TaskRow, {"task": "west", "lines": [LINE], **data}) == [fault]


@pytest.mark.parametrize(
    ("objectives", "fault"),
    [(["economy", "economy"], "repeated"), (["cost"], "choice"), ("", None), ([], None)],
)
def test_objectives(objectives: Any, fault: str | None) -> None:
    data = {"name": "small", "objectives": objectives}
    if fault:
        assert _kinds(OperationModel, data) == [fault]
    else:
        OperationModel.model_validate(data)


def test_a_model_survives_a_pickle_and_keeps_the_parts_it_is_given() -> None:
    line = LineRow.model_validate(LINE)
    task = TaskRow.model_validate({"task": "west", "lines": [line]})
    model = OperationModel.model_validate({"name": "small", "tasks": [task]})
    assert model.tasks[0] is task
    assert model.tasks[0].lines[0] is line
    assert pickle.loads(pickle.dumps(model)) == model
