"""Whether anything that people read is another: digests of what the code of this checkout writes.

    python tests/benchmarks/same_outputs.py before.json --keep before
    python tests/benchmarks/same_outputs.py after.json --against before.json --keep after
    diff -r before after

For a change that is to change nothing: the first line on the code before it, the second after it.
Every case and file that differs is named; ends with 1 where one does, with 2 where a case did not
come to its own end. `--only TEXT` takes the cases with the text in their name alone, `--jobs N` so
many at once. About six minutes on one core.

A case is one command as a planner types it, run in a child of this process and in the folder of
all cases, so that every path it prints is the same everywhere. Its digests are those of what it
prints, of its exit status and of every file of the run it keeps: the result, the tables, the page,
the parts of the workbook. The reference case is asked with every model in every world; the 300
workspaces are those of `tests/generator.py`, some of them through the Python door too.

Time decides nothing: the limit is a day, and one question is worked on at a time, so that searches
end by themselves or by CP-SAT's deterministic effort. That leaves out what only time ends: the
joint plans of the five models of forces in Ukraine, and with them `solve`; their verdicts and
blockers are asked for alone, without the gaps of the tasks in `ENDLESS`. A run that was timed out
all the same is refused.

Only the public door is used, `python -m allocator` and `import allocator`: modules may be moved and
renamed. What is bound to the moment is blanked out, by `MOMENT` and nothing else.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import importlib
import json
import os
import pkgutil
import re
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
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

OUTER = 600
"""Seconds after which a case is ended, since only time would end it."""

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

MOMENT = tuple(
    (re.compile(pattern), blank)
    for pattern, blank in (
        # run.json: the seconds of each phase, and hashes of what holds them.
        (rb'"seconds": \{[^}]*\}', rb'"seconds": {}'),
        (rb'"(report\.html|results\.xlsx|seal)": "[0-9a-f]{64}"', rb'"\1": "_"'),
        # The last line of a command, the cover of the workbook, the end of the page.
        (rb"(workers \d+|UTC), [\d,.]+ seconds", rb"\1, _ seconds"),
        (rb"<dd>[\d.]+ seconds</dd>", rb"<dd>_ seconds</dd>"),
        # When it began.
        (rb"\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|\+00:00| UTC)", rb"_\2"),
        (rb"\bmade 20\d\d-\d\d-\d\d\b", rb"made _"),
    )
)
"""What is bound to the moment of a run, and what stands for it."""


@dataclass(frozen=True)
class Case:
    """What is asked: a command, or, where there is `work`, that in its place."""

    name: str
    command: tuple[str, ...] = ()
    work: Callable[[Path], None] | None = None


def main() -> None:
    options = _options()
    _import_all()
    with _folder(options.keep) as folder:
        found, failed = _digests(folder, options.only, options.jobs)
    options.digests.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", "utf-8")
    files = sum(map(len, found.values()))
    print(f"{len(found)} cases, {files} files: {options.digests}")
    for what in failed:
        print(f"FAILED: {what}")
    different = []
    if options.against:
        before = json.loads(options.against.read_text("utf-8"))
        chosen = {name: files for name, files in before.items() if options.only in name}
        different = list(_differences(chosen, found))
        print(*different, sep="\n")
        print(f"{len(different)} differ" if different else "nothing differs")
    sys.exit(2 if failed else bool(different))


def _digests(folder: Path, only: str, jobs: int) -> tuple[dict[str, dict[str, str]], list[str]]:
    """The digests of every case, and the cases that did not come to an end of their own."""
    names: list[str] = []
    failed: list[str] = []
    os.chdir(folder)
    for stage in (_reference(), _of_kept_runs(), _random()):
        cases = [case for case in stage if only in case.name]
        for case, status in _run_all(cases, jobs):
            names.append(case.name)
            wrong = _wrong(Path(case.name), status)
            failed += [f"{case.name}: {wrong}"] if wrong else []
    # Later cases read what earlier ones kept: nothing is blanked before the end.
    return {name: _digests_of(Path(name)) for name in names}, failed


# The cases


def _reference() -> Iterator[Case]:
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


def _of_kept_runs() -> Iterator[Case]:
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


def _random() -> Iterator[Case]:
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


# One case


def _import_all() -> None:
    """Imports the whole package, whatever its modules are called: no case has to again."""
    for module in pkgutil.walk_packages(allocator.__path__, "allocator."):
        importlib.import_module(module.name)


def _run_all(cases: list[Case], jobs: int) -> Iterator[tuple[Case, int]]:
    """Each case with its exit status, as they end. Children come from a process of one thread:
    a lock that another holds at that moment would never be released in them."""
    waiting, running = cases[::-1], dict[int, tuple[Case, float]]()
    while waiting or running:
        while waiting and len(running) < jobs:
            case = waiting.pop()
            running[_begun(case)] = case, time.monotonic()
        child, ended, used = os.wait4(-1, 0)
        case, began = running.pop(child)
        status = os.waitstatus_to_exitcode(ended)
        Path(case.name, "status").write_text(f"{status}\n")
        took = f"{time.monotonic() - began:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of work"
        print(f"{case.name}: {took}", file=sys.stderr, flush=True)
        yield case, status


def _begun(case: Case) -> int:
    """A child that runs the case with its streams kept in files."""
    folder = Path(case.name)
    folder.mkdir(parents=True)
    child = os.fork()
    if child == 0:
        _in_child(case, folder)
    return child


def _wrong(folder: Path, status: int) -> str:
    """Why what the case came to says nothing; blank where it does."""
    if status == -signal.SIGALRM:
        return f"did not end within {OUTER} seconds"
    if status not in (0, 1):
        return f"ended with {status}"
    kept = folder / "run" / "run.json"
    return "time decided it" if kept.is_file() and b'"timed_out": true' in kept.read_bytes() else ""


def _in_child(case: Case, folder: Path) -> None:
    """Ends the process; what it prints goes to files, as wide as a page."""
    os.environ |= {"COLUMNS": "100", "TERM": "dumb", "TZ": "UTC"}
    signal.alarm(OUTER)
    for number, name in enumerate(("stdout", "stderr"), 1):
        os.dup2(os.open(folder / name, os.O_CREAT | os.O_WRONLY), number)
    status: Any = 70
    try:
        status = _work(case, folder)
    except SystemExit as ended:
        status = ended.code or 0
    except BaseException:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status if isinstance(status, int) else 1)


def _work(case: Case, folder: Path) -> int:
    if case.work is not None:
        case.work(folder)
        return 0
    from allocator.__main__ import main as command

    sys.argv = ["allocator", *case.command]
    command()
    return 0


# Digests


def _digests_of(folder: Path) -> dict[str, str]:
    """Of every file below the folder, by its name there; of a workbook, of every part. What they
    are taken of is left in the place of the file."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xlsx":
            _unpack(path)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = _blanked(path.read_bytes())
            path.write_bytes(content)
            found[path.relative_to(folder).as_posix()] = hashlib.sha256(content).hexdigest()
    return found


