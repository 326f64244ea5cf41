"""What stands on the desk after a save, however the files were saved."""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from allocator.desk.serving import OpenDesk
from allocator.inputs.files.convert import convert
from allocator.inputs.inspection import inspect
from allocator.report.page import page
from tests.desk.desks import edit, fresh, opened, save, stage, until, verdicts
from tests.libreoffice import edited_and_saved

AVAILABILITY = "inputs/availability.csv"


def _as_shown(text: str) -> str:
    """A page without when it was made, and how long it took."""
    return re.sub(r"<details class=\"rows\">\s*<summary>How this page came about.*?</details>", "",
                  text, flags=re.DOTALL)  # fmt: skip


def _stands(view: dict[str, Any]) -> bool:
    page = view["page"]
    return bool(page and page["whole"] and page["number"] == view["state"]["number"])


def _page(desk: OpenDesk) -> str:
    """The whole page of the present state."""
    view = until(desk, _stands)
    found = desk.desk.sitting.pages.get(view["page"]["key"])
    assert found is not None
    return _as_shown(found.decode())


def test_the_page_is_the_report_of_a_fresh_solve(desk: OpenDesk, small: Path) -> None:
    assert _page(desk) == _as_shown(page(fresh(small)))
    edit(small / AVAILABILITY, "FRA,mech,6", "FRA,mech,1")
    view = until(desk, stage("whole", number=2))
    assert verdicts(view) == {record.task: record.verdict for record in fresh(small).result.tasks}
    assert _page(desk) == _as_shown(page(fresh(small)))


def test_problems_stand_above_with_their_cells_and_the_last_answer_below(
    desk: OpenDesk, small: Path
) -> None:
    before = until(desk, stage("whole"))["page"]
    edit(small / AVAILABILITY, "FRA,mech,6", "FRA,mech,six")
    view = until(desk, stage("wrong"))
    (issue,) = [one for one in view["state"]["issues"] if one["severity"] == "error"]
    assert issue["place"] == "inputs/availability.csv:2 quantity"
    assert view["page"] == before
    assert view["page"]["number"] != view["state"]["number"]
    edit(small / AVAILABILITY, "FRA,mech,six", "FRA,mech,6")
    view = until(desk, stage("whole", number=3))
    assert view["page"]["number"] == view["state"]["number"] == 3


def test_the_same_contents_are_no_news(desk: OpenDesk, small: Path) -> None:
    text = (small / AVAILABILITY).read_text("utf-8")
    save(small / AVAILABILITY, text)
    (small / "inputs/.~lock.availability.csv#").write_text("somebody")
    (small / "inputs/~$availability.csv").write_text("somebody")
    (small / "notes.txt").write_text("nothing of ours")
    time.sleep(0.8)
    assert until(desk, stage("whole"))["state"]["number"] == 1


def test_what_was_changed_since_the_save_before_is_told_with_the_reason(
    desk: OpenDesk, small: Path
) -> None:
    edit(small / AVAILABILITY, "GBR,medical,2", "GBR,medical,0")
    view = until(desk, lambda view: view.get("changed") is not None)
    assert view["changed"]["base"] == 1
    assert [one["place"] for one in view["changed"]["rows"]] == ["inputs/availability.csv:4"]
    (why,) = view["changed"]["verdicts"]
    assert (why["tasks"], why["before"], why["after"]) == (["west"], "blocked", "short")
    assert "GBR medical: 0 instead of 2" in why["sets"][0][0]["what"]
    view = until(desk, lambda view: view["changed"]["plan"] is not None)
    assert view["changed"]["plan"]["said"] == "the plan is the same, cell by cell"


def test_what_the_plan_sends_otherwise_is_told_once_it_is_found(small: Path) -> None:
    desk = opened(small, "truce")
    try:
        until(desk, stage("whole"))
        edit(small / AVAILABILITY, "FRA,mech,6", "FRA,mech,1")
        view = until(desk, lambda view: bool(view.get("changed") and view["changed"]["plan"]))
        plan = view["changed"]["plan"]
        assert "cells with other units" in plan["said"]
        assert "the base's units break R3: FRA mech: 1 instead of 6" in plan["rows"][0]
    finally:
        desk.close()


def test_a_file_that_is_gone_for_a_moment_is_no_problem(desk: OpenDesk, small: Path) -> None:
    """As Excel saves: the old file aside, then the new one into its place."""
    path, aside = small / AVAILABILITY, small / "inputs/7D3A1B00"
    text = path.read_text("utf-8").replace("FRA,mech,6", "FRA,mech,5")
    os.replace(path, aside)
    time.sleep(0.03)
    save(path, text)
    aside.unlink()
    view = until(desk, stage("whole", number=2))
    assert [one["stage"] for one in view["history"]] == ["whole", "whole"]


def test_half_a_file_is_followed_by_the_whole(desk: OpenDesk, small: Path) -> None:
    path = small / AVAILABILITY
    text = path.read_text("utf-8").replace("GBR,medical,2", "GBR,medical,1")
    with path.open("w", encoding="utf-8") as file:
        file.write(text[:60])
        file.flush()
        time.sleep(0.3)
        file.write(text[60:])
    until(desk, lambda view: desk.desk.sitting.files(desk.desk.sitting.present)[AVAILABILITY]
          == text.encode() and view["state"]["stage"] == "whole")  # fmt: skip
    assert _page(desk) == _as_shown(page(fresh(small)))


