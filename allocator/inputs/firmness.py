"""How firm an offer is, and what a run may count. Words alone: the command line reads them."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

Status: TypeAlias = Literal["in_place", "firm", "indicated", "possible"]
"""How far a nation has gone with an offer, the firmest first."""

Count: TypeAlias = Literal["in_place", "firm", "indicated", "possible", "inventory"]
"""What a run may count, each allowing all that those before it do."""

STATUSES: tuple[str, ...] = get_args(Status)
COUNTS: tuple[str, ...] = get_args(Count)
INVENTORY: Final = "inventory"
"""Counted instead of a status: what nations hold, whatever they offer."""
