"""Writes reports/reference/: the kept report of the reference case.

    python reports/write_reference.py [FILE ...]

All of it in some minutes, most of which go to the two files of fragility; a file that is named, by
itself. The same inputs give the same bytes; inputs.json holds their hashes.
"""

from __future__ import annotations

import argparse

from casebook.files import FILES, write


def main() -> None:
    """Write the files that are named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", metavar="FILE", help=", ".join(FILES))
    named = parser.parse_args().files
    if unknown := [name for name in named if name not in FILES]:
        parser.error(f"no such file: {', '.join(unknown)}; there are {', '.join(FILES)}")
    write(named or FILES)


if __name__ == "__main__":
    main()
