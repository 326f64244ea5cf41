"""A column of a table on a sheet: what it means, how it looks, what may be chosen in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["text", "long_text", "mixed", "whole", "number", "share", "percent"]

NUMBER_FORMATS: dict[Kind, str] = {
    # Text, or a spreadsheet would make a date of the periods 1-4 and a number of the id 1E5.
    "text": "@",
    "long_text": "@",
    "mixed": "General",
    "whole": "#,##0",
    "number": "#,##0.###",
    "share": "0.0##",
    "percent": "0.0%",
}
"""`long_text` is wrapped, `mixed` holds text and figures; `share` shows 0.25 as it is,
`percent` as 25.0%."""


@dataclass(frozen=True, slots=True)
class ListedIn:
    """Choices that stand in a column of a table of this workbook, wherever that ends."""

    table: str
    header: str


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """`meaning` becomes a comment on the header. `choices` become a drop-down.

    A value that is none of fixed choices is refused by the spreadsheet program; one that is not
    listed in another table is questioned, and so is one that an `open` list does not have. With
    `several`, cells hold several of them with `;` between, so the drop-down only helps. `width` in
    characters, by default that of the contents.
    """

    header: str
    meaning: str = ""
    kind: Kind = "text"
    choices: tuple[str, ...] | ListedIn = ()
    several: bool = False
    open: bool = False
    width: float | None = None
