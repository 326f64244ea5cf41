"""A workspace as one workbook: a sheet a table; `models`, `tasks` and `lines` for the models."""

from __future__ import annotations

import os
from pathlib import Path

ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods")
"""Of files that are taken for workbooks; all but the first four are refused with a word on what
to do."""


def looks_like_workbook(path: str | os.PathLike[str]) -> bool:
    """Whether the path is meant as a workbook: by its ending, unless it is a folder."""
    found = Path(path)
    try:
        return found.suffix.lower() in ENDINGS and found.exists() and not found.is_dir()
    except (OSError, ValueError):
        return False
