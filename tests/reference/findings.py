"""The nine findings of the report, asked of the reference case: what comes out, on what evidence.

A check is one statement of the case that a solver's answer bears out or not. Nothing here bends a
figure: where a finding comes out only in part, its remark says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import case
from case import FORCES, LAND, WORLDS


@dataclass(frozen=True)
class Check:
    """`says` in words; `holds` as the case gives it; `rows` are the files and rows behind it."""

    says: str
    holds: bool
    evidence: str = ""
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    number: int
    title: str
    checks: tuple[Check, ...]
    remark: str = ""
    in_part: bool = False

    @property
    def verdict(self) -> str:
        if not all(check.holds for check in self.checks):
            return "does not come out"
        return "comes out in part" if self.in_part else "comes out"


def sets(found: object) -> str:
    """`{a, b}, {c}`; ids in code."""
    members = (", ".join(f"`{name}`" for name in one) for one in found)  # type: ignore[attr-defined]
    return ", ".join(f"{{{one}}}" for one in members) or "none"


def caveats(*ids: str) -> tuple[str, ...]:
    return tuple(c.place for c in case.problem(FORCES[0]).caveats if c.id in ids)


def task_row(model: str, task: str) -> str:
    return case.problem(model).task(task).place.split(" ")[0]


def first() -> Finding:
    checks = []
    for model in case.models():
        tasks = case.problem(model).tasks
        under_way = [
            t.id
            for t in tasks
            if t.axis in ("regeneration", "industry") and t.area not in case.SOIL
        ]
        waiting = [t.id for t in tasks if t.id not in under_way]
        ready = [t for t in under_way if case.verdict(model, "today", t) == "ready"]
        free = [t for t in waiting if case.verdict(model, "today", t) not in ("blocked", "short")]
        evidence = f"ready: {', '.join(ready)}; not ready: {', '.join(waiting) or 'none'}"
        checks.append(
            Check(
                f"`{model}`: regeneration and industry off Ukrainian soil are ready with nothing "
                "met; every other task waits",
                ready == under_way and not free,
                evidence,
                tuple(task_row(model, t) for t in under_way[:1]),
            )
        )
    return Finding(1, "Today: training, the hub and industry; no presence", tuple(checks))


US_TASKS = ("air_missile_defence", "isr_support", "deep_strike", "strategic_airlift")
SMALL = "reassurance_20k"


def second() -> Finding:
    return Finding(
        2,
        "With a ceasefire and no US part: 20,000, led by France or Britain, without what only "
        "the United States has",
        tuple(_second()),
    )


def _second() -> Iterator[Check]:
    found = case.packages(SMALL, "ceasefire", LAND).packages
    nations = [set(package.nations) for package in found.sets]
    with_france = sum("FRA" in n for n in nations)
    with_britain = sum("GBR" in n for n in nations)
    yield Check(
        "The land force of 20,000 is ready",
        case.verdict(SMALL, "ceasefire", LAND) == "ready",
        f"{len(nations)} packages, {'all there are' if found.complete else 'cut off'}",
        (task_row(SMALL, LAND),),
    )
    yield Check(
        "Every package has France or Britain to lead it",
        all(n & {"FRA", "GBR"} for n in nations),
        "framework nation in the model",
        (task_row(SMALL, LAND),),
    )
    yield Check(
        "France and Britain are in most packages",
        2 * with_france > len(nations) and 2 * with_britain > len(nations),
        f"France in {with_france}, Britain in {with_britain} of {len(nations)}",
        caveats("fra_ceasefire", "gbr_with_france_or_backstop"),
    )
    for task in US_TASKS:
        record = case.blockers(SMALL, "ceasefire", task)
        yield Check(
            f"`{task}` waits for the US backstop, whatever else is met",
            record.verdict == "blocked" and "us_backstop" in record.necessary,
            f"unlocking sets: {sets(record.unlocking.sets)}",
            (task_row(SMALL, task), *caveats("usa_backstop_only")),
        )


def third() -> Finding:
    checks = []
    for model in case.models():
        tasks = [task.id for task in case.on_soil(model)]
        for needed in ("ceasefire", "ukraine_consent"):
            where = case.met_but(model, needed)
            open_to = [
                t
                for t in tasks
                if case.verdict_in(case.problem(model), where, t) not in ("blocked", "short")
            ]
            if tasks:
                checks.append(
                    Check(
                        f"`{model}`: with everything met but `{needed}`, no task on Ukrainian "
                        "soil is ready",
                        not open_to,
                        ", ".join(tasks),
                        tuple(task_row(model, t) for t in tasks[:1]),
                    )
                )
    return Finding(3, "Consent and a ceasefire are necessary on Ukrainian soil", tuple(checks))


MIDDLE = "reassurance_40k"


def fourth() -> Finding:
    record = case.blockers(MIDDLE, "ceasefire", LAND)
    found = record.unlocking.sets
    both = case.met_but(MIDDLE, "us_backstop", "nato_plans_revised")
    at_30k = case.verdict_in(case.of_30k(), case.world(MIDDLE, "ceasefire"), LAND)
    checks = (
        Check(
            "The land force of 40,000 is not ready with a ceasefire alone",
            record.verdict == "blocked",
            f"unlocking sets: {sets(found)}",
            (task_row(MIDDLE, LAND),),
        ),
        Check(
            "The US backstop by itself makes it ready",
            ("us_backstop",) in found,
            "opens " + "; ".join(("Britain's limit", "the Netherlands", "Sweden")),
            caveats("gbr_ten_thousand", "nld_soil", "swe_soil"),
        ),
        Check(
            "So do revised NATO plans, with other nations in the place of the United States",
            ("nato_plans_revised",) in found,
            _released_text(MIDDLE, "ceasefire_plans_revised", ()),
        ),
        Check(
            "With everything met but these two it is not",
            case.verdict_in(case.problem(MIDDLE), both, LAND) == "blocked",
            "one company short: see [fragility.md](fragility.md)",
        ),
        Check(
            "At the lower end of the option, 30,000, it is ready with a ceasefire alone",
            at_30k == "ready",
            "three brigade sets instead of four",
        ),
    )
    return Finding(
        4,
        "30,000 to 40,000: only with the backstop, or with released forces in its place",
        checks,
        "It does at 40,000, by one company of 48; at 30,000 a ceasefire is enough.",
        in_part=True,
    )


def _released_text(model: str, world: str, with_: tuple[str, ...]) -> str:
    taken = case.unlocked(model, world, with_)
    if taken is None:
        return "not ready"
    total = sum(release.quantity for release in taken.released)
    return f"releases {total} unit-periods at the least, risk {taken.risk}"


LARGE, LARGEST = "reassurance_100k", "reassurance_150k"
UNLOCKED_100K = ("deu_decision", "nato_plans_revised", "us_backstop")


def fifth() -> Finding:
    return Finding(
        5,
        "60,000 to 100,000 needs revised NATO plans; 150,000 is out of reach",
        tuple(_fifth()),
        "Stricter than the report: at 60,000, with revised plans, the backstop is necessary too.",
    )


def _fifth() -> Iterator[Check]:
    record = case.blockers(LARGE, "ceasefire", LAND)
    yield Check(
        "The land force of 60,000 and more is not ready without revised NATO plans",
        record.verdict == "blocked" and "nato_plans_revised" in record.necessary,
        f"unlocking sets: {sets(record.unlocking.sets)}",
        (task_row(LARGE, LAND),),
    )
    taken = case.unlocked(LARGE, "ceasefire", UNLOCKED_100K)
    yield Check(
        "With revised plans, the backstop and Berlin it is, and the case shows what is released",
        taken is not None and bool(taken.released) and taken.risk > 0,
        _released_text(LARGE, "ceasefire", UNLOCKED_100K) + "; by commitment in dilemma.md",
    )
    verdicts = {name: case.verdict(LARGEST, name, LAND) for name in WORLDS}
    yield Check(
        "The land force of 100,000 and more is short in every world, even with all met",
        set(verdicts.values()) == {"short"},
        ", ".join(f"{name}: {word}" for name, word in verdicts.items()),
        (task_row(LARGEST, LAND),),
    )


def sixth() -> Finding:
    return Finding(6, "Poland hosts and leads the hub, and stands in no presence", tuple(_sixth()))


def _sixth() -> Iterator[Check]:
    for name in WORLDS[:-1]:
        sends = {
            (model, t.id)
            for model in case.models()
            for t in case.presence(model)
            if case.can_send(model, case.world(model, name), "POL", t.id)
        }
        yield Check(
            f"In `{name}` Poland can send nothing to any presence task of any model",
            not sends,
            ", ".join(sorted(task for _, task in sends)) or "nothing",
            caveats("pol_no_boots"),
        )
    without = case.met_but(SMALL, "un_mandate")
    yield Check(
        "With everything met but a mandate it still cannot",
        not any(case.can_send(SMALL, without, "POL", t.id) for t in case.presence(SMALL)),
        "",
        caveats("pol_no_boots"),
    )
    found = case.packages(SMALL, "today", "logistics_hub").packages
    yield Check(
        "Poland is in every package of the hub, as host and framework nation",
        bool(found.sets) and all("POL" in package.nations for package in found.sets),
        f"{len(found.sets)} packages",
        (task_row(SMALL, "logistics_hub"),),
    )


def seventh() -> Finding:
    return Finding(
        7,
        "Türkiye only monitors and sails; Finland stays outside before a peace agreement; the EU "
        "trains and pays; the United States is the backstop or nothing",
        tuple(_seventh()),
    )


def _seventh() -> Iterator[Check]:
    for model in case.models():
        everything = case.met_but(model)
        turkish = {t.id for t in case.tasks_of(model, "TUR", everything)}
        yield Check(
            f"`{model}`: Türkiye serves in monitoring and the Black Sea at the most",
            turkish <= {"ceasefire_monitoring", "black_sea"},
            ", ".join(sorted(turkish)) or "nothing",
            caveats("tur_monitoring", "tur_black_sea", "tur_nothing_else", "tur_no_regeneration"),
        )
        before_peace = case.met_but(model, "peace_agreement")
        finnish = {t.id for t in case.tasks_of(model, "FIN", before_peace)}
        yield Check(
            f"`{model}`: Finland serves in nothing on Ukrainian soil before a peace agreement",
            not finnish & {t.id for t in case.on_soil(model)},
            "elsewhere: " + (", ".join(sorted(finnish)) or "nothing"),
            caveats("fin_soil", "fin_air_and_sea"),
        )
        axes = {t.axis for t in case.tasks_of(model, "EU", everything)}
        yield Check(
            f"`{model}`: the EU serves in training and industry only",
            axes <= {"regeneration", "industry"},
            ", ".join(sorted(axes)),
            caveats("eu_presence", "eu_training_inside"),
        )
        american = case.tasks_of(model, "USA", case.met_but(model, "us_backstop"))
        yield Check(
            f"`{model}`: the United States serves in nothing without the backstop",
            not american,
            ", ".join(t.id for t in american) or "nothing",
            caveats("usa_backstop_only"),
        )


def eighth() -> Finding:
    return Finding(
        8,
        "Canada only in the company of both France and Britain",
        tuple(_eighth()),
        "Reconnaissance from outside, where the report expects Canada first, asks for no company.",
    )


CANADIAN = (LAND, "theatre_command", "reinforcement")


def _eighth() -> Iterator[Check]:
    for task in CANADIAN:
        found = case.packages(SMALL, "ceasefire", task).packages
        canadian = [package.nations for package in found.sets if "CAN" in package.nations]
        yield Check(
            f"Every package of `{task}` with Canada has France and Britain",
            all({"FRA", "GBR"} <= set(nations) for nations in canadian),
            f"{len(canadian)} of {len(found.sets)} packages have Canada",
            caveats("can_with_london_and_paris"),
        )
    (caveat,) = (c for c in case.problem(SMALL).caveats if c.id == "can_with_london_and_paris")
    others = {t.id for t in case.presence(SMALL)} - {"isr_support", "line_of_contact"}
    yield Check(
        "The same row binds every other presence task but reconnaissance",
        others <= caveat.tasks,
        ", ".join(sorted(caveat.tasks)),
        (caveat.place,),
    )


def ninth() -> Finding:
    return Finding(9, "The dilemma: one pool of forces, several jobs", tuple(_ninth()))


ASKED = (
    (SMALL, "ceasefire", ()),
    (MIDDLE, "ceasefire_us_backstop", ()),
    (MIDDLE, "ceasefire_plans_revised", ()),
    (LARGE, "ceasefire", UNLOCKED_100K),
    (LARGE, "all_met", ()),
)


def _ninth() -> Iterator[Check]:
    import dilemma

    rows = dilemma.manoeuvre()
    shares = [(row.model, row.share) for row in rows if row.share is not None]
    yield Check(
        "The land force takes a share of what is left after commitments, larger with its size",
        len(shares) == len(ASKED) and all(share > 0 for _, share in shares),
        "; ".join(
            f"{row.model} in {row.world}: {row.taken} of {row.open} open manoeuvre companies "
            f"({row.share} %)"
            for row in rows
        ),
    )
    risks = {row.model: row.risk for row in rows}
    yield Check(
        "Beyond 20,000 either the backstop or commitments to NATO pay for it; at 60,000 both",
        risks[SMALL] == 0 and risks[LARGE] > 0,
        "; ".join(f"{row.model} in {row.world}: risk {row.risk}" for row in rows),
    )


FINDINGS: tuple[Callable[[], Finding], ...] = (
    first, second, third, fourth, fifth, sixth, seventh, eighth, ninth,
)  # fmt: skip
