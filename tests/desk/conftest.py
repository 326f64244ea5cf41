"""A small workspace with a desk on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("uvicorn")

from allocator.desk.serving import OpenDesk
from tests.desk.desks import opened, stage, until
from tests.inputs.workspace_files import write_small


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small(tmp_path / "plan")


@pytest.fixture
def desk(small: Path) -> Iterator[OpenDesk]:
    """Whole already."""
    found = opened(small)
    until(found, stage("whole"))
    yield found
    found.close()
    assert not found.alive
