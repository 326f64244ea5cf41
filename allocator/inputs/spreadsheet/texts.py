"""Texts of a workbook: of those that sheets share, and of cells that hold one of their own."""

from __future__ import annotations

from typing import ClassVar

from allocator.inputs.spreadsheet.events import LONGEST_RUN, Allowance, Attributes, Handler, parse
from allocator.inputs.spreadsheet.package import Package, WorkbookFileError


def shared_texts(package: Package, part: str, allowance: Allowance) -> list[str]:
    """Return the texts that sheets share, escaped as they are; none where there is no such part.

    package: the parts of the workbook's file. allowance: how much may be unpacked yet.
    """
    found = _SharedTexts()
    if part:
        with package.open(part) as source:
            parse(source, part, found, allowance)
    return found.texts


class RichText(Handler):
    """Puts a text together from its runs; how the text is spoken is left out."""

    begins: ClassVar = {"t": "begin_run"}
    ends: ClassVar = {"t": "end_run"}
    around: ClassVar = "si"

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[str] = []
        self._length = 0

    def begin_run(self, attributes: Attributes) -> None:
        if self.within(self.around) or self.within(self.around, "r"):
            self.collect()

    def end_run(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST_RUN:
            raise WorkbookFileError("large", f"a text of over {LONGEST_RUN:,} characters")
        self._runs.append(text)

    def whole_text(self) -> str:
        """All runs since this was asked for the last time."""
        text = self._runs[0] if len(self._runs) == 1 else "".join(self._runs)
        self._runs.clear()
        self._length = 0
        return text


class _SharedTexts(RichText):
    ends: ClassVar = {**RichText.ends, "si": "end_item"}

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def end_item(self, _: str) -> None:
        self.texts.append(self.whole_text())
