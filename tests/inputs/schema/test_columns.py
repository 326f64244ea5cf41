"""What may be written into each field is what the rest of the house takes it for."""

from __future__ import annotations

from allocator.inputs.checks import references
from allocator.inputs.schema import TABLES, Horizon, LeadRow, LineRow, OperationModel, TaskRow
from allocator.inputs.schema.axis import AXES
from allocator.inputs.schema.columns import columns_of
from allocator.inputs.schema.objectives import EVERY_OBJECTIVE

KINDS = (*TABLES.values(), OperationModel, Horizon, TaskRow, LeadRow, LineRow)
COLUMNS = {(kind.__name__, column.name): column for kind in KINDS for column in columns_of(kind)}


def test_every_field_is_there_with_a_meaning() -> None:
    for kind in KINDS:
        assert [column.name for column in columns_of(kind)] == [*kind.model_fields]
        required = tuple(column.name for column in columns_of(kind) if column.required)
        assert required == kind.required()
    assert all(column.meaning for column in COLUMNS.values())


def test_references_are_those_that_are_checked() -> None:
    found = {
        (table, column.name, column.refers_to)
        for table, kind in TABLES.items()
        for column in columns_of(kind)
        if column.refers_to
    }
    assert found == {*references._COLUMNS}
    models = {key: column.refers_to for key, column in COLUMNS.items() if column.refers_to}
    assert models["LineRow", "capability"] == models["LeadRow", "provides"] == "capabilities"
    assert models["LeadRow", "any_of"] == models["LeadRow", "all_of"] == "nations"
    assert models["LineRow", "of"] == "tasks"


def test_one_of_every_kind() -> None:
    kinds = {key: (column.kind, column.several) for key, column in COLUMNS.items()}
    assert kinds["NationRow", "name"] == ("text", False)
    assert kinds["NationRow", "nation"] == ("id", False)
    assert kinds["CaveatRow", "area"] == ("text", True)
    assert kinds["CaveatRow", "max_personnel"] == ("whole", False)
    assert kinds["PreconditionRow", "likelihood"] == ("share", False)
    assert kinds["CommitmentRow", "rotating"] == ("yes_no", False)
    assert kinds["CommitmentRow", "release_requires"] == ("condition", False)
    assert kinds["AvailabilityRow", "periods"] == ("periods", False)
    assert kinds["LineRow", "any_of"] == ("weights", False)
    assert kinds["TaskRow", "lead"] == kinds["OperationModel", "tasks"] == ("part", False)
    assert COLUMNS["CaveatRow", "axis"].several
    open_ = {key for key, column in COLUMNS.items() if column.open}
    assert open_ == {
        ("TaskRow", "axis"),
        ("CaveatRow", "axis"),
        ("CaveatRow", "domain"),
        ("CapabilityRow", "domain"),
        ("CommitmentRow", "to"),
        ("PreconditionRow", "kind"),
    }
    assert COLUMNS["TaskRow", "axis"].choices == COLUMNS["CaveatRow", "axis"].choices == AXES
    assert COLUMNS["CommitmentRow", "quantity"].kind == "quantity"
    assert COLUMNS["CapabilityRow", "unit"].kind == "text"
    assert COLUMNS["OperationModel", "objectives"].choices == EVERY_OBJECTIVE
