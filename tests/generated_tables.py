"""The tables of a generated workspace, row by row."""

from __future__ import annotations

from random import Random
from typing import Any

Row = dict[str, Any]
NATIONS = ("FRA", "GBR", "POL", "EU")
CAPABILITIES = ("bn", "hq", "med")
DOMAINS = {"bn": "land", "hq": "enabler", "med": "land"}
PRECONDITIONS = ("ceasefire", "mandate", "backstop", "vote", "consent", "talks")
BASES = ("reported", "general_knowledge", "estimate", "assumption")


class TableMaker:
    """Makes them. rng: what decides."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.horizon = rng.choice((1, 1, 2, 2, 3))
        self.nations = NATIONS[: rng.choice((2, 3, 3, 4))]
        self.capabilities = CAPABILITIES[: rng.choice((1, 2, 2, 3))]
        self.rotation = {c: rng.choice((1, 1, 1, 1, 2, 3)) for c in self.capabilities}
        self.personnel = {c: rng.choice((0, 10, 20, 50)) for c in self.capabilities}
        self.preconditions = PRECONDITIONS[: rng.randint(2, 5)]
        self.tasks = ("t1", "t2", "t3")[: rng.choice((1, 2, 2, 3))]
        self.elsewhere = ("far",) if rng.random() < 0.4 else ()
        # How much stands in the way: 0 little, 1 conditions, 2 forces.
        self.strain = rng.choice((0, 1, 1, 1, 1, 2))
        self.open: tuple[str, ...] = ()

    def _maybe(self, chance: float) -> bool:
        return self.rng.random() < chance

    def _noted(self, row: Row) -> Row:
        """The row with a note and a source now and then, blank cells left in place or out."""
        for key in ("note", "source"):
            if self._maybe(0.2):
                row[key] = self.rng.choice((f"{key} 1", ""))
        return row

    def _several(self, values: tuple[str, ...]) -> str:
        number = self.rng.choice((1, 1, 2))
        return ";".join(self.rng.sample(values, min(number, len(values))))

    def _periods(self) -> str:
        return self.rng.choice(("", "", "", "1-2", "2-", "-1", "1;3", "1", "-2;3-"))

    def _nations(self) -> list[Row]:
        rows = []
        for nation in self.nations:
            kind = "organisation" if nation == "EU" else self.rng.choice(("nation", ""))
            row = {"nation": nation, "name": f"Name of {nation}", "kind": kind}
            if self._maybe(0.7):
                row["active_personnel"] = str(self.rng.choice((7, 100, 333, 2000)))
            rows.append(self._noted(row))
        return rows

    def _capabilities(self) -> list[Row]:
        rows = []
        for name in self.capabilities:
            row = {"capability": name, "name": name.upper(), "domain": DOMAINS[name], "unit": "u"}
            if self.personnel[name] or self._maybe(0.5):
                row["personnel"] = str(self.personnel[name])
            if self.rotation[name] > 1 or self._maybe(0.5):
                row["rotation"] = str(self.rotation[name])
            rows.append(self._noted(row))
        return rows

    def _availability(self) -> list[Row]:
        rows = []
        for nation in self.nations:
            for capability in self.capabilities:
                left = 3
                while left and self._maybe(0.8 if left == 3 else 0.2):
                    low = 0 if self.strain == 2 else 1
                    if left == 3 and self._maybe(0.6):
                        low = self.rotation[capability]
                    quantity = self.rng.randint(min(low, left), left)
                    left -= quantity or 1
                    rows.append(self._units(nation, capability, quantity))
        return rows or [self._units(self.nations[0], self.capabilities[0], 1)]

    def _units(self, nation: str, capability: str, quantity: int) -> Row:
        row = {"nation": nation, "capability": capability, "quantity": str(quantity)}
        row |= {"basis": self.rng.choice(BASES)}
        if self._maybe(0.25):
            row["periods"] = self._periods()
        return self._noted(row)

    def _commitments(self) -> list[Row]:
        rows = []
        for number in range(self.rng.choice((0, 0, 1, 1, 2, 3))):
            row = self._units(
                self.rng.choice(self.nations),
                self.rng.choice(self.capabilities),
                self.rng.choice((0, 1, 1, 1, 2, 3)),
            )
            row |= {"commitment": f"c{number}", "to": self.rng.choice(("nato", "national"))}
            row |= {"purpose": "defence", "rotating": self.rng.choice(("yes", "no", ""))}
            if self._maybe(0.15):
                row["to"] = self.rng.choice(("eu", "other"))
            if self._maybe(0.7):
                row["release_requires"] = self._condition(1, partners=False)
            if self._maybe(0.6):
                row["release_risk"] = str(self.rng.choice((0, 1, 2, 5)))
            rows.append(row)
        return rows

    def _preconditions(self) -> list[Row]:
        rows = []
        for name in self.preconditions:
            status = self.rng.choice(("open", "open", "open", "open", "met", "ruled_out"))
            if status == "open" and len(self.open) == 4:
                status = "ruled_out"
            if status == "open":
                self.open += (name,)
            row = {"precondition": name, "name": name.title(), "status": status}
            row["kind"] = self.rng.choice(("political", "legal", "military"))
            if self._maybe(0.3):
                others = tuple(other for other in self.preconditions if other != name)
                row["implies"] = self._several(others)
            if self._maybe(0.3):
                row |= {"holder": "someone", "effort": str(self.rng.randint(1, 10))}
            if self._maybe(0.3):
                row["likelihood"] = self.rng.choice(("0.25", "0.5", "1"))
            rows.append(self._noted(row) | self._waiting(len(rows)))
        return rows

    def _waiting(self, number: int) -> Row:
        """What the holder of a precondition waits for. Drawn apart: other columns stay as the seed
        gave them before."""
        rng = Random(f"{self.preconditions} {self.tasks} {self.horizon} {number}")
        if rng.random() < 0.6:
            return {}
        named = (*self.preconditions, *(f"staffed({task})" for task in self.tasks))
        after = rng.choice((" and ", " or ")).join(rng.sample(named, rng.choice((1, 2))))
        return {"after": after, "lead_months": str(rng.randint(0, 7))}

    def _caveats(self) -> list[Row]:
        rows = []
        for number in range(self.rng.choice((0, 1, 2, 2, 3, 4))):
            row = {"caveat": f"v{number}", "nation": self.rng.choice(self.nations)}
            row |= self._scope()
            row["requires"] = "never" if self._maybe(0.1) else self._condition(2)
            row["basis"] = self.rng.choice(BASES)
            if self._maybe(0.4):
                row["max_personnel"] = str(self.rng.choice((0, 10, 20, 60)))
            rows.append(self._noted(row))
        return rows

    def _scope(self) -> Row:
        choices = {
            "task": (*self.tasks, *self.elsewhere),
            "axis": ("regeneration", "industry", "presence"),
            "area": ("west", "east"),
            "domain": ("land", "enabler"),
            "capability": self.capabilities,
        }
        row: Row = {"periods": self._periods()} if self._maybe(0.3) else {}
        for column, values in choices.items():
            if self._maybe(0.2):
                row[column] = self._several(values)
        return row

    def _worlds(self) -> list[Row]:
        rows = []
        for world in ("w1", "w2")[: self.rng.choice((0, 1, 2))]:
            for name in self.rng.sample(self.preconditions, self.rng.choice((1, 1, 2))):
                row = {"world": world, "precondition": name}
                if self._maybe(0.5):
                    row["from_period"] = str(self.rng.randint(1, 3))
                if self._maybe(0.2):
                    row["note"] = "note 1"
                rows.append(row)
        return rows

    def _condition(self, depth: int, partners: bool = True) -> str:
        """Condition text; `partners`: whether it may speak of nations and tasks."""
        if depth and self._maybe(0.45):
            parts = [self._condition(depth - 1, partners) for _ in range(2)]
            form = self.rng.choice(("and", "or", "at_least", "AND", "Or"))
            if form == "at_least":
                parts.append(self.rng.choice(parts))
                return f"at_least({self.rng.choice((1, 2, 2, 3))}, {', '.join(parts)})"
            return f"({parts[0]}) {form} ({parts[1]})" if depth > 1 else f" {form} ".join(parts)
        return self._leaf(partners)

    def _leaf(self, partners: bool) -> str:
        if partners and self._maybe(0.3):
            if self._maybe(0.5):
                return f"joins({self.rng.choice(self.nations)})"
            return f"staffed({self.rng.choice((*self.tasks, *self.elsewhere))})"
        if self._maybe(0.12):
            return self.rng.choice(("always", "never", "Never", "ALWAYS"))
        prefer_open = self.open and self._maybe((0.5, 0.9, 0.5)[self.strain])
        return self.rng.choice(self.open if prefer_open else self.preconditions)
