"""One option of the questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from allocator.inputs.options.kinds import About, Kind

if TYPE_CHECKING:
    from allocator.inputs.problem import Problem


class InName(NamedTuple):
    """What a folder's name says of an option. rank: where it stands among the others. before: what
    stands before its names; word: what stands in the place of them. alone: whether several names
    say nothing."""

    rank: int
    before: str = ""
    word: str = ""
    alone: bool = False


class Option(NamedTuple):
    """What may be said of a question.

    name: the keyword in Python. kind: what it takes, with bounds. meaning: as `--help` has it; by
    command where it is not the same for all. default: where it is left out. flag: on the command
    line, where it is not the name. metavar: what stands behind the flag in `--help`. key: in
    `run.json`, where it is not the name. always: whether a run keeps it where it says nothing.
    kept: the form in which it is kept, where that is not a list of names or the value itself.
    another: whether it makes it another question about the same model and world. in_name: what a
    folder's name says of it.
    """

    name: str
    kind: Kind
    meaning: str | Mapping[str, str] = ""
    default: Any = None
    flag: str = ""
    metavar: str = ""
    key: str = ""
    always: bool = False
    kept: Callable[[Any], object] | None = None
    another: bool = True
    in_name: InName | None = None

    def read(self, given: Any, problem: Problem | None = None) -> Any:
        """Return the value as it counts. Raises as its kind does.

        given: what the caller gave. problem: what is asked about.
        """
        return self.kind.read(given, About(self.name, problem))

    def keep(self, value: Any) -> dict[str, object]:
        """What `run.json` has of a value that was read; nothing where it says nothing."""
        if not self.always and (value is None or value is False or value == ()):
            return {}
        form = self.kept or (list if isinstance(value, tuple) else None)
        return {self.key or self.name: form(value) if form else value}

    def help(self, command: str) -> str:
        """What the option means to a command."""
        return self.meaning if isinstance(self.meaning, str) else self.meaning[command]
