"""The page of a run: everything that it says, made ready for its template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from allocator.report.page import plan
from allocator.report.page.pools import pool_bars
from allocator.report.page.render import render
from allocator.report.page.rows import Rows
from allocator.report.page.tasks import cards
from allocator.report.page.text import shortened
from allocator.report.page.timeline import over_time
from allocator.report.page.trade_offs import departure_views, front_views, weight_views
from allocator.report.page.turned import in_parts
from allocator.report.page.what_if import script_data, what_if
from allocator.report.page.world_map import world_map
from allocator.report.page.worlds import side_by_side
from allocator.report.pictures.departures import departures_picture
from allocator.report.pictures.preconditions import preconditions_picture
from allocator.report.sections import PARTS
from allocator.report.sentences import names, overview
from allocator.report.sentences import situation as say
from allocator.report.sentences.asked import asked_for
from allocator.report.sentences.next_acts import next_acts
from allocator.report.sentences.reading_order import in_reading_order
from allocator.report.tables.decisions import decision_wide
from allocator.report.terminal.trade_offs import unanswered
from allocator.report.terminal.weights import WITHOUT
from allocator.results.run import MARK

if TYPE_CHECKING:
    from allocator.results.result import Level
    from allocator.results.run import RunRecord


MOST_TURNED = 17
"""Tasks across a table of nations that still fit a screen and a sheet of paper."""


def page(run: RunRecord, mark: str = "", check: Callable[[int], None] = lambda cells: None) -> str:
    """The run's page. mark: how it is to be handled, top and bottom; the run's own where blank.
    check: called task by task; it may raise to give the page up."""
    run = in_reading_order(replace(run, problem=shortened(run.problem)))
    rows = Rows(run)
    found = what_if(run, rows, check)
    sent = plan.sent(run, rows)
    parts = _shown(run)
    beside = side_by_side(run, found)
    return render(
        "run.html",
        parts=[part for part in PARTS if not part.needs or any(map(parts.get, part.needs))],
        **parts,
        mark=mark or str(run.options.get(MARK) or ""),
        data=script_data(run, found),
        run=run,
        made=run.provenance(),
        operation=overview.operation(run.problem),
        world=overview.world(run.world, run.problem),
        stopped=overview.stopped(run),
        offers=(*overview.offers(run.problem), *overview.beyond_offers(run)),
        planned=run.result.plan.status != "unknown",
        joint_plan=overview.joint_plan(run),
        next_acts=tuple(next_acts(run)),
        most_asked_for=overview.most_asked_for(run.problem, run.world, run.result.tasks),
        what_if=found,
        most_turned=MOST_TURNED,
        numbers={nation: number for number, nation in enumerate(run.problem.nations)},
        cards=cards(run, rows, found),
        sent=sent,
        over_time=over_time(run),
        freed=plan.freed(run, rows),
        pools=pool_bars(run, rows),
        without=WITHOUT,
        leaving=Markup(departures_picture(run)),
        worlds=beside,
        world_map=world_map(run, found, beside),
        decision=tuple(in_parts(decision_wide(run), 2)),
        level_status=overview.LEVEL_STATUS,
        proved_by=overview.PROVED_BY,
        rows=rows,
        named=partial(names.preconditions, run.problem),
        named_in=partial(names.condition, run.problem),
        named_task=partial(names.task, run.problem),
        groups=rows.groups(),
    )


def _shown(run: RunRecord) -> dict[str, Any]:
    """What parts of the page need, which are left out without it."""
    return {
        "asked": asked_for(run.problem, run.world, run.result.tasks),
        "network": Markup(preconditions_picture(run.problem, run.world)),
        "levels": [_level(level) for level in run.result.plan.levels],
        "weights": weight_views(run),
        "fronts": front_views(run),
        "departures": departure_views(run),
        "unanswered": tuple(unanswered(run)),
    }


def _level(level: Level) -> tuple[str, list[str], Level]:
    """The objective in words, and its value and bound as people read them."""
    name = level.objective
    return say.shown_objective(name), say.figures(name, level.value, level.bound), level
