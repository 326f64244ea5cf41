"""W4: names that refer to something."""

from __future__ import annotations

from allocator.inputs.messages.message import Message, error

NAMES: dict[str, Message] = {
    "W401": error(
        "{found} is unknown, expected {expected}", "correct the name, or add it to {where}"
    ),
    "W402": error(
        "the id {found} is there already (the first: {first}), expected {expected}",
        "rename or remove one of them",
        "each id once",
    ),
    "W403": error(
        "the condition names {found}, expected {expected}", "correct the name, or add it to {where}"
    ),
    "W404": error(
        "a release cannot depend on {found}, expected {expected}",
        "name preconditions only",
        "preconditions, always or never",
    ),
    "W405": error(
        "{found} implies itself, expected {expected}", "remove it from 'implies'", "others only"
    ),
    "W406": error(
        "an act cannot wait for {found}, expected {expected}",
        "name preconditions and tasks only",
        "preconditions, staffed(TASK), always or never",
    ),
    "W407": error(
        "the task {found} reinforces itself, expected {expected}",
        "remove it from 'reinforces'",
        "other tasks of the model",
    ),
    "W408": error(
        "the quantity {found} is that of a rotating commitment, expected {expected}",
        "write how many units are relieved, or set rotating to no",
        "a rest that is held in place",
    ),
    "W409": error(
        "a second {found} of {capability} of {nation} (the first: {first}), expected {expected}",
        "write a number in one of them",
        "one rest of a nation and capability",
    ),
    "W410": error(
        "{found} of {capability} of {nation} in a period whose availability is taken from offers, "
        "expected {expected}",
        "add its availability, or write a number",
        "a row of availability of which something can be left",
    ),
}
