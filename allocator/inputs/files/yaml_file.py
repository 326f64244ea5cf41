"""A model file's text as mappings, lists and text, with the line of every value.

Nothing but plain values is read: no anchors, no tags, one document, every key once. Values are
not guessed at: `NO` and `007` stay the text they are, and the schema decides what is a number.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from allocator.inputs.files.raw import KeyPath, RawModel
from allocator.inputs.files.yaml_tree import Tree
from allocator.inputs.issues import Issue, Place, RefusedError
from allocator.inputs.messages import issue
from allocator.inputs.show import printable, quoted

DEEPEST = 20

MOST_VALUES = 60_000
"""Keys, values, beginnings and ends of lists and mappings; a model of as many bytes as a file may
have comes to some 40,000."""


def read_model(file: str, stem: str, text: str) -> tuple[RawModel, list[Issue]]:
    """Return the model's data and what is wrong with its keys. Raises RefusedError for no plain
    YAML.

    file: what messages call it. stem: its name without the ending. text: what it holds.
    """
    model, issues = _read(file, stem, text)
    return model, [*issues]


@lru_cache(maxsize=32)
def _read(file: str, stem: str, text: str) -> tuple[RawModel, tuple[Issue, ...]]:
    """The same once for each text: a workspace that is watched is read at every save, and most of
    its files are as they were. Whoever has the data only looks at it."""
    tree = Tree(file, DEEPEST)
    try:
        for number, event in enumerate(_events(text)):
            if number > MOST_VALUES:
                place = Place(file, event.start_mark.line + 1)
                raise RefusedError(issue("W129", place, f"{MOST_VALUES:,} values", "fewer"))
            tree.take(event)
    except MarkedYAMLError as error:
        raise RefusedError(_syntax(file, text, error)) from None
    except (YAMLError, ValueError, RecursionError) as error:
        found = printable(str(error).splitlines()[0] if str(error) else type(error).__name__)
        raise RefusedError(issue("W131", Place(file), found, "plain YAML text")) from None
    if not isinstance(tree.value, dict):
        found = "nothing" if tree.value is None else quoted(tree.value)
        raise RefusedError(issue("W136", Place(file), found))
    lines: dict[KeyPath, int] = tree.lines
    return RawModel(file, stem, tree.value, lines), tuple(tree.issues)


def _events(text: str) -> Iterator[Any]:
    """Parse events one by one: nothing is constructed, so that nothing can be executed."""
    yield from YAML(typ="safe", pure=True).parse(_without_json_tabs(text))


def _without_json_tabs(text: str) -> str:
    """JSON may be indented with tabs, which the YAML reader refuses; its strings hold none."""
    if "\t" not in text or not text.lstrip().startswith("{"):
        return text
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text
    return text.replace("\t", " ")


def _syntax(file: str, text: str, error: MarkedYAMLError) -> Issue:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else None
    written = text.splitlines()[mark.line] if mark and mark.line < len(text.splitlines()) else ""
    if "\t" in written[: mark.column + 1 if mark else 0]:
        return issue("W138", Place(file, line), "a tab")
    expected = error.context or "one 'key: value' a line, brackets and quotes closed"
    return issue("W131", Place(file, line), printable(error.problem or ""), printable(expected))
