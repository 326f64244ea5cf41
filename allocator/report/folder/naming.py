"""What a kept answer's folder is called: model, world, command, and the switches that it was asked
with. The time is added by whoever makes the folder, and a number where the name is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

from allocator.inputs.options import OPTIONS

LONGEST = 200
"""Bytes; disks take 255, and the time and a number follow."""

FEW = 3
"""So many names are written out; more become a short hash of them."""

_ODD = re.compile(r"[^\w.+@-]")


def folder_name(model: str, world: str, command: str, options: Mapping[str, object]) -> str:
    """Return `MODEL-WORLD+ON_TOP-COMMAND-SWITCHES`, the same for the same question.

    model, world: their names. command: that was asked; `solve` goes without saying. options: what
    was asked, as `run.json` keeps it.
    """
    on_top = _names(options, "with")
    whole = "+".join((world, *_few(on_top)))
    parts = [model, whole, *([] if command == "solve" else [command]), *_switches(options)]
    return _short("-".join(_ODD.sub("_", part) for part in parts))


def _switches(options: Mapping[str, object]) -> Iterator[str]:
    """What else makes it another question about the same model and world."""
    named = ((option.in_name, option) for option in OPTIONS.values() if option.in_name)
    for how, option in sorted(named, key=lambda pair: pair[0].rank):
        names = _names(options, option.key or option.name)
        if names and names != [option.default] and not (how.alone and len(names) > 1):
            yield how.word or how.before + ".".join(_few(names))


def _names(options: Mapping[str, object], key: str) -> list[str]:
    found = options.get(key)
    if isinstance(found, (list, tuple)):
        return [str(name) for name in found]
    return [str(found)] if found else []


def _few(names: list[str]) -> list[str]:
    """The names, or of many a hash that stands for all of them."""
    return names if len(names) <= FEW else [f"{len(names)}.{_hash(';'.join(names))}"]


def _short(name: str) -> str:
    """What would be too long ends with a hash of the whole."""
    whole = name.encode()
    if len(whole) <= LONGEST:
        return name
    return f"{whole[: LONGEST - 9].decode(errors='ignore')}-{_hash(name)}"


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
