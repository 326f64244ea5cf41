"""W6: a plan of one's own."""

from __future__ import annotations

from allocator.inputs.messages.message import Message, error

GIVEN: dict[str, Message] = {
    "W601": error(
        "there is no {found}, expected {expected}",
        "name a file, a sheet as FILE.xlsx#SHEET, or a run's folder",
        "{what}: a CSV file, a sheet, or a run's folder with its {table}",
    ),
    "W602": error(
        "{found} names no sheet with {what}, expected {expected}",
        "name the sheet as FILE.xlsx#SHEET",
        "one of {sheets}",
    ),
    "W603": error(
        "the columns period and periods are both there (found {found}), expected {expected}",
        "remove one of them",
        "one of the two",
    ),
    "W604": error(
        "{found} is no line of {task}, expected {expected}",
        "correct the name, or leave it out where one line takes the capability",
    ),
    "W605": error(
        "{found} goes into no such line, expected {expected}",
        "correct the capability or the line",
    ),
    "W606": error(
        "the line is left out (found {found}), expected {expected}",
        "name the line: more than one line of {task} takes {capability}",
    ),
    "W607": error(
        "{found} lies outside the window of {task}, expected {expected}",
        "correct the periods, or the task's window in the model",
    ),
    "W608": error(
        "the kind is {found}, another row of the same cell (the first: {first}) says {expected}",
        "rows of one cell add up only where they are of one kind; correct one of them",
    ),
    "W609": error(
        "{found} lies outside the horizon of the model, expected {expected}",
        "correct the periods of the release",
    ),
}
