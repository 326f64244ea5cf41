"""The file itself: data laid out by a template, with its style and script inside.

The template computes nothing, and everything of the inputs is escaped. A Content-Security-Policy
in the file lets its own style and script through by their hashes, and nothing else.
"""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from allocator.explain import overview
from allocator.explain import sentences as say
from allocator.report.decision_tables import decision_wide
from allocator.report.page import plan
from allocator.report.page.pools import pool_bars
from allocator.report.page.rows import Rows
from allocator.report.page.tasks import cards
from allocator.report.page.text import short, shortened
from allocator.report.page.what_if import script_data, what_if
from allocator.report.page.worlds import side_by_side

if TYPE_CHECKING:
    from jinja2 import Environment

    from allocator.run import Run

MARK = "handling_mark"
"""The option of a run that holds its handling mark."""


def page(run: Run, mark: str = "") -> str:
    """The run's page. mark: how it is to be handled, top and bottom; the run's own where blank."""
    run = replace(run, problem=shortened(run.problem))
    rows = Rows(run)
    found = what_if(run, rows)
    sent = plan.sent(run, rows)
    return render(
        "run.html",
        mark=mark or str(run.options.get(MARK) or ""),
        data=script_data(run, found),
        run=run,
        made=made(run),
        operation=overview.operation(run.problem),
        world=overview.world(run.world),
        stopped=overview.stopped(run),
        joint_plan=overview.joint_plan(run),
        most_asked_for=overview.most_asked_for(run.problem, run.result.tasks),
        what_if=found,
        numbers={nation: number for number, nation in enumerate(run.problem.nations)},
        cards=cards(run, rows, found),
        sent=sent,
        people={(one.nation, one.task): one.people for one in sent},
        bars=plan.contributions(run, sent),
        axes=plan.AXES,
        freed=plan.freed(run, rows),
        pools=pool_bars(run, rows),
        worlds=side_by_side(run, found),
        decision=decision_wide(run),
        levels=[(say.objective(level.objective), level) for level in run.result.plan.levels],
        level_status=overview.LEVEL_STATUS,
        rows=rows,
        groups=rows.groups(),
    )


def made(run: Run) -> dict[str, Any]:
    """How the run came about."""
    return run.provenance()


def render(template: str, *, data: Any, **values: Any) -> str:
    """A template with what every page has: style, script, their policy, and the script's data."""
    style, script = _asset("style.css"), _asset("page.js")
    return (
        _environment()
        .get_template(template)
        .render(
            style=Markup(style),
            script=Markup(script),
            policy=_policy(style, script),
            data=Markup(_json(data)),
            **values,
        )
    )


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _json(data: Any) -> str:
    """JSON in which nothing ends a script element or begins a comment."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


@cache
def _asset(name: str) -> str:
    text = files("allocator.report.page").joinpath("templates", name).read_text(encoding="utf-8")
    return text.strip()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("allocator.report.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["short"] = short
    made.filters["number"] = number
    made.filters["signed"] = signed
    return made


def number(value: float | str | None) -> str:
    """A figure with thousands apart; text as it is, nothing for what is not known."""
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:,}"


def signed(value: float | None) -> str:
    """A difference: +3, -2, or nothing where there is none."""
    return f"{value:+,}" if value else ""
