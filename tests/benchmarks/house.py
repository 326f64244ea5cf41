"""The plan of the package, counted from its imports: rooms, floors, ways back up, circles, sizes.

    python tests/benchmarks/house.py            a small table
    python tests/benchmarks/house.py --check    the same; names what is not as it should be, and
                                                ends with 1 where anything is

A room is a folder of the package; of the modules beside the folders some are the door, the rest is
the base, one room each. Which of them stands above which is read from the layers contract in
`pyproject.toml`. Imports within functions count as others do, and so do modules that are imported
by their names as text; only imports for types alone (`if TYPE_CHECKING:`) do not.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MOST_OF_A_FILE = 400
MOST_OF_A_FUNCTION = 50
"""Lines, at the very most."""

MANY = 3
"""Parameters from which on a docstring is expected to name every one."""

PLACES = dict.fromkeys(("", "plan", "comparing", "planner", "frames"), "door")
PLACES["__main__"] = "cli"
"""The room of modules that are not of the base; of the package itself, which has no name here."""

Graph = Mapping[str, frozenset[str]]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Import:
    """A module of the package that another imports; `late` where that waits for a call."""

    source: str
    target: str
    late: bool


class House:
    """A package, and the names right below it from the highest to the lowest."""

    def __init__(self, folder: Path, layers: Sequence[str]) -> None:
        self.folder = folder
        self.layers = layers
        self.texts = {p: p.read_text("utf-8") for p in sorted(folder.rglob("*.py"))}
        self.trees = {self._dotted(path): ast.parse(text) for path, text in self.texts.items()}
        self._packages = {self._dotted(path) for path in self.texts if path.stem == "__init__"}

    def _dotted(self, path: Path) -> str:
        parts = path.relative_to(self.folder.parent).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def imports(self) -> list[Import]:
        return [
            Import(source, target, late)
            for source, tree in self.trees.items()
            for name, late in _imported(tree, self._home(source))
            if (target := self._module(name)) not in ("", source)
        ]

    def _home(self, module: str) -> str:
        """What a relative import of a module starts from."""
        return module if module in self._packages else module.rpartition(".")[0]

    def _module(self, name: str) -> str:
        """The module of the package that a dotted name stands in; blank where it is none."""
        while name and name not in self.trees:
            name = name.rpartition(".")[0]
        return name

    def room(self, module: str) -> str:
        name = _first(module)
        folder = f"{self.folder.name}.{name}" in self._packages
        return PLACES.get(name) or (name if folder else "base")

    def rooms(self) -> Graph:
        """Each room with the others that it imports."""
        arrows = {self.room(name): set[str]() for name in self.trees}
        for one in self.imports:
            arrows[self.room(one.source)].add(self.room(one.target))
        return {room: frozenset(others - {room}) for room, others in arrows.items()}

    def modules(self, *, late: bool) -> Graph:
        """Each module with those it imports; late: and those it imports once it is called."""
        arrows = {name: set[str]() for name in self.trees}
        for one in self.imports:
            if late or not one.late:
                arrows[one.source].add(one.target)
        return {name: frozenset(others) for name, others in arrows.items()}

    def arrows_up(self) -> list[str]:
        """Imports of something above, or of what has no place in the contract."""
        place: dict[str, float] = {name: number for number, name in enumerate(self.layers)}
        reached = [place.get(_first(i.target), 0) for i in self.imports if not _first(i.source)]
        place[""] = min(reached, default=len(place)) - 0.5  # Right above all that it offers.
        return [
            f"{one.source} imports {one.target}, which stands above it"
            for one in self.imports
            for source, target in [(_first(one.source), _first(one.target))]
            if source != target and place.get(target, -1) < place.get(source, len(place))
        ]

    def circles(self, *, late: bool) -> list[str]:
        when = "at run time" if late else "at module level"
        found = _circles(self.modules(late=late))
        return [f"a circle of imports {when}: {', '.join(circle)}" for circle in found]

    def long_files(self) -> list[str]:
        lengths = {p: len(text.splitlines()) for p, text in self.texts.items()}
        return [
            f"{path.relative_to(self.folder.parent)} has {length} lines"
            for path, length in lengths.items()
            if length > MOST_OF_A_FILE
        ]

    def long_functions(self) -> list[str]:
        return [
            f"{module}.{node.name} has {length} lines"
            for module, tree in self.trees.items()
            for node in ast.walk(tree)
            if isinstance(node, Function) and (length := _length(node)) > MOST_OF_A_FUNCTION
        ]

    def lines(self) -> int:
        return sum(len(text.splitlines()) for text in self.texts.values())

    def told(self) -> tuple[int, int]:
        """Of public functions with many parameters those whose docstring names every one, and
        all of them."""
        wide = [
            (names, set(re.findall(r"\w+", ast.get_docstring(function) or "")))
            for tree in self.trees.values()
            for function in _public(tree.body)
            if len(names := _parameters(function)) >= MANY
        ]
        return sum(words.issuperset(names) for names, words in wide), len(wide)

    def faults(self) -> list[str]:
        """What no house may have."""
        circles = [*self.circles(late=False), *self.circles(late=True)]
        return [*self.arrows_up(), *circles, *self.long_files(), *self.long_functions()]

    def table(self) -> Iterator[tuple[str, object]]:
        rooms = self.rooms()
        told, wide = self.told()
        yield "rooms", f"{len(rooms)}: {', '.join(sorted(rooms))}"
        yield "floors", _floors(rooms)
        yield "arrows between rooms", sum(map(len, rooms.values()))
        yield "arrows up", len(self.arrows_up())
        yield "circles at module level", len(self.circles(late=False))
        yield "circles at run time", len(self.circles(late=True))
        yield f"files over {MOST_OF_A_FILE} lines", len(self.long_files())
        yield f"functions over {MOST_OF_A_FUNCTION} lines", len(self.long_functions())
        yield "lines", self.lines()
        yield "every parameter told", f"{told} of {wide}, {told / max(wide, 1):.0%}"


def the_house() -> House:
    """This package as its contract orders it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    return House(ROOT / "allocator", layers)


