"""W5: warnings."""

from __future__ import annotations

from allocator.inputs.messages.message import Message, warning

WARNINGS: dict[str, Message] = {
    "W501": warning(
        "the model's name is {found}, the file's is {expected}", "rename one; the model's counts"
    ),
    "W502": warning("is not read, expected {expected}", "rename it, or move it elsewhere"),
    "W503": warning("a quantity of {found} has no effect, expected {expected}", "", "1 or more"),
    "W504": warning(
        "the nation {found} has no units, expected {expected}",
        "add its availability, or remove it",
        "a row in {availability}",
    ),
    "W505": warning(
        "no model asks for the capability {found}, expected {expected}",
        "remove it, or check the ids in the models",
        "a requirement line that names it",
    ),
    "W506": warning(
        "nothing depends on the precondition {found}, expected {expected}",
        "remove it, or name it in a condition",
        "a condition that names it or what it implies",
    ),
    "W507": warning(
        "the caveat {found} limits nothing, expected {expected}",
        "check its scope, or remove it",
        "a task of a model, with units of {nation}, in its scope",
    ),
    "W508": warning(
        "the caveat {found} is always lifted, expected {expected}",
        "remove it, or correct the condition",
        "a condition that can fail",
    ),
    "W509": warning(
        "no {what} is called {found}, expected {expected}", "correct the name, or leave it"
    ),
    "W510": warning(
        "{nation} has no {found} to commit, expected {expected}",
        "add its availability, or remove the commitment",
        "a row in {availability}",
    ),
    "W511": warning(
        "{nation} is overcommitted in {capability}: in period {period} commitments and the "
        "recovery after them bind {found} units, {expected} are held",
        "correct the figures, or expect releases to make up the difference first",
    ),
    "W512": warning(
        "{nation} is overcommitted in {capability}: to hold its rotating commitments without a "
        "surge in period {period} takes {found} units, {expected} are held",
        "correct the figures, or expect releases to make up the difference first",
    ),
    "W513": warning(
        "{found} holds already, expected {expected}", "remove the row", "what is not met yet"
    ),
    "W514": warning(
        "{found} is after every horizon, expected {expected}", "correct it, or leave it"
    ),
    "W515": warning(
        "{found} is in this world already (the first: {first}); expected {expected}",
        "remove one; the earlier period counts",
        "each precondition once",
    ),
    "W533": warning(
        "the same row stands at {first}; both count, {found} units each; expected {expected}",
        "remove one, or say in 'note' what tells them apart",
        "each row once",
    ),
    "W516": warning(
        "a target ({found}) on a scaled line has no effect, expected {expected}",
        "remove it, or raise the minimum",
        "one_per without target",
    ),
    "W517": warning(
        "'of' without one_per has no effect, expected {expected}",
        "add one_per, or remove 'of'",
        "both or neither",
    ),
    "W518": warning(
        "{found} goes beyond every horizon, expected {expected}",
        "what lies beyond is ignored; correct it, or leave it",
    ),
    "W519": warning(
        "no line of the task takes {found}, so that no nation can lead it; expected {expected}",
        "add a line, or correct 'provides'",
    ),
    "W520": warning(
        "min_share {found} is more than max_share, so that no nation can lead; expected {expected}",
        "lower min_share, or raise max_share",
    ),
    "W521": warning("has no task, expected {expected}", "add tasks", "at least one task"),
    "W522": warning(
        "the sheet is hidden, and is read; expected {expected}",
        "show it, or remove it",
        "a sheet that everybody sees",
    ),
    "W525": warning(
        "rows are hidden, and are read: {found}; expected {expected}",
        "show them and take off filters, or remove them",
        "rows that everybody sees",
    ),
    "W526": warning(
        "the column {found} is hidden, and is read; expected {expected}",
        "show it, or remove it",
        "a column that everybody sees",
    ),
    "W527": warning(
        "the first line, {found}, is read as what separates the cells; expected {expected}",
        "remove the line, or leave it",
        "a header in the first line",
    ),
    "W528": warning(
        "at_least asks for {found}; expected {expected}",
        "as it stands it holds never, or always where it asks for 0; correct the number",
    ),
    "W541": warning(
        "a rest has no range, and {found} has no effect; expected {expected}",
        "remove it, or write a number as the quantity",
        "a range of what it is the rest of",
    ),
    "W542": warning(
        "the word {found} is nearly one in use, expected {expected}",
        "write it alike, or leave it if another thing is meant",
    ),
    "W529": warning(
        "{found} names no period, expected {expected}",
        "correct the months, or remove the row",
    ),
    "W530": warning(
        "rotation counts periods, and a period is {found} here; expected {expected}. A unit of "
        "{capability}, rotation {rotation}, serves {found}, then recovers for {rest}",
        "correct the rotation if that is not what was meant, or leave it",
    ),
    "W531": warning(
        "{nation} has no availability of {capability} for some period, and it is taken from its "
        "offers that are valid: {found} units; expected {expected}",
        "add its availability, or leave the offer to be taken at its word",
        "a row in {availability}",
    ),
    "W532": warning(
        "the offer {found} can serve no task, expected {expected}",
        "check its tasks and periods, or remove it",
        "a task of a model that takes its capability in one of its periods",
    ),
    "W523": warning(
        "holds macros, which are neither run nor kept; expected {expected}",
        "save it as .xlsx",
        "a workbook without macros",
    ),
    "W524": warning(
        "a date is read as the text {found}, expected {expected}",
        "format the cell as text if it should read otherwise",
        "text",
    ),
}
