"""The page of what a plan endures, and all else that its folder keeps."""

from __future__ import annotations

from allocator.report.folder.answers import Answer, provenance
from allocator.report.tables.endure import data, tables
from allocator.results.endurance import Endurance


def endure_answer(found: Endurance, mark: str = "") -> Answer:
    """What the folder keeps."""
    said = provenance(
        found.inputs,
        found.options,
        timed_out=found.timed_out,
        interrupted=found.interrupted,
        faults=list(found.faults),
    )
    return Answer("endure", data(found), tables(found), said)
