"""An amount of a capability in a planner's words."""

from __future__ import annotations

import re

from allocator.inputs.problem import Problem
from allocator.words import count, plural


def amount(problem: Problem, capability: str, number: int) -> str:
    """Return `6 mechanised companies`, or `4 aircraft (AWACS)` where the name does not say the
    unit.

    What the name has in brackets is left out.

    problem: the model that is asked about, with its tables. capability: its id. number: how many.
    """
    known = problem.capabilities.get(capability)
    if known is None:
        return f"{number:,} {capability}"
    name = plain_name(known.name)
    unit = known.unit.strip() or name.split()[-1]
    parts = re.split(rf"\b({re.escape(unit)})\b", name, maxsplit=1, flags=re.IGNORECASE)
    several = known.units if number != 1 else ""
    if len(parts) == 1:
        return f"{f'{number:,} {several}' if several else count(number, unit)} ({name})"
    before, said, after = parts
    return f"{number:,} {_lower_first(f'{before}{several or plural(said, number)}{after}')}"


def plain_name(name: str) -> str:
    """Return the name without what it has in brackets at its end."""
    return re.sub(r"\s*\(.*\)$", "", name) or name


def _lower_first(text: str) -> str:
    """Without its capital, unless the first word is an abbreviation or of a people's name."""
    first = text.split()[0]
    kept = not first[1:].islower() or _is_of_a_people(first)
    return text if kept else text[0].lower() + text[1:]


def _is_of_a_people(word: str) -> bool:
    """Whether the word looks like `Ukrainian` or `French`. One that is taken for such keeps its
    capital, which is no fault; the other way round would be one."""
    known = word.lower()
    return bool(_PEOPLES.fullmatch(known)) and known not in _NO_PEOPLES


_PEOPLES = re.compile(r"\w+(ian|ish|ese|ean|can)|german|french|dutch|czech|slovak|greek|swiss")
_NO_PEOPLES = frozenset({"civilian", "guardian", "custodian", "clean", "ocean"})
