"""The kept report as it is read by the tests."""

from __future__ import annotations

import csv
import json
import re
import warnings

import pytest

from casebook import case
from casebook.files import INPUTS, REPORT


def kept(name):
    return (REPORT / name).read_text(encoding="utf-8")


def rows(name):
    """Of a kept CSV table."""
    return list(csv.DictReader(kept(name).splitlines()))


def plain(cell):
    """A cell of a page without its marks."""
    return re.sub(r"[`*]", "", cell)


def figure(cell):
    """The first whole number of a cell, with its sign."""
    return int(re.search(r"[-+]?\d[\d,]*", cell)[0].replace(",", ""))


def _stale():
    """Whether tables or models have changed since; said once, where there is no report to test."""
    same = json.loads(kept(INPUTS)) == case.planner().workspace.files
    if not same:
        warnings.warn(f"the kept report is stale: {HOW}", stacklevel=1)
    return not same


HOW = "run python reports/write_reference.py"
STALE = _stale()
FRESH = pytest.mark.skipif(STALE, reason=f"the kept report is stale: {HOW}")
"""For what can only be asked of a report that was made from the tables as they stand."""
