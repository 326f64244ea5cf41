"""Every figure of the reference case says how far it can be trusted, and where it is from."""

from casebook import case

OURS = ("ours", "our assumption", "our estimate")


def cells():
    workspace = case.planner().workspace
    for rows in (workspace.availability, workspace.commitments, workspace.caveats):
        yield from rows


def test_every_availability_commitment_and_caveat_has_a_basis():
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
