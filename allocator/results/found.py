"""What every answer that is no run says of how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Found:
    """faults: what engines did that they should not have. timed_out, interrupted: what cut the
    search off. options: what was asked; inputs: the files that were read, with their hashes."""

    faults: tuple[str, ...] = ()
    timed_out: bool = False
    interrupted: bool = False
    options: Mapping[str, object] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)

    @property
    def cut_off(self) -> bool:
        """Whether there may be more to know than is said."""
        return self.timed_out or self.interrupted
