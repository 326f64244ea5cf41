"""Names and numbers in a planner's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from allocator.problem import Problem

_SAME_IN_PLURAL = frozenset({"aircraft", "personnel", "headquarters", "people"})


def plural(word: str, number: int) -> str:
    """The English word for `number` of them: `company` becomes `companies`."""
    if number == 1 or word.lower() in _SAME_IN_PLURAL or word.lower().endswith("ships"):
        return word
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    if re.search(r"(ch|sh|x|z)$", word):
        return word + "es"
    return word if word.endswith("s") else word + "s"


def count(number: int, word: str) -> str:
    """`3 packages`, `1 package`, `1,200 packages`."""
    return f"{number:,} {plural(word, number)}"


def amount(problem: Problem, capability: str, number: int) -> str:
    """`6 mechanised companies`, or `4 aircraft (AWACS)` where the name does not say the unit.

    What the name has in brackets is left out.
    """
    known = problem.capabilities.get(capability)
    if known is None:
        return f"{number:,} {capability}"
    name = re.sub(r"\s*\(.*\)$", "", known.name) or known.name
    unit = known.unit.strip() or name.split()[-1]
    parts = re.split(rf"\b({re.escape(unit)})\b", name, maxsplit=1, flags=re.IGNORECASE)
    if len(parts) == 1:
        return f"{count(number, unit)} ({name})"
    before, said, after = parts
    return f"{number:,} {_lower_first(f'{before}{plural(said, number)}{after}')}"


def _lower_first(text: str) -> str:
    """Without its capital, unless the first word is an abbreviation."""
    return text[0].lower() + text[1:] if text.split()[0][1:].islower() else text


def listing(items: Iterable[str], last: str = "and") -> str:
    """`a, b and c`."""
    found = list(items)
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} {last} {found[-1]}"


def periods(numbers: Iterable[int]) -> str:
    """`period 1`, `periods 1-3 and 5`."""
    ordered = sorted(set(numbers))
    runs: list[list[int]] = []
    for number in ordered:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"{plural('period', len(ordered))} {listing(texts)}"


def some(items: Sequence[str], most: int, between: str = ", ") -> str:
    """The items in one line, the first `most` of them and how many more there are."""
    if len(items) <= most:
        return between.join(items)
    return f"{between.join(items[:most])} and {len(items) - most:,} more"
