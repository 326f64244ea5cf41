"""Why: the results of a task as plain sentences and data, for every kind of report."""

from allocator.report.sentences.factoring import Factored, expand, factor
from allocator.report.sentences.likelihood import basis_phrase, phrase, word_and_range
from allocator.report.sentences.supply import Supply, supplies
from allocator.report.sentences.waiting import Held, Own, Waiting, brought_by, how_far, waiting

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
    "how_far",
    "phrase",
    "supplies",
    "waiting",
    "word_and_range",
]
