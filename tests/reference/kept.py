"""The kept report as it is read by the tests."""

from __future__ import annotations

import csv
import re

from casebook.files import REPORT


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
