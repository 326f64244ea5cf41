"""Faults that only workbooks have: code, edit, and the place where the issue is expected."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from workbook_files import BookEdit

WorkbookCase = tuple[str, BookEdit, str]
DAY = datetime(2026, 4, 1)


def put(sheet: str, **cells: Any) -> BookEdit:
    """Writes values into cells of a sheet, such as C3=5."""

    def edit(book: Any) -> None:
        for cell, value in cells.items():
            book[sheet][cell] = value

    return edit


def drop(sheet: str) -> BookEdit:
    """Removes a sheet."""
    return lambda book: book.remove(book[sheet])


def merge(sheet: str, cells: str) -> BookEdit:
    return lambda book: book[sheet].merge_cells(cells)


def hide(sheet: str, how: str = "hidden") -> BookEdit:
    return lambda book: setattr(book[sheet], "sheet_state", how)


def row_look(sheet: str, row: int, **looks: Any) -> BookEdit:
    return lambda book: [setattr(book[sheet].row_dimensions[row], *one) for one in looks.items()]


def column_look(sheet: str, letter: str, **looks: Any) -> BookEdit:
    columns = "column_dimensions"
    return lambda book: [
        setattr(getattr(book[sheet], columns)[letter], *one) for one in looks.items()
    ]


def empty(sheet: str, keep: int = 0) -> BookEdit:
    """Deletes the rows of a sheet after the first few."""
    return lambda book: book[sheet].delete_rows(keep + 1, 100)


def error(sheet: str, cell: str, text: str) -> BookEdit:
    def edit(book: Any) -> None:
        book[sheet][cell] = text
        book[sheet][cell].data_type = "e"

    return edit


def title(sheet: str) -> BookEdit:
    """A title above the header, and a blank row between."""

    def edit(book: Any) -> None:
        book[sheet].insert_rows(1, 2)
        book[sheet]["A1"] = "As of spring"

    return edit


WORKBOOKS: list[WorkbookCase] = [
    ("W111", empty("nations"), "nations"),
    ("W111", put("nations", **{f"{c}{r}": " " for c in "ABC" for r in (1, 2, 3)}), "nations"),
    ("W116", put("nations", C1="name"), "nations!B1 name"),
    ("W116", put("nations", C1="nation"), "nations!A1 nation"),
    ("W117", put("nations", C1="Active-Personel"), "nations!C1 Active-Personel"),
    ("W117", put("nations", C1=2026), "nations!C1 2026"),
    ("W117", put("tasks", C1="titel"), "tasks!C1 titel"),
    ("W118", put("nations", B1="note"), "nations!A1 name"),
    ("W118", put("lines", B1="note", K1=None), "lines!A1 task"),
    ("W120", empty("nations", 1), "nations"),
    ("W121", lambda book: [empty(s, 1)(book) for s in ("models", "tasks", "lines")], "tasks"),
    ("W121", lambda book: [drop(s)(book) for s in ("models", "tasks", "lines")], "tasks"),
    ("W125", drop("nations"), "nations"),
    ("W125", drop("lines"), "lines"),
    ("W125", drop("tasks"), "tasks"),
    ("W126", merge("availability", "A2:A3"), "availability!A2"),
    ("W126", merge("availability", "A1:B1"), "availability!A1"),
    ("W127", put("availability", H3="more"), "availability!H3"),
    ("W201", put("availability", C2=None), "availability!C2 quantity"),
    ("W201", put("models", A2=None), "models!A2 model"),
    ("W201", put("tasks", B2=None), "tasks!B2 task"),
    ("W201", put("tasks", A2=None), "tasks!A2 model"),
    ("W201", put("lines", B2=None), "lines!B2 task"),
    ("W205", put("availability", C2="1 200"), "availability!C2 quantity"),
    ("W205", put("availability", C2=2.5), "availability!C2 quantity"),
    ("W205", put("availability", C2=True), "availability!C2 quantity"),
    ("W205", put("lines", F2="six"), "lines!F2 minimum"),
    ("W205", put("lines", E2="mech: one"), "lines!E2 any_of"),
    ("W207", put("tasks", O2=1.5), "tasks!O2 lead_min_share"),
    ("W208", put("models", C2="maybe"), "models!C2 default"),
    ("W208", put("models", F2="econmy"), "models!F2 objectives"),
    ("W209", put("availability", D2="4-1"), "availability!D2 periods"),
    ("W210", put("tasks", G2="not ceasefire"), "tasks!G2 requires"),
    ("W212", put("nations", B2=True), "nations!B2 name"),
    ("W215", put("availability", C2=DAY), "availability!C2 quantity"),
    ("W215", put("availability", D2=DAY), "availability!D2 periods"),
    ("W215", put("availability", C2=time(3)), "availability!C2 quantity"),
    ("W215", put("caveats", G2=DAY), "caveats!G2 requires"),
    ("W216", error("availability", "C2", "#REF!"), "availability!C2 quantity"),
    ("W216", error("nations", "B2", "#N/A"), "nations!B2 name"),
    ("W217", put("availability", C2="=1+1"), "availability!C2 quantity"),
    ("W217", put("tasks", O2="=0.1+0.1"), "tasks!O2 lead_min_share"),
    ("W218", put("lines", E2="mech 1"), "lines!E2 any_of"),
    ("W218", put("lines", E2="mech: 1; mech: 2"), "lines!E2 any_of"),
    ("W218", put("lines", E2="mech: 1;"), "lines!E2 any_of"),
    ("W302", put("lines", E2=None, C2=None), "lines!A2"),
    ("W307", put("tasks", I2=3, J2=2), "tasks!J2 max_nations"),
    ("W128", title("availability"), "availability!A1"),
    ("W128", title("lines"), "lines!A1"),
    ("W310", put("models", A3="small"), "models!A3 model"),
    ("W401", put("availability", A2="FRB"), "availability!A2 nation"),
    ("W401", put("tasks", A2="smal"), "tasks!A2 model"),
    ("W401", put("lines", B2="wset"), "lines!B2 task"),
    ("W401", put("lines", A2="smal"), "lines!A2 model"),
    ("W402", put("nations", A3="FRA"), "nations!A3 nation"),
    ("W402", put("tasks", A3="small", B3="west"), "tasks!B3 task"),
    ("W402", put("lines", C3="manoeuvre"), "lines!C3 line"),
    ("W502", lambda book: book.create_sheet("Nation"), "Nation"),
    ("W504", put("nations", A4="POL", B4="Poland"), "nations!A4 nation"),
    ("W521", put("models", A3="other"), "models!A3 tasks"),
    ("W522", hide("caveats"), "caveats"),
    ("W522", hide("models", "veryHidden"), "models"),
    ("W525", row_look("availability", 3, hidden=True), "availability!A3"),
    ("W525", row_look("availability", 3, height=0.1), "availability!A3"),
    ("W525", row_look("availability", 3, outlineLevel=1, hidden=True), "availability!A3"),
    ("W526", column_look("availability", "C", hidden=True), "availability!C1"),
    ("W526", column_look("availability", "C", width=0.1), "availability!C1"),
    ("W524", put("nations", B2=DAY), "nations!B2 name"),
]
"""Of each, at least one; the messages of tables and models are the same as for files."""

COMPANIONS = {
    "W126": {"W118", "W127"},  # where the header is merged
    "W118": {"W117"},
    "W310": {"W521"},
    "W402": {"W401", "W504"},
}
"""Issues that the edit brings along."""
