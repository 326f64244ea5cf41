"""A small workspace without a fault, as text, and ways to spoil it."""

from __future__ import annotations

from pathlib import Path

SMALL = {
    "inputs/nations.csv": """\
nation,name,active_personnel
FRA,France,200000
GBR,United Kingdom,140000
""",
    "inputs/capabilities.csv": """\
capability,name,domain,unit,personnel,rotation
mech,Mechanised battalion,land,battalion,800,2
medical,Field hospital,enabler,hospital,150,1
""",
    "inputs/availability.csv": """\
nation,capability,quantity,periods,basis
FRA,mech,6,,estimate
GBR,mech,5,1-4,estimate
GBR,medical,2,,estimate
""",
    "inputs/commitments.csv": """\
commitment,nation,capability,quantity,to,purpose,rotating,release_requires,basis
fra_reserve,FRA,mech,1,nato,Reserve,no,ceasefire,estimate
""",
    "inputs/preconditions.csv": """\
precondition,name,kind,status,implies
ceasefire,Ceasefire,political,open,
peace,Peace agreement,political,open,ceasefire
""",
    "inputs/caveats.csv": """\
caveat,nation,task,area,domain,periods,requires,basis
gbr_front,GBR,west,,,,ceasefire,assumption
""",
    "inputs/worlds.csv": """\
world,precondition,from_period
truce,ceasefire,1
""",
    "models/small.yaml": """\
name: small
horizon: {periods: 4, months_per_period: 6}
tasks:
  - task: west
    axis: presence
    area: ukraine_west
    requires: ceasefire
    lead: {any_of: [FRA, GBR], provides: mech, min_share: 0.2}
    lines:
      - {line: manoeuvre, any_of: {mech: 1}, minimum: 2, target: 4}
      - {line: care, any_of: {medical: 1}, one_per: 5000}
""",
}

Edit = str | bytes | tuple[str, str] | None
"""New content of a file, one text for another in it, or None: no such file."""


def write_small(folder: Path, edits: dict[str, Edit] | None = None) -> Path:
    """Writes the small workspace with the edits; a text to replace must be there once."""
    contents: dict[str, str | bytes | None] = dict(SMALL)
    for file, edit in (edits or {}).items():
        contents[file] = _edited(SMALL.get(file, ""), edit)
    for file, content in contents.items():
        if content is not None:
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            data = content.encode() if isinstance(content, str) else content
            path.write_bytes(data)
    return folder


def _edited(content: str, edit: Edit) -> str | bytes | None:
    if not isinstance(edit, tuple):
        return edit
    old, new = edit
    assert content.count(old) == 1, f"{old!r} is there {content.count(old)} times"
    return content.replace(old, new)
