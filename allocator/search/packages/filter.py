"""Which packages of a task are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class PackageFilter:
    """All packages, or those with and without some nations, of at most so many nations.

    limit: so many are enough. Packages without a nation are those of a task to which it sends
    nothing: leaving it out makes no other set of nations minimal.
    """

    limit: int | None = None
    with_nations: tuple[str, ...] = ()
    without_nations: tuple[str, ...] = ()
    max_nations: int | None = None

    def admits(self, nations: Collection[str]) -> bool:
        """Whether a package of these nations is asked for, the limit apart."""
        return (
            set(self.with_nations) <= set(nations)
            and not set(self.without_nations) & set(nations)
            and (self.max_nations is None or len(nations) <= self.max_nations)
        )

    @property
    def in_words(self) -> tuple[str, ...]:
        """The restrictions, one a phrase; none where all packages are asked for."""
        return tuple(self._phrases())

    def _phrases(self) -> Iterator[str]:
        yield from (f"with {nation}" for nation in sorted(set(self.with_nations)))
        yield from (f"without {nation}" for nation in sorted(set(self.without_nations)))
        if self.max_nations is not None:
            yield f"of at most {self.max_nations} nation{'' if self.max_nations == 1 else 's'}"


ALL = PackageFilter()
FILTERED = tuple(field.name for field in fields(PackageFilter))
