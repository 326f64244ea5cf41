"""Cells that hold neither text nor a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class OddCell:
    """A date, an error such as #REF!, or a formula whose value was not kept.

    `shown` is what a reader of the sheet sees, dates as 2026-04-01.
    """

    kind: Literal["date", "error", "uncomputed"]
    shown: str
