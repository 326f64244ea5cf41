"""What a column means and how its cells are written, in words, from the schema."""

from __future__ import annotations

from allocator.inputs.schema.columns import Kind
from allocator.inputs.workbook.layout import Field, Layout

_HOW: dict[Kind, str] = {
    "id": "An id: letters, digits and _, a letter first.",
    "whole": "A whole number.",
    "start": "A whole number.",
    "quantity": "A whole number, or rest.",
    "month": "A month, such as 2026-01.",
    "date": "A date, such as 2026-01-31.",
    "share": "A number from 0 to 1.",
    "yes_no": "yes or no.",
    "condition": "A condition, such as: ceasefire and (joins(FRA) or us_backstop).",
    "weights": "Such as: mech_company: 1; tank_company: 2.",
}


def explained(field: Field, layout: Layout) -> str:
    """The comment on a header."""
    need = "Required." if field.header in layout.required else "May be blank."
    return f"{field.column.meaning}\n{how(field)} {need}".replace("\n ", "\n")


def how(field: Field) -> str:
    """How a cell of the column is written; '' for plain text."""
    column = field.column
    if column.open:
        words = f"{', '.join(column.choices)}, or another word"
        return f"{words}; several with ; between." if column.several else f"{words}."
    if column.kind == "choice":
        text = f"One of: {', '.join(column.choices)}."
        if column.several:
            text = f"Of: {', '.join(column.choices)}; several with ; between."
        return text + (" Or none." if column.name == "objectives" else "")
    if column.refers_to:
        if column.several:
            return f"Ids of the sheet {column.refers_to}, several with ; between."
        return f"An id of the sheet {column.refers_to}."
    if column.several:
        return "Several with ; between."
    return _HOW.get(column.kind, "")
