"""Exit statuses, and which error ends with which."""

from __future__ import annotations

import sys

from allocator.leaving import INTERRUPTED as INTERRUPTED

ANSWERED = 0
INPUTS_WRONG = 1
COMMAND_LINE_WRONG = 2
NO_ANSWER_IN_TIME = 3
FAULT = 4

_BY_NAME = {
    ("allocator.cli.output", "ShownError"): COMMAND_LINE_WRONG,
    ("allocator.options", "UsageError"): COMMAND_LINE_WRONG,
    ("allocator.report.parquet", "NoParquetError"): COMMAND_LINE_WRONG,
    ("allocator.report.reading", "RunFolderError"): COMMAND_LINE_WRONG,
    ("allocator.report.kept_inputs", "InputsUnknownError"): INPUTS_WRONG,
    ("allocator.report.reading", "KeptResultError"): INPUTS_WRONG,
    ("allocator.spreadsheet.cells", "UnfitError"): INPUTS_WRONG,
    ("allocator.workspace", "WorkspaceError"): INPUTS_WRONG,
    ("allocator.workspace.convert", "ConversionError"): INPUTS_WRONG,
}
"""By name: to import them would load what a command may not need."""


def of(error: BaseException) -> int:
    """The exit status for an error; FAULT for one that nobody expects."""
    for (module, name), code in _BY_NAME.items():
        known = getattr(sys.modules.get(module), name, None)
        if known is not None and isinstance(error, known):
            return code
    return COMMAND_LINE_WRONG if isinstance(error, OSError) else FAULT
