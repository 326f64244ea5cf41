"""W3: what the parts of a model say to each other."""

from __future__ import annotations

from allocator.inputs.messages.message import Message, error

MODELS: dict[str, Message] = {
    "W301": error(
        "any_of and capability ({found}) are both there, expected {expected}", "remove one of them"
    ),
    "W302": error("it is not said what fills the line, expected {expected}", "add what is missing"),
    "W303": error("it is not said how much is needed, expected {expected}", "add one of them"),
    "W304": error("the target is {found}, expected {expected}", "raise it, or lower the minimum"),
    "W305": error("the lead is empty, expected {expected}", "fill it in, or remove 'lead'"),
    "W306": error("any_of and all_of are both there, expected {expected}", "remove one of them"),
    "W307": error("max_nations is {found}, expected {expected}", "raise it, or lower min_nations"),
    "W308": error("{found} is there more than once, expected {expected}", "remove one of them"),
    "W309": error(
        "the window {found} goes beyond the horizon, expected {expected}",
        "shorten the window, or lengthen horizon.periods",
    ),
    "W310": error(
        "there is a second model named {found} (the first: {first}), expected {expected}",
        "rename one of them",
        "each name once",
    ),
    "W311": error(
        "{found} is marked as default too (the first: {first}), expected {expected}",
        "leave 'default: true' in one model",
        "at most one default",
    ),
    "W312": error(
        "months_per_period is {found}, expected {expected} as in {first}",
        "the tables are shared, so all models need periods of the same length",
    ),
    "W313": error(
        "{found} is in months, and {model} does not say when period 1 starts; expected {expected}",
        "add starts to the horizon, or write the numbers of periods",
        "horizon.starts, such as 2026-01",
    ),
}
