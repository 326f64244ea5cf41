"""What is left of the memory, by the tightest limit that the system tells of."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator import memory

MIB = 1 << 20


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system of 1,000 MiB with 600 left, and a group of 800 MiB with 300 left."""
    (tmp_path / "self").mkdir()
    (tmp_path / "self" / "statm").write_text("25600 1 1 1 0 1 0")
    (tmp_path / "self" / "cgroup").write_text("4:memory:/old\n0::/plans\n")
    (tmp_path / "meminfo").write_text(
        "MemTotal: 921600 kB\nMemAvailable: 512000 kB\nSwapTotal: 102400 kB\nSwapFree: 102400 kB\n"
    )
    group = tmp_path / "group" / "plans"
    group.mkdir(parents=True)
    (group / "memory.max").write_text(f"{800 * MIB}\n")
    (group / "memory.current").write_text(f"{600 * MIB}\n")
    (group / "memory.stat").write_text(f"anon 5\ninactive_file {100 * MIB}\n")
    monkeypatch.setattr(memory, "PROC", tmp_path)
    monkeypatch.setattr(memory, "GROUP", tmp_path / "group")
    return tmp_path


class Limited:
    """As the module `resource`, with a limit of its own."""

    RLIMIT_AS, RLIM_INFINITY = 9, -1

    def __init__(self, whole: int) -> None:
        self.whole = whole

    def getrlimit(self, _: int) -> tuple[int, int]:
        return self.whole, -1


def test_every_limit_that_is_known(system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "resource", Limited(500 * MIB))
    monkeypatch.setattr(memory.os, "sysconf", lambda _: 4096)
    assert [(left // MIB, whole // MIB) for left, whole in memory.limits()] == [
        (400, 500),
        (300, 800),
        (600, 1000),
    ]


def test_a_limit_of_a_group_around_the_own_one(
    system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service within a slice has none of its own, and is held to that of the slice."""
    monkeypatch.setattr(memory, "resource", None)
    inner = system / "group" / "plans" / "service"
    inner.mkdir()
    (inner / "memory.max").write_text("max\n")
    (system / "self" / "cgroup").write_text("0::/plans/service\n")
    assert [left // MIB for left, _ in memory.limits()] == [300, 600]


def test_a_group_of_the_first_version(system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory has a tree of its own there; the limit may be that of a group above."""
    monkeypatch.setattr(memory, "resource", None)
    (system / "self" / "cgroup").write_text("5:cpu,cpuacct:/x\n4:memory,hugetlb:/old/in\n0::/\n")
    old = system / "group" / "memory" / "old"
    (old / "in").mkdir(parents=True)
    (old / "memory.limit_in_bytes").write_text(f"{500 * MIB}\n")
    (old / "memory.usage_in_bytes").write_text(f"{450 * MIB}\n")
    (old / "memory.stat").write_text(f"inactive_file 1\ntotal_inactive_file {10 * MIB}\n")
    assert [(left // MIB, whole // MIB) for left, whole in memory.limits()] == [
        (60, 500),
        (600, 1000),
    ]


@pytest.mark.parametrize("whole", [None, -1])
def test_limits_that_nobody_tells_of_are_left_out(
    system: Path, monkeypatch: pytest.MonkeyPatch, whole: int | None
) -> None:
    monkeypatch.setattr(memory, "resource", None if whole is None else Limited(whole))
    (system / "group" / "plans" / "memory.max").write_text("max\n")
    assert [left // MIB for left, _ in memory.limits()] == [600]
    (system / "meminfo").unlink()
    assert list(memory.limits()) == []
    assert not memory.nearly_out()


@pytest.mark.parametrize(("left", "nearly"), [(101, False), (99, True)])
def test_a_tenth_is_kept_back(monkeypatch: pytest.MonkeyPatch, left: int, nearly: bool) -> None:
    monkeypatch.setattr(memory, "limits", lambda: iter([(900, 1000), (left, 1000)]))
    assert memory.nearly_out() is nearly


def test_of_a_large_machine_less_than_a_tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "limits", lambda: iter([(300 * MIB, 100_000 * MIB)]))
    assert not memory.nearly_out()
    monkeypatch.setattr(memory, "limits", lambda: iter([(200 * MIB, 100_000 * MIB)]))
    assert memory.nearly_out()


def test_which_errors_say_that_memory_is_used_up() -> None:
    assert memory.is_lack(MemoryError("std::bad_alloc"))
    assert memory.is_lack(ImportError("libx.so: failed to map segment from shared object"))
    assert memory.is_lack(RuntimeError("can't start new thread"))
    assert memory.is_lack(SystemError("<function f> returned NULL without setting an exception"))
    assert not memory.is_lack(ImportError("No module named 'x'"))
    assert not memory.is_lack(RuntimeError("task t was not judged"))
