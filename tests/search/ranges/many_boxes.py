"""Boxes of 1,000 to 3,000 points by the dozen, too slow for the suite.

    python tests/search/ranges/many_boxes.py --seeds 0 400

Every task of every seed with a box of that size: all its points by brute force, then the corners,
the figures that must be off together, and draws (five repetitions), each held against the points.
Left out is what brute force cannot list in `--seconds` by the pace of its first points. Tells each
box, and how many differ; any that does ends it with 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests import oracle
from tests.brute.parts import NotTinyError
from tests.search.ranges.boxes import Box, unlisted
from tests.search.ranges.claims_of_boxes import chances, corners, sets, widened

SAMPLE = 15
REPETITIONS = 5


def slow(here: Box, seconds: float) -> bool:
    """Whether the pace at some points is too slow for all of them, or a point is not tiny."""
    pick = random.Random(here.task)
    some = pick.sample(list(here.points()), SAMPLE)
    began = time.process_time()
    try:
        for point in some:
            oracle.ready(here.at(point), here.world, here.task)
            if (time.process_time() - began) / SAMPLE * here.size > seconds:
                return True
    except NotTinyError:
        return True
    return False


def compared(here: Box) -> str:
    """What was compared. Raises AssertionError where anything is not as enumerated."""
    verdict = corners(here)
    if verdict != "open":
        return verdict
    number = sets(here)
    widened(here)
    inside = chances(here, REPETITIONS)
    return f"open, {number} off together, chance inside in {inside} of {REPETITIONS}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 400))
    parser.add_argument("--points", nargs=2, type=int, default=(1000, 3000))
    parser.add_argument("--seconds", type=float, default=60.0)
    asked = parser.parse_args()
    told = {"compared": 0, "differ": 0, "left out": 0}
    for seed in range(*asked.seeds):
        for here in unlisted(seed):
            if not asked.points[0] <= here.size <= asked.points[1]:
                continue
            try:
                if slow(here, asked.seconds):
                    told["left out"] += 1
                    continue
                said = compared(here.listed())
                told["compared"] += 1
            except NotTinyError:
                told["left out"] += 1
                continue
            except AssertionError as error:
                told["differ"] += 1
                said = f"DIFFERS {error}"
            print(f"seed {seed} {here.task}: {here.size:,} points, {said}", flush=True)
    print(", ".join(f"{number} {what}" for what, number in told.items()))
    return int(told["differ"] > 0)


if __name__ == "__main__":
    sys.exit(main())
