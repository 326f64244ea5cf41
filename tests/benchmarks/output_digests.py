"""The digests of `same_outputs.py`: of every file, without what is bound to the moment of a run."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path

MOMENT = tuple(
    (re.compile(pattern), blank)
    for pattern, blank in (
        # run.json: the seconds of each phase, and hashes of what holds them.
        (rb'"seconds": \{[^}]*\}', rb'"seconds": {}'),
        (rb'"(report\.html|results\.xlsx|seal)": "[0-9a-f]{64}"', rb'"\1": "_"'),
        # The last line of a command, the cover of the workbook, the end of the page.
        (rb"(workers \d+|UTC), [\d,.]+ seconds", rb"\1, _ seconds"),
        (rb"<dd>[\d.]+ seconds</dd>", rb"<dd>_ seconds</dd>"),
        # When it began.
        (rb"\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|\+00:00| UTC)", rb"_\2"),
        (rb"\bmade 20\d\d-\d\d-\d\d\b", rb"made _"),
    )
)
"""What is bound to the moment of a run, and what stands for it."""


def digests_of(folder: Path) -> dict[str, str]:
    """Of every file below the folder, by its name there; of a workbook, of every part. What they
    are taken of is left in the place of the file."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xlsx":
            _unpack(path)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = _blanked(path.read_bytes())
            path.write_bytes(content)
            found[path.relative_to(folder).as_posix()] = hashlib.sha256(content).hexdigest()
    return found


def _blanked(content: bytes) -> bytes:
    for pattern, blank in MOMENT:
        content = pattern.sub(blank, content)
    return content


def _unpack(path: Path) -> None:
    """Puts a folder of its parts in the place of a workbook, an element a line."""
    with zipfile.ZipFile(path) as workbook:
        parts = {name: workbook.read(name) for name in workbook.namelist()}
    path.unlink()
    seconds = _number_of_text(parts.get("xl/sharedStrings.xml", b""), b"seconds")
    for name, content in parts.items():
        part = path / name
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(_without_seconds(content, seconds).replace(b"><", b">\n<"))


def _number_of_text(texts: bytes, wanted: bytes) -> int:
    """By which cells name it; -1 where none does."""
    known = re.findall(rb"<si><t[^>]*>([^<]*)</t></si>", texts)
    return known.index(wanted) if wanted in known else -1


def _without_seconds(sheet: bytes, number: int) -> bytes:
    """The sheet without what stands right of the name of a phase, in rows that begin with the
    text of this number: the sheet on where a run comes from has the seconds of its phases so."""
    named = rb'(<c r="A\d+"[^>]*><v>%d</v></c><c r="B\d+"[^>]*><v>\d+</v></c>' % number
    return re.sub(named + rb'<c r="C\d+"[^>]*><v>)[^<]*', rb"\1_", sheet)
