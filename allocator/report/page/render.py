"""HTML from a template, with its style, its script and the policy that lets them through.

A template computes nothing, and everything that it is given is escaped.
"""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from allocator.report.page.text import short

if TYPE_CHECKING:
    from jinja2 import Environment


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


def signed(value: float | str | None) -> str:
    """A difference: +3, -2, or nothing where there is none; one in words with its plus."""
    if isinstance(value, str):
        return value if value.startswith("-") or not value.strip("0.,") else f"+{value}"
    return f"{value:+,}" if value else ""
