"""The rows of the tables, numbered: every figure of the page leads to the ones behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from allocator.report.page.text import short
from allocator.report.sentences import basis_phrase
from allocator.report.sentences.origins import Kind, Origin, origins
from allocator.results.run import RunRecord

_TITLES = {
    "model": "The operation model",
    "task": "Tasks",
    "line": "Requirement lines",
    "nation": "Nations",
    "capability": "Capabilities",
    "availability": "Availability",
    "offer": "Offers",
    "commitment": "Commitments",
    "caveat": "Caveats",
    "precondition": "Preconditions",
}
_LINK = re.compile(r"https?://[^\s|<>\"]{1,2000}$")


@dataclass(frozen=True, slots=True)
class Row:
    """`number`: its anchor. url: the address that its source ends with, blank where none."""

    number: int
    about: tuple[str, ...]
    says: str
    place: str
    basis: str
    note: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: tuple[Row, ...]


class Rows:
    """All rows behind a run; none where it is not known what it was made from."""

    def __init__(self, run: RunRecord) -> None:
        known = run.workspace
        model = known.models.get(run.problem.model) if known else None
        found = origins(known, model) if known and model else ()
        self._origins = found
        self._numbers: dict[tuple[Kind, tuple[str, ...]], list[int]] = {}
        for number, origin in enumerate(found, 1):
            self._numbers.setdefault((origin.kind, origin.about), []).append(number)

    def of(self, kind: Kind, *about: str) -> tuple[int, ...]:
        """The numbers of the rows that state this."""
        return tuple(self._numbers.get((kind, about), ()))

    def behind(self, nation: str, capabilities: Iterable[str]) -> tuple[int, ...]:
        """The rows that a nation's units of these capabilities add up from."""
        found = (self.of("availability", nation, name) for name in capabilities)
        return tuple(number for numbers in found for number in numbers)

    def groups(self) -> tuple[Group, ...]:
        rows = enumerate(self._origins, 1)
        return tuple(
            Group(_TITLES[kind], tuple(_row(number, origin) for number, origin in found))
            for kind, found in groupby(sorted(rows, key=_order), key=lambda pair: pair[1].kind)
        )


def _order(pair: tuple[int, Origin]) -> int:
    return list(_TITLES).index(pair[1].kind)


def _row(number: int, origin: Origin) -> Row:
    link = _LINK.search(origin.source)
    source = origin.source[: link.start()].rstrip(" |") if link else origin.source
    return Row(
        number,
        origin.about,
        origin.says,
        origin.place,
        basis_phrase(origin.basis),
        short(origin.note, 600),
        short(source, 600),
        link.group() if link else "",
    )
