"""`allocator desk` as a process, and `planner.watch`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

import allocator
from allocator.cli import main
from allocator.desk.moment import Moment
from allocator.errors import UsageError
from tests.desk.desks import LIMIT, ask, edit, fresh
from tests.handmade import line

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(os.name != "posix", reason="signals differ there")
@pytest.mark.parametrize("json_", [True, False])
def test_it_says_what_it_listens_on_and_ctrl_c_ends_it_whole(small: Path, json_: bool) -> None:
    command = [sys.executable, "-m", "allocator", "desk", "-w", str(small), "--no-browser"]
    process = subprocess.Popen(
        command + ["--json"] * json_,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    if json_:
        told = json.loads("".join(process.stdout.readline() for _ in range(5)))
        url = told["url"]
        assert told["workspace"] == str(small)
    else:
        url = process.stdout.readline().removeprefix("The desk listens on ").strip()
    assert url.startswith("http://127.0.0.1:")
    assert ask(url)[0] == 200
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=LIMIT)
    assert said == "The desk is closed.\n"
    assert process.returncode == 0
    with pytest.raises(ConnectionError):
        ask(url)
    assert not (small / "reports").exists()


def test_without_the_extra_it_says_what_to_install(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [n for n in sys.modules if n.startswith("allocator.desk.ser")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "starlette.applications", None)
    done = CliRunner().invoke(main, ["desk", "-w", str(small), "--no-browser"])
    assert done.exit_code == 2
    assert "pip install 'contribution-allocator[desk]'" in done.stderr


def test_a_port_that_is_taken_is_said(small: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(main, ["desk", "-w", str(small), "--no-browser", "--port", port])
    assert done.exit_code == 2
    assert "in use" in done.stderr


def test_watch_tells_each_moment(small: Path) -> None:
    heard: list[Moment] = []
    stop = threading.Event()

    def callback(moment: Moment) -> None:
        heard.append(moment)
        if moment.stage == "whole" and moment.state.number == 1:
            edit(small / "inputs/availability.csv", "FRA,mech,6", "FRA,mech,six")
        if moment.stage == "wrong":
            edit(small / "inputs/availability.csv", "FRA,mech,six", "FRA,mech,0")
        if moment.stage == "whole" and moment.state.number == 3:
            stop.set()

    allocator.load(small).watch(callback, world="truce", workers=1, stop=stop)
    wholes = [moment.run for moment in heard if moment.run is not None]
    assert [m.stage for m in heard if m.state.number == 2] == ["wrong"]
    assert wholes[-1].result == fresh(small, "truce").result
    assert isinstance(wholes[-1], allocator.Run)
    assert wholes[0].result != wholes[-1].result
    order = [moment.stage for moment in heard if moment.state.number == 1]
    assert order[0] == "asked"
    assert order[-1] == "whole"


def test_tables_in_memory_are_not_watched() -> None:
    tables = {
        "nations": [{"nation": "FRA", "name": "France"}],
        "capabilities": [{"capability": "bn", "name": "b", "domain": "land", "unit": "u",
                          "personnel": 1}],
        "availability": [{"nation": "FRA", "capability": "bn", "quantity": 1,
                          "basis": "estimate"}],
    }  # fmt: skip
    model = {"name": "m", "horizon": {"periods": 1, "months_per_period": 6},
             "tasks": [{"task": "t", "lines": [line(1)]}]}  # fmt: skip
    with pytest.raises(UsageError, match="no files to watch"):
        allocator.from_tables(tables, {"m": model}).watch(lambda moment: None)
