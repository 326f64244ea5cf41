"""requirements.lock has what pyproject.toml asks for, every file by its hash, and names no host."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = re.findall(
    r"^([\w.-]+)==(\S+) \\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", LOCK, re.M
)
VERSIONS = {name: version for name, version, _ in PINS}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_asked_for_is_pinned(asked: str) -> None:
    """Written anew by `make lock`."""
    requirement = Requirement(asked)
    assert requirement.specifier.contains(VERSIONS[canonicalize_name(requirement.name)])


def test_every_line_is_a_pin_a_hash_or_a_remark() -> None:
    known = re.compile(r"([\w.-]+==\S+ \\| +--hash=sha256:[0-9a-f]{64}( \\)?| *# (?!.*://).+)")
    assert [line for line in LOCK.splitlines() if not known.fullmatch(line)] == []
    assert len(PINS) == len(VERSIONS) == len(re.findall(r"^\S+==", LOCK, re.M)) > 40
