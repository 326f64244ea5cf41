"""What a check of a kept run says, to people and to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from allocator.analysis.second_opinions.result import summary
from allocator.results.jsons import data_bytes
from allocator.results.store.kept_files import unread

if TYPE_CHECKING:
    from allocator.cli.checked import Verified


def tell_programs(found: Verified) -> None:
    """As JSON."""
    files, again = found.files, found.again
    data = {
        "schema": 1,
        "run": str(found.folder),
        "changed": list(found.changed),
        "faults": list(found.faults),
        "confirmed": dict(sorted(again.proofs.items())),
        "undecided": again.undecided,
        "known_now": again.known_now,
        "files": {
            "same": list(files.same),
            "changed": list(files.changed),
            "missing": list(files.missing),
            "extra": list(files.extra),
            "unread": list(files.unhashed),
        },
        "made_again": sorted(found.made.names),
        "unread": list(unread(files, found.made.names, found.made.why_not)),
    }
    click.echo(data_bytes(data), nl=False)


def tell(found: Verified) -> None:
    """In sentences."""
    if found.changed:
        click.echo(f"Changed since the run: {', '.join(found.changed)}", err=True)
    if found.faults:
        _tell_faults(found)
        return
    click.echo(
        f"{found.folder}: no fault found in what was read; plan, values and sets agree with "
        "the inputs."
    )
    made = len(found.made.names)
    same = [f"{made} files made again are the same"] if made else []
    for sentence in (*summary(found.again), *same, *_not_checked(found)):
        click.echo(f"  {sentence}")


def _not_checked(found: Verified) -> list[str]:
    own = ["it was made of tables in memory: checked against its own copy of them"]
    told = unread(found.files, found.made.names, found.made.why_not)
    return [*(own if found.from_memory else ()), *told]


def _tell_faults(found: Verified) -> None:
    click.echo(f"{found.folder}: {len(found.faults)} faults")
    for fault in found.faults:
        click.echo(f"  {fault}")
    if found.changed:
        click.echo("The inputs have changed since; solve again for a result that fits them.")
