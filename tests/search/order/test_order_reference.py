"""The reference case with what eight holders wait for: the report's circle is found and named."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

import allocator
from allocator.planner import Planner
from allocator.report.sentences import order as say

ROOT = Path(__file__).parents[3]
AFTER = {
    "us_backstop": ("deu_decision and coalition_mandate", 6),
    "us_involvement": ("coalition_mandate", 1),
    "coalition_mandate": ("us_involvement or peace_agreement", 3),
    "deu_decision": ("us_backstop or un_mandate", 4),
    "fra_parliament": ("coalition_mandate", 4),
    "ukraine_consent": ("coalition_mandate or us_backstop", 1),
    "ceasefire": ("us_backstop", 9),
    "un_mandate": ("ceasefire", 12),
}


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Planner:
    folder = tmp_path_factory.mktemp("reference")
    for part in ("inputs", "models"):
        shutil.copytree(ROOT / part, folder / part)
    table = folder / "inputs" / "preconditions.csv"
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    rows = [row for row in rows if row["precondition"] != "peace_agreement"] + [
        {**row, "status": "ruled_out"} for row in rows if row["precondition"] == "peace_agreement"
    ]
    for row in rows:
        # Any part that Washington takes is its part in the operation, and waits alike.
        part = "us_involvement" if row["implies"] == "us_involvement" else row["precondition"]
        row["after"], row["lead_months"] = AFTER.get(part, ("", 0))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    return allocator.load(folder)


def test_washington_and_the_europeans_wait_for_each_other(planner: Planner) -> None:
    said = planner.order(["western_presence", "industry"])
    assert said.circles.complete
    assert ("coalition_mandate", "us_involvement") in said.circles.sets
    lines = list(say.circle(said, ("coalition_mandate", "us_involvement")))
    assert lines[0].startswith(
        "FRA, GBR wait with “Task, place, structure and aims of the coalition are agreed” for "
        "“The United States takes part in some way” "
    )
    assert lines[1].startswith(
        "USA waits with “The United States takes part in some way” for “Task, place, structure "
    )
    assert all("preconditions.csv:" in text and "column after" in text for text in lines)
    force = said.task("western_presence")
    assert force.ways_in_turn.complete
    assert force.ways_in_turn.sets == ()
    assert force.earliest_month is None
    assert said.task("industry").earliest_month == 0


def test_the_pushes_are_minimal_and_do_what_they_say(planner: Planner) -> None:
    said = planner.order("western_presence")
    (force,) = said.tasks
    assert force.pushes.complete
    assert force.pushes.sets
    for push in said.pushes:
        if push.acts in force.pushes.sets:
            assert push.ready == ("western_presence",)


def test_once_washington_takes_part_the_months_are_known(planner: Planner) -> None:
    said = planner.order("theatre_command", with_="us_involvement", by="date")
    (command,) = said.tasks
    assert command.earliest_month == 3
    assert command.chain == ("coalition_mandate",)
    assert said.road_map.value == 3
    assert said.road_map.smallest
