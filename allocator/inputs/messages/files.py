"""W1: files, sheets and what they are written in."""

from __future__ import annotations

from allocator.inputs.messages.message import Message, error

FILES: dict[str, Message] = {
    "W101": error(
        "there is no {found}, expected {expected}",
        "name the workspace, or make one with 'allocator init DIR'",
        "a folder with inputs/ and models/",
    ),
    "W102": error(
        "is {found}, expected {expected}",
        "open it in a spreadsheet program and save it as an Excel workbook (.xlsx)",
        "an .xlsx workbook",
    ),
    "W103": error(
        "{found} is a file, expected {expected}",
        "name the folder that holds inputs/ and models/, or the workbook",
        "a folder with inputs/ and models/, or an .xlsx workbook",
    ),
    "W104": error(
        "the folder is missing, expected {expected}",
        "add it, name the workspace with -w, or start from 'allocator init DIR'",
    ),
    "W105": error(
        "the table is missing, expected {expected}",
        "add the file; workspaces need nations, capabilities and availability",
        "a CSV file with a header",
    ),
    "W106": error(
        "cannot be read ({found}), expected {expected}",
        "check its permissions, and that no other program holds it",
        "a readable file",
    ),
    "W107": error("has {found} bytes, expected {expected}", "split it, or remove what it is not"),
    "W108": error(
        "is {found} text, expected {expected}", "save it as 'CSV UTF-8' or plain UTF-8", "UTF-8"
    ),
    "W109": error(
        "byte {position} is {found}, which is no UTF-8; expected {expected}",
        "save it as 'CSV UTF-8' or plain UTF-8",
        "UTF-8",
    ),
    "W110": error(
        "holds a NUL character, expected {expected}", "save the file again as text", "text"
    ),
    "W111": error("is empty, expected {expected}", "add the header row: {columns}", "a header row"),
    "W112": error(
        "is separated by {found}, expected {expected}",
        "save it with commas between the cells",
        "commas",
    ),
    "W113": error(
        "the quoting of the record that starts here is broken ({found}), expected {expected}",
        'close every quote; a quote inside quotes is written twice ("")',
        "cells in matching quotes",
    ),
    "W114": error(
        "a cell of the record that starts here is too long, expected {expected}",
        "shorten it, or close a quote that was left open",
        "at most 131,072 characters",
    ),
    "W115": error(
        "column {position} of the header is blank, expected {expected}",
        "name the column, or remove it",
        "a column name",
    ),
    "W128": error(
        "holds {found}, expected {expected}",
        "remove the lines above the header, which stands in line {header}",
        "the header, with the names of the columns",
    ),
    "W129": error(
        "has more than {found}, expected {expected}",
        "remove what is not needed, or split the workspace",
    ),
    "W116": error(
        "the column {found} is there twice, expected {expected}", "remove one of them", "once"
    ),
    "W117": error(
        "{found} is no column of {table}, expected one of {expected}", "rename or remove"
    ),
    "W118": error(
        "the column {expected} is missing; found {found}", "add the column with a value in each row"
    ),
    "W119": error(
        "the row has {found} cells, expected {expected}",
        "put quotes around cells that hold a comma, or remove the cells at the end",
    ),
    "W120": error("the table has no row, expected {expected}", "add a row", "at least one row"),
    "W121": error(
        "there is no operation model, expected {expected}",
        "add a file, or copy one from 'allocator init DIR'",
        "models/NAME.yaml",
    ),
    "W122": error(
        "is protected by a password, expected {expected}",
        "remove the password, and save it again",
        "a workbook that opens without one",
    ),
    "W123": error(
        "is damaged ({found}), expected {expected}",
        "open it in a spreadsheet program and save it again, or take an earlier copy",
        "a workbook that can be read",
    ),
    "W124": error(
        "holds {found}, expected {expected}",
        "delete rows and columns that are formatted but empty, and sheets that are no tables",
        "no more than a workspace needs",
    ),
    "W125": error(
        "the sheet is missing, expected {expected}",
        "add it; 'allocator convert' writes a workbook with all sheets",
        "a sheet with a header",
    ),
    "W126": error(
        "the cells {found} are merged, expected {expected}",
        "unmerge them, and fill in every row",
        "a value in a cell of its own",
    ),
    "W127": error(
        "{found} stands in a column without a header, expected {expected}",
        "name the column, or move what stands there to a sheet of its own",
        "a header above it in row {header}",
    ),
    "W130": error(
        "is not wholly written ({found} was stopped within it), expected {expected}",
        "run the same 'allocator convert' or 'allocator init' again: it completes what was begun",
        "inputs/ and models/",
    ),
    "W131": error("is no YAML: {found}; expected {expected}", "correct the line"),
    "W132": error(
        "uses the anchor or alias {found}, expected {expected}",
        "write the value out where it is needed",
        "plain values",
    ),
    "W133": error(
        "uses the tag {found}, expected {expected}", "remove the tag", "values without a tag"
    ),
    "W134": error("the key {found} is there twice, expected {expected}", "remove one", "once"),
    "W135": error(
        "a second document starts here, expected {expected}",
        "put each model in a file of its own",
        "one document",
    ),
    "W136": error(
        "holds {found}, expected {expected}",
        "start the file with 'name: …'",
        "a mapping with name and tasks",
    ),
    "W137": error(
        "is nested more than {expected} levels deep", "write it flatter, as in the reference case"
    ),
    "W138": error("there is a tab here, expected {expected}", "replace the tab", "spaces"),
    "W139": error("a key is {found}, expected {expected}", "write the key as one word", "text"),
}
