"""Each row with its place, basis, note and source."""

from __future__ import annotations

from pathlib import Path

import allocator
from allocator.report.sentences.origins import origins
from tests.inputs.workspace_files import write_small


def test_every_row_travels_with_its_place_basis_and_source(tmp_path: Path) -> None:
    """Each row of each table of the small workspace once, at the line where it was written."""
    line_of = {"fra_reserve": 2, "gbr_front": 2, "peace": 3}
    files = {"commitment": "commitments", "caveat": "caveats", "precondition": "preconditions"}
    workspace = allocator.load(write_small(tmp_path)).workspace
    found = origins(workspace, workspace.models["small"])
    assert len(found) == len(set(found)) == 15
    for origin in found:
        if origin.about[0] in line_of:
            place = f"inputs/{files[origin.kind]}.csv:{line_of[origin.about[0]]}"
            assert origin.place == place
    held = [origin for origin in found if origin.kind == "availability"]
    assert [(o.about, o.says, o.basis) for o in held] == [
        (("FRA", "mech"), "6", "estimate"),
        (("GBR", "mech"), "5 in periods 1-4", "estimate"),
        (("GBR", "medical"), "2", "estimate"),
    ]
    needed = {origin.about: origin.says for origin in found if origin.kind == "line"}
    assert needed[("west", "manoeuvre")] == "minimum 2; target 4"
