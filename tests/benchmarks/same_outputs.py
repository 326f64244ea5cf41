"""Whether anything that people read is another: digests of what the code of this checkout writes.

    python tests/benchmarks/same_outputs.py before.json --keep before
    python tests/benchmarks/same_outputs.py after.json --against before.json --keep after
    diff -r before after

For a change that is to change nothing: the first line on the code before it, the second after it.
Every case and file that differs is named; ends with 1 where one does, with 2 where a case did not
come to its own end. `--only TEXT` takes the cases with the text in their name alone, `--jobs N` so
many at once. About six minutes on one core.

A case is one command as a planner types it, run in a child of this process and in the folder of
all cases, so that every path it prints is the same everywhere. Its digests are those of what it
prints, of its exit status and of every file of the run it keeps: the result, the tables, the page,
the parts of the workbook. The reference case is asked with every model in every world; the 300
workspaces are those of `tests/generator.py`, some of them through the Python door too.

Time decides nothing: the limit is a day, and one question is worked on at a time, so that searches
end by themselves or by CP-SAT's deterministic effort. That leaves out what only time ends: the
joint plans of the five models of forces in Ukraine, and with them `solve`; their verdicts and
blockers are asked for alone, without the gaps of the tasks in `ENDLESS`. A run that was timed out
all the same is refused.

Only the public door is used, `python -m allocator` and `import allocator`: modules may be moved and
renamed. What is bound to the moment is blanked out, by `MOMENT` and nothing else. Cases stand in
`output_cases.py`, their runs in `output_runs.py`, their digests in `output_digests.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from output_cases import of_kept_runs, random_ones, reference
from output_digests import digests_of
from output_runs import import_all, run_all, wrong


def main() -> None:
    options = _options()
    import_all()
    with _folder(options.keep) as folder:
        found, failed = _digests(folder, options.only, options.jobs)
    options.digests.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", "utf-8")
    files = sum(map(len, found.values()))
    print(f"{len(found)} cases, {files} files: {options.digests}")
    for what in failed:
        print(f"FAILED: {what}")
    different = []
    if options.against:
        before = json.loads(options.against.read_text("utf-8"))
        chosen = {name: files for name, files in before.items() if options.only in name}
        different = list(_differences(chosen, found))
        print(*different, sep="\n")
        print(f"{len(different)} differ" if different else "nothing differs")
    sys.exit(2 if failed else bool(different))


def _digests(folder: Path, only: str, jobs: int) -> tuple[dict[str, dict[str, str]], list[str]]:
    """The digests of every case, and the cases that did not come to an end of their own."""
    names: list[str] = []
    failed: list[str] = []
    os.chdir(folder)
    for stage in (reference(), of_kept_runs(), random_ones()):
        cases = [case for case in stage if only in case.name]
        for case, status in run_all(cases, jobs):
            names.append(case.name)
            why = wrong(Path(case.name), status)
            failed += [f"{case.name}: {why}"] if why else []
    # Later cases read what earlier ones kept: nothing is blanked before the end.
    return {name: digests_of(Path(name)) for name in names}, failed


def _differences(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    for case in sorted({*before, *after}):
        one, other = before.get(case, {}), after.get(case, {})
        for file in sorted({*one, *other}):
            if file not in other:
                yield f"{case}: {file} is no longer there"
            elif file not in one:
                yield f"{case}: {file} is new"
            elif one[file] != other[file]:
                yield f"{case}: {file} differs"


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """Where the cases write: kept, or gone afterwards. Never over an earlier one."""
    home = Path.cwd()
    if keep is not None:
        keep.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as passing:
        try:
            yield keep or Path(passing)
        finally:
            os.chdir(home)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("digests", type=Path, help="file to write the digests to")
    parser.add_argument("--against", type=Path, help="digests to compare with")
    parser.add_argument("--keep", type=Path, help="new folder for the outputs themselves")
    parser.add_argument("--only", default="", help="only cases with this in their name")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="cases at once")
    return parser.parse_args()


if __name__ == "__main__":
    main()
