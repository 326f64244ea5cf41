"""The pages of the sitting: the report's own, of what is known at a moment."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from allocator.desk.moment import State
from allocator.report.page import page
from allocator.results.run import RunRecord

MOST_BYTES = 100 << 20
"""Of all pages, pressed: those of some thousand states of a workspace as large as the reference
case."""


@dataclass(frozen=True)
class Shown:
    """A page: its name in addresses, the state that it is of, and whether all is known that the
    command finds."""

    key: str
    number: int
    save: int
    at: datetime
    world: str
    whole: bool


class Pages:
    """Pages by name. Of each state the last two stay: a browser may just be asking for the one
    before the last. From any thread."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._of: dict[int, list[str]] = {}
        self._lock = Lock()
        self._made = 0

    def add(self, state: State, run: RunRecord, *, whole: bool) -> Shown:
        """Make the page of a run, or of what is known of one that is not yet done.

        state: that it is of. run: what is known of it. whole: whether that is all that the command
        finds.
        """
        text = page(run if whole or run.result.plan.levels else without_plan(run))
        pressed = zlib.compress(text.encode(), 4)
        with self._lock:
            self._made += 1
            key = f"{state.number}-{self._made}"
            self._held[key] = pressed
            self._let_go(state.number, key)
        return Shown(key, state.number, state.save, state.snapshot.at, state.question.told, whole)

    def get(self, key: str) -> bytes | None:
        """The page in UTF-8; None where it is no longer there."""
        with self._lock:
            pressed = self._held.get(key)
        return None if pressed is None else zlib.decompress(pressed)

    def _let_go(self, number: int, key: str) -> None:
        own = self._of.setdefault(number, [])
        own.append(key)
        for old in own[:-2]:
            self._held.pop(old, None)
        del own[:-2]
        while sum(map(len, self._held.values())) > self._most and len(self._held) > 2:
            self._held.popitem(last=False)


def without_plan(run: RunRecord) -> RunRecord:
    """The same with nothing said of a joint plan: none was looked for yet."""
    return replace(run, command="blockers")
