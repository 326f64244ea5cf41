"""Commands that are offered to be pasted: the one place that writes them."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from os import PathLike

Word = str | PathLike[str]

Options = Sequence[tuple[str, Word]]
"""With their values, to be said again."""


def offer(verb: str, *words: Word, options: Iterable[tuple[str, Word]] = ()) -> str:
    """Return the command line as a shell reads it back, whatever is in a name.

    words: what stands without an option; options: their names with their values.
    """
    plain = [str(word) for word in words]
    given = [str(part) for option in options for part in option]
    if any(word.startswith("-") for word in plain):  # Else it is read as an option.
        return shlex.join(["allocator", verb, *given, "--", *plain])
    return shlex.join(["allocator", verb, *plain, *given])
