"""A sweep on a real scheduler with real workers, killed one after the other."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import allocator
from allocator.progress import Event
from allocator.results.sweep import SweepFound
from tests import dasking, sweeping

MANY, FEW = 120, 24
"""Cases."""


def on_threads(folder: Path, cases: int) -> Mapping[str, bytes]:
    """The files of the sweep, uninterrupted."""
    ended = sweeping.run(sweeping.workspace(folder, cases // 4))
    assert ended.returncode == 0, ended.stderr
    return sweeping.kept(folder)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    return on_threads(tmp_path_factory.mktemp("sweep") / "plan", FEW)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return sweeping.workspace(tmp_path / "plan", FEW // 4)


@pytest.fixture
def held(plan: Path) -> Path:
    """Where it is said that no case begins once the journal holds more than eight."""
    return sweeping.holding(plan.parent / "site", plan, 8)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[dasking.Cluster]:
    """Without workers."""
    with dasking.cluster(tmp_path / "dask", workers=0) as found:
        yield found


@pytest.fixture
def holding(empty: dasking.Cluster, held: Path) -> dasking.Cluster:
    """With workers that begin no case then."""
    for _ in range(2):
        empty.add_worker(**sweeping.at(held))
    return empty


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[dasking.Cluster]:
    with dasking.cluster(tmp_path / "dask") as found:
        yield found


def test_a_worker_killed_and_the_client_killed_the_table_is_that_of_threads(
    tmp_path: Path, empty: dasking.Cluster
) -> None:
    plan = sweeping.workspace(tmp_path / "plan", MANY // 4)
    site = sweeping.holding(tmp_path / "site", plan, 50)
    for _ in range(2):
        empty.add_worker(**sweeping.at(site))
    with sweeping.begun(plan, "--on", empty.address) as process:
        sweeping.until(lambda: sweeping.finished(plan) > 20)
        empty.workers[0].kill()
        sweeping.until(lambda: sweeping.finished(plan) > 50)
        process.kill()
    before = sweeping.finished(plan)
    assert 50 < before < MANY
    sweeping.let_go(site)
    empty.add_worker()
    resumed = sweeping.run(plan, "--on", empty.address, "--resume")
    assert resumed.returncode == 0, resumed.stderr
    assert f"{before} cases of them stood in the journal already" in resumed.stdout
    assert resumed.stderr == ""
    assert sweeping.kept(plan) == on_threads(tmp_path / "threads", MANY)


def test_a_lost_scheduler_is_told_and_the_journal_goes_on(
    plan: Path, holding: dasking.Cluster, expected: Mapping[str, bytes]
) -> None:
    with sweeping.begun(plan, "--on", holding.address) as process:
        sweeping.until(lambda: sweeping.finished(plan) > 8)
        holding.scheduler.kill()
        said, told = process.communicate(timeout=sweeping.PATIENCE)
    assert process.returncode == 2, (said, told)
    assert "the scheduler is lost" in told
    assert "--resume" in told
    assert "Traceback" not in told
    assert 8 < sweeping.finished(plan) < FEW
    assert sweeping.run(plan, "--on", "threads", "--resume").returncode == 0
    assert sweeping.kept(plan) == expected


def test_ctrl_c_leaves_the_cluster_to_others(
    plan: Path, holding: dasking.Cluster, held: Path, expected: Mapping[str, bytes]
) -> None:
    with sweeping.begun(plan, "--on", holding.address) as process:
        sweeping.until(lambda: sweeping.finished(plan) > 8)
        os.kill(process.pid, signal.SIGINT)
        said, told = process.communicate(timeout=sweeping.PATIENCE)
    assert process.returncode == 130, (said, told)
    assert "Traceback" not in told
    states = [line["state"] for line in map(json.loads, (plan / "out/machine/sweep.jsonl").open())]
    assert set(states) == {"decided", "waiting"}
    sweeping.let_go(held)
    resumed = sweeping.run(plan, "--on", holding.address, "--resume")
    assert resumed.returncode == 0, resumed.stderr
    assert sweeping.kept(plan) == expected


def test_a_sweep_that_ends_takes_nothing_from_another_of_the_same_workspace(
    plan: Path, cluster: dasking.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("allocator.analysis.sweeping.cluster.AHEAD", 4)
    planner = allocator.load(plan)
    others: list[SweepFound] = []

    def progress(event: Event) -> None:
        """Another sweep, from its beginning to its end, once the first has a case."""
        if event.done and not others:
            others.append(planner.sweep(plan / "figures.yaml", on=cluster.address))

    found = planner.sweep(plan / "figures.yaml", on=cluster.address, progress=progress)
    assert found.states["decided"] == FEW
    assert found.cases == others[0].cases


def test_where_no_scheduler_answers_it_is_said_what_to_do(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "environment", quick)
    port = dasking.free_port()
    ended = sweeping.run(plan, "--on", f"tcp://127.0.0.1:{port}")
    assert ended.returncode == 2
    assert f"no scheduler answers at tcp://127.0.0.1:{port}" in ended.stderr
    assert "dask scheduler" in ended.stderr
    assert "Traceback" not in ended.stderr


def quick() -> dict[str, str]:
    """Without patience."""
    site = {"PYTHONPATH": str(sweeping.ROOT), "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    return {**os.environ, **site}


def test_a_worker_of_another_version_is_refused(plan: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(
        "from allocator.results import run\n"
        "real = run.versions\n"
        "run.versions = lambda: {**real(), 'ortools': '0.0.1'}\n"
    )
    with dasking.cluster(tmp_path / "dask", workers=0) as found:
        found.add_worker(PYTHONPATH=f"{site}:{sweeping.ROOT}")
        ended = sweeping.run(plan, "--on", found.address)
    assert ended.returncode == 2
    assert "a worker has ortools 0.0.1, this machine has" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_case_that_takes_every_worker_with_it_is_a_row_and_the_rest_goes_on(
    plan: Path, tmp_path: Path
) -> None:
    file = plan / "figures.yaml"
    file.write_text(file.read_text().replace(f"draws: {FEW // 4}", "draws: 3"))
    site = sweeping.killing(tmp_path / "site")
    with dasking.cluster(tmp_path / "dask", workers=0) as found:
        for _ in range(6):
            found.add_worker(
                PYTHONPATH=f"{site}:{sweeping.ROOT}",
                DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="3",
            )
        ended = sweeping.run(plan, "--on", found.address)
    assert ended.returncode == 0, ended.stderr
    lines = [json.loads(line) for line in (plan / "out/machine/sweep.jsonl").open()]
    assert [line["case"] for line in lines if line["state"] != "decided"] == [9]
    assert "several workers were lost" in lines[8]["fault"]


WITHOUT = "import sys; sys.modules['distributed'] = None\n"
WITHOUT += "from allocator.cli import main; main(['sweep', 'figures.yaml', '--on', sys.argv[1]])"


@pytest.mark.parametrize("on", ["dask", "tcp://127.0.0.1:1"])
def test_without_the_extra_it_is_named(plan: Path, on: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT, on], cwd=plan, env=sweeping.environment(),
        capture_output=True, text=True, timeout=sweeping.PATIENCE, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "pip install 'contribution-allocator[cluster]'" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_dask_here_begins_and_ends_its_own_workers(
    plan: Path, expected: Mapping[str, bytes]
) -> None:
    ended = sweeping.run(plan, "--on", "dask", "--workers", "2")
    assert ended.returncode == 0, ended.stderr
    assert sweeping.kept(plan) == expected
