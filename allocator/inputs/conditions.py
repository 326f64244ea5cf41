"""The condition language: parse, print, evaluate.

A condition says when a task may start, when a caveat is lifted, when a commitment may be released.
It is monotone: there is no `not`. Grammar in `conditions.lark`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from allocator.errors import AllocatorError

KEYWORDS = frozenset({"and", "or", "always", "never", "joins", "led_by", "staffed", "at_least"})
MAX_LENGTH = 4000
MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Always:
    """Holds in every period."""


@dataclass(frozen=True, slots=True)
class Never:
    """Holds in no period."""


@dataclass(frozen=True, slots=True)
class Precondition:
    """Holds in the periods in which the precondition holds."""

    id: str


@dataclass(frozen=True, slots=True)
class Joins:
    """Holds where the nation sends at least one unit to the same task in the same period."""

    nation: str


@dataclass(frozen=True, slots=True)
class LedBy:
    """Holds where the nation leads the task that is asked about, as R8 has it: named by its lead,
    it provides and carries its share in every period. A task without a lead is led by nobody."""

    nation: str


@dataclass(frozen=True, slots=True)
class Staffed:
    """Holds where the task is staffed in the same plan."""

    task: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Holds where at least `count` entries of `parts` hold; a repeated entry counts each time."""

    count: int
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Condition, ...]


Condition = Always | Never | Precondition | Joins | LedBy | Staffed | AtLeast | And | Or


class ConditionError(AllocatorError, ValueError):
    """Text that is no condition. `column` counts characters from 1; `expected` says what fits."""

    def __init__(self, problem: str, column: int, expected: str) -> None:
        super().__init__(f"{problem} at character {column}; {expected}")
        self.problem = problem
        self.column = column
        self.expected = expected


def parse(text: str) -> Condition:
    """The condition that `text` states; blank text means `always`.

    Raises ConditionError with the character at which the text stops making sense.
    """
    text = text.strip()
    return _parse(text) if text else Always()


def show(condition: Condition) -> str:
    """The condition in its own language, with no more brackets than it needs."""
    match condition:
        case Always():
            return "always"
        case Never():
            return "never"
        case Precondition(id=name):
            return name
        case Joins(nation=nation):
            return f"joins({nation})"
        case LedBy(nation=nation):
            return f"led_by({nation})"
        case Staffed(task=task):
            return f"staffed({task})"
        case AtLeast(count=count, parts=parts):
            return f"at_least({count}, {', '.join(show(part) for part in parts)})"
        case And(parts=parts):
            return " and ".join(f"({show(p)})" if isinstance(p, Or) else show(p) for p in parts)
        case Or(parts=parts):
            return " or ".join(show(part) for part in parts)


def holds(
    condition: Condition,
    preconditions: Container[str],
    joining: Container[str] = (),
    staffed: Container[str] = (),
    leading: Container[str] = (),
) -> bool:
    """Tell whether the condition holds, given which preconditions hold, which nations are at the
    task in the period, which tasks are staffed, and which nations lead the task.

    joining: the nations at the task in the period. leading: the nations that lead it.
    """
    given = preconditions, joining, staffed, leading
    match condition:
        case Always():
            return True
        case Never():
            return False
        case Precondition(id=name):
            return name in preconditions
        case Joins(nation=nation):
            return nation in joining
        case LedBy(nation=nation):
            return nation in leading
        case Staffed(task=task):
            return task in staffed
        case AtLeast(count=count, parts=parts):
            return sum(holds(p, *given) for p in parts) >= count
        case And(parts=parts):
            return all(holds(p, *given) for p in parts)
        case Or(parts=parts):
            return any(holds(p, *given) for p in parts)


def needed(condition: AtLeast | And | Or) -> int:
    """How many of the parts must hold, repeated ones counted each time."""
    match condition:
        case AtLeast(count=count):
            return count
        case And(parts=parts):
            return len(parts)
        case Or():
            return 1


