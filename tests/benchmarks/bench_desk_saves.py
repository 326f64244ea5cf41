"""Holds a desk that is saved to by others against fresh answers, and looks at its memory.

    python tests/benchmarks/bench_desk_saves.py --docs

The small workspace of the tests: another process saves at random moments, as four kinds of programs
do, half-written and faulty files among them, while a browser is looked at again and again. Whatever
it shows is held against what a fresh `solve` says of the files of that state. Then saves of a
workbook by LibreOffice itself; and the memory of a desk on the reference case, each save in the
midst of the search before.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]

from bench_desk import following, moved, reference
from bench_facts import ROOT, facts, write_section

from allocator.desk.serving import OpenDesk
from allocator.inputs.files.convert import convert
from tests.desk.desks import fresh, opened, stage, until
from tests.desk.watcher import Watcher, truths
from tests.inputs.workspace_files import write_small
from tests.libreoffice import edited_and_saved

APART = 0.5
"""Seconds between two saves of a long sitting."""


@contextmanager
def browsing(desk: OpenDesk) -> Iterator[Any]:
    """The desk's page in a browser."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(desk.url)
        yield page
        browser.close()


def settled(desk: OpenDesk, path: Path) -> dict[str, Any]:
    """What is shown once nothing is saved any more; it has to be what a fresh `solve` finds."""
    until(desk, stage("whole"))
    time.sleep(1.5)
    view = until(desk, stage("whole"))
    told = {one["task"]: one["verdict"] for one in view["state"]["verdicts"]}
    wanted = {record.task: record.verdict for record in fresh(path).result.tasks}
    if told != wanted or view["page"]["number"] != view["state"]["number"]:
        raise SystemExit(f"the last page is not that of a fresh solve: {told}, not {wanted}")
    return view


def shown_is_so(saves: int, seed: int) -> str:
    """Saves by another process while a browser is watched. Ends with an error where anything was
    shown that was not so."""
    with tempfile.TemporaryDirectory() as name:
        small = write_small(Path(name) / "plan")
        desk = opened(small)
        until(desk, stage("whole"))
        with browsing(desk) as page:
            command = [sys.executable, "-m", "tests.desk.saver", str(small), str(saves), str(seed)]
            saver, watcher = subprocess.Popen(command, cwd=ROOT), Watcher(page)
            while saver.poll() is None:
                watcher.look()
            view = settled(desk, small)
            while watcher.look().number != view["state"]["number"]:
                pass
            faults = watcher.faults(truths(desk.desk.sitting, Path(name) / "again"))
            if faults:
                raise SystemExit("\n".join(faults))
        desk.close()
    stages = [one["stage"] for one in view["history"]]
    return (
        f"{saves} saves by another process at random moments, as four kinds of programs save: "
        f"{len(stages)} states came to the desk, {stages.count('wrong')} of them with errors. The "
        f"browser was looked at {len(watcher.seen):,} times; every page, verdict and list of "
        "errors that it showed as present was what a fresh `solve` or `check` of the files of that "
        "state says, and the last page was that of a fresh `solve`."
    )


def by_libreoffice(saves: int) -> str:
    """A workbook opened, changed and saved by LibreOffice, again and again."""
    version = subprocess.run(["soffice", "--version"], capture_output=True, text=True).stdout
    with tempfile.TemporaryDirectory() as name:
        book = Path(name) / "plan.xlsx"
        convert(write_small(Path(name) / "plan"), book)
        desk = opened(book)
        until(desk, stage("whole"))
        edited_and_saved(book, "availability", "C2", saves)
        stages = [one["stage"] for one in settled(desk, book)["history"]]
        desk.close()
    return (
        f"{saves} saves of a workbook by {' '.join(version.split()[:2])}: {len(stages)} states, "
        f"{stages.count('wrong')} of them with errors; the last page was that of a fresh `solve`."
    )


def memory(saves: int) -> str:
    """A sitting of many saves of the reference case, each in the midst of the search before."""
    with tempfile.TemporaryDirectory() as name:
        folder = reference(Path(name))
        path = folder / "inputs/availability.csv"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        at = next(n for n, line in enumerate(lines) if line.startswith("FRA,mech_company,"))
        parts = lines[at].split(",", 3)
        seen: list[tuple[int, int]] = []
        with following(folder) as desk:
            for number in range(saves + 1):
                if number % (saves // 5) == 0:
                    seen.append((number, desk.memory()))
                    print("saves", number, "MiB", desk.memory(), flush=True)
                parts[2] = str(46 + number % 29)
                moved(path, "".join([*lines[:at], ",".join(parts), *lines[at + 1 :]]))
                time.sleep(APART)
            number = desk.number
            desk.wait(lambda v: (v["state"]["number"], v["state"]["stage"]) == (number, "whole"))
            time.sleep(1.0)
            rest = desk.memory()
    told = ", ".join(f"{mib} MiB after {number}" for number, mib in seen)
    return (
        f"Memory of the desk on the reference case, saves {APART} s apart, each in the midst of "
        f"the search before: {told}; once the last is worked out, {rest} MiB."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--saves", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--long", type=int, default=500, help="saves of the sitting for the memory")
    parser.add_argument("--docs", action="store_true", help="write the section of the page")
    asked = parser.parse_args()
    began = f"load {os.getloadavg()[0]:.1f} at the beginning"
    parts = shown_is_so(asked.saves, asked.seed), by_libreoffice(20), memory(asked.long)
    lines = [line for part in parts for line in (f"- {part}",)]
    command = f"tests/benchmarks/bench_desk_saves.py --saves {asked.saves} --docs"
    lines += ["", *facts(command, "starlette", "uvicorn", "watchfiles", about=[began])]
    print("\n".join(lines))
    if asked.docs:
        write_section("desk-saves", lines)


if __name__ == "__main__":
    main()
