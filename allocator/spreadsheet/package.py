"""Is it a workbook, and can it be read without harm? Asked before anything is parsed."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import Literal, TypeAlias
from zipfile import BadZipFile, ZipFile, ZipInfo

Fault: TypeAlias = Literal[
    "encrypted", "old", "binary", "strict", "ods", "not_zip", "no_book", "damaged", "large"
]

LARGEST_FILE = 100_000_000
LARGEST_PART = 400_000_000
"""Bytes. A sheet of a million formatted rows without a value has about 150 million."""
LARGEST_TOTAL = 1_000_000_000
MOST_PARTS = 10_000

_SMALL = re.compile(r"(?!.*(?:worksheets|sharedStrings))")
LARGEST_SMALL_PART = 20_000_000
"""Of what is parsed as a whole: the list of sheets, the styles, relations."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


class WorkbookFileError(Exception):
    """A file that is no workbook, or one that is not read. `found` says more."""

    def __init__(self, fault: Fault, found: str = "") -> None:
        super().__init__(f"{fault}: {found}" if found else fault)
        self.fault = fault
        self.found = found


def open_package(data: bytes) -> ZipFile:
    """The parts of a workbook of these bytes. Raises WorkbookFileError; nothing is unpacked yet.

    Sizes are what the archive's directory says: no part is ever read further than that.
    """
    if data.startswith(_OLE):
        raise WorkbookFileError("encrypted" if _ENCRYPTED_STREAM in data else "old")
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError) as error:
        found = "" if not data.startswith(b"PK") else str(error)
        raise WorkbookFileError("damaged" if found else "not_zip", found) from None
    _refuse_large(archive.infolist())
    _refuse_others(archive)
    return archive


def _refuse_large(parts: list[ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS:
        raise WorkbookFileError("large", f"{len(parts):,} parts")
    if total > LARGEST_TOTAL:
        raise WorkbookFileError("large", f"{total:,} bytes once unpacked")
    for part in parts:
        largest = LARGEST_SMALL_PART if _SMALL.match(part.filename) else LARGEST_PART
        if part.file_size > largest and part.filename.endswith((".xml", ".rels")):
            found = f"{part.filename} with {part.file_size:,} bytes once unpacked"
            raise WorkbookFileError("large", found)


def _refuse_others(archive: ZipFile) -> None:
    names = archive.namelist()
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise WorkbookFileError("encrypted")
    if "xl/workbook.bin" in names:
        raise WorkbookFileError("binary")
    if _start(archive, "mimetype").startswith(b"application/vnd.oasis.opendocument"):
        raise WorkbookFileError("ods")
    if b"purl.oclc.org/ooxml" in _start(archive, "xl/workbook.xml"):
        raise WorkbookFileError("strict")
    if "[Content_Types].xml" not in names:
        raise WorkbookFileError("no_book")
    if len(set(names)) < len(names):
        raise WorkbookFileError("damaged", "a part that is there twice")


def _start(archive: ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(2000)
    except (KeyError, BadZipFile, zlib.error, NotImplementedError, EOFError):
        return b""
