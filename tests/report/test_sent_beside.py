"""What a package sends to tasks beside the one that is asked about is never told as its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from allocator.cli import main

TABLES = {
    "nations": "nation,name\nAAA,Alpha\nBBB,Beta\n",
    "capabilities": "capability,name,domain,unit,personnel\ninf,Infantry,land,company,100\n",
    "availability": "nation,capability,quantity,basis\nAAA,inf,3,estimate\nBBB,inf,2,estimate\n",
}
MODEL = """name: m
tasks:
  - {task: main, requires: staffed(side), min_nations: 2, lines: [{capability: inf, minimum: 2}]}
  - {task: side, lines: [{capability: inf, minimum: 1}]}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for folder in ("inputs", "models"):
        (tmp_path / folder).mkdir()
    for name, text in TABLES.items():
        (tmp_path / "inputs" / f"{name}.csv").write_text(text)
    (tmp_path / "models" / "m.yaml").write_text(MODEL)
    return tmp_path


def shown(workspace: Path, task: str) -> tuple[str, str]:
    """What stands on the terminal and on the page."""
    out = workspace / "kept"
    asked = ["packages", task, "-w", str(workspace), "--out", str(out), "--time-limit", "20"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split()), " ".join((out / "report.html").read_text().split())


def test_the_terminal_and_the_page_tell_it_apart(workspace: Path) -> None:
    for text in shown(workspace, "main"):
        assert "company (Infantry), and for side 1 company (Infantry)" in text
        assert "2 companies" not in text
        assert "count what stands beside it as well (side)" in text
        assert "largest share is that of main alone" in text


def test_of_a_task_by_itself_nothing_of_it_is_said(workspace: Path) -> None:
    for text in shown(workspace, "side"):
        assert "and for main" not in text
        assert "and for side" not in text
        assert "stands beside" not in text
