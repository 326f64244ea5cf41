"""Every figure of the reference case says how far it can be trusted, and where it is from."""

from casebook import case

OURS = ("ours", "our assumption", "our estimate")


def cells():
    workspace = case.planner().workspace
    for rows in (
        workspace.availability,
        workspace.commitments,
        workspace.caveats,
        workspace.offers,
        workspace.preconditions,
    ):
        yield from rows


def test_every_row_of_a_plan_or_a_position_has_a_basis():
    """All cells are walked: none without a basis, none `reported` without a source."""
    count = 0
    for row in cells():
        count += 1
        where = str(case.planner().workspace.place(row))
        assert row.basis in ("reported", "general_knowledge", "estimate", "assumption"), where
        assert row.source or row.basis != "reported", where
        assert row.note or row.source, where
    assert count > 400


def test_estimates_and_assumptions_say_what_they_rest_on():
    for row in cells():
        if row.basis in ("estimate", "assumption"):
            assert row.note, str(case.planner().workspace.place(row))


def test_every_count_of_people_has_a_basis():
    """Of a nation's basis: how far its active personnel can be trusted."""
    for row in case.planner().workspace.nations:
        assert (row.basis is not None) == (row.active_personnel is not None), row.nation


NO_FIGURE = ("industry_programme", "arms_delivery", "air_defence_delivery", "long_range_delivery")
"""Counts of programmes: one, or as many as are named."""


def test_a_figure_that_nobody_reported_has_a_range():
    """But where a quarter of it is no whole unit; and a reported one has none. What takes the rest
    moves with what it is the rest of; the companies that Warsaw could spare are a part of it."""
    workspace = case.planner().workspace
    for row in (*workspace.availability, *workspace.commitments):
        where = str(workspace.place(row))
        ranged = row.low is not None or row.high is not None
        if row.basis == "reported" or row.capability in NO_FIGURE or row.quantity == "rest":
            assert not ranged, where
        elif isinstance(row.quantity, int) and row.quantity > 5:
            assert ranged or getattr(row, "commitment", "") == "pol_reserve_mech", where
            assert row.low is None or row.low < row.high, where


def test_every_line_has_a_source_or_says_that_it_is_ours():
    """A minimum or target comes from its line's or its task's source, or its note owns up to it."""
    workspace = case.planner().workspace
    count = 0
    for model in workspace.models.values():
        for task in model.tasks:
            for line in task.lines:
                count += 1
                owned = any(word in line.note.lower() for word in OURS)
                assert line.source or task.source or owned, str(workspace.place(line))
    assert count > 150


def test_every_rotation_and_every_precondition_has_a_source_or_a_note():
    workspace = case.planner().workspace
    for row in (*workspace.capabilities, *workspace.preconditions, *workspace.nations):
        assert row.source or row.note, str(workspace.place(row))
