"""The forms of what commands print that have no model in the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from allocator.inputs.firmness import Count
from allocator.results.levers import Lever
from allocator.results.offers import Asking, Overstated, Unused, WallLine
from allocator.results.order import Act, By, Push, Reached, Step, TaskMonth
from allocator.results.result import Family, Level, Verdict

Figure = str | int | float | None


@dataclass
class World:
    name: str
    holds: dict[str, int]


@dataclass
class Issue:
    code: str
    severity: Literal["error", "warning"]
    file: str
    row: int | None
    column: str
    cell: str
    message: str
    found: str
    expected: str
    hint: str


@dataclass
class Checked:
    """What `allocator check --json` prints."""

    schema: Literal[1]
    errors: int
    warnings: int
    issues: list[Issue]


@dataclass
class Files:
    same: list[str]
    changed: list[str]
    missing: list[str]
    extra: list[str]
    unread: list[str]


@dataclass
class Verified:
    """What `allocator verify --json` prints."""

    schema: Literal[1]
    run: str
    changed: list[str]
    faults: list[str]
    confirmed: dict[str, int]
    undecided: list[str]
    known_now: list[str]
    files: Files
    made_again: list[str]
    unread: list[str]


@dataclass
class Steady:
    kind: str
    row: str
    value: int
    place: str


@dataclass
class Flip:
    kind: str
    row: str
    figure: str
    basis: str
    unit: str
    value: int
    turns_at: int
    change: int
    percent: int | None
    verdict_then: str
    fragile: Literal["yes", "no"] | None
    exact: Literal["yes", "no"]
    place: str
    source: str


@dataclass
class NotAsked:
    kind: Literal["rotation"]
    row: str


@dataclass
class Fragile:
    """What `allocator fragility --json` prints, and `fragility.json`."""

    schema: Literal[1]
    model: str
    world: str
    task: str
    verdict: Verdict
    flips: list[Flip]
    steady: list[Steady]
    undecided: list[Steady]
    not_asked: list[NotAsked]


@dataclass
class TaskOrder:
    task: str
    verdict: Verdict
    reached: Reached
    earliest_month: int | None
    earliest_low: int | None
    earliest_high: int | None
    ways_in_turn: Family
    pushes: Family
    chain: list[str]


@dataclass
class RoadMap:
    by: By
    steps: list[Step]
    value: int | None
    bound: int | None
    months: list[TaskMonth]
    unreached: list[str]
    undecided: list[str]
    smallest: bool
    may_be_sooner: list[str]
    proved: bool


@dataclass
class Ordered:
    """What `allocator order --json` prints, and `order.json`."""

    schema: Literal[1]
    model: str
    world: World
    tasks: list[TaskOrder]
    together: list[str]
    in_turn: list[str]
    deadlocked: list[str]
    out_of_reach: list[str]
    undecided: list[str]
    circles: list[list[str]]
    circles_complete: bool
    acts: list[Act]
    pushes: list[Push]
    road_map: RoadMap
    timed_out: bool
    interrupted: bool
    faults: list[str]


@dataclass(frozen=True, kw_only=True)
class InTurn(Lever):
    budget: int
    proved: bool


@dataclass
class LeversFound:
    """What `allocator levers --json` prints, and `levers.json`."""

    schema: Literal[1]
    model: str
    world: World
    budget: int
    levers: list[Lever]
    sequence: list[InTurn]
    proved: bool
    holders: list[str]
    nobody: list[str]
    timed_out: bool
    interrupted: bool
    faults: list[str]


@dataclass
class Rung:
    task: str
    ladder: dict[Count, Verdict]
    firmest: Count | None


@dataclass
class OffersPlan:
    status: Literal["optimal", "feasible", "unknown"]
    levels: list[Level]
    staffed: list[str]
    beyond_offers: int | None


@dataclass
class OffersPrinted:
    """What `allocator offers --json` prints, and `offers.json`."""

    schema: Literal[1]
    model: str
    world: World
    count: Count
    on: date | None
    tasks: list[Rung]
    plan: OffersPlan
    askings: list[Asking]
    unused: list[Unused]
    stale: list[str]
    running_out: list[str]
    beyond: list[Overstated]
    wall: list[WallLine]
    timed_out: bool
    interrupted: bool
    faults: list[str]


@dataclass
class Cell:
    column: str
    base_value: Figure
    value: Figure


@dataclass
class Difference:
    kind: str
    id: str
    column: str
    rule: str
    pulls: str
    what: str
    cells: list[Cell]
    base_place: str
    place: str


@dataclass
class Change:
    run: str
    task: str
    before: Verdict
    after: Verdict
    explained: str
    proof: Literal["smallest", "minimal", "irreducible", "enough", ""]
    complete: bool
    relevant_differences: int | None
    sets: list[list[Difference]]


@dataclass
class Compared:
    """What `allocator compare --json` prints, and `comparison.json`. Records of a table have its
    columns; a column may be added."""

    schema: Literal[1]
    base: str
    runs: list[dict[str, Figure]]
    tasks: list[dict[str, Figure]]
    criteria: list[dict[str, Figure]]
    levels: list[dict[str, Figure]]
    nations: list[dict[str, Figure]]
    contributions: list[dict[str, Figure]]
    released: list[dict[str, Figure]]
    gaps: list[dict[str, Figure]]
    why: list[dict[str, Figure]]
    plan_changes: list[dict[str, Figure]]
    changes: list[Change]
    differences: dict[str, list[Difference] | None]
    timed_out: bool
    interrupted: bool
    faults: list[str]
