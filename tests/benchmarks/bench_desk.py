"""Measures how soon a save, or a switch, is answered at the desk.

    python tests/benchmarks/bench_desk.py --docs

On the reference case, a desk as a process of its own. One cell is saved, as a file that is moved
into its place; the clock runs from there until an event says that the state is there (with its
problems, or none), that every verdict is known, that a page with a plan is there, that all is
worked out. The same in a workbook. A switch in the browser: from the click until the verdicts of
the page are laid out, and until a page with the plan of that world is there.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]

from bench_facts import ROOT, facts, write_section

LIMIT = 300.0

View = dict[str, Any]


class Following:
    """A desk as a process, and the events that it sends."""

    def __init__(self, workspace: Path) -> None:
        command = [sys.executable, "-m", "allocator", "desk", "-w", str(workspace)]
        self.process = subprocess.Popen(
            [*command, "--no-browser", "--json"], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert self.process.stdout is not None
        told = json.loads("".join(self.process.stdout.readline() for _ in range(5)))
        self.url = told["url"]
        self.seen: list[tuple[float, View]] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        try:
            with urllib.request.urlopen(self.url + "events") as answer:
                for line in answer:
                    if line.startswith(b"data: "):
                        self.seen.append((time.monotonic(), json.loads(line[6:])))
                        del self.seen[:-5000]
        except OSError:
            pass

    @property
    def number(self) -> int:
        return int(self.seen[-1][1]["state"]["number"]) if self.seen else 0

    def wait(self, holds: Callable[[View], bool], since: float = 0.0) -> float:
        """When an event first said so."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            for when, view in [*self.seen]:
                if when >= since and view["state"] and holds(view):
                    return when
            time.sleep(0.002)
        raise SystemExit(f"never so: {self.seen[-1][1]['state']}")

    def memory(self) -> int:
        """MiB that are resident."""
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(text.split("VmRSS:")[1].split()[0]) >> 10

    def close(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)


@contextmanager
def following(workspace: Path) -> Iterator[Following]:
    desk = Following(workspace)
    try:
        desk.wait(lambda view: view["state"]["stage"] in ("whole", "wrong"))
        yield desk
    finally:
        desk.close()


def reference(folder: Path) -> Path:
    for part in ("inputs", "models"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


def known(number: int) -> Callable[[View], bool]:
    """Whether every verdict of the state is known."""

    def holds(view: View) -> bool:
        state = view["state"]
        told = [one["verdict"] for one in state["verdicts"]]
        return state["number"] == number and bool(told) and "unknown" not in told

    return holds


def marks(number: int) -> dict[str, Callable[[View], bool]]:
    """What is waited for of a state, in turn."""
    return {
        "checked": lambda v: v["state"]["number"] == number,
        "verdicts": known(number),
        "page": lambda v: v["page"] is not None and v["page"]["number"] == number,
        "whole": lambda v: v["state"]["number"] == number and v["state"]["stage"] == "whole",
    }


def timed(desk: Following, save: Callable[[], object]) -> dict[str, float]:
    """Seconds from a save until each is there."""
    number, began = desk.number + 1, time.monotonic()
    save()
    return {name: desk.wait(holds, began) - began for name, holds in marks(number).items()}


def moved(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


ROWS = ("FRA,mech_company,", "FRA,frigate_destroyer,")
"""A figure of a capability that several tasks take, and one of another."""


def of_files(folder: Path, repeats: int) -> Iterator[tuple[str, dict[str, float]]]:
    path = folder / "inputs/availability.csv"
    before = path.read_text("utf-8")
    with following(folder) as desk:
        for number, row in product(range(1, repeats + 1), ROWS):
            after = more(before, row, number)
            name = " ".join(row.split(",")).strip()
            yield f"a file: {name}, some more", timed(desk, partial(moved, path, after))
            yield "a file: put back as it was", timed(desk, partial(moved, path, before))


def more(text: str, row: str, number: int) -> str:
    """The table with the quantity of the row higher by the number."""
    lines = text.splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith(row))
    quantity, rest = lines[at].removeprefix(row).split(",", 1)
    lines[at] = f"{row}{int(quantity) + number},{rest}"
    return "".join(lines)


def of_workbook(folder: Path, repeats: int) -> Iterator[tuple[str, dict[str, float]]]:
    from openpyxl import load_workbook

    from allocator.inputs.files.convert import convert

    book, beside = folder / "plan.xlsx", folder / "written.xlsx"
    convert(folder, book)
    sheets = load_workbook(book)
    cell = sheets["availability"]["C2"]
    with following(book) as desk:
        stated = int(cell.value)
        for number in range(1, repeats + 1):
            for step, name in ((number, "FRA mech_company, some more"), (0, "put back as it was")):
                cell.value = stated + step
                sheets.save(beside)
                yield f"a workbook: {name}", timed(desk, partial(os.replace, beside, book))


def of_switches(folder: Path) -> Iterator[tuple[str, float]]:
    """In a browser: milliseconds until verdicts are laid out, seconds until the plan is there."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with following(folder) as desk, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(desk.url)
        page.wait_for_timeout(3000)
        for name in ("ceasefire", "coalition_mandate", "ukraine_consent"):
            number, began = desk.number + 1, time.monotonic()
            yield "a switch: verdicts on the page, ms", page.evaluate(_SWITCH, name)
            there = desk.wait(marks(number)["page"], began)
            yield "a switch: page with the plan of that world, s", there - began
            page.wait_for_timeout(3000)
        browser.close()


_SWITCH = """name => {
  const within = document.querySelector("#frames iframe:not(.coming)").contentDocument;
  const data = JSON.parse(within.getElementById("data").textContent);
  const number = data.elements.findIndex((element) => element.id === name);
  const began = performance.now();
  within.getElementById("toggle-" + number).click();
  within.body.getBoundingClientRect();
  return performance.now() - began;
}"""


def times(repeats: int) -> list[str]:
    """The table, as lines of Markdown."""
    found: dict[str, list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = reference(Path(name))
        for what, took in (*of_files(folder, repeats), *of_workbook(folder, repeats)):
            found.setdefault(what, []).append(took)
            print(what, {k: round(v, 2) for k, v in took.items()}, flush=True)
        switched: dict[str, list[float]] = {}
        for what, seconds in of_switches(folder):
            switched.setdefault(what, []).append(seconds)
            print(what, round(seconds, 2), flush=True)
    lines = ["| a save of | problems, or none | verdicts | page with a plan | whole |"]
    lines.append("| --- | ---: | ---: | ---: | ---: |")
    for what, several in found.items():
        cells = (statistics.median(one[key] for one in several) for key in several[0])
        lines.append(f"| {what} | {' | '.join(f'{seconds:.2f} s' for seconds in cells)} |")
    lines += ["", "| in the browser | median | most |", "| --- | ---: | ---: |"]
    for what, values in switched.items():
        lines.append(f"| {what} | {statistics.median(values):.2f} | {max(values):.2f} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--docs", action="store_true", help="write the section of the page")
    asked = parser.parse_args()
    began = f"load {os.getloadavg()[0]:.1f} at the beginning"
    lines = times(asked.repeats)
    command = f"tests/benchmarks/bench_desk.py --repeats {asked.repeats} --docs"
    lines += ["", *facts(command, "starlette", "uvicorn", "watchfiles", "ortools", about=[began])]
    print("\n".join(lines))
    if asked.docs:
        write_section("desk", lines)


if __name__ == "__main__":
    main()
