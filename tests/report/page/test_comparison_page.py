"""The page of a comparison: complete without scripts, safe, and usable."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from small_runs import run

import allocator
from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.report.comparing.folder import write_comparison
from allocator.report.page.comparison import comparison_page
from allocator.report.page.scale import Scale
from tests.report.page.browsing import DESK, PHONE, Open
from tests.report.page.reading import Read


@cache
def _comparison() -> ComparisonRecord:
    return allocator.compare(run(), run(world="truce"), run("watched", "truce"))


def test_what_changed_and_why_stand_in_words() -> None:
    found = Read(comparison_page(_comparison(), "For exercise only"))
    assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    assert found.texts.count("For exercise only") == 2
    for text in (
        "3 runs side by side",
        "1 of 1 verdict changed",
        "west : ready , not blocked, in truce Because of “Ceasefire” holds from period 1",
        "This is enough, and nothing turns it without this.",
        "tasks ready, asked about alone",
        "inputs/caveats.csv",
    ):
        assert text in found.text, text


def test_differences_have_a_sign_and_ids_no_place_before_words() -> None:
    html = comparison_page(_comparison())
    assert '<th scope="row"><bdi>tasks ready, asked about alone</bdi></th>' in html
    assert '<td class="n">+1</td>' in html


def test_nothing_changed_and_nothing_known() -> None:
    same = allocator.compare(run(), run())
    assert "No verdict changed." in comparison_page(same)
    unknown = replace(_comparison(), timed_out=True)
    assert "was cut off" in comparison_page(unknown)


def test_it_is_kept_beside_the_tables(tmp_path: Path) -> None:
    folder = write_comparison(_comparison(), tmp_path / "c", mark="Exercise")
    assert "<bdi>Exercise</bdi>" in (folder / "report.html").read_text(encoding="utf-8")
    write_comparison(_comparison(), folder)
    assert "Exercise" not in (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESK, "light")])
def test_an_accessibility_checker_finds_no_serious_fault(
    open_page: Open, size: Any, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    html = comparison_page(_comparison(), "For exercise only")
    opened = open_page(html, viewport=size, color_scheme=scheme)
    found = Axe().run(opened.page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize(
    ("figures", "cut", "whole"),
    [
        ([160_000, 6_800, 3_000, 0], [160_000], [6_800]),
        ([10, 9, 3], [], [10]),
        ([100_000, 20_000, 10, 9], [100_000, 20_000], [10]),
        ([7], [], [7]),
        ([], [], []),
    ],
)
def test_a_giant_does_not_flatten_the_others(
    figures: list[int], cut: list[int], whole: list[int]
) -> None:
    """Its bar is cut, and longer than any that is whole."""
    scale = Scale.of(figures)
    assert [figure for figure in figures if scale.cuts(figure)] == cut
    assert all(scale.width(figure) == 100 for figure in cut)
    assert all(scale.width(figure) >= 80 for figure in whole)
    assert scale.width(0) == 0