def _blanked(content: bytes) -> bytes:
    for pattern, blank in MOMENT:
        content = pattern.sub(blank, content)
    return content


def _unpack(path: Path) -> None:
    """Puts a folder of its parts in the place of a workbook, an element a line."""
    with zipfile.ZipFile(path) as workbook:
        parts = {name: workbook.read(name) for name in workbook.namelist()}
    path.unlink()
    seconds = _number_of_text(parts.get("xl/sharedStrings.xml", b""), b"seconds")
    for name, content in parts.items():
        part = path / name
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(_without_seconds(content, seconds).replace(b"><", b">\n<"))


def _number_of_text(texts: bytes, wanted: bytes) -> int:
    """By which cells name it; -1 where none does."""
    known = re.findall(rb"<si><t[^>]*>([^<]*)</t></si>", texts)
    return known.index(wanted) if wanted in known else -1


def _without_seconds(sheet: bytes, number: int) -> bytes:
    """The sheet without what stands right of the name of a phase, in rows that begin with the
    text of this number: the sheet on where a run comes from has the seconds of its phases so."""
    named = rb'(<c r="A\d+"[^>]*><v>%d</v></c><c r="B\d+"[^>]*><v>\d+</v></c>' % number
    return re.sub(named + rb'<c r="C\d+"[^>]*><v>)[^<]*', rb"\1_", sheet)


def _differences(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    for case in sorted({*before, *after}):
        one, other = before.get(case, {}), after.get(case, {})
        for file in sorted({*one, *other}):
            if file not in other:
                yield f"{case}: {file} is no longer there"
            elif file not in one:
                yield f"{case}: {file} is new"
            elif one[file] != other[file]:
                yield f"{case}: {file} differs"


# Options


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """Where the cases write: kept, or gone afterwards. Never over an earlier one."""
    home = Path.cwd()
    if keep is not None:
        keep.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as passing:
        try:
            yield keep or Path(passing)
        finally:
            os.chdir(home)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("digests", type=Path, help="file to write the digests to")
    parser.add_argument("--against", type=Path, help="digests to compare with")
    parser.add_argument("--keep", type=Path, help="new folder for the outputs themselves")
    parser.add_argument("--only", default="", help="only cases with this in their name")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="cases at once")
    return parser.parse_args()


if __name__ == "__main__":
    main()
