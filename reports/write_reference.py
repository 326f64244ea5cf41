"""Writes reports/reference/, the kept report of the reference case, or checks what it claims.

    python reports/write_reference.py [FILE ...]
    python reports/write_reference.py --check [FILE ...]

All of it in under five minutes on two processors, the slow files beside the others; a file that is
named, by itself. `--check` makes the files afresh, writes nothing, and fails where a kept figure,
id or verdict no longer comes out; what is only worded otherwise, and new columns, it lets stand.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from casebook.files import FILES, contradicted, write


def main() -> None:
    """Write or check the files that are named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", metavar="FILE", help=", ".join(FILES))
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if false")
    asked = parser.parse_args()
    if unknown := [name for name in asked.files if name not in FILES]:
        parser.error(f"no such file: {', '.join(unknown)}; there are {', '.join(FILES)}")
    if asked.check:
        check(asked.files or FILES)
    else:
        write(asked.files or FILES)


def check(names: Iterable[str]) -> None:
    """Exit with 1 and name the rows that no longer come out, if there are any."""
    found = contradicted(names)
    for name, row in found.items():
        print(f"reports/reference/{name} claims what no longer comes out: {row}", file=sys.stderr)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
