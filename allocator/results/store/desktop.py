"""Files that a desktop leaves in every folder that somebody looks at: they are nobody's work."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_NAMES = frozenset(
    {
        *(".ds_store", ".localized", ".directory", ".hidden", "icon\r"),  # macOS, KDE, GNOME
        *("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini"),  # Windows
    }
)
_PREFIXES = ("._", ".fuse_hidden", ".nfs")
"""What macOS writes beside a file on other disks; files that were removed while they were open."""


def others(paths: Iterable[Path]) -> list[Path]:
    """Return the paths that are not a desktop's own, sorted.

    A lock such as `~$results.xlsx` is none of these: somebody has the workbook open.
    """
    return sorted(path for path in paths if not _is_desktops(path))


def _is_desktops(path: Path) -> bool:
    named = path.name.lower() in _NAMES or path.name.startswith(_PREFIXES)
    return named and path.is_file() and not path.is_symlink()
