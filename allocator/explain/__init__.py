"""Why: the results of a task as plain sentences and data, for every kind of report."""

from allocator.explain.factoring import Factored, expand, factor
from allocator.explain.likelihood import basis_phrase, phrase, word_and_range
from allocator.explain.supply import Supply, supplies
from allocator.explain.waiting import Held, Own, Waiting, brought_by, waiting

__all__ = [
    "Factored",
    "Held",
    "Own",
    "Supply",
    "Waiting",
    "basis_phrase",
    "brought_by",
    "expand",
    "factor",
    "phrase",
    "supplies",
    "waiting",
    "word_and_range",
]
