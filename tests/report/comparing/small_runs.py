"""Runs of a small workspace and of edited copies of it, solved once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import allocator
from allocator.results.run import RunRecord
from tests.inputs.workspace_files import write_small

MODEL = "models/small.yaml"
EDITS = {
    "as it is": {},
    "larger": {MODEL: ("minimum: 2, target: 4", "minimum: 6, target: 6")},
    "fewer": {"inputs/availability.csv": ("FRA,mech,6", "FRA,mech,3")},
    "watched": {
        "inputs/caveats.csv": "caveat,nation,task,area,requires,basis\n"
        "gbr_front,GBR,west,,peace,assumption\n"
        "fra_word,FRA,,ukraine_west,peace,assumption\n",
        "inputs/commitments.csv": None,
    },
    "other task": {MODEL: ("task: west", "task: east"), "inputs/caveats.csv": None},
}


@cache
def run(edit: str = "as it is", world: str = "today", *with_: str) -> RunRecord:
    with TemporaryDirectory() as folder:
        planner = allocator.load(write_small(Path(folder), dict(EDITS[edit])))
        return planner.solve(world=world, with_=with_, workers=1)
