"""Findings 6 to 9: who stands where, and what it takes of the pool."""

from __future__ import annotations

from collections.abc import Iterator

from casebook import case, sizes
from casebook.case import LAND, WORLDS
from casebook.finding import LARGE, SMALL, Check, Finding, caveats, task_row


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
    found = case.packages(SMALL, "today", "logistics_hub")
    yield Check(
        "Poland is in every package of the hub, as host and framework nation",
        bool(found) and all("POL" in package for package in found),
        f"{len(found)} packages",
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


CANADIAN = (LAND, "theatre_command", "infrastructure_guard")


def _eighth() -> Iterator[Check]:
    for task in CANADIAN:
        found = case.packages(SMALL, "ceasefire", task)
        canadian = [package for package in found if "CAN" in package]
        yield Check(
            f"Every package of `{task}` with Canada has France and Britain",
            all({"FRA", "GBR"} <= set(nations) for nations in canadian),
            f"{len(canadian)} of {len(found)} packages have Canada",
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


def _ninth() -> Iterator[Check]:
    rows = sizes.manoeuvre()
    shares = [(row.model, row.share) for row in rows if row.share is not None]
    yield Check(
        "The land force takes a share of what is left after commitments, larger with its size",
        len(shares) == len(sizes.ASKED) and all(share > 0 for _, share in shares),
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