def leaves(condition: Condition) -> Iterator[Condition]:
    """The leaves of the condition from left to right, repeated ones each time."""
    match condition:
        case AtLeast(parts=parts) | And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield condition


def preconditions_in(condition: Condition) -> frozenset[str]:
    return frozenset(leaf.id for leaf in leaves(condition) if isinstance(leaf, Precondition))


def nations_in(condition: Condition) -> frozenset[str]:
    return frozenset(leaf.nation for leaf in leaves(condition) if isinstance(leaf, Joins))


def leaders_in(condition: Condition) -> frozenset[str]:
    return frozenset(leaf.nation for leaf in leaves(condition) if isinstance(leaf, LedBy))


def tasks_in(condition: Condition) -> frozenset[str]:
    return frozenset(leaf.task for leaf in leaves(condition) if isinstance(leaf, Staffed))


def tasks_always_in(condition: Condition) -> frozenset[str]:
    """The tasks that must be staffed for the condition to hold, whatever else holds."""
    match condition:
        case Staffed(task=task):
            return frozenset({task})
        case AtLeast(parts=parts) | And(parts=parts) | Or(parts=parts):
            asked = [tasks_always_in(part) for part in parts]
            return frozenset(
                task
                for task in frozenset[str]().union(*asked)
                if sum(task not in others for others in asked) < needed(condition)
            )
        case _:
            return frozenset()


@lru_cache(maxsize=4096)
def _parse(text: str) -> Condition:
    _refuse_oversized(text)
    import lark

    try:
        tree = _parser().parse(text)
    except lark.exceptions.UnexpectedCharacters as error:
        raise ConditionError(
            f"unexpected '{text[error.pos_in_stream]}'",  # type: ignore[index]
            error.column,
            _EXPECTED,
        ) from None
    except lark.exceptions.UnexpectedToken as error:
        at_end = error.token.type == "$END"
        problem = "the condition ends too early" if at_end else f"unexpected '{error.token}'"
        raise ConditionError(
            problem, len(text) + 1 if at_end else error.column, _EXPECTED
        ) from None
    return _condition(tree)


_EXPECTED = (
    "expected a precondition, always, never, joins(NATION), led_by(NATION), "
    "staffed(TASK), at_least(K, ...), with 'and' or 'or' between"
)


def _refuse_oversized(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise ConditionError(
            f"a condition of {len(text)} characters", MAX_LENGTH, f"at most {MAX_LENGTH} are read"
        )
    depth = 0
    for column, character in enumerate(text, 1):
        depth += (character == "(") - (character == ")")
        if depth > MAX_DEPTH:
            raise ConditionError(
                f"more than {MAX_DEPTH} brackets within each other", column, "use fewer brackets"
            )


@lru_cache(maxsize=1)
def _parser() -> Any:
    import lark

    grammar = files("allocator.inputs").joinpath("conditions.lark").read_text(encoding="utf-8")
    return lark.Lark(grammar, parser="lalr", lexer="basic")


def _condition(tree: Any) -> Condition:
    parts = tree.children
    match tree.data:
        case "always":
            return Always()
        case "never":
            return Never()
        case "precondition":
            return Precondition(str(parts[0]))
        case "joins":
            return Joins(str(parts[0]))
        case "led_by":
            return LedBy(str(parts[0]))
        case "staffed":
            return Staffed(str(parts[0]))
        case "at_least":
            return AtLeast(int(parts[0]), tuple(_condition(part) for part in parts[1:]))
        case "conjunction":
            return And(tuple(_on_one_level(And, parts)))
        case "disjunction":
            return Or(tuple(_on_one_level(Or, parts)))
    raise AssertionError(f"no such node in conditions.lark: {tree.data}")


def _on_one_level(kind: type[And] | type[Or], trees: Iterable[Any]) -> Iterator[Condition]:
    """The parts, of which those of the same kind are taken apart: brackets that say nothing leave
    no trace, so that the text that `show` gives is the same condition again."""
    for part in map(_condition, trees):
        if isinstance(part, kind):
            yield from part.parts
        else:
            yield part
