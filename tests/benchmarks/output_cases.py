"""The cases of `same_outputs.py`: what is asked, and of which workspaces."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # This code, wherever the script is called from.

import allocator
from tests.generator import tables_and_models

DAY = "86400"
"""Seconds: a limit that nothing comes near."""

SEEDS = range(300)
SOME = 10
"""Of so many workspaces one is asked through the Python door too, one for departures, one for which
rows' lifting would do."""

TABLES = ("allocation", "packages", "unlocking", "blocking", "gaps", "shortfalls", "released",
          "net_availability", "levels", "tasks")  # fmt: skip

SMALL = "support_only"
"""The model whose joint plans are proved in seconds, in every world."""

ENDLESS = {"reassurance_150k": ("western_presence", "air_missile_defence", "reinforcement")}
"""Short tasks whose smallest gap only time ends; their verdicts are asked for without it."""


@dataclass(frozen=True)
class Case:
    """What is asked: a command, or, where there is `work`, that in its place."""

    name: str
    command: tuple[str, ...] = ()
    work: Callable[[Path], None] | None = None


def reference() -> Iterator[Case]:
    """Every model in every world."""
    for part in ("inputs", "models"):
        shutil.copytree(ROOT / part, Path("workspaces", "reference", part))
    worlds = ["today", *_once(row["world"] for row in _rows("worlds"))]
    yield _asked("check", "check")
    for world in worlds:
        yield _asked(f"check-{world}", "check", "--world", world)
        yield _searched(f"solve-{SMALL}-{world}", "solve", SMALL, "--world", world)
        for model in sorted(path.stem for path in (ROOT / "models").glob("*.yaml")):
            asked = ("blockers", *_ended(model), "--model", model, "--world", world)
            yield _searched(f"blockers-{model}-{world}", *asked)
    yield from _single_questions()


def _ended(model: str) -> list[str]:
    """The tasks whose search ends by itself, where there are others; none stands for all."""
    text = (ROOT / "models" / f"{model}.yaml").read_text("utf-8")
    tasks = re.findall(r"^  - task: (\w+)", text, re.MULTILINE)
    return [task for task in tasks if task not in ENDLESS[model]] if model in ENDLESS else []


def _single_questions() -> Iterator[Case]:
    """Options that change what is searched or shown, once each."""
    everywhere = ("--world", "ceasefire")
    yield _searched("without", "blockers", "--model", SMALL, "--without", "FRA")
    yield _searched("without-holder", "blockers", "western_presence", "--without-holder", "RUS",
                    "--model", "reassurance_20k")  # fmt: skip
    for model, tasks in ENDLESS.items():
        for task in tasks:
            yield _searched(f"verdict-{task}", "packages", task, "--model", model)
    yield _searched("packages", "packages", "logistics_hub", "--model", SMALL, *everywhere)
    yield _searched("packages-limit", "packages", "western_presence", "--limit", "5",
                    "--model", "reassurance_20k", *everywhere)  # fmt: skip
    yield _searched("json", "blockers", "--json", "--model", SMALL)
    yield _asked("fragility", "fragility", "logistics_hub", "--model", SMALL, *_ALONE)


def of_kept_runs() -> Iterator[Case]:
    """What is made of the runs that stand there by now."""
    runs = [f"reference/solve-{SMALL}-{world}/run" for world in ("today", "ceasefire", "all_met")]
    yield _asked("compare", "compare", *runs, "--time-limit", DAY, "--out", "reference/compare/run")
    yield _asked("verify", "verify", runs[1], "--time-limit", DAY)
    yield _asked("convert", "convert", "workspaces/reference", "reference/convert/plan.xlsx",
                 workspace=False)  # fmt: skip
    yield _asked("init", "init", "reference/init/plan", workspace=False)


_ALONE = ("--workers", "1", "--time-limit", DAY)


def _searched(name: str, *command: str) -> Case:
    return _asked(name, *command, *_ALONE, "--out", f"reference/{name}/run")


def _asked(name: str, *command: str, workspace: bool = True) -> Case:
    where = ("-w", "workspaces/reference") if workspace else ()
    return Case(f"reference/{name}", (*command, *where))


def random_ones() -> Iterator[Case]:
    """Of every workspace all that `solve` says, in one of its worlds."""
    for seed in SEEDS:
        workspace, worlds = _write_workspace(seed)
        chosen = Random(f"world {seed}").choice(worlds)
        name = f"random/{seed:03}"
        where = ("--world", chosen, "-w", str(workspace), *_ALONE)
        departures = ("--departures",) if seed % SOME == 1 else ()
        yield Case(name, ("solve", "m", *departures, *where, "--out", f"{name}/run"))
        if seed % SOME == 2:
            relaxed = ("--relax", "caveats", "--relax", "commitments", "--relax", "preconditions")
            yield Case(f"relaxed/{seed:03}", ("blockers", "--model", "m", *relaxed, *where,
                                              "--out", f"relaxed/{seed:03}/run"))  # fmt: skip
        if seed % SOME == 0:
            yield Case(f"door/{seed:03}", work=_at_the_door(workspace, worlds))


def _at_the_door(workspace: Path, worlds: list[str]) -> Callable[[Path], None]:
    """The tables as pandas has them, in the first world and the last, and what is compared."""

    def work(folder: Path) -> None:
        planner = allocator.load(workspace)
        how: dict[str, Any] = {"time_limit": float(DAY), "workers": 1}
        runs = [planner.solve("m", world=world, **how) for world in (worlds[0], worlds[-1])]
        for number, run in enumerate(runs):
            for table in TABLES:
                getattr(run, table).to_csv(folder / f"{table}-{number}.csv")
        allocator.compare(*runs).changes.to_csv(folder / "changes.csv")

    return work


def _write_workspace(seed: int) -> tuple[Path, list[str]]:
    """The folder of the seed's tables, and its worlds; YAML takes JSON as it is."""
    folder = Path("workspaces", f"{seed:03}")
    tables, models = tables_and_models(seed)
    for part in ("inputs", "models"):
        (folder / part).mkdir(parents=True)
    for name, rows in tables.items():
        columns = list(_once(c for row in rows for c in row)) or list(_rows(name)[0])
        with (folder / "inputs" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    for model in models:
        (folder / "models" / f"{model['name']}.yaml").write_text(json.dumps(model), "utf-8")
    return folder, ["today", *_once(row["world"] for row in tables["worlds"])]


def _rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "inputs" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _once(names: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(names)
