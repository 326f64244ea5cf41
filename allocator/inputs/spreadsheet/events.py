"""A part's XML as events, within limits: whatever it holds, it takes neither long nor much memory.

Nothing is built from the XML but what a handler keeps. There are no document types, hence no
entities that could be expanded; tags and texts have a longest length, elements a greatest depth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any, ClassVar, TypeAlias
from xml.parsers import expat

from allocator.inputs.spreadsheet.package import WorkbookFileError

MOST_ELEMENTS = 5_000_000
"""In all parts that are read of a workbook, counted as tags. Each takes a microsecond or two."""
MOST_BYTES = 200_000_000
"""In all parts that are read, once unpacked."""
MOST_KEPT = 50_000_000
"""Characters of all texts, each of up to four bytes."""
LONGEST_RUN = 1_000_000
"""Bytes from one tag's beginning to the next; a cell holds 32,767 characters at most."""
_MOST_ATTRIBUTES = 20_000_000
_MOST_NAMES = 10_000
_DEEPEST = 100
_BLOCK = 1 << 16

Attributes: TypeAlias = dict[str, str]


@dataclass
class Allowance:
    """What may still be read of one workbook."""

    elements: int = MOST_ELEMENTS
    attributes: int = _MOST_ATTRIBUTES
    unpacked: int = MOST_BYTES
    kept: int = MOST_KEPT

    def take(self, part: str, block: bytes) -> None:
        """Counts a block before it is parsed. Raises WorkbookFileError where it is too much."""
        self.unpacked -= len(block)
        self.elements -= block.count(b"<")
        self.attributes -= block.count(b"=")
        if self.unpacked < 0:
            raise WorkbookFileError("large", f"{part}, with more than {MOST_BYTES:,} bytes in all")
        if self.elements < 0 or self.attributes < 0:
            raise WorkbookFileError("large", f"{part}, with more than {MOST_ELEMENTS:,} cells")

    def keep(self, part: str, characters: int) -> None:
        """Counts text that is kept. Raises WorkbookFileError where it is too much."""
        self.kept -= characters
        if self.kept < 0:
            raise WorkbookFileError("large", f"{part}, with over {MOST_KEPT:,} characters of text")


class Handler:
    """Takes events. A class names the methods for its elements, by local name, in `begins` (with
    attributes) and `ends` (with the text since `collect` was called)."""

    namespace: ClassVar[str] = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    begins: ClassVar[Mapping[str, str]] = {}
    ends: ClassVar[Mapping[str, str]] = {}

    def __init__(self) -> None:
        self.open: list[str] = []
        self.kept = 0
        self._pieces: list[str] | None = None
        self._begin = self._methods(self.begins)
        self._end = self._methods(self.ends)

    def _methods(self, names: Mapping[str, str]) -> dict[str, Callable[[Any], None]]:
        return {f"{self.namespace}}}{tag}": getattr(self, name) for tag, name in names.items()}

    def within(self, *tags: str) -> bool:
        """Whether the elements around the one that begins are these, the innermost last."""
        around = self.open[-1 - len(tags) : -1]
        return around == [f"{self.namespace}}}{tag}" for tag in tags]

    def collect(self) -> None:
        """Keeps text from here to the next element of `ends` that ends."""
        self._pieces = []

    def start(self, tag: str, attributes: Attributes) -> None:
        self.open.append(tag)
        begin = self._begin.get(tag)
        if begin is not None:
            begin(attributes)

    def end(self, tag: str) -> None:
        end = self._end.get(tag)
        if end is not None:
            text = "".join(self._pieces) if self._pieces else ""
            self._pieces = None
            end(text)
        self.open.pop()

    def text(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)
            self.kept += len(text)


def parse(source: IO[bytes], part: str, handler: Handler, allowance: Allowance) -> None:
    """Hand the part's events to the handler. Raises WorkbookFileError for what is too much,
    ValueError or expat.ExpatError for what is no plain XML.

    source: the part's bytes. allowance: how much may be unpacked yet.
    """
    names: dict[str, str] = {}
    parser = expat.ParserCreate(namespace_separator="}", intern=names)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = handler.start, handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    run = 0
    while block := source.read(_BLOCK):
        allowance.take(part, block)
        last = block.rfind(b"<")
        run = run + len(block) if last < 0 else len(block) - last
        if run > LONGEST_RUN:
            raise WorkbookFileError("large", f"{part}, with a tag or text of over {LONGEST_RUN:,}")
        parser.Parse(block, False)
        allowance.keep(part, handler.kept)
        handler.kept = 0
        if len(handler.open) > _DEEPEST or len(names) > _MOST_NAMES:
            raise WorkbookFileError("large", f"{part}, with elements too deep or of too many kinds")
    parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a document type, which no workbook has")
