"""Names that tell runs apart, and no longer than that takes."""

import pytest

from allocator.report.comparing.names import Naming, names, world_of


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([("m", "today"), ("m", "truce")], ("today", "truce")),
        ([("small", "today"), ("large", "today")], ("small", "large")),
        ([("small", "today"), ("large", "truce")], ("small in today", "large in truce")),
        ([("m", "today", (), "one"), ("m", "today", (), "two")], ("one", "two")),
        ([("m", "today", (), "one"), ("m", "today", (), "one")], ("one", "one (2)")),
        ([("m", "today"), ("m", "today")], ("m in today", "m in today (2)")),
        ([("m", "a"), ("m", "a"), ("m", "b", (), "x")], ("a", "a (2)", "b")),
        (
            [("m", "a", (), "a (2)"), ("m", "a (2)"), ("m", "a", (), "f")],
            ("a (2)", "a (2) (2)", "f"),
        ),
        ([("m", "a", ("x", "y")), ("m", "a", ("x",))], ("a + y", "a")),
        ([("m", "a", ("x",)), ("m", "b", ("x",))], ("a", "b")),
        ([("m", "Truce"), ("m", "truce")], ("Truce", "truce (2)")),
        ([("m", "w", (), "x" * 90), ("m", "w", (), "y")], ("x" * 59 + "…", "y")),
    ],
)
def test_names(runs, expected):
    assert names([Naming(*run) for run in runs]) == expected


def test_a_world_with_more_on_top():
    assert world_of("today", []) == "today"
    assert world_of("ceasefire", ["us_backstop", "vote@2"]) == "ceasefire + us_backstop + vote@2"
