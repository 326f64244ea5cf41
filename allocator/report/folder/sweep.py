"""What the folder of a sweep keeps."""

from __future__ import annotations

from allocator.report.folder.answers import Answer, came_about
from allocator.report.tables.sweep import data, lines, tables
from allocator.results.sweep import SweepFound

LINES = "sweep.jsonl"


def sweep_answer(found: SweepFound) -> Answer:
    """JSON, JSON lines and tables: the same for the same cases, whoever worked on them, and however
    often it was interrupted. What is not the same stands with the provenance."""
    said = came_about(found, journal=None if found.journal is None else str(found.journal))
    return Answer("sweep", data(found), tables(found), said, sheets={LINES: lines(found)})
