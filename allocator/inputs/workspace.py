"""A workspace without errors: what every later step starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from allocator.inputs.issues import Issue, Place
from allocator.inputs.places import Places
from allocator.inputs.schema import (
    AvailabilityRow,
    CapabilityRow,
    CaveatRow,
    CommitmentRow,
    NationRow,
    OfferRow,
    OperationModel,
    PreconditionRow,
    Row,
    WorldRow,
)


@dataclass(frozen=True)
class Workspace:
    """The tables, in the order of their files, and the operation models by name.

    `files` holds the sha256 (hex) of every input by its path within the workspace; `path` is the
    folder as it was named, '' for a workspace made in memory.
    """

    nations: tuple[NationRow, ...]
    capabilities: tuple[CapabilityRow, ...]
    availability: tuple[AvailabilityRow, ...]
    commitments: tuple[CommitmentRow, ...] = ()
    preconditions: tuple[PreconditionRow, ...] = ()
    caveats: tuple[CaveatRow, ...] = ()
    worlds: tuple[WorldRow, ...] = ()
    offers: tuple[OfferRow, ...] = field(default=(), kw_only=True)
    models: Mapping[str, OperationModel] = field(default_factory=dict)
    path: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Issue, ...] = field(default=(), compare=False)
    places: Places = field(default_factory=Places, compare=False, repr=False)

    def place(self, row: Row, column: str = "") -> Place:
        """Where a row of a table, a model, a task or a line was written.

        Rows are told apart by identity; one that was not read from this workspace has no place.
        """
        return self.places.of(row, column)

    @property
    def default_model(self) -> str | None:
        """The model that is meant where none is named: the one marked so, or the only one."""
        marked = [name for name, model in self.models.items() if model.default]
        if not marked and len(self.models) == 1:
            marked = list(self.models)
        return marked[0] if marked else None
