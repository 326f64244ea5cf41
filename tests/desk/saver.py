"""A process that saves: `python -m tests.desk.saver WORKSPACE SAVES SEED`.

At random moments, in the ways that programs save: over the file, by a file that is moved into its
place, with the old one moved aside first, in two halves, with a fault that the next save mends.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from random import Random

FIGURES = (("inputs/availability.csv", "GBR,medical,"), ("inputs/availability.csv", "FRA,mech,"))


def main(path: Path, saves: int, seed: int) -> None:
    rng = Random(seed)
    for _ in range(saves):
        file, row = rng.choice(FIGURES)
        lines = (path / file).read_text("utf-8").splitlines(keepends=True)
        number = next(n for n, line in enumerate(lines) if line.startswith(row))
        rest = lines[number].removeprefix(row).split(",", 1)[1]
        faulty = rng.random() < 0.2
        lines[number] = f"{row}{'many' if faulty else rng.randint(0, 6)},{rest}"
        rng.choice((_over, _moved, _aside, _halves))(path / file, "".join(lines))
        time.sleep(rng.choice((0.02, 0.1, 0.3, 0.6)))
        if faulty:
            lines[number] = f"{row}{rng.randint(0, 6)},{rest}"
            _moved(path / file, "".join(lines))
            time.sleep(rng.choice((0.02, 0.3)))


def _over(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _moved(path: Path, text: str) -> None:
    beside = path.with_name(f".~{path.name}.tmp")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def _aside(path: Path, text: str) -> None:
    """As Excel does: a lock file, the old file aside, the new one in its place."""
    lock, old = path.with_name(f"~${path.name}"), path.with_name("5C2E1A00")
    lock.write_text("somebody", encoding="utf-8")
    os.replace(path, old)
    time.sleep(0.02)
    _moved(path, text)
    old.unlink()
    lock.unlink()


def _halves(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text[: len(text) // 2])
        file.flush()
        time.sleep(0.05)
        file.write(text[len(text) // 2 :])


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