def test_saves_that_come_faster_than_they_are_read_are_followed_all_the_same(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import allocator.desk.snapshot as reading

    def slowly(path: Path) -> object:
        time.sleep(0.15)
        return inspect(path)

    monkeypatch.setattr(reading, "inspect", slowly)
    desk = opened(small)
    try:
        until(desk, stage("whole"))
        for number in range(20):
            text = (small / AVAILABILITY).read_text("utf-8")
            save(small / AVAILABILITY, re.sub(r"(?m)^FRA,mech,\d+", f"FRA,mech,{number}", text))
            time.sleep(0.06)
        assert desk.desk.sitting.view()["state"]["number"] > 3
        until(desk, stage("whole", number=2))
        until(desk, lambda view: desk.desk.sitting.files(desk.desk.sitting.present)[AVAILABILITY]
              == (small / AVAILABILITY).read_bytes() and _stands(view))  # fmt: skip
        assert _page(desk) == _as_shown(page(fresh(small)))
    finally:
        desk.close()


def test_folders_that_are_moved_into_place_are_followed_on(desk: OpenDesk, small: Path) -> None:
    """As `convert` writes them."""
    other = small.parent / "other"
    shutil.copytree(small / "inputs", other)
    edit(other / "availability.csv", "FRA,mech,6", "FRA,mech,4")
    shutil.move(small / "inputs", small.parent / "old")
    shutil.move(other, small / "inputs")
    until(desk, lambda view: desk.desk.sitting.files(desk.desk.sitting.present).get(AVAILABILITY)
          == (small / AVAILABILITY).read_bytes() and view["state"]["stage"] == "whole")  # fmt: skip
    number = until(desk, stage("whole"))["state"]["number"]
    edit(small / AVAILABILITY, "FRA,mech,4", "FRA,mech,3")
    until(desk, stage("whole", number=number + 1))
    assert _page(desk) == _as_shown(page(fresh(small)))


def test_a_workspace_with_errors_is_followed_until_it_has_none(small: Path) -> None:
    edit(small / AVAILABILITY, "FRA,mech,6", "FRA,mech,six")
    desk = opened(small)
    try:
        assert until(desk, stage("wrong"))["page"] is None
        edit(small / AVAILABILITY, "FRA,mech,six", "FRA,mech,6")
        assert until(desk, stage("whole"))["page"]["whole"]
    finally:
        desk.close()


def test_an_answer_that_time_cut_off_is_not_called_whole(small: Path) -> None:
    desk = opened(small, time_limit=0.0)
    try:
        view = until(desk, stage("whole"))
        assert view["state"]["stopped"].startswith("Time limit: reached")
        assert set(verdicts(view).values()) == {"unknown"}
    finally:
        desk.close()


def test_a_world_that_is_gone_is_said_to_be_gone(small: Path) -> None:
    desk = opened(small, "truce")
    try:
        until(desk, stage("whole"))
        edit(small / "inputs/worlds.csv", "truce,ceasefire,1\n", "calm,ceasefire,1\n")
        view = until(desk, stage("refused"))
        assert "no world 'truce'" in view["state"]["said"]
        assert view["page"]["number"] == 1
    finally:
        desk.close()


def test_a_workbook_is_followed(small: Path) -> None:
    from openpyxl import load_workbook

    book = small.parent / "plan.xlsx"
    convert(small, book)
    desk = opened(book)
    try:
        until(desk, stage("whole"))
        sheets = load_workbook(book)
        sheets["availability"]["C2"] = 1
        sheets.save(book)
        view = until(desk, stage("whole", number=2))
        assert verdicts(view) == {r.task: r.verdict for r in fresh(book).result.tasks}
        sheets["availability"]["C2"] = "many"
        sheets.save(book)
        view = until(desk, stage("wrong"))
        places = [o["place"] for o in view["state"]["issues"] if o["severity"] == "error"]
        assert places == ["availability!C2 quantity"]
    finally:
        desk.close()


def test_saves_of_libreoffice_are_followed(small: Path) -> None:
    """Beside a lock file, by a temporary file that takes the place of the workbook."""
    book = small.parent / "plan.xlsx"
    convert(small, book)
    desk = opened(book)
    try:
        until(desk, stage("whole"))
        edited_and_saved(book, "availability", "C2", 2)
        until(desk, lambda view: desk.desk.sitting.files(desk.desk.sitting.present)[book.name]
              == book.read_bytes() and view["state"]["stage"] == "whole")  # fmt: skip
        view = until(desk, stage("whole"))
        assert {one["stage"] for one in view["history"]} == {"whole"}
        assert verdicts(view) == {r.task: r.verdict for r in fresh(book).result.tasks}
        assert len(view["history"]) == 3
    finally:
        desk.close()


@pytest.mark.parametrize("told", [True, False])
def test_saves_are_seen_with_and_without_the_system(
    small: Path, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    """Where `watchfiles` is not installed the files are looked at now and then."""
    import allocator.desk.changes as watching

    monkeypatch.setattr(watching, "find_spec", lambda name: told or None)
    desk = opened(small)
    try:
        until(desk, stage("whole"))
        edit(small / AVAILABILITY, "FRA,mech,6", "FRA,mech,5")
        until(desk, stage("whole", number=2))
    finally:
        desk.close()