def _first(module: str) -> str:
    """The name right below the package; blank for the package itself."""
    return [*module.split("."), ""][1]


# What a module imports


def _imported(tree: ast.Module, home: str) -> Iterator[tuple[str, bool]]:
    """Dotted names, and whether they wait for a call. `home`: what relative ones start from."""
    by_text = any(getattr(node, "id", "") == "import_module" for node in ast.walk(tree))
    for node, late in _reached(tree.body, late=False):
        if isinstance(node, ast.Import):
            yield from ((alias.name, late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = home.split(".")[: len(home.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            yield from ((f"{base}.{alias.name}", late) for alias in node.names)
        elif by_text and isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, True


def _reached(nodes: Iterable[ast.AST], *, late: bool) -> Iterator[tuple[ast.AST, bool]]:
    """All nodes but those for types alone, and whether they stand in a function."""
    for node in nodes:
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            yield from _reached(node.orelse, late=late)
            continue
        yield node, late
        inside = late or isinstance(node, Function | ast.Lambda)
        yield from _reached(ast.iter_child_nodes(node), late=inside)


# Graphs


def _below(graph: Graph, start: str) -> set[str]:
    """All that can be reached; the start itself only on a way back."""
    seen: set[str] = set()
    waiting = [*graph[start]]
    while waiting:
        if (node := waiting.pop()) not in seen:
            seen.add(node)
            waiting += graph[node]
    return seen


def _circles(graph: Graph) -> list[list[str]]:
    """Those that reach each other, each circle once."""
    below = {node: _below(graph, node) for node in graph}
    found = {frozenset(m for m in below[node] if node in below[m]) for node in graph}
    return sorted(map(sorted, found - {frozenset()}))


def _floors(graph: Graph) -> int:
    """The rooms of the longest chain; those of a circle stand on one floor."""
    below = {node: _below(graph, node) for node in graph}
    height: dict[str, int] = {}
    for node in sorted(graph, key=lambda node: len(below[node] | {node})):
        under = [height[m] for m in below[node] if node not in below[m] and m != node]
        height[node] = 1 + max(under, default=0)
    return max(height.values(), default=0)


# Functions


def _length(function: Function) -> int:
    """In lines, with its decorators."""
    first = min([function.lineno, *(one.lineno for one in function.decorator_list)])
    return (function.end_lineno or first) - first + 1


def _public(body: Sequence[ast.stmt]) -> Iterator[Function]:
    """Functions and methods that others may call."""
    for node in body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _public(node.body)


def _parameters(function: Function) -> list[str]:
    given = function.args
    names = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return [name for name in names if name not in ("self", "cls")]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="name faults; exit 1 on any")
    check = parser.parse_args().check
    house = the_house()
    for name, value in house.table():
        print(f"{name:28} {value}")
    faults = house.faults() if check else []
    print(*faults, sep="\n", end="\n" if faults else "")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
