"""Words and numbers as a planner reads them; nothing here knows of nations or tasks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

_SAME_IN_PLURAL = frozenset({"aircraft", "personnel", "headquarters", "people"})


NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}
"""Small numbers as words."""


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


def listing(items: Iterable[str], last: str = "and") -> str:
    """`a, b and c`."""
    found = list(items)
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} {last} {found[-1]}"


def _nothing(first: int, last: int) -> str:
    return ""


def periods(numbers: Iterable[int], beside: Callable[[int, int], str] = _nothing) -> str:
    """`period 1`, `periods 1-3 and 5`. `beside` says what stands after a run of them."""
    ordered = sorted(set(numbers))
    runs: list[list[int]] = []
    for number in ordered:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    spans = ("-".join(map(str, dict.fromkeys((run[0], run[-1])))) for run in runs)
    texts = [f"{span}{beside(run[0], run[-1])}" for span, run in zip(spans, runs, strict=True)]
    return f"{plural('period', len(ordered))} {listing(texts)}"


def some(items: Sequence[str], most: int, between: str = ", ") -> str:
    """Return the items in one line, the first `most` of them and how many more there are.

    between: what stands between them.
    """
    if len(items) <= most:
        return between.join(items)
    return f"{between.join(items[:most])} and {len(items) - most:,} more"
