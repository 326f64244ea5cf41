"""The page in use: by keyboard and screen reader, on a phone, in light and dark, shared, printed,
sorted, filtered."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

import allocator
from allocator.report.page import page
from allocator.results.run import RunRecord
from allocator.shell import offer
from tests.handmade import line, problem
from tests.plenty import analyse
from tests.report.page.browsing import DESK, PHONE, Open, Opened


@cache
def _run() -> RunRecord:
    """Tasks of every verdict; peace brings a ceasefire."""
    asked = problem(
        [
            {"task": "calm", "title": "Calm", "lines": [line(1)]},
            {"task": "west", "title": "West", "lines": [line(3)], "requires": "ceasefire"},
            {"task": "east", "title": "East", "lines": [line(2)], "requires": "ceasefire and vote"},
            {"task": "far", "title": "Far", "lines": [line(9)], "priority": 2},
        ],
        {("FRA", "bn"): 2, ("GBR", "bn"): 2},
        preconditions={
            "ceasefire": {"effort": 5, "likelihood": 0.5},
            "peace": {"implies": "ceasefire", "effort": 9, "likelihood": 0.1},
            "vote": {"effort": 2},
        },
        caveats=[{"nation": "GBR", "task": "west", "requires": "ceasefire"}],
        worlds=[{"world": "truce", "precondition": "ceasefire"}],
    )
    return analyse(asked, asked.world("truce"))


def _verdicts(opened: Opened) -> list[str]:
    found: list[str] = opened.page.locator("#table-tasks .verdict").all_text_contents()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_an_accessibility_checker_finds_no_serious_fault(
    open_page: Open, scheme: str, size: Any
) -> None:
    """axe-core with all its rules, some switches flipped and all parts open."""
    from axe_playwright_python.sync_playwright import Axe

    html = page(_run(), "For exercise only")
    opened = open_page(html, "#vote", color_scheme=scheme, viewport=size)
    opened.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found = Axe().run(opened.page).response["violations"]
    grave = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found
             if one["impact"] in ("serious", "critical")]  # fmt: skip
    assert grave == []
    width = opened.page.evaluate("document.documentElement.scrollWidth")
    assert width <= size["width"]


def test_by_keyboard_and_told_to_a_screen_reader(open_page: Open) -> None:
    opened = open_page(page(_run()))
    assert _verdicts(opened) == ["ready", "blocked", "ready", "short"]
    toggle = opened.page.get_by_role("switch", name="ceasefire")
    assert toggle.is_checked()
    toggle.focus()
    opened.page.keyboard.press("Space")
    assert _verdicts(opened) == ["ready", "blocked", "blocked", "short"]
    assert opened.page.locator("[data-status]").text_content() == "West is blocked"
    opened.page.get_by_role("button", name="Back to the solved world").click()
    assert toggle.is_checked()
    assert opened.page.locator("[data-status]").text_content() == "West is ready"


def test_a_way_is_switched_on_by_its_button(open_page: Open) -> None:
    opened = open_page(page(_run()), "#-")
    opened.page.get_by_role("button", name="Switch on ceasefire, vote").click()
    opened.page.wait_for_url("**#ceasefire,vote")
    assert _verdicts(opened) == ["ready", "ready", "ready", "short"]
    assert opened.page.locator("[data-command]").text_content() == (
        "allocator solve m --with ceasefire --with vote"
    )
    assert opened.page.get_by_text("not as solved: ceasefire, vote brought about").is_visible()
    opened.page.get_by_role("button", name="Back to the solved world").click()
    assert not opened.page.get_by_text("not as solved").is_visible()


@pytest.mark.parametrize("name", ["a & $(touch b)", "it's", "plain-1", 'a "b" `c`', "Über $HOME"])
def test_the_command_to_paste_is_quoted(open_page: Open, name: str) -> None:
    run = _run()
    model = replace(run.problem, model=name)
    named = replace(run, problem=model, result=run.result.model_copy(update={"model": name}))
    opened = open_page(page(named))
    shown = opened.page.locator("[data-command]").text_content() or ""
    assert shlex.split(shown) == ["allocator", "solve", name, "--with", "ceasefire"]
    assert shown == offer("solve", name, options=[("--with", "ceasefire")])


def test_the_command_says_again_who_sends_nothing_and_which_offers_count(open_page: Open) -> None:
    run = _run()
    asked = replace(run.problem, count="firm", on=date(2026, 6, 15))
    options = {**run.options, "without": ["FRA", "GBR"]}
    opened = open_page(page(replace(run, problem=asked, options=options)), "#vote")
    assert opened.page.locator("[data-command]").text_content() == (
        "allocator solve m --with vote --without FRA --without GBR --count firm --on 2026-06-15"
    )


def test_what_is_said_of_ranges_is_said_of_the_solved_world_alone(open_page: Open) -> None:
    """Without Britain the task hangs on where the figure lies; with it, it does not."""
    planner = allocator.from_tables(
        {
            "nations": [{"nation": n, "name": n} for n in ("FRA", "GBR")],
            "capabilities": [{"capability": "bn", "name": "bn", "domain": "land", "unit": "bn"}],
            "availability": [
                {"nation": "FRA", "capability": "bn", "quantity": 2, "low": 1, "basis": "estimate"},
                {"nation": "GBR", "capability": "bn", "quantity": 2, "basis": "reported"},
            ],
            "preconditions": [
                {"precondition": "vote", "name": "vote", "kind": "political", "status": "open"}
            ],
            "caveats": [{"caveat": "c", "nation": "GBR", "requires": "vote", "basis": "reported"}],
        },
        {"m": {"name": "m", "tasks": [{"task": "west", "lines": [line(2)]}]}},
    )
    sure = "Ready wherever the figures lie in their ranges."
    opened = open_page(page(planner.blockers(with_="vote")))
    said = opened.page.locator("[data-ways]")
    assert sure in (said.text_content() or "")
    opened.page.get_by_role("switch", name="vote").uncheck()
    assert said.text_content() == "Can be staffed with these switches."
    opened.page.get_by_role("switch", name="vote").check()
    assert sure in (said.text_content() or "")


def test_a_link_carries_the_switches(open_page: Open) -> None:
    """And one to a place on the page, or with a name that is not known here, changes nothing."""
    html = page(_run())
    opened = open_page(html, "#peace")
    assert opened.page.get_by_role("switch", name="peace").is_checked()
    state = opened.page.locator("li", has=opened.page.get_by_role("switch", name="ceasefire"))
    assert "holds: comes with peace" in (state.text_content() or "")
    assert _verdicts(opened) == ["ready", "blocked", "ready", "short"]
    opened.page.evaluate("location.hash = 'task-1'")
    assert opened.page.get_by_role("switch", name="peace").is_checked()
    strange = open_page(html, "#peace,elsewhere")
    assert not strange.page.get_by_role("switch", name="peace").is_checked()
    assert _verdicts(strange) == ["ready", "blocked", "ready", "short"]
    told = "The link was not understood: it names elsewhere"
    assert told in (strange.page.locator("aside").text_content() or "")
    assert strange.page.locator("#situation").get_by_text(told).is_visible()
    # Nor does one that no browser writes.
    broken = open_page(html, "#%zz")
    assert broken.page.locator("#situation").get_by_text("it names %zz").is_visible()
    assert _verdicts(broken) == ["ready", "blocked", "ready", "short"]


def test_without_scripts_nothing_is_offered_that_does_not_work(open_page: Open) -> None:
    opened = open_page(page(_run()), java_script_enabled=False)
    assert opened.page.locator("button:visible, input:visible").count() == 0
    assert opened.page.get_by_text("need scripts, which are off here").is_visible()
    assert opened.page.locator("#what-if li").count() == 3


def test_tables_sort_and_filter(open_page: Open) -> None:
    opened = open_page(page(_run()))
    table = opened.page.locator("#table-worlds")
    table.get_by_role("button", name="Criterion").click()
    first = table.locator("tbody tr th").all_text_contents()
    assert first == sorted(first)
    assert table.locator("thead th").first.get_attribute("aria-sort") == "ascending"
    name = "Filter: Decision table: criteria by world"
    opened.page.get_by_role("searchbox", name=name).fill("effort")
    assert table.locator("tbody tr:visible").count() == 1


def test_it_prints_without_what_only_works_on_a_screen(open_page: Open) -> None:
    opened = open_page(page(_run(), "For exercise only"))
    opened.page.emulate_media(media="print")
    assert opened.page.locator("button:not(.sorter):visible, input:visible").count() == 0
    assert opened.page.pdf(format="A4").startswith(b"%PDF")


def test_on_a_phone_the_switches_are_closed_and_tasks_are_cards(open_page: Open) -> None:
    """Nothing is wider than the screen, with scripts or without."""
    for scripts in (True, False):
        opened = open_page(page(_run()), viewport=PHONE, java_script_enabled=scripts)
        assert not opened.page.locator("#what-if li").first.is_visible()
        row = opened.page.locator("#table-tasks tbody tr").first
        boxes = [cell.bounding_box() for cell in row.locator("th, td").all()]
        lefts = {round(box["x"]) for box in boxes if box}
        assert len(lefts) == 1, "cells stand below each other"
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    opened = open_page(page(_run()), viewport=DESK)
    assert opened.page.locator("#what-if li").first.is_visible()


@pytest.mark.parametrize(("width", "media"), [(1280, "screen"), (690, "print")])
def test_no_table_is_cut(open_page: Open, width: int, media: Any) -> None:
    """On a screen and on paper, of a run with twenty tasks with long names."""
    run = _run()
    tasks = [f"task_with_a_long_name_{number}" for number in range(20)]
    asked = problem(
        [{"task": t, "title": f"Title of the task {t}", "lines": [line(1)]} for t in tasks],
        {("FRA", "bn"): 30, ("GBR", "bn"): 2},
        preconditions={"ceasefire": {}},
        worlds=[{"world": f"world_{n}", "precondition": "ceasefire"} for n in range(5)],
    )
    run = analyse(asked, asked.world())
    opened = open_page(page(run), viewport={"width": width, "height": 900})
    opened.page.emulate_media(media=media)
    cut = opened.page.evaluate(_CUT)
    assert cut == []


def test_rows_of_the_inputs_with_long_ids_are_not_cut(open_page: Open) -> None:
    nation, bn = "FRA", "a_kind_of_unit_with_a_name_that_goes_on_and_on"
    known = {"basis": "reported", "source": "https://example.org/" + "long/" * 30}
    task = {"task": "t", "lines": [{"capability": bn, "minimum": 1}]}
    offer = {"offer": f"{nation.lower()}_{bn}_offer", "nation": nation, "capability": bn}
    planner = allocator.from_tables(
        {
            "nations": [{"nation": nation, "name": "France"}],
            "capabilities": [
                {"capability": bn, "name": bn, "domain": "land", "unit": "bn", "personnel": 10}
            ],
            "availability": [{"nation": nation, "capability": bn, "quantity": 1, **known}],
            "offers": [{**offer, "quantity": 1, "status": "indicated", **known}],
        },
        models=[{"name": "m", "horizon": {"periods": 1, "months_per_period": 6}, "tasks": [task]}],
    )
    opened = open_page(page(planner.solve(workers=1)), viewport={"width": 1280, "height": 900})
    assert opened.page.locator("#sources").get_by_text("Offers").count()
    assert opened.page.evaluate(_CUT) == []


_CUT = """() => {
  document.querySelectorAll("main > section, .card").forEach(
    (part) => { part.className += " shown"; });
  document.querySelectorAll("details").forEach((part) => { part.open = true; });
  return [...document.querySelectorAll(".table > table")].filter(
    (table) => table.getBoundingClientRect().width > table.parentElement.clientWidth + 1
  ).map((table) => table.id || table.caption.textContent);
}"""


def test_within_a_notebook_its_switches_work(open_page: Open) -> None:
    """As `_repr_html_` shows it: in a frame that can reach nothing around it."""
    from allocator.frames import Run

    opened = open_page(f"<!doctype html><title>notebook</title>{Run.of(_run())._repr_html_()}")
    opened.page.get_by_text("Its page").click()
    within = opened.page.frame_locator("iframe")
    within.get_by_role("switch", name="ceasefire").click()
    opened.page.wait_for_timeout(400)
    found = within.locator("#table-tasks .verdict").all_text_contents()
    assert found == ["ready", "blocked", "blocked", "short"]
