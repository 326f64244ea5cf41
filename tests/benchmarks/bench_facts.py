"""What every benchmark says of itself: when, where, on what and by which command it was measured;
and where it writes that."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"


def facts(
    command: str, *packages: str, about: Sequence[str] = (), more: Sequence[str] = ()
) -> list[str]:
    """One sentence and the command, as lines of Markdown.

    packages: those whose versions matter, as installed here. about: what was measured. more: what
    else is to be known, at the end.
    """
    versions = [f"Python {platform.python_version()}"]
    versions += [f"{name} {version(name)}" for name in packages]
    parts = [
        f"{datetime.now(UTC):%Y-%m-%d}, commit {_commit()}",
        *about,
        f"{os.cpu_count()} cores, {_processor()}, load {os.getloadavg()[0]:.1f} at the end",
        platform.system(),
        ", ".join(versions),
        *more,
    ]
    return [f"{'; '.join(parts)}.", "", "```", f"python {command}", "```"]


def write_section(name: str, lines: Sequence[str], page: Path = PAGE) -> None:
    """Between the page's marks for the name; everything else stays as it is."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    text = page.read_text(encoding="utf-8")
    if begin not in text or end not in text:
        raise SystemExit(f"{page.name} has no marks {begin} … {end}")
    before, rest = text.split(begin, 1)
    after = rest.split(end, 1)[1]
    page.write_text(f"{before}{begin}\n\n{chr(10).join(lines)}\n\n{end}{after}", encoding="utf-8")


def _commit() -> str:
    asked = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True).stdout.strip() or "unknown"


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.machine()
    found = (line.split(":", 1)[1].strip() for line in text.splitlines() if "model name" in line)
    return next(found, platform.machine())
