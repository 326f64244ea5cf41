"""A run as one workbook, `results.xlsx`: a cover in sentences, then a table a sheet.

Sheets have the names and the columns of the CSV tables. What does not fit a sheet is said on the
cover, with the CSV file that has it whole.
"""

from __future__ import annotations

from allocator.report.workbook.results import write_workbook

__all__ = ["write_workbook"]
