"""W2: cells and values."""

from __future__ import annotations

from allocator.inputs.messages.message import Message, error

VALUES: dict[str, Message] = {
    "W201": error("a value is missing (found {found}), expected {expected}", "fill it in"),
    "W202": error("{found} is no key here, expected one of {expected}", "rename or remove it"),
    "W203": error(
        "{found} is no id, expected {expected}", "rename it here and wherever it is named"
    ),
    "W204": error(
        "{found} is a word of the condition language, expected {expected}", "choose another id"
    ),
    "W205": error("{found} is no whole number, expected {expected}", "write digits only"),
    "W206": error("{found} is out of range, expected {expected}", "correct the figure"),
    "W207": error("{found} is no share, expected {expected}", "write it like 0.25"),
    "W208": error("{found} is none of the choices, expected {expected}", "choose one of them"),
    "W209": error("{found} names no periods, expected {expected}", "correct the entry {entry}"),
    "W210": error(
        "{found} is no condition: {problem} at character {character}, {expected}",
        "correct the condition",
    ),
    "W211": error("found {found}, expected {expected}", "fill it in, or remove what is empty"),
    "W212": error("found {found}, expected {expected}", "write one value"),
    "W213": error("found {found}, expected {expected}", "see the example in the reference case"),
    "W214": error("{found} cannot be a name, expected {expected}", "rename it"),
    "W215": error(
        "{found} is a date, expected {expected}",
        "format the cell as text or as a number, then write the value again",
    ),
    "W216": error(
        "{found} is what a formula gives, expected {expected}",
        "correct the formula, or write the value",
    ),
    "W217": error(
        "holds a formula whose value was not kept, expected {expected}",
        "open the workbook in a spreadsheet program and save it, or write the value",
    ),
    "W218": error(
        "{found} gives no weights, expected {expected}",
        "write what one unit of each capability counts for",
        "entries such as 'mech_battalion: 1; light_battalion: 2', each capability once",
    ),
    "W219": error(
        "has {problem}, expected {expected}",
        "shorten it; docs/tables.md has the limits, within which every format can keep it",
    ),
    "W221": error("{found} is no date, expected {expected}", "write it like 2026-01-31"),
    "W220": error("{found} is no month, expected {expected}", "write it like 2026-01"),
    "W230": error(
        "{what} is {found}, expected {expected}",
        "correct one of the two: what is stated lies between low and high",
    ),
}
