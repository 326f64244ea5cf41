"""What became of a check of something that was kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from allocator.analysis.second_opinions.result import SecondOpinion
from allocator.report.folder.remaking import Remade
from allocator.results.store.kept_files import Files


@dataclass(frozen=True)
class Verified:
    """What became of a check. changed: input files that are not what they were for the run.
    stopped: whether Ctrl-C ended the search. from_memory: whether it was made of no files, so that
    it is checked against its own copy of the inputs."""

    folder: Path
    changed: tuple[str, ...]
    files: Files
    faults: tuple[str, ...] = ()
    again: SecondOpinion = field(default_factory=SecondOpinion)
    made: Remade = field(default_factory=Remade)
    stopped: bool = False
    from_memory: bool = False
