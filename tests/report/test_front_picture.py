"""The picture of a front: well-formed, with every value in it, and none where there is no front."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from report_cases import small_front, small_run

from allocator.report.pictures.front import front_picture
from allocator.results.front import Front
from allocator.results.run import PlanNotes


def test_every_point_is_drawn_with_its_values_and_nations():
    """Of the joint plan and of the task, a panel each."""
    drawn = front_picture(small_run())
    root = ElementTree.fromstring(drawn)
    assert drawn.count("<circle") == 4
    texts = [element.text or "" for element in root.iter() if element.tag.endswith("text")]
    assert any(text.startswith("The joint plan: risk against contingents") for text in texts)
    assert any(text.startswith("Training: risk against contingents") for text in texts)
    assert texts.count("1: 0 / 2  DEU FRA") == texts.count("2: 5 / 1  FRA") == 2


def test_a_front_that_was_cut_off_says_so_and_three_objectives_have_no_line():
    point = small_front().points[0]
    three = replace(point, values=(1, 2, 3))
    found = Front(("economy", "fewer_contingents", "share_burden"), (three,), False)
    drawn = front_picture(small_run(notes={}, plan_notes=PlanNotes(front=found)))
    assert "cut off" in drawn
    assert "<path" not in drawn
    assert "1: 1 / 2 / 3" in drawn


def test_without_points_there_is_no_picture():
    assert front_picture(small_run(notes={}, plan_notes=PlanNotes())) == ""
    empty = Front(("economy", "fewer_contingents"), (), True)
    assert front_picture(small_run(notes={}, plan_notes=PlanNotes(front=empty))) == ""
