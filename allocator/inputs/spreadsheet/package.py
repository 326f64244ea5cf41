"""Is it a workbook, and can it be read without harm? Asked before anything is parsed."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Literal, TypeAlias
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from allocator.errors import AllocatorError

Fault: TypeAlias = Literal[
    "encrypted", "old", "binary", "strict", "ods", "not_zip", "no_book", "damaged", "large"
]

LARGEST_FILE = 100_000_000
LARGEST_PART = 200_000_000
"""Bytes. A sheet of a million formatted rows without a value has about 150 million."""
LARGEST_TOTAL = 1_000_000_000
MOST_PARTS = 10_000

_SMALL = re.compile(r"(?!.*(?:worksheets|sharedstrings))")
LARGEST_SMALL_PART = 20_000_000
"""Of what lists and describes: sheets, styles, relations."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ENTRY = b"PK\x01\x02"


class WorkbookFileError(AllocatorError):
    """A file that is no workbook, or one that is not read. `found` says more."""

    def __init__(self, fault: Fault, found: str = "") -> None:
        super().__init__(f"{fault}: {found}" if found else fault)
        self.fault = fault
        self.found = found


@dataclass(frozen=True)
class Package:
    """The parts of a workbook. Neither case nor the direction of slashes counts in their names."""

    archive: ZipFile
    parts: dict[str, ZipInfo]

    def __contains__(self, name: str) -> bool:
        return self._found(name) is not None

    def open(self, name: str) -> IO[bytes]:
        """The part, to be read. Raises ValueError where there is none, or none that is read."""
        found = self._found(name)
        if found is None:
            raise ValueError(f"there is no part {name}")
        return self.archive.open(found)

    def name_of(self, name: str) -> str:
        """The part's name as the archive spells it; blank where there is none."""
        found = self._found(name) if name else None
        return found.filename if found else ""

    def start(self, name: str) -> bytes:
        """How a part begins; nothing, where it cannot be read."""
        try:
            with self.open(name) as part:
                return part.read(2000)
        except Exception:  # whatever is wrong with it is said when all of it is read
            return b""

    def _found(self, name: str) -> ZipInfo | None:
        return self.parts.get(_plain(name)) or self.parts.get(_plain(unquote(name)))


def open_package(data: bytes) -> Package:
    """The parts of a workbook of these bytes. Raises WorkbookFileError; nothing is unpacked yet.

    Sizes are what the archive's directory says: no part is ever read further than that.
    """
    if data.startswith(_OLE):
        raise WorkbookFileError("encrypted" if _ENCRYPTED_STREAM in data else "old")
    # Counted before the directory is read, which takes more memory than it has bytes.
    if (entries := data.count(_ENTRY)) > 2 * MOST_PARTS:
        raise WorkbookFileError("large", f"{entries:,} parts")
    try:
        archive = ZipFile(BytesIO(data))
    except Exception as error:  # of many kinds, by what is wrong with the directory
        found = "" if not data.startswith(b"PK") else str(error) or type(error).__name__
        raise WorkbookFileError("damaged" if found else "not_zip", found) from None
    _refuse_large(archive.infolist())
    return _package(archive)


def _plain(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def _refuse_large(parts: list[ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS:
        raise WorkbookFileError("large", f"{len(parts):,} parts")
    if total > LARGEST_TOTAL:
        raise WorkbookFileError("large", f"{total:,} bytes once unpacked")
    for part in parts:
        name = _plain(part.filename)
        largest = LARGEST_SMALL_PART if _SMALL.match(name) else LARGEST_PART
        if part.file_size > largest and name.endswith((".xml", ".rels")):
            found = f"{part.filename} with {part.file_size:,} bytes once unpacked"
            raise WorkbookFileError("large", found)


def _package(archive: ZipFile) -> Package:
    infos = [part for part in archive.infolist() if not part.is_dir()]
    package = Package(archive, {_plain(part.filename): part for part in infos})
    if any(part.flag_bits & 1 for part in infos):
        raise WorkbookFileError("encrypted")
    # Others unpack without a limit, and no workbook has them.
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in infos):
        raise WorkbookFileError("damaged", "a part is compressed in a way that workbooks are not")
    _refuse_others(package)
    if len(package.parts) < len(infos):
        raise WorkbookFileError("damaged", "a part that is there twice")
    return package


def _refuse_others(package: Package) -> None:
    if "xl/workbook.bin" in package:
        raise WorkbookFileError("binary")
    if package.start("mimetype").startswith(b"application/vnd.oasis.opendocument"):
        raise WorkbookFileError("ods")
    if b"purl.oclc.org/ooxml" in package.start("xl/workbook.xml"):
        raise WorkbookFileError("strict")
    if "[Content_Types].xml" not in package:
        raise WorkbookFileError("no_book")
