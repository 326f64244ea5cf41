"""What every answer that is no run says of how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from allocator.deadline import Deadline


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
    def left_open(self) -> bool:
        """Whether anything that was asked is not known."""
        return False

    def timed(self, deadline: Deadline) -> Self:
        """Return the same, with what cut the search off: a share of the time may have been over
        where the time as a whole is not.

        deadline: of the whole command.
        """
        late = deadline.ran_out(self.left_open and not self.faults)
        stopped = self.interrupted or deadline.interrupted
        return replace(self, timed_out=late, interrupted=stopped)

    @property
    def cut_off(self) -> bool:
        """Whether there may be more to know than is said."""
        return self.timed_out or self.interrupted
