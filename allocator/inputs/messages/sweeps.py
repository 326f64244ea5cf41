"""W7: the file of a sweep."""

from __future__ import annotations

from allocator.inputs.messages.message import Message, error

SWEEPS: dict[str, Message] = {
    "W701": error(
        "holds {found}, expected {expected}",
        "see the example in docs/sweep.md",
        "a mapping with models, worlds, changes or draws",
    ),
    "W702": error(
        "no model is named (found {found}), and the workspace has no default; expected {expected}",
        "name models in the file, or mark one of the workspace's with 'default: true'",
    ),
    "W703": error(
        "{found} is no start of a precondition in {model}, expected {expected}", "correct the entry"
    ),
    "W704": error(
        "{found} names no one row of {table}: {problem}; expected {expected}",
        "name the row by the cells of its key, or say row: with its number from 0",
        "exactly one row",
    ),
    "W705": error(
        "the name {found} is there already, expected {expected}",
        "give each a name of its own, so that the table tells them apart",
        "each name once",
    ),
    "W706": error(
        "comes to {found} cases, expected {expected}",
        "split the sweep into several files",
    ),
}
