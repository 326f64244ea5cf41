"""Workbooks as LibreOffice opens and recalculates them: every file in one call of the program."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests import outside

# 0: recalculate always. Files that say they come from Excel are otherwise taken at their word.
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def recalculated(files: Sequence[Path], folder: Path) -> list[Path]:
    """The workbooks as LibreOffice writes them again after it has worked out every formula."""
    return _converted(files, folder / "again", "xlsx")


def as_pdf(files: Sequence[Path], folder: Path) -> list[Path]:
    """The workbooks printed."""
    return _converted(files, folder / "printed", "pdf")


def _converted(files: Sequence[Path], folder: Path, ending: str) -> list[Path]:
    program = outside.program("soffice", "libreoffice")
    profile = folder.with_name(f"profile-{ending}")
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS)
    home = f"-env:UserInstallation={profile.as_uri()}"
    arguments = ["--headless", "--norestore", "--convert-to", ending, "--outdir", str(folder)]
    done = subprocess.run(
        [program, home, *arguments, *map(str, files)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    made = [folder / f"{file.stem}.{ending}" for file in files]
    assert [path for path in made if not path.is_file()] == [], done.stderr
    return made
