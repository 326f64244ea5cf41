"""How much memory is left to this process, where the system says so (Linux)."""

from __future__ import annotations

import ctypes
import gc
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

try:
    import resource
except ImportError:  # Another system, which says nothing of this.
    resource = None  # type: ignore[assignment]

RESERVE_SHARE, RESERVE_MOST = 10, 256 << 20
"""A tenth of all there is, at most so many bytes, is what it takes to end a run in good order:
to check, write and show what is known."""

PROC = Path("/proc")
GROUP = Path("/sys/fs/cgroup")


def nearly_out() -> bool:
    """Whether what is left, by the tightest limit, is needed to end the run."""
    return any(left < min(whole // RESERVE_SHARE, RESERVE_MOST) for left, whole in limits())


def is_lack(error: BaseException) -> bool:
    """Whether the error says that memory is used up: a library that does not fit is an
    ImportError to Python, a thread that does not fit a RuntimeError, an error that does not fit a
    SystemError."""
    kind = type(error)
    return isinstance(error, MemoryError) or any(
        issubclass(kind, other) and words in str(error).lower() for other, words in _LACKS
    )


_LACKS: tuple[tuple[type[Exception], str], ...] = (
    (ImportError, "cannot allocate memory"),
    (ImportError, "failed to map segment"),
    (RuntimeError, "can't start new thread"),
    (SystemError, "without setting an exception"),
)


def give_back() -> None:
    """Hand memory that is no longer used back to the system: the C library keeps much of what a
    search has freed, as long as the process lives."""
    gc.collect()
    with suppress(OSError, AttributeError):  # Elsewhere than on Linux it has no such call.
        ctypes.CDLL(None).malloc_trim(0)


def limits() -> Iterator[tuple[int, int]]:
    """Bytes left and bytes in all: of the process's own limit, of its control groups', and of the
    machine's; those that are known."""
    groups = [partial(_group, folder) for folder in _groups()]
    known: list[Callable[[], tuple[int, int]]] = [_own, *groups, _machine]
    for limit in known:
        try:
            yield limit()
        except (OSError, ValueError, LookupError, ImportError):
            continue


def _own() -> tuple[int, int]:
    """The process's address space (`ulimit -v`)."""
    if resource is None:
        raise ImportError("resource")
    whole, _ = resource.getrlimit(resource.RLIMIT_AS)
    if whole == resource.RLIM_INFINITY:
        raise LookupError("no limit")
    pages = int((PROC / "self" / "statm").read_text().split()[0])
    return whole - pages * os.sysconf("SC_PAGE_SIZE"), whole


def _groups() -> list[Path]:
    """Folders of the control group, as of a container, and of those that it is in: each may have a
    limit. Groups of the second version stand in one tree, those of the first in one for memory."""
    try:
        lines = (PROC / "self" / "cgroup").read_text().splitlines()
    except OSError:
        return []
    found = []
    for _, controllers, path in (line.split(":", 2) for line in lines):
        root = GROUP / "memory" if "memory" in controllers.split(",") else GROUP
        if root != GROUP or not controllers:
            own = root / path.lstrip("/")
            found += [folder for folder in (own, *own.parents) if folder.is_relative_to(root)]
    return found


def _group(folder: Path) -> tuple[int, int]:
    """Of one group; files that are only kept at hand do not count."""
    first = (folder / "memory.limit_in_bytes").exists()
    most, now = ("limit_in_bytes", "usage_in_bytes") if first else ("max", "current")
    whole = int((folder / f"memory.{most}").read_text())
    used = int((folder / f"memory.{now}").read_text())
    counted = dict(line.split() for line in (folder / "memory.stat").read_text().splitlines())
    spare = counted["total_inactive_file" if first else "inactive_file"]
    return whole - used + int(spare), whole


def _machine() -> tuple[int, int]:
    """Memory and swap of the machine."""
    lines = (PROC / "meminfo").read_text().splitlines()
    kib = {name: int(rest.split()[0]) for name, rest in (line.split(":") for line in lines)}
    return (
        (kib["MemAvailable"] + kib["SwapFree"]) << 10,
        (kib["MemTotal"] + kib["SwapTotal"]) << 10,
    )
