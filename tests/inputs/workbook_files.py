"""The small workspace as a workbook, and ways to spoil it: by openpyxl, or part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
from workspace_files import write_small

from allocator.inputs.files.convert import convert

BookEdit = Callable[[Any], None]


@cache
def small_workbook() -> bytes:
    """The small workspace as we write it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        convert(write_small(Path(folder) / "plan"), path)
        return path.read_bytes()


def write_book(path: Path, edit: BookEdit | None = None) -> Path:
    """The small workbook at the path, after an edit of the workbook that openpyxl reads."""
    if edit is None:
        path.write_bytes(small_workbook())
        return path
    book = openpyxl.load_workbook(BytesIO(small_workbook()))
    edit(book)
    book.save(path)
    return path


def with_parts(edits: dict[str, Callable[[bytes], bytes | None]]) -> bytes:
    """The small workbook with some parts made others, made new (from b'') or left out (None)."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(small_workbook())) as source:
        names = dict.fromkeys([*source.namelist(), *edits])
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for name in names:
                data: bytes | None = source.read(name) if name in source.namelist() else b""
                if name in edits:
                    data = edits[name](data or b"")
                if data is not None:
                    target.writestr(name, data)
    return made.getvalue()


def part_of(sheet: str) -> str:
    """The name of the part that holds a sheet."""
    names = openpyxl.load_workbook(BytesIO(small_workbook()), read_only=True).sheetnames
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
