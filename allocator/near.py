"""Did you mean: the nearest of the known names."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache


def near(name: str, known: Iterable[str]) -> str:
    """The known name that `name` was probably meant to be, or '' where none is near.

    Case, '-' and spaces do not count. Of equally near names the first by sorting is taken.
    """
    return _near(name[:100], tuple(sorted(known)))


@lru_cache(maxsize=1024)
def _near(name: str, known: tuple[str, ...]) -> str:
    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(_fold(candidate), candidate)
    found = get_close_matches(_fold(name), folded, n=1, cutoff=0.65)
    return folded[found[0]] if found else ""


def _fold(name: str) -> str:
    return "_".join(name.casefold().replace("-", " ").replace("_", " ").split())


def or_all(name: str, known: Iterable[str]) -> str:
    """`; did you mean …?`, or all that there are, for the end of a message."""
    there = list(known)
    meant = near(str(name), there)
    return f"; did you mean {meant}?" if meant else f"; there are {', '.join(there) or 'none'}"
