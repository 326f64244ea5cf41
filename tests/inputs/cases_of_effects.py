"""What is allowed and has no effect, or surprises."""

from __future__ import annotations

from cases_of_files import CAVEATS, MODEL, NATIONS, Case
from cases_of_values import (
    AVAILABILITY,
    COMMITMENTS,
    LINE,
    OFFERS,
    PRECONDITIONS,
    TASK,
    WORLDS,
    offered,
)
from workspace_files import SMALL

CAPABILITIES = "inputs/capabilities.csv"
_SPIKE = """\
commitment,nation,capability,quantity,to,purpose,rotating,release_requires,periods,basis
spike,FRA,mech,4,nato,Exercise,yes,never,2,estimate
"""

STARTS = {MODEL: ("{periods: 4,", "{starts: 2026-01, periods: 4,")}

EFFECTS: list[Case] = [
    ("W501", {MODEL: ("name: small", "name: little")}, f"{MODEL}:1 name"),
    ("W502", {"inputs/caveat.csv": "x"}, "inputs/caveat.csv"),
    ("W502", {"inputs/Caveats.xlsx": b"x"}, "inputs/Caveats.xlsx"),
    ("W502", {"inputs/offers.csv.txt": "x"}, "inputs/offers.csv.txt"),
    ("W502", {"inputs/offers": "x", "inputs/offers.md": "What is offered."}, "inputs/offers"),
    ("W502", {"models/large.yml": "x"}, "models/large.yml"),
    ("W502", {"models/large.yaml.txt": "x"}, "models/large.yaml.txt"),
    ("W503", {COMMITMENTS: ("mech,1", "mech,0")}, f"{COMMITMENTS}:2 quantity"),
    ("W503", {COMMITMENTS: SMALL[COMMITMENTS].replace("mech,1", "mech,6")
              + "home,FRA,mech,rest,national,Home,no,never,estimate\n"},
     f"{COMMITMENTS}:3 quantity"),
    ("W541", {COMMITMENTS: SMALL[COMMITMENTS].replace(",basis", ",high,basis").replace(
        "mech,1", "mech,rest").replace(",estimate", ",3,estimate")}, f"{COMMITMENTS}:2 high"),
    ("W510", {COMMITMENTS: ("FRA,mech,1", "FRA,medical,rest")}, f"{COMMITMENTS}:2 capability"),
    ("W504", {NATIONS: SMALL[NATIONS] + "POL,Poland,\n"}, f"{NATIONS}:4 nation"),
    ("W505", {CAPABILITIES: SMALL[CAPABILITIES] + "tank,Tank,land,unit,,\n"},
     f"{CAPABILITIES}:4 capability"),
    ("W506", {PRECONDITIONS: SMALL[PRECONDITIONS] + "vote,Vote,legal,open,\n"},
     f"{PRECONDITIONS}:4 precondition"),
    ("W507", {CAVEATS: ("west,,,", "west,,naval,"),
              CAPABILITIES: ("enabler", "naval"), AVAILABILITY: ("GBR,medical", "FRA,medical")},
     f"{CAVEATS}:2 caveat"),
    ("W507", {CAVEATS: ("west,,,,", "west,,,5-,")}, f"{CAVEATS}:2 caveat"),
    ("W508", {CAVEATS: ("ceasefire", "always")}, f"{CAVEATS}:2 requires"),
    ("W509", {CAVEATS: ("west,,", "west,ukraine_wst;ukraine_west,")}, f"{CAVEATS}:2 area"),
    ("W509", {CAVEATS: ("west,,,", "west,,naval;land,")}, f"{CAVEATS}:2 domain"),
    ("W509", {CAVEATS: SMALL[CAVEATS].replace("task,area", "task,axis,area").replace(
        "west,,", "west,presense;presence,,")}, f"{CAVEATS}:2 axis"),
    ("W542", {CAPABILITIES: SMALL[CAPABILITIES].replace("enabler", "Land")},
     f"{CAPABILITIES}:3 domain"),
    ("W542", {PRECONDITIONS: SMALL[PRECONDITIONS].replace("political", "diplomatic", 1).replace(
        "political", "diplomtaic")}, f"{PRECONDITIONS}:3 kind"),
    ("W510", {COMMITMENTS: ("FRA,mech", "FRA,medical")}, f"{COMMITMENTS}:2 capability"),
    ("W511", {COMMITMENTS: ("mech,1", "mech,7")}, f"{COMMITMENTS}:2 quantity"),
    ("W511", {COMMITMENTS: ("mech,1,nato,Reserve,no", "mech,4,nato,Reserve,yes")},
     f"{COMMITMENTS}:2 quantity"),
    ("W512", {COMMITMENTS: _SPIKE}, f"{COMMITMENTS}:2 quantity"),
    ("W513", {PRECONDITIONS: ("open,ceasefire", "met,ceasefire")}, f"{WORLDS}:2 precondition"),
    ("W514", {WORLDS: ("ceasefire,1", "ceasefire,5")}, f"{WORLDS}:2 from_period"),
    ("W515", {WORLDS: SMALL[WORLDS] + "truce,ceasefire,2\n"}, f"{WORLDS}:3 precondition"),
    ("W533", {AVAILABILITY: SMALL[AVAILABILITY] + "FRA,mech,6,,estimate\n"}, f"{AVAILABILITY}:5"),
    ("W516", {MODEL: ("one_per: 5000", "one_per: 5000, target: 3")},
     f"{MODEL}:11 {TASK}.lines[care].target"),
    ("W517", {MODEL: ("target: 4", "target: 4, of: [west]")}, f"{MODEL}:10 {LINE}.of"),
    ("W518", {AVAILABILITY: ("1-4", "1-5")}, f"{AVAILABILITY}:3 periods"),
    ("W519", {MODEL: ("provides: mech", "provides: tank"),
              CAPABILITIES: SMALL[CAPABILITIES] + "tank,Tank,land,unit,,\n"},
     f"{MODEL}:8 {TASK}.lead.provides"),
    ("W520", {MODEL: ("axis: presence", "max_share: 0.1")}, f"{MODEL}:8 {TASK}.lead.min_share"),
    ("W503", {OFFERS: offered("o1,FRA,mech,0,,,firm,,,estimate")}, f"{OFFERS}:2 quantity"),
    ("W518", {OFFERS: offered("o1,FRA,mech,1,,1-9,firm,,,estimate")}, f"{OFFERS}:2 periods"),
    ("W528", {OFFERS: offered("o1,FRA,mech,1,,,firm,\"at_least(0, ceasefire)\",,estimate")},
     f"{OFFERS}:2 requires"),
    ("W531", {OFFERS: offered("o1,FRA,medical,1,,,firm,,,estimate")}, f"{OFFERS}:2 quantity"),
    ("W511", {OFFERS: offered("o1,FRA,medical,1,,1,firm,,,estimate"),
              COMMITMENTS: ("mech,1", "medical,2")}, f"{COMMITMENTS}:2 quantity"),
    ("W532", {OFFERS: offered("o1,FRA,mech,1,,5,firm,,,estimate")}, f"{OFFERS}:2 offer"),
    ("W528", {CAVEATS: ("ceasefire", '"at_least(2, ceasefire)"')}, f"{CAVEATS}:2 requires"),
    ("W514", {**STARTS, WORLDS: ("ceasefire,1", "ceasefire,2027-08")}, f"{WORLDS}:2 from_period"),
    ("W518", {**STARTS, AVAILABILITY: ("1-4", "2026-01/2028-01")}, f"{AVAILABILITY}:3 periods"),
    ("W529", {**STARTS, AVAILABILITY: ("1-4", "2026-02/2026-11")}, f"{AVAILABILITY}:3 periods"),
    ("W529", {**STARTS, AVAILABILITY: ("1-4", "/2025-12")}, f"{AVAILABILITY}:3 periods"),
    ("W529", {**STARTS, CAVEATS: ("west,,,,", "west,,,2024-01/2025-12,")}, f"{CAVEATS}:2 periods"),
    ("W530", {MODEL: ("periods: 4, months_per_period: 6",
                      "starts: 2026-01, periods: 4, months_per_period: 1")},
     f"{CAPABILITIES}:2 rotation"),
    ("W521", {"models/empty.yaml": "name: empty\n"}, "models/empty.yaml:1 tasks"),
]  # fmt: skip

COMPANIONS = {
    "W507": {"W518"},
    "W529": {"W507"},
    "W514": {"W513"},
    "W519": {"W505"},
    "W511": {"W531"},
    "W410": {"W531"},
    "W532": {"W518"},
}
"""Further warnings that a case's edit brings with it."""
