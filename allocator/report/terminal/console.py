"""The terminal as we write to it: plain text that reads without colour, at any width."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any, TextIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

WIDTH = 100
"""Columns where the output is no terminal."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_SYMBOLS = {"ready": "●", "blocked": "◐", "short": "○", "unknown": "?"}
_ASCII = {"ready": "+", "blocked": "~", "short": "-", "unknown": "?"}
_COLOURS = {"ready": "green", "blocked": "yellow", "short": "red", "unknown": "magenta"}

Pairs = Sequence[tuple[str, str]]
"""Labels and their texts; a blank label goes on with the one before."""


class _Page(io.StringIO):
    """Text on its way to a file with the given encoding."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding


def rendered(show: Callable[[Console], None], file: TextIO, width: int | None = None) -> str:
    """What `show` prints, fit for the file: its width, encoding and colours, no trailing blanks."""
    page = _Page(file.encoding or "utf-8")
    show(_console(page, file.isatty(), width))
    lines = (line.rstrip() for line in page.getvalue().splitlines())
    text = "".join(f"{line}\n" for line in lines)
    return text.encode(page.encoding, "replace").decode(page.encoding)


class _Uncropped(Console):
    """Cuts nothing off that is wider than the page."""

    def print(self, *objects: Any, crop: bool = False, **how: Any) -> None:
        super().print(*objects, crop=crop, **how)


def _console(page: _Page, terminal: bool, width: int | None) -> Console:
    """A console for the page; it obeys `NO_COLOR`."""
    return _Uncropped(
        file=page,
        force_terminal=terminal,
        width=width or (None if terminal else WIDTH),
        highlight=False,
        markup=False,
        emoji=False,
    )


def plain(text: str) -> Text:
    """Text of a planner's as it stands: no markup, no control characters."""
    return Text(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text))


def with_id(name: str, own: str) -> Text:
    """The name, and below it the id, small: it is what commands take."""
    if name == own:
        return plain(name)
    return Text.assemble(plain(name), "\n", Text.assemble("  ", plain(own), style="dim"))


def verdict(word: str, console: Console) -> Text:
    """The verdict as a symbol and a word; the colour only repeats them."""
    symbols = _SYMBOLS if "utf" in console.encoding.lower() else _ASCII
    return Text(f"{symbols[word]} {word}", style=_COLOURS[word])


def pairs(rows: Pairs, indent: int = 2) -> RenderableType:
    """Labels on the left, texts with a hanging indent on the right."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in rows:
        grid.add_row(plain(label), plain(text))
    return Padding(grid, (0, 0, 0, indent))


class Steps:
    """What to do next. A command or a folder stands on one line, however long, so that what is
    pasted is whole; a sentence has a hanging indent."""

    def __init__(self, rows: Pairs) -> None:
        self._rows = [(plain(label).plain, plain(text).plain) for label, text in rows]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        left = max((cell_len(label) for label, _ in self._rows), default=0) + 4
        for label, text in self._rows:
            whole = text.startswith("allocator ") or os.sep in text
            room = max(20, options.max_width - left)
            lines = (
                [text]
                if whole
                else wrap(text, room, break_long_words=False, break_on_hyphens=False)
            )
            for number, line in enumerate(lines):
                label_here = "" if number else f"  {label}"
                yield Segment(f"{label_here}{' ' * (left - cell_len(label_here))}{line}\n")


def where(kept: Path | None) -> list[tuple[str, str]]:
    """Where an answer is kept, and its page; nothing where it is not kept."""
    if kept is None:
        return []
    return [("Kept in", str(kept)), ("To read, to share", str(kept / "report.html"))]


def ruled(
    header: Sequence[str],
    rows: Iterable[Sequence[str | Text]],
    right: str = "",
    whole: str = "",
) -> Table:
    """Return a table with a line under its header; `right` names the columns with figures, `whole`
    those whose cells are not broken.

    rows: the cells, as text.
    """
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for name in header:
        is_figure = name in right.split(",")
        table.add_column(
            name,
            justify="right" if is_figure else "left",
            overflow="fold",
            no_wrap=name in whole.split(","),
        )
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else plain(cell) for cell in row))
    return table


def note(text: str, indent: int = 2) -> RenderableType:
    """A sentence by itself."""
    return Padding(plain(text), (0, 0, 0, indent))


def titled(title: str | Text, *body: RenderableType) -> Group:
    """A heading in bold, with its body under it and a blank line before."""
    heading = plain(title) if isinstance(title, str) else title
    heading.stylize("bold")
    return Group(Text(), heading, *body)
