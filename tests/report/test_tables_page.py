"""`docs/tables.md` says what the tables are.

`UPDATE_GOLDEN=1 pytest tests/report/test_tables_page.py` writes it anew; read the difference.
"""

import os

from report_cases import small_run
from tables_page import PAGE, page

from allocator.report.tables.run import all_tables


def test_the_page_is_that_of_the_tables():
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_column_is_on_the_page():
    """Of a run with something in it, so that no table gets further columns from its rows."""
    for table in all_tables(small_run()):
        section = page().split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        for column in table.columns:
            assert (
                f"\n| {column.name} | {column.kind} | {column.unit} | {column.meaning} |" in section
            )
