"""Likelihood as a word and its range, apart from how far the figure can be trusted.

Words and ranges of US Intelligence Community Directive 203, Analytic Standards (2015).
"""

from __future__ import annotations

_SCALE = (
    (0.05, "almost no chance", "under 5 %"),
    (0.20, "very unlikely", "5-20 %"),
    (0.45, "unlikely", "20-45 %"),
    (0.55, "roughly even chance", "45-55 %"),
    (0.80, "likely", "55-80 %"),
    (0.95, "very likely", "80-95 %"),
    (float("inf"), "almost certain", "over 95 %"),
)

_BASIS = {
    "reported": "reported",
    "general_knowledge": "general knowledge",
    "estimate": "an estimate",
    "assumption": "an assumption",
}


def word_and_range(likelihood: float | None) -> tuple[str, str]:
    """The word and its range; a figure between two words takes the higher one."""
    if likelihood is None:
        return "no estimate", ""
    return next((word, span) for below, word, span in _SCALE if likelihood < below)


def phrase(likelihood: float | None) -> str:
    """`unlikely (20-45 %)`, or `no estimate`."""
    word, span = word_and_range(likelihood)
    return f"{word} ({span})" if span else word


def basis_phrase(basis: str) -> str:
    """What the figure or the row rests on, in words; nothing where it is not known."""
    return _BASIS.get(basis, basis)
