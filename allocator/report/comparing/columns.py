"""The tables that `compare` shows: a column a run, then one for each difference from the base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console, RenderableType
from rich.text import Text

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.analysis.comparison.side import Side
from allocator.report.comparing.as_read import in_words
from allocator.report.comparing.tables import MAKERS
from allocator.report.comparing.task_table import in_plan, in_reading_order, title
from allocator.report.sentences import situation as say
from allocator.report.tables.table import Value
from allocator.report.terminal.console import note, ruled, verdict
from allocator.words import count

ROWS_SHOWN = 20

MOST_APART = 3
"""Of so many runs the differences are shown where there is room; the kept tables have them all."""

WORDS = 30
"""Letters that are left for what names a row."""

_HEADINGS = {
    "criteria": ("In figures", ("criterion", "meaning"), "figure"),
    "nations": ("People that nations send, in their fullest period", ("name",), "people"),
    "released": (
        "Units released of commitments, in the fullest period",
        ("commitment", "nation", "capability"),
        "units",
    ),
    "gaps": ("Units missing, in the worst period", ("task", "line", "capability"), "units"),
}
"""By table: its heading, what names a row, and what stands in it."""

_NAMED = {"criteria": ("criterion",)}
"""What people read of that, where it is not all."""


Cell = tuple[Value, Value, Value]
"""The raw value of a run, its difference from the base, and the status of an objective."""

Rows = Mapping[tuple[str, ...], list[Cell]]
"""A cell a run, by what names the row."""


def tasks(
    comparison: ComparisonRecord, short: Mapping[str, str], console: Console
) -> RenderableType:
    """Return how each task stands in each run.

    comparison: the runs side by side. short: what stands over a run's column, by its name. console:
    what it is printed on.
    """
    changed = {change.task for change in comparison.changed}
    header = ("", "Task", *(short[side.name] for side in comparison.sides))
    rows = (
        (
            "!" if task in changed else "",
            title(comparison, task),
            *(_standing(side, task, console) for side in comparison.sides),
        )
        for task in in_reading_order(comparison)
    )
    return ruled(header, rows)


def _standing(side: Side, task: str, console: Console) -> Text:
    if task not in side.records:
        return Text("not in it")
    word = side.records[task].verdict
    planned = in_plan(side, task)
    left_out = word == "ready" and planned == "no"
    told = f", {planned}" if planned in ("staffed", "contested") else ""
    return Text.assemble(verdict(word, console), told, ", not in the plan" if left_out else "")


def tables(
    comparison: ComparisonRecord, short: Mapping[str, str], width: int
) -> Iterator[tuple[str, Sequence[RenderableType]]]:
    """Yield headings with their tables; of criteria those that are not zero throughout, of the
    others those that differ.

    comparison: the runs side by side. short: what stands over a run's column, by its name. width:
    columns of the terminal.
    """
    for name, (heading, keys, value) in _HEADINGS.items():
        rows = _rows(comparison, name, keys, value)
        rows = _said(rows) if name == "criteria" else _largest_first(rows)
        if rows:
            yield heading, _laid_out(comparison, short, name, rows, width)


def _said(rows: Rows) -> dict[tuple[str, ...], list[Cell]]:
    return {key: cells for key, cells in rows.items() if any(cell[0] for cell in cells)}


def _largest_first(rows: Rows) -> dict[tuple[str, ...], list[Cell]]:
    """Rows in which a run differs from the base, the largest difference first."""
    size = {key: max(abs(int(cell[1] or 0)) for cell in cells) for key, cells in rows.items()}
    return {key: rows[key] for key in sorted(rows, key=lambda k: (-size[k], k)) if size[key]}


def _rows(
    comparison: ComparisonRecord, name: str, keys: Sequence[str], value: str
) -> dict[tuple[str, ...], list[Cell]]:
    """A cell a run, by what names the row."""
    table = MAKERS[name](comparison)
    found: dict[tuple[str, ...], list[Cell]] = {}
    for row in table.rows:
        cells = dict(zip(table.header, row, strict=True))
        key = tuple(str(cells[column]) for column in keys)
        found.setdefault(key, []).append((cells[value], cells["difference"], cells.get("status")))
    return found


def _laid_out(
    comparison: ComparisonRecord,
    short: Mapping[str, str],
    name: str,
    rows: Rows,
    width: int,
) -> list[RenderableType]:
    keys = _NAMED.get(name, _HEADINGS[name][1])
    names = [short[side.name] for side in comparison.sides]
    apart = [f"{name} less {names[0]}" for name in names[1:]] if len(names) > 2 else ["difference"]
    shown = list(rows.items())[:ROWS_SHOWN]
    figures = [_figures(key[0], cells) for key, cells in shown]
    columns = [*names, *apart]
    if len(names) > MOST_APART or _wide(columns, figures) > width - WORDS:
        columns, figures = names, [row[: len(names)] for row in figures]
    table = ruled(
        ("", *keys[1:], *columns),
        [
            [*_labels(comparison, name, key), *row]
            for (key, _), row in zip(shown, figures, strict=True)
        ],
        right=",".join(columns),
        # Rather the words are folded than a figure broken in two.
        whole=",".join(columns) if _wide(columns, figures) <= width - WORDS // 2 else "",
    )
    return [table, *_notes(rows)]


def _wide(columns: Sequence[str], figures: Sequence[Sequence[str]]) -> int:
    """How much room the columns of figures take unbroken."""
    return sum(3 + max(map(len, column)) for column in zip(columns, *figures, strict=True))


def _notes(rows: Rows) -> Iterator[RenderableType]:
    if len(rows) > ROWS_SHOWN:
        yield note(f"and {count(len(rows) - ROWS_SHOWN, 'further row')}")
    if any(cell[2] == "feasible" for cells in rows.values() for cell in cells):
        yield note("* the best found, not proved to be the best there is")


def _labels(comparison: ComparisonRecord, name: str, key: Sequence[str]) -> Sequence[str]:
    """What names the row to people: words for the id of a criterion, a title for that of a task."""
    if name == "criteria":
        return [in_words(key[0], key[1])]
    return [title(comparison, key[0]), *key[1:]] if name == "gaps" else key


def _figures(of: str, cells: Sequence[Cell]) -> list[str]:
    """A row's figures, then its differences from the base, all with as many digits.

    of: what is measured, where that is an objective.
    """
    values = [value for value, _, _ in cells]
    apart = [difference for _, difference, _ in cells[1:]]
    known = [value for value in (*values, *apart) if isinstance(value, int)]
    told = dict(zip(known, say.figures(of, *known), strict=True))
    marks = ["*" if status == "feasible" else "" for _, _, status in cells]
    return [
        *(_text(told, value) + mark for value, mark in zip(values, marks, strict=True)),
        *(("+" if isinstance(d, int) and d > 0 else "") + _text(told, d) for d in apart),
    ]


def _text(told: Mapping[int, str], value: Value) -> str:
    return told[value] if isinstance(value, int) else ""
