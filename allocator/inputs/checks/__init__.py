"""What the parts of a workspace say to each other: one function a check, all of one shape.

A check takes a `Draft` and gives issues. An organisation adds its own to `CHECKS` or `EFFECTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from allocator.inputs.checks import (
    conditions,
    effects_caveats,
    effects_models,
    effects_offers,
    effects_tables,
    horizons,
    ids,
    open_words,
    overcommitment,
    ranges,
    references,
    rests,
)
from allocator.inputs.draft import Draft
from allocator.inputs.issues import Issue

Check: TypeAlias = Callable[[Draft], Iterable[Issue]]

CHECKS: list[Check] = [
    ids.repeated_table_ids,
    ids.repeated_task_ids,
    ids.repeated_line_ids,
    ids.repeated_model_names,
    ids.several_defaults,
    ids.implying_itself,
    references.unknown_in_tables,
    references.unknown_in_lines,
    references.unknown_in_leads,
    references.unknown_in_members,
    references.unknown_in_of,
    references.unknown_in_reinforces,
    references.reinforcing_itself,
    conditions.unknown_in_conditions,
    conditions.release_without_a_task,
    conditions.waiting_without_a_task,
    rests.rests_that_rotate,
    rests.rests_beside_each_other,
    horizons.windows_beyond_the_horizon,
    horizons.unequal_periods,
    horizons.months_without_a_start,
    ranges.stated_outside_its_range,
]
"""Errors. They run always, on whatever could be read: a field that could not is None."""

EFFECTS: list[Check] = [
    effects_tables.zero_quantities,
    effects_tables.rows_twice,
    effects_tables.unused_nations,
    effects_tables.unused_capabilities,
    effects_tables.unused_preconditions,
    effects_tables.worlds_already_met,
    effects_tables.worlds_repeated,
    effects_tables.worlds_too_late,
    effects_tables.periods_too_late,
    effects_tables.months_of_no_period,
    horizons.rotation_of_odd_periods,
    effects_caveats.caveats_always_lifted,
    effects_caveats.caveats_of_nowhere,
    effects_caveats.caveats_without_match,
    open_words.near_misses,
    conditions.counts_out_of_reach,
    effects_models.names_unlike_their_files,
    effects_models.models_without_tasks,
    effects_models.targets_of_scaled_lines,
    effects_models.of_without_one_per,
    effects_models.leads_without_a_line,
    effects_models.leads_above_the_largest_share,
    effects_offers.offers_without_match,
    effects_offers.pools_taken_from_offers,
    overcommitment.commitments_of_nothing,
    overcommitment.overcommitted,
    rests.rests_of_offers,
    rests.rests_of_nothing,
    rests.rests_with_a_range,
]
"""Warnings about what has no effect or surprises. They run once there are no errors."""
