"""What the chapters say of single actors: who stands where, and on what condition."""

from __future__ import annotations

from collections.abc import Iterator

from casebook import case
from casebook.case import LAND, WORLDS
from casebook.finding import SMALL, Check, Finding, caveats, task_row


def poland() -> Finding:
    return Finding(
        "poland",
        "positions",
        "Poland hosts and leads the hub, and stands on no Ukrainian soil",
        _poland,
        ("poland_1", "poland_4", "poland_5", "poland_6"),
    )


def _poland() -> Iterator[Check]:
    for name in WORLDS[:-1]:
        sends = {
            (model, t.id)
            for model in case.models()
            for t in case.on_soil(model)
            if case.can_send(model, case.world(model, name), "POL", t.id)
        }
        yield Check(
            f"In `{name}` Poland can send nothing to any task on Ukrainian soil of any model",
            not sends,
            ", ".join(sorted(task for _, task in sends)) or "nothing",
            caveats("pol_no_boots"),
        )
    for left_out in ("un_mandate", "us_commitment", "eu_path_for_ukraine", "pol_political_shift"):
        without = case.met_but(SMALL, left_out)
        yield Check(
            f"With everything met but `{left_out}` it still cannot",
            not any(case.can_send(SMALL, without, "POL", t.id) for t in case.on_soil(SMALL)),
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


def outside() -> Finding:
    return Finding(
        "outside",
        "positions",
        "Türkiye monitors and stabilises; Finland stays outside before a peace agreement; the EU "
        "trains and pays; the United States is the backstop or nothing",
        _outside,
        ("turkiye_4", "finland_3", "finland_5", "eu_3", "eu_4", "us_3", "us_4"),
        "Turkish ships in the Black Sea are our inference; the report names none.",
    )


TURKISH = {"ceasefire_monitoring", "infrastructure_guard", "black_sea"}


def _outside() -> Iterator[Check]:
    for model in case.models():
        everything = case.met_but(model)
        presence = {t.id for t in case.presence(model)}
        turkish = {t.id for t in case.tasks_of(model, "TUR", everything)} & presence
        yield Check(
            f"`{model}`: of a presence, Türkiye serves in monitoring, stabilisation and the Black "
            "Sea at the most",
            turkish <= TURKISH,
            ", ".join(sorted(turkish)) or "nothing",
            caveats("tur_monitoring", "tur_stabilisation", "tur_black_sea", "tur_nothing_else"),
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
        american = case.tasks_of(model, "USA", case.met_but(model, "us_involvement"))
        yield Check(
            f"`{model}`: the United States serves in nothing without a part of the backstop",
            not american,
            ", ".join(t.id for t in american) or "nothing",
            caveats("usa_isr", "usa_airlift", "usa_deep_strike", "usa_missile_defence"),
        )


def canada() -> Finding:
    return Finding(
        "canada",
        "positions",
        "Canada only in the company of both France and Britain, modestly at first",
        _canada,
        ("canada_4", "canada_7"),
        "Intelligence from outside, which the report expects first, asks for no company.",
    )


CANADIAN = (LAND, "theatre_command", "infrastructure_guard")
UNBOUND = {"isr_support", "line_of_contact", "ceasefire_monitoring"}


def _canada() -> Iterator[Check]:
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
    yield Check(
        "The same row binds every other presence task but intelligence and unarmed monitors",
        {t.id for t in case.presence(SMALL)} - UNBOUND <= caveat.tasks,
        ", ".join(sorted(caveat.tasks)),
        (caveat.place,),
    )


def baltic() -> Finding:
    return Finding(
        "baltic",
        "positions",
        "The Baltic countries come if their own flank is covered; none waits for Washington",
        _baltic,
        ("baltic_3", "baltic_4", "baltic_5", "baltic_6"),
    )


BALTIC = {"EST": "est_presence", "LVA": "lva_presence", "LTU": "ltu_presence"}


def _baltic() -> Iterator[Check]:
    for nation, row in BALTIC.items():
        without_us = case.met_but(SMALL, "us_involvement")
        bare = case.met_but(SMALL, "eastern_flank_covered")
        yield Check(
            f"{nation} can send troops with everything met but any US part, and none while the "
            "flank is not covered",
            bool(case.can_send(SMALL, without_us, nation, LAND))
            and not case.can_send(SMALL, bare, nation, LAND),
            "",
            caveats(row),
        )
