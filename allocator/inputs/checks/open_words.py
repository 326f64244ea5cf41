"""Words of lists that no rule reads: any will do, and two that are nearly one are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from allocator.inputs.draft import Draft
from allocator.inputs.issues import Issue
from allocator.inputs.messages import issue
from allocator.inputs.schema import Row
from allocator.inputs.schema.axis import AXES
from allocator.inputs.schema.commitments import HOLDERS
from allocator.inputs.schema.domain import DOMAINS
from allocator.inputs.schema.preconditions import KINDS
from allocator.inputs.show import quoted
from allocator.near import near


def near_misses(draft: Draft) -> Iterator[Issue]:
    """A word that is nearly another one in use: the rarer of the two, never one that is known."""
    yield from _of_list(draft, (task for _, task in draft.tasks), "axis", AXES)
    yield from _of_list(draft, draft.commitments, "to", HOLDERS)
    yield from _of_list(draft, draft.preconditions, "kind", KINDS)
    yield from _of_list(draft, draft.capabilities, "domain", DOMAINS)


def _of_list(
    draft: Draft, rows: Iterable[Row], column: str, known: tuple[str, ...]
) -> Iterator[Issue]:
    used = [(row, word) for row in rows if (word := getattr(row, column))]
    counts = Counter(word for _, word in used)
    # Of words that are used alike, the first is the one that was meant.
    ranks = {
        word: (word in known, number, -place) for place, (word, number) in enumerate(counts.items())
    }
    for row, word in used:
        better = [other for other in counts if ranks[other] > ranks[word]]
        meant = "" if word in known else near(word, better)
        if meant:
            yield issue("W542", draft.place(row, column), quoted(word), quoted(meant), meant)
