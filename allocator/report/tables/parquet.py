"""Tables as Parquet, for those who read them with other programs; needs the extra `parquet`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from allocator.errors import CommandWrongError
from allocator.report.tables.table import Column, Table
from allocator.results.store.places import new_place


class NoParquetError(CommandWrongError):
    """Parquet was asked for, and the library that writes it is not installed."""


def require() -> None:
    """Raises NoParquetError where Parquet cannot be written."""
    if find_spec("pyarrow") is None:
        raise NoParquetError(
            "Parquet needs pyarrow, which is not installed; "
            "pip install 'contribution-allocator[parquet]', or leave --parquet out: "
            "the CSV tables hold the same"
        )


def write_parquet(table: Table, folder: Path) -> Path:
    """Write `NAME.parquet` to its place in the folder of an answer, and return its path.

    table: what it holds. folder: of the answer.
    """
    from pyarrow import parquet

    path = new_place(folder, f"{table.name}.parquet")
    parquet.write_table(_arrow(table), path)
    return path


def holds(path: Path, table: Table) -> bool:
    """Whether the file holds the table, whichever version of the library wrote it."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        found = parquet.read_table(path)
    except (pa.ArrowException, OSError, ValueError):
        return False
    return bool(found.equals(_arrow(table), check_metadata=True))


def _arrow(table: Table) -> Any:
    """Whole numbers are int64, numbers float64, text is string, a blank is null. Meaning and unit
    of a column stand in the metadata of its field."""
    import pyarrow as pa

    kinds = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64()}
    fields = [pa.field(c.name, kinds[c.kind], metadata=_said(c)) for c in table.columns]
    schema = pa.schema(fields, metadata={"description": table.description})
    columns = list(zip(*table.rows, strict=True)) or [() for _ in fields]
    arrays = [pa.array(c, field.type) for c, field in zip(columns, fields, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _said(column: Column) -> dict[str, str]:
    return {"meaning": column.meaning, "unit": column.unit}
