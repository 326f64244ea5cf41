"""Workbooks as LibreOffice opens and recalculates them: every file in one call of the program."""

from __future__ import annotations

import os
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


_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">
Sub EditAndSave
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim book, cell, number
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(Environ("BOOK"), "_blank", 0, hidden())
  cell = book.Sheets.getByName(Environ("SHEET")).getCellRangeByName(Environ("CELL"))
  For number = 1 To CInt(Environ("SAVES"))
    cell.Value = number Mod 6
    book.store()
    Wait 400
  Next number
  book.close(True)
End Sub
</script:module>
"""


def edited_and_saved(book: Path, sheet: str, cell: str, saves: int) -> None:
    """Has LibreOffice open the workbook, change a cell, and save it in its place, again and again:
    1, 2, 3 … modulo 6. It stays open meanwhile, with its lock file."""
    program = outside.program("soffice", "libreoffice")
    home = book.with_name(f"profile-of-{book.stem}")
    start = [program, f"-env:UserInstallation={home.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*start, "--terminate_after_init"], capture_output=True, timeout=120, check=True)
    # Only now: the first start fills the folder of macros anew.
    (home / "user" / "basic" / "Standard" / "Module1.xba").write_text(_MACRO)
    told = {"BOOK": book.as_uri(), "SHEET": sheet, "CELL": cell, "SAVES": str(saves)}
    done = subprocess.run(
        [*start, "macro:///Standard.Module1.EditAndSave"],
        env={**os.environ, **told}, capture_output=True, text=True, timeout=120 + 2 * saves,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
