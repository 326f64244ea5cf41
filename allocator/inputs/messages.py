"""The text of every message, each under its stable code.

W1 files, W2 cells and values, W3 what the parts of a model say to each other, W4 names that
refer to something, W5 warnings. A message names both values; the hint says what to do next.
"""

from __future__ import annotations

from dataclasses import dataclass

from allocator.inputs.issues import Issue, Place, Severity


@dataclass(frozen=True, slots=True)
class Message:
    """Templates for `str.format`; `found` and `expected` are always given."""

    severity: Severity
    text: str
    hint: str = ""
    expected: str = ""


def _error(text: str, hint: str = "", expected: str = "") -> Message:
    return Message("error", text, hint, expected)


def _warning(text: str, hint: str = "", expected: str = "") -> Message:
    return Message("warning", text, hint, expected)


_FITS = "{found}, expected {expected}"

MESSAGES: dict[str, Message] = {
    "W101": _error(
        "there is no {found}, expected {expected}",
        "name the workspace, or make one with 'allocator init DIR'",
        "a folder with inputs/ and models/",
    ),
    "W102": _error(
        "is {found}, expected {expected}",
        "open it in a spreadsheet program and save it as an Excel workbook (.xlsx)",
        "an .xlsx workbook",
    ),
    "W103": _error(
        "{found} is a file, expected {expected}",
        "name the folder that holds inputs/ and models/, or the workbook",
        "a folder with inputs/ and models/, or an .xlsx workbook",
    ),
    "W104": _error(
        "the folder is missing, expected {expected}",
        "add it, or start from 'allocator init DIR'",
    ),
    "W105": _error(
        "the table is missing, expected {expected}",
        "add the file; workspaces need nations, capabilities and availability",
        "a CSV file with a header",
    ),
    "W106": _error(
        "cannot be read ({found}), expected {expected}",
        "check its permissions, and that no other program holds it",
        "a readable file",
    ),
    "W107": _error("has {found} bytes, expected {expected}", "split it, or remove what it is not"),
    "W108": _error(
        "is {found} text, expected {expected}", "save it as 'CSV UTF-8' or plain UTF-8", "UTF-8"
    ),
    "W109": _error(
        "byte {position} is {found}, which is no UTF-8; expected {expected}",
        "save it as 'CSV UTF-8' or plain UTF-8",
        "UTF-8",
    ),
    "W110": _error(
        "holds a NUL character, expected {expected}", "save the file again as text", "text"
    ),
    "W111": _error(
        "is empty, expected {expected}", "add the header row: {columns}", "a header row"
    ),
    "W112": _error(
        "is separated by {found}, expected {expected}",
        "save it with commas between the cells",
        "commas",
    ),
    "W113": _error(
        "the quoting of the record that starts here is broken ({found}), expected {expected}",
        'close every quote; a quote inside quotes is written twice ("")',
        "cells in matching quotes",
    ),
    "W114": _error(
        "a cell of the record that starts here is too long, expected {expected}",
        "shorten it, or close a quote that was left open",
        "at most 131,072 characters",
    ),
    "W115": _error(
        "column {position} of the header is blank, expected {expected}",
        "name the column, or remove it",
        "a column name",
    ),
    "W128": _error(
        "holds {found}, expected {expected}",
        "remove the lines above the header, which stands in line {header}",
        "the header, with the names of the columns",
    ),
    "W129": _error(
        "has more than {found}, expected {expected}",
        "remove what is not needed, or split the workspace",
    ),
    "W116": _error(
        "the column {found} is there twice, expected {expected}", "remove one of them", "once"
    ),
    "W117": _error(
        "{found} is no column of {table}, expected one of {expected}", "rename or remove"
    ),
    "W118": _error(
        "the column {expected} is missing; found {found}", "add the column with a value in each row"
    ),
    "W119": _error(
        "the row has {found} cells, expected {expected}",
        "put quotes around cells that hold a comma, or remove the cells at the end",
    ),
    "W120": _error("the table has no row, expected {expected}", "add a row", "at least one row"),
    "W121": _error(
        "there is no operation model, expected {expected}",
        "add a file, or copy one from 'allocator init DIR'",
        "models/NAME.yaml",
    ),
    "W122": _error(
        "is protected by a password, expected {expected}",
        "remove the password, and save it again",
        "a workbook that opens without one",
    ),
    "W123": _error(
        "is damaged ({found}), expected {expected}",
        "open it in a spreadsheet program and save it again, or take an earlier copy",
        "a workbook that can be read",
    ),
    "W124": _error(
        "holds {found}, expected {expected}",
        "delete rows and columns that are formatted but empty, and sheets that are no tables",
        "no more than a workspace needs",
    ),
    "W125": _error(
        "the sheet is missing, expected {expected}",
        "add it; 'allocator convert' writes a workbook with all sheets",
        "a sheet with a header",
    ),
    "W126": _error(
        "the cells {found} are merged, expected {expected}",
        "unmerge them, and fill in every row",
        "a value in a cell of its own",
    ),
    "W127": _error(
        "{found} stands in a column without a header, expected {expected}",
        "name the column, or move what stands there to a sheet of its own",
        "a header above it in row {header}",
    ),
    "W130": _error(
        "is not wholly written ({found} was stopped within it), expected {expected}",
        "run the same 'allocator convert' or 'allocator init' again: it completes what was begun",
        "inputs/ and models/",
    ),
    "W131": _error("is no YAML: {found}; expected {expected}", "correct the line"),
    "W132": _error(
        "uses the anchor or alias {found}, expected {expected}",
        "write the value out where it is needed",
        "plain values",
    ),
    "W133": _error(
        "uses the tag {found}, expected {expected}", "remove the tag", "values without a tag"
    ),
    "W134": _error("the key {found} is there twice, expected {expected}", "remove one", "once"),
    "W135": _error(
        "a second document starts here, expected {expected}",
        "put each model in a file of its own",
        "one document",
    ),
    "W136": _error(
        "holds {found}, expected {expected}",
        "start the file with 'name: …'",
        "a mapping with name and tasks",
    ),
    "W137": _error(
        "is nested more than {expected} levels deep", "write it flatter, as in the reference case"
    ),
    "W138": _error("there is a tab here, expected {expected}", "replace the tab", "spaces"),
    "W139": _error("a key is {found}, expected {expected}", "write the key as one word", "text"),
    "W201": _error("a value is missing (found {found}), expected {expected}", "fill it in"),
    "W202": _error("{found} is no key here, expected one of {expected}", "rename or remove it"),
    "W203": _error(
        "{found} is no id, expected {expected}", "rename it here and wherever it is named"
    ),
    "W204": _error(
        "{found} is a word of the condition language, expected {expected}", "choose another id"
    ),
    "W205": _error("{found} is no whole number, expected {expected}", "write digits only"),
    "W206": _error("{found} is out of range, expected {expected}", "correct the figure"),
    "W207": _error("{found} is no share, expected {expected}", "write it like 0.25"),
    "W208": _error("{found} is none of the choices, expected {expected}", "choose one of them"),
    "W209": _error("{found} names no periods, expected {expected}", "correct the entry {entry}"),
    "W210": _error(
        "{found} is no condition: {problem} at character {character}, {expected}",
        "correct the condition",
    ),
    "W211": _error("found {found}, expected {expected}", "fill it in, or remove what is empty"),
    "W212": _error("found {found}, expected {expected}", "write one value"),
    "W213": _error("found {found}, expected {expected}", "see the example in the reference case"),
    "W214": _error("{found} cannot be a name, expected {expected}", "rename it"),
    "W215": _error(
        "{found} is a date, expected {expected}",
        "format the cell as text or as a number, then write the value again",
    ),
    "W216": _error(
        "{found} is what a formula gives, expected {expected}",
        "correct the formula, or write the value",
    ),
    "W217": _error(
        "holds a formula whose value was not kept, expected {expected}",
        "open the workbook in a spreadsheet program and save it, or write the value",
    ),
    "W218": _error(
        "{found} gives no weights, expected {expected}",
        "write what one unit of each capability counts for",
        "entries such as 'mech_battalion: 1; light_battalion: 2', each capability once",
    ),
    "W219": _error(
        "has {problem}, expected {expected}",
        "shorten it; docs/tables.md has the limits, within which every format can keep it",
    ),
    "W301": _error(
        "any_of and capability ({found}) are both there, expected {expected}", "remove one of them"
    ),
    "W302": _error(
        "it is not said what fills the line, expected {expected}", "add what is missing"
    ),
    "W303": _error("it is not said how much is needed, expected {expected}", "add one of them"),
    "W304": _error("the target is {found}, expected {expected}", "raise it, or lower the minimum"),
    "W305": _error("the lead is empty, expected {expected}", "fill it in, or remove 'lead'"),
    "W306": _error("any_of and all_of are both there, expected {expected}", "remove one of them"),
    "W307": _error("max_nations is {found}, expected {expected}", "raise it, or lower min_nations"),
    "W308": _error("{found} is there more than once, expected {expected}", "remove one of them"),
    "W309": _error(
        "the window {found} goes beyond the horizon, expected {expected}",
        "shorten the window, or lengthen horizon.periods",
    ),
    "W310": _error(
        "there is a second model named {found} (the first: {first}), expected {expected}",
        "rename one of them",
        "each name once",
    ),
    "W311": _error(
        "{found} is marked as default too (the first: {first}), expected {expected}",
        "leave 'default: true' in one model",
        "at most one default",
    ),
    "W312": _error(
        "months_per_period is {found}, expected {expected} as in {first}",
        "the tables are shared, so all models need periods of the same length",
    ),
    "W401": _error(
        "{found} is unknown, expected {expected}", "correct the name, or add it to {where}"
    ),
    "W402": _error(
        "the id {found} is there already (the first: {first}), expected {expected}",
        "rename or remove one of them",
        "each id once",
    ),
    "W403": _error(
        "the condition names {found}, expected {expected}", "correct the name, or add it to {where}"
    ),
    "W404": _error(
        "a release cannot depend on {found}, expected {expected}",
        "name preconditions only",
        "preconditions, always or never",
    ),
    "W405": _error(
        "{found} implies itself, expected {expected}", "remove it from 'implies'", "others only"
    ),
    "W501": _warning(
        "the model's name is {found}, the file's is {expected}", "rename one; the model's counts"
    ),
    "W502": _warning("is not read, expected {expected}", "rename it, or move it elsewhere"),
    "W503": _warning("a quantity of {found} has no effect, expected {expected}", "", "1 or more"),
    "W504": _warning(
        "the nation {found} has no units, expected {expected}",
        "add its availability, or remove it",
        "a row in {availability}",
    ),
    "W505": _warning(
        "no model asks for the capability {found}, expected {expected}",
        "remove it, or check the ids in the models",
        "a requirement line that names it",
    ),
    "W506": _warning(
        "nothing depends on the precondition {found}, expected {expected}",
        "remove it, or name it in a condition",
        "a condition that names it or what it implies",
    ),
    "W507": _warning(
        "the caveat {found} limits nothing, expected {expected}",
        "check its scope, or remove it",
        "a task of a model, with units of {nation}, in its scope",
    ),
    "W508": _warning(
        "the caveat {found} is always lifted, expected {expected}",
        "remove it, or correct the condition",
        "a condition that can fail",
    ),
    "W509": _warning(
        "no {what} is called {found}, expected {expected}", "correct the name, or leave it"
    ),
    "W510": _warning(
        "{nation} has no {found} to commit, expected {expected}",
        "add its availability, or remove the commitment",
        "a row in {availability}",
    ),
    "W511": _warning(
        "{nation} is overcommitted in {capability}: in period {period} commitments and the "
        "recovery after them bind {found} units, {expected} are held",
        "correct the figures, or expect releases to make up the difference first",
    ),
    "W512": _warning(
        "{nation} is overcommitted in {capability}: to hold its rotating commitments without a "
        "surge in period {period} takes {found} units, {expected} are held",
        "correct the figures, or expect releases to make up the difference first",
    ),
    "W513": _warning(
        "{found} holds already, expected {expected}", "remove the row", "what is not met yet"
    ),
    "W514": _warning(
        "period {found} is after every horizon, expected {expected}", "correct it, or leave it"
    ),
    "W515": _warning(
        "{found} is in this world already (the first: {first}); expected {expected}",
        "remove one; the earlier period counts",
        "each precondition once",
    ),
    "W516": _warning(
        "a target ({found}) on a scaled line has no effect, expected {expected}",
        "remove it, or raise the minimum",
        "one_per without target",
    ),
    "W517": _warning(
        "'of' without one_per has no effect, expected {expected}",
        "add one_per, or remove 'of'",
        "both or neither",
    ),
    "W518": _warning(
        "{found} goes beyond every horizon, expected {expected}",
        "what lies beyond is ignored; correct it, or leave it",
    ),
    "W519": _warning(
        "no line of the task takes {found}, so that no nation can lead it; expected {expected}",
        "add a line, or correct 'provides'",
    ),
    "W520": _warning(
        "min_share {found} is more than max_share, so that no nation can lead; expected {expected}",
        "lower min_share, or raise max_share",
    ),
    "W521": _warning("has no task, expected {expected}", "add tasks", "at least one task"),
    "W522": _warning(
        "the sheet is hidden, and is read; expected {expected}",
        "show it, or remove it",
        "a sheet that everybody sees",
    ),
    "W525": _warning(
        "rows are hidden, and are read: {found}; expected {expected}",
        "show them and take off filters, or remove them",
        "rows that everybody sees",
    ),
    "W526": _warning(
        "the column {found} is hidden, and is read; expected {expected}",
        "show it, or remove it",
        "a column that everybody sees",
    ),
    "W527": _warning(
        "the first line, {found}, is read as what separates the cells; expected {expected}",
        "remove the line, or leave it",
        "a header in the first line",
    ),
    "W528": _warning(
        "at_least asks for {found}; expected {expected}",
        "as it stands it holds never, or always where it asks for 0; correct the number",
    ),
    "W523": _warning(
        "holds macros, which are neither run nor kept; expected {expected}",
        "save it as .xlsx",
        "a workbook without macros",
    ),
    "W524": _warning(
        "a date is read as the text {found}, expected {expected}",
        "format the cell as text if it should read otherwise",
        "text",
    ),
}


def issue(
    code: str, place: Place, found: str = "", expected: str = "", near: str = "", **values: object
) -> Issue:
    """The issue with this code. `near` is the name that was probably meant, where one is near."""
    message = MESSAGES[code]
    expected = expected or message.expected.format(found=found, **values)
    values |= {"found": found, "expected": expected}
    hint = message.hint.format(**values)
    if near:
        hint = f"did you mean '{near}'? Otherwise {hint}" if hint else f"did you mean '{near}'?"
    text = message.text.format(**values)
    return Issue(code, message.severity, place, text, found, expected, hint)
