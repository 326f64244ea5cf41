"""What came of a kept answer in a few words, by the command that gave it; from the data in its
file, which somebody may have edited: what is not as it is written raises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from allocator.words import count

Data = Mapping[str, Any]


def words_of_comparison(data: Data) -> str:
    """How many runs, and how many verdicts changed. Raises KeyError, TypeError."""
    changed = len(data["changes"])
    return f"{count(len(data['runs']), 'run')}, {count(changed, 'verdict')} changed"


def _offers(data: Data) -> str:
    tasks = data["tasks"]
    enough = sum(one["firmest"] is not None for one in tasks)
    return f"{enough} of {count(len(tasks), 'task')} ready at some firmness"


def _review(data: Data) -> str:
    if data["valid"] is True:
        return "every rule holds"
    return f"breaks in {count(len(data['violations']), 'place')}"


def _repair(data: Data) -> str:
    if data["clashes"]:
        return "rows clash, no plan"
    if data["plan"]["status"] == "unknown":
        return "no plan known"
    return f"{count(len(data['edits']), 'cell')} changed"


def _fragility(data: Data) -> str:
    return f"{data['task']} {data['verdict']}, {count(len(data['flips']), 'change')} would turn it"


def _ranges(data: Data) -> str:
    return _counted(one["over_ranges"] for one in data["tasks"])


def _order(data: Data) -> str:
    told = f"{count(len(data['in_turn']), 'act')} in turn"
    return f"{told}, {len(data['deadlocked'])} deadlocked" if data["deadlocked"] else told


def _levers(data: Data) -> str:
    levers = data["levers"]
    if not levers:
        return "no holders known"
    return f"with {count(data['budget'], 'holder')} {count(len(levers[0]['ready']), 'task')} ready"


def _endure(data: Data) -> str:
    states = (task["state"] for event in data["events"] for task in event["tasks"])
    return f"{count(len(data['events']), 'event')}: {_counted(states)}"


def _sweep(data: Data) -> str:
    return count(len(data["cases"]), "case")


def _counted(words: Iterable[str]) -> str:
    """How many of each, the most frequent first."""
    found = Counter(str(word) for word in words).most_common()
    return ", ".join(f"{number} {word}" for word, number in found) or "none"


WORDS: Mapping[str, Callable[[Data], str]] = {
    "offers": _offers,
    "review": _review,
    "repair": _repair,
    "fragility": _fragility,
    "ranges": _ranges,
    "order": _order,
    "levers": _levers,
    "endure": _endure,
    "sweep": _sweep,
}
"""By command; answers that are no runs. Each raises KeyError, TypeError or AttributeError for data
that the command does not write."""
