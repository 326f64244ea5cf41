"""What is said of the joint plan where a nation leaves it."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.results.certificate import Witness
from allocator.results.result import Level, PlanStatus


@dataclass(frozen=True)
class Departure:
    """The joint plan where one nation sends nothing.

    sends: whether the plan as it stands has a part for it. falls: tasks that are staffed with it
    and not without; rises: the other way round, where forces come free. levels: of the best plan
    without it; none where there was no time for one. plan: the one that has these levels, None
    where it is the plan as it stands.
    """

    nation: str
    sends: bool
    status: PlanStatus
    falls: tuple[str, ...]
    rises: tuple[str, ...]
    levels: tuple[Level, ...]
    plan: Witness | None = None

    @property
    def known(self) -> bool:
        """Whether there was time for a plan without it; nothing is said to fall, or to stand,
        where there was not."""
        return self.status != "unknown"

    @property
    def staffing_proved(self) -> bool:
        """Whether no plan without it staffs more tasks."""
        staffing = [one for one in self.levels if one.objective.startswith("staff_tasks")]
        return bool(staffing) and all(one.status == "optimal" for one in staffing)
