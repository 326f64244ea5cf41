"""Columns by letter, as openpyxl has them."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from allocator.inputs.spreadsheet.letters import letter_of


def test_every_column_of_a_sheet() -> None:
    assert [letter_of(n) for n in range(1, 16_385)] == [
        get_column_letter(n) for n in range(1, 16_385)
    ]
    assert letter_of(16_384) == "XFD"
