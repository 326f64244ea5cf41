"""Each kind of cell: what it takes, what it refuses, and as what."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from allocator.inputs.conditions import Always, Precondition
from allocator.inputs.schema import Periods
from allocator.inputs.schema import types as kinds

ALL = Periods.parse("")


def _read(kind: Any, cell: Any) -> Any:
    return TypeAdapter(kind).validate_python(cell)


def _misfit(kind: Any, cell: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        _read(kind, cell)
    return str(caught.value.errors()[0]["type"])


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (kinds.Id, " FRA ", "FRA"),
        (kinds.Id, "NO", "NO"),
        (kinds.Id, "order_1", "order_1"),
        (kinds.Name, "20k cease-fire.v2", "20k cease-fire.v2"),
        (kinds.Text, 7, "7"),
        (kinds.Text, " =1+1\n", "=1+1"),
        (kinds.Whole, "0", 0),
        (kinds.Whole, "0012", 12),
        (kinds.Whole, 10_000_000, 10_000_000),
        (kinds.Effort, "10", 10),
        (kinds.Share, "0.25", 0.25),
        (kinds.Share, ".5", 0.5),
        (kinds.Share, "5e-1", 0.5),
        (kinds.Share, 1, 1.0),
        (kinds.YesNo, " yes", True),
        (kinds.YesNo, False, False),
        (kinds.TrueFalse, "true", True),
        (kinds.Condition, "", Always()),
        (kinds.Condition, "ceasefire", Precondition("ceasefire")),
        (kinds.Condition, Always(), Always()),
        (kinds.Periods, 2, Periods.parse("2")),
        (kinds.Periods, [1, "3-"], Periods.parse("1;3-")),
        (kinds.Periods, ALL, ALL),
        (kinds.Ids, "FRA; GBR", ("FRA", "GBR")),
        (kinds.Ids, ["FRA"], ("FRA",)),
        (kinds.Words, "Ukraine (west);sea", ("Ukraine (west)", "sea")),
    ],
)
def test_what_fits(kind: Any, cell: Any, value: Any) -> None:
    assert _read(kind, cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "misfit"),
    [
        (kinds.Id, "1st", "id"),
        (kinds.Id, "a-b", "id"),
        (kinds.Id, "_a", "id"),
        (kinds.Id, "É", "id"),
        (kinds.Id, "a\nb", "id"),
        (kinds.Id, "At_Least", "reserved"),
        (kinds.Id, True, "text"),
        (kinds.Name, "a/b", "name"),
        (kinds.Name, "..", "name"),
        (kinds.Name, "-w", "name"),
        (kinds.Text, ["a"], "text"),
        (kinds.Text, "a\0b", "text"),
        (kinds.Whole, "1 000", "whole"),
        (kinds.Whole, "1_000", "whole"),
        (kinds.Whole, "0x10", "whole"),
        (kinds.Whole, "", "whole"),
        (kinds.Whole, 1.5, "whole"),
        (kinds.Whole, float("nan"), "whole"),
        (kinds.Whole, float("inf"), "whole"),
        (kinds.Whole, True, "whole"),
        (kinds.Whole, -1, "bounds"),
        (kinds.Whole, "10000001", "bounds"),
        (kinds.Positive, "0", "bounds"),
        (kinds.Effort, "11", "bounds"),
        (kinds.Share, "25%", "share"),
        (kinds.Share, "0,5", "share"),
        (kinds.Share, "-0.1", "share"),
        (kinds.Share, 1.01, "share"),
        (kinds.Share, True, "share"),
        (kinds.Share, "nan", "share"),
        (kinds.YesNo, "Yes", "choice"),
        (kinds.YesNo, "true", "choice"),
        (kinds.TrueFalse, "yes", "choice"),
        (kinds.Condition, "not x", "condition"),
        (kinds.Condition, ["x"], "text"),
        (kinds.Periods, "1,3", "periods"),
        (kinds.Ids, "", "empty"),
        (kinds.Ids, ";", "empty"),
        (kinds.Ids, "a;;b", "empty"),
        (kinds.Ids, [], "empty"),
        (kinds.Ids, ["a", None], "empty"),
        (kinds.Ids, {"a": 1}, "list"),
        (kinds.GivenIds, None, "empty"),
    ],
)
def test_what_does_not_fit(kind: Any, cell: Any, misfit: str) -> None:
    assert _misfit(kind, cell) == misfit


@given(st.integers(0, 10_000_000))
def test_whole_numbers_survive_as_text(number: int) -> None:
    assert _read(kinds.Whole, str(number)) == _read(kinds.Whole, number) == number


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.binary(), st.booleans()))
def test_any_cell_fits_or_is_refused(cell: Any) -> None:
    kinds_seen = set()
    for kind in (kinds.Id, kinds.Whole, kinds.Share, kinds.Periods, kinds.Condition, kinds.Ids):
        try:
            _read(kind, cell)
        except ValidationError as error:
            kinds_seen.add(error.errors()[0]["type"])
    known = {"id", "reserved", "text", "whole", "bounds", "share", "periods", "condition"}
    assert kinds_seen <= known | {"empty", "list"}
