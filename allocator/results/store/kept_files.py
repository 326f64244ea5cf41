"""The files of a run's folder by their hashes: what is missing, added or changed since it was
written.

`run.json` holds the sha256 of every other file, and one of itself, its seal. A hash shows an
accident or a careless edit. It is no proof against forgery: whoever can write `run.json` can write
its hashes anew, and only what is computed again speaks against that.
"""

from __future__ import annotations

import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from allocator.results.store import desktop
from allocator.results.store.places import PROVENANCE, is_flat, path_of

FILES = "files"
"""The key of `run.json` under which the hashes stand, by path; those of the copy of the inputs
have a key of their own."""

COPY = "copy"
SEAL = "seal"

_READ = ("result.json", "certificate.json", "notes.json", "plan_notes.json")
READ = frozenset(map(path_of, _READ))
"""What is checked by what it says, beside its hash."""

OPENED = frozenset({"results.xlsx", "report.html"})
"""What people open; a run may say that it left them out."""

EDITED = ("results-edited-*.xlsx", "report-edited-*.html")
"""What somebody edited, kept when the run's own is written again."""

LOCKS = ("~$*", ".~lock.*#")
"""What office programs leave beside a file that somebody has open."""


@dataclass(frozen=True)
class Files:
    """What became of a run's files; paths within its folder, sorted. same: what has the hash that
    was kept. unhashed: no hash was kept of it. sealed: None where the run has no seal."""

    same: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    unhashed: tuple[str, ...] = ()
    sealed: bool | None = None

    @property
    def faults(self) -> Iterator[str]:
        """A sentence for each file that is not what was written."""
        if self.sealed is False:
            yield f"{PROVENANCE} was changed after it was written"
        yield from (f"{name} was changed after it was written" for name in self.changed)
        yield from (f"{name} is missing" for name in self.missing)
        yield from (f"{name} is no file of this run; move it elsewhere" for name in self.extra)


def unread(files: Files, made: Collection[str] = (), why_not: str = "") -> Iterator[str]:
    """What a check of a run did not read, or knows by its hash alone, in sentences. made: files
    that were made again. why_not: why none was."""
    if why_not:
        yield f"tables were not made again: {why_not}"
    known = READ.union(made)
    by_hash = [name for name in files.same if name not in known]
    if by_hash:
        yield f"by hash alone, not read: {', '.join(by_hash)}"
    if beside := [name for name in files.unhashed if name not in known]:
        yield f"not read, and no hash of it is kept: {', '.join(beside)}"
    seal = ", and it has no seal" if files.sealed is None else ", but by its seal"
    yield f"of run.json its times, versions, seed and other options are not checked{seal}"
    yield (
        "not computed again: "
        "what proved a bound, which units a package sends beyond its need, and of a search what "
        "nobody asked it for"
    )
    yield "a hash shows an accident, not a forgery: whoever writes run.json can write its hashes"


def hashes(folder: Path) -> dict[str, str]:
    """The sha256 (hex) of every file in the folder by path; blank where it is no regular file."""
    return {name: _hash(folder / name) for name in _paths(folder)}


def sealed(provenance: Mapping[str, Any]) -> dict[str, Any]:
    """What `run.json` holds, with its seal."""
    bare = {key: value for key, value in provenance.items() if key != SEAL}
    return {**bare, SEAL: _seal(bare)}


def with_hashes(provenance: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """What `run.json` holds once everything else is in the folder."""
    copy = provenance.get(COPY, {})
    own = path_of(PROVENANCE)
    found = {k: v for k, v in hashes(folder).items() if k != own and k not in copy}
    return sealed({**provenance, FILES: found})


def compared(folder: Path, provenance: Mapping[str, Any], known: frozenset[str]) -> Files:
    """Return the folder's files beside the hashes that were kept of them. known: names of files
    that a run may have; without a hash they are not judged, others are no files of the run.

    provenance: what `run.json` says.
    """
    own = path_of if is_flat(folder) else str
    hashed = {own(name): value for name, value in provenance.get(FILES, {}).items()}
    kept = {**hashed, **provenance.get(COPY, {})}
    now = {own(name): value for name, value in hashes(folder).items()}
    now.pop(path_of(PROVENANCE), None)
    no_hash = [name for name in now if name not in kept]
    unhashed = [name for name in no_hash if FILES not in provenance and name in known]
    seal = provenance.get(SEAL)
    return Files(
        same=tuple(name for name in now if kept.get(name) == now[name]),
        changed=tuple(name for name in now if name in kept and kept[name] != now[name]),
        missing=tuple(sorted((kept.keys() | _always(provenance)) - now.keys())),
        extra=tuple(
            name
            for name in now
            if (name in no_hash and name not in unhashed)
            or (name in hashed and not _may_be(name, known))
        ),
        unhashed=tuple(unhashed),
        sealed=None if seal is None else seal == sealed(provenance)[SEAL],
    )


def _always(provenance: Mapping[str, Any]) -> frozenset[str]:
    """What every run with hashes has, named among them or not."""
    left_out = set(provenance.get("left_out", ()))
    return READ.union(OPENED - left_out) if FILES in provenance else frozenset()


def _may_be(name: str, known: frozenset[str]) -> bool:
    """Whether a run may have a file of this name, beside the copy of its inputs."""
    return name in known or any(fnmatchcase(name, pattern) for pattern in EDITED)


def _paths(folder: Path) -> list[str]:
    """Files, and those in folders, one level deep as runs are; what lies deeper is named by its
    folder. Links are never followed."""
    found = [path for entry in _entries(folder) for path in _entries(entry) or [entry]]
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _entries(folder: Path) -> list[Path]:
    if folder.is_symlink() or not folder.is_dir():
        return []
    return [path for path in desktop.others(folder.iterdir()) if not _is_lock(path)]


def _is_lock(path: Path) -> bool:
    return any(fnmatchcase(path.name, pattern) for pattern in LOCKS)


def _hash(path: Path) -> str:
    """Blank for a pipe, a device or a link: reading those may never end, or read other things."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return ""
    with path.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _seal(provenance: Mapping[str, Any]) -> str:
    import json

    return sha256(json.dumps(provenance, sort_keys=True).encode()).hexdigest()
