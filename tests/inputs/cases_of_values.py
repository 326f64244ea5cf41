"""Values that do not fit, and parts of a model that contradict each other."""

from __future__ import annotations

from cases_of_files import CAVEATS, MODEL, NATIONS, Case
from workspace_files import SMALL

AVAILABILITY = "inputs/availability.csv"
OFFERS = "inputs/offers.csv"
_OFFER = "offer,nation,capability,quantity,task,periods,status,requires,valid_until,basis\n"


def offered(row: str) -> str:
    """The table of one offer."""
    return f"{_OFFER}{row}\n"


CAPABILITIES = "inputs/capabilities.csv"
COMMITMENTS = "inputs/commitments.csv"
PRECONDITIONS = "inputs/preconditions.csv"
WORLDS = "inputs/worlds.csv"
TASK = "tasks[west]"
LINE = f"{TASK}.lines[manoeuvre]"
_SECOND = "name: second\ntasks:\n  - {task: south, lines: [{capability: mech, minimum: 1}]}\n"

_RESTS = """\
commitment,nation,capability,quantity,to,purpose,periods,basis
one,FRA,mech,rest,nato,Plans,1,estimate
two,FRA,mech,rest,national,Home,2-,estimate
"""

_WRONG_NUMBERS = ["1,000", "3.0", "1e3", "+3", "six", "=6", "=cmd|'/c calc'!A1", "٣"]
_NO_NUMBERS: list[Case] = [
    ("W205", {AVAILABILITY: ("medical,2", f'medical,"{n}"')}, f"{AVAILABILITY}:4 quantity")
    for n in _WRONG_NUMBERS
]

_RANGED = (
    "nation,capability,quantity,low,high,group,basis\n"
    "FRA,mech,6,{},,estimate\n"
    "GBR,medical,2,,,,estimate\n"
)
"""Availability of which the first row has a range."""

_MANY = ", ".join(f"c{number:0>90}: 1" for number in range(400))

VALUES: list[Case] = [
    ("W201", {NATIONS: ("France", " ")}, f"{NATIONS}:2 name"),
    ("W201", {CAVEATS: ("ceasefire", "")}, f"{CAVEATS}:2 requires"),
    ("W201", {NATIONS: SMALL[NATIONS] + "POL\n"}, f"{NATIONS}:4 name"),
    ("W201", {MODEL: ("name: small\n", "")}, f"{MODEL}:1 name"),
    ("W201", {MODEL: ("task: west", "task:")}, f"{MODEL}:4 tasks[1].task"),
    ("W202", {MODEL: ("axis:", "axsi:")}, f"{MODEL}:5 {TASK}.axsi"),
    ("W202", {MODEL: ("axis: presence", "axis: presence\n    lnie:")}, f"{MODEL}:6 {TASK}.lnie"),
    ("W202", {MODEL: ("minimum: 2", "minimum: 2, minium: 2")}, f"{MODEL}:10 {LINE}.minium"),
    ("W203", {NATIONS: SMALL[NATIONS] + "=1+1,Sum,\n"}, f"{NATIONS}:4 nation"),
    ("W203", {NATIONS: SMALL[NATIONS] + "_X,Sum,\n"}, f"{NATIONS}:4 nation"),
    ("W204", {NATIONS: SMALL[NATIONS] + "Or,Orland,\n"}, f"{NATIONS}:4 nation"),
    *_NO_NUMBERS,
    ("W205", {MODEL: ("minimum: 2", "minimum: 3.0")}, f"{MODEL}:10 {LINE}.minimum"),
    ("W205", {MODEL: ("minimum: 2", "minimum: true")}, f"{MODEL}:10 {LINE}.minimum"),
    ("W206", {AVAILABILITY: ("medical,2", "medical,-1")}, f"{AVAILABILITY}:4 quantity"),
    ("W206", {NATIONS: ("200000", "0")}, f"{NATIONS}:2 active_personnel"),
    ("W206", {AVAILABILITY: ("medical,2", "medical,10000001")}, f"{AVAILABILITY}:4 quantity"),
    ("W206", {MODEL: ("{mech: 1}", "{mech: 0}")}, f"{MODEL}:10 {LINE}.any_of.mech"),
    ("W207", {MODEL: ("min_share: 0.2", "min_share: 1.2")}, f"{MODEL}:8 {TASK}.lead.min_share"),
    ("W207", {MODEL: ("min_share: 0.2", "min_share: .nan")}, f"{MODEL}:8 {TASK}.lead.min_share"),
    ("W208", {CAVEATS: ("assumption", "asumption")}, f"{CAVEATS}:2 basis"),
    ("W208", {PRECONDITIONS: ("ceasefire,Ceasefire,political,open",
                              "ceasefire,Ceasefire,political,opne")}, f"{PRECONDITIONS}:2 status"),
    ("W212", {CAPABILITIES: ("enabler", "land;enabler")}, f"{CAPABILITIES}:3 domain"),
    ("W212", {CAPABILITIES: ("battalion,800", "battalion;battalions;x,800")},
     f"{CAPABILITIES}:2 unit"),
    ("W212", {CAPABILITIES: ("battalion,800", "battalion;,800")}, f"{CAPABILITIES}:2 unit"),
    ("W208", {COMMITMENTS: (",no,", ",No,")}, f"{COMMITMENTS}:2 rotating"),
    ("W208", {MODEL: ("name: small", "name: small\ndefault: Yes")}, f"{MODEL}:2 default"),
    ("W208", {MODEL: ("name: small", "name: small\nobjectives: [econmy]")},
     f"{MODEL}:2 objectives"),
    ("W209", {AVAILABILITY: ("1-4", "4-1")}, f"{AVAILABILITY}:3 periods"),
    ("W209", {AVAILABILITY: ("1-4", "0-4")}, f"{AVAILABILITY}:3 periods"),
    ("W210", {CAVEATS: ("ceasefire", "not ceasefire")}, f"{CAVEATS}:2 requires"),
    ("W210", {CAVEATS: ("ceasefire", "__import__('os').getcwd()")}, f"{CAVEATS}:2 requires"),
    ("W210", {MODEL: ("requires: ceasefire", "requires: joins(")}, f"{MODEL}:7 {TASK}.requires"),
    ("W211", {CAVEATS: ("west", "west;")}, f"{CAVEATS}:2 task"),
    ("W211", {MODEL: ("{mech: 1}", "{}")}, f"{MODEL}:10 {LINE}.any_of"),
    ("W211", {MODEL: ("[FRA, GBR]", "[]")}, f"{MODEL}:8 {TASK}.lead.any_of"),
    ("W211", {MODEL: ("any_of: [FRA, GBR]", "all_of: ")}, f"{MODEL}:8 {TASK}.lead.all_of"),
    ("W211", {MODEL: "name: small\ntasks: [{task: west, lines: []}]\n"}, f"{MODEL}:2 {TASK}.lines"),
    ("W212", {MODEL: ("area: ukraine_west", "area: [a, b]")}, f"{MODEL}:6 {TASK}.area"),
    ("W212", {MODEL: ("area: ukraine_west", 'area: "\\ud800"')}, f"{MODEL}:6 {TASK}.area"),
    ("W213", {MODEL: ("{mech: 1}", "[mech]")}, f"{MODEL}:10 {LINE}.any_of"),
    ("W213", {MODEL: "name: small\ntasks: {west: 1}\n"}, f"{MODEL}:2 tasks"),
    ("W213", {MODEL: "name: small\ntasks: [west]\n"}, f"{MODEL}:2 tasks[1]"),
    ("W213", {MODEL: ("{any_of: [FRA, GBR], provides: mech, min_share: 0.2}", "FRA")},
     f"{MODEL}:8 {TASK}.lead"),
    ("W214", {MODEL: ("name: small", "name: ../small")}, f"{MODEL}:1 name"),
    ("W214", {WORLDS: ("truce", "--help")}, f"{WORLDS}:2 world"),
    ("W219", {NATIONS: ("France", "F" * 10_001)}, f"{NATIONS}:2 name"),
    ("W219", {NATIONS: ("France", "\U0001f6e1" * 5_001)}, f"{NATIONS}:2 name"),
    ("W219", {NATIONS: SMALL[NATIONS] + "F" * 101 + ",Long,\n"}, f"{NATIONS}:4 nation"),
    ("W219", {WORLDS: ("truce", "t" * 101)}, f"{WORLDS}:2 world"),
    ("W219", {MODEL: ("name: small", "name: " + "ж" * 51)}, f"{MODEL}:1 name"),
    ("W219", {MODEL: ("area: ukraine_west", "area: " + "a" * 10_001)}, f"{MODEL}:6 {TASK}.area"),
    ("W219", {CAVEATS: (",ceasefire,", "," + "ceasefire or " * 2400 + "ceasefire,")},
     f"{CAVEATS}:2 requires"),
    ("W219", {CAVEATS: (",west,", "," + "west;" * 7000 + "west,")}, f"{CAVEATS}:2 task"),
    ("W219", {MODEL: ("{mech: 1}", f"{{mech: 1, {_MANY}}}")}, f"{MODEL}:10 {LINE}.any_of"),
]  # fmt: skip

RULES: list[Case] = [
    ("W301", {MODEL: ("{mech: 1},", "{mech: 1}, capability: mech,")}, f"{MODEL}:10 {LINE}"),
    ("W302", {MODEL: ("any_of: {mech: 1}, ", "")}, f"{MODEL}:10 {LINE}"),
    ("W302", {MODEL: ("line: manoeuvre, ", "")}, f"{MODEL}:10 {TASK}.lines[1]"),
    ("W303", {MODEL: (", one_per: 5000", "")}, f"{MODEL}:11 {TASK}.lines[care]"),
    ("W304", {MODEL: ("target: 4", "target: 1")}, f"{MODEL}:10 {LINE}.target"),
    ("W305", {MODEL: ("{any_of: [FRA, GBR], provides: mech, min_share: 0.2}", "{}")},
     f"{MODEL}:8 {TASK}.lead"),
    ("W305", {MODEL: ("{any_of: [FRA, GBR], provides: mech, min_share: 0.2}", "")},
     f"{MODEL}:8 {TASK}.lead"),
    ("W306", {MODEL: ("[FRA, GBR],", "[FRA, GBR], all_of: [FRA],")}, f"{MODEL}:8 {TASK}.lead"),
    ("W307", {MODEL: ("axis: presence", "axis: presence\n    min_nations: 2\n    max_nations: 1")},
     f"{MODEL}:7 {TASK}.max_nations"),
    ("W308", {MODEL: ("name: small", "name: small\nobjectives: [economy, economy]")},
     f"{MODEL}:2 objectives"),
    ("W309", {MODEL: ("axis: presence", "periods: 1-5")}, f"{MODEL}:5 {TASK}.periods"),
    ("W309", {MODEL: ("axis: presence", "periods: 5-")}, f"{MODEL}:5 {TASK}.periods"),
    ("W310", {"models/twin.yaml": SMALL[MODEL]}, "models/twin.yaml:1 name"),
    ("W311", {MODEL: ("name: small", "name: small\ndefault: true"),
              "models/third.yaml": "default: true\n" + _SECOND}, "models/third.yaml:1 default"),
    ("W312", {"models/third.yaml": _SECOND + "horizon: {months_per_period: 3}\n"},
     "models/third.yaml:4 horizon.months_per_period"),
    ("W221", {OFFERS: offered("o1,FRA,mech,1,,,firm,,2026-02-30,estimate")},
     f"{OFFERS}:2 valid_until"),
    ("W221", {OFFERS: offered("o1,FRA,mech,1,,,firm,,31.1.2026,estimate")},
     f"{OFFERS}:2 valid_until"),
    ("W208", {OFFERS: offered("o1,FRA,mech,1,,,frim,,,estimate")}, f"{OFFERS}:2 status"),
    ("W401", {OFFERS: offered("o1,FRU,mech,1,,,firm,,,estimate")}, f"{OFFERS}:2 nation"),
    ("W401", {OFFERS: offered("o1,FRA,mec,1,,,firm,,,estimate")}, f"{OFFERS}:2 capability"),
    ("W401", {OFFERS: offered("o1,FRA,mech,1,wst,,firm,,,estimate")}, f"{OFFERS}:2 task"),
    ("W403", {OFFERS: offered("o1,FRA,mech,1,,,firm,ceasfire,,estimate")}, f"{OFFERS}:2 requires"),
    ("W313", {OFFERS: offered("o1,FRA,mech,1,,2026-01/,firm,,,estimate")}, f"{OFFERS}:2 periods"),
    ("W402", {OFFERS: offered("o1,FRA,mech,1,,,firm,,,estimate\no1,FRA,mech,1,,,firm,,,estimate")},
     f"{OFFERS}:3 offer"),
    ("W220", {MODEL: ("periods: 4", "starts: 2026-13, periods: 4")}, f"{MODEL}:2 horizon.starts"),
    ("W230", {MODEL: ("minimum: 2", "minimum: 2, low: 3")}, f"{MODEL}:10 {LINE}.low"),
    ("W230", {MODEL: ("minimum: 2", "minimum: 2, high: 1")}, f"{MODEL}:10 {LINE}.high"),
    ("W230", {MODEL: ("one_per: 5000", "one_per: 5000, low: 1")},
     f"{MODEL}:11 {TASK}.lines[care].low"),
    ("W230", {AVAILABILITY: _RANGED.format("7,")}, f"{AVAILABILITY}:2 low"),
    ("W230", {AVAILABILITY: _RANGED.format(",5")}, f"{AVAILABILITY}:2 high"),
    ("W205", {AVAILABILITY: _RANGED.format("few,")}, f"{AVAILABILITY}:2 low"),
    ("W206", {AVAILABILITY: _RANGED.format("-1,")}, f"{AVAILABILITY}:2 low"),
    ("W230", {COMMITMENTS: (
        "commitment,nation,capability,quantity,to,purpose,rotating,low,basis\n"
        "fra_reserve,FRA,mech,1,nato,Reserve,no,2,estimate\n"
     )}, f"{COMMITMENTS}:2 low"),
    ("W209", {MODEL: ("axis: presence", "periods: 2026-07/2026-01")}, f"{MODEL}:5 {TASK}.periods"),
    ("W313", {MODEL: ("axis: presence", "periods: 2026-01")}, f"{MODEL}:5 {TASK}.periods"),
    ("W313", {AVAILABILITY: ("1-4", "2026-01/2026-06")}, f"{AVAILABILITY}:3 periods"),
    ("W313", {WORLDS: ("ceasefire,1", "ceasefire,2026-01")}, f"{WORLDS}:2 from_period"),
]  # fmt: skip

REFERENCES: list[Case] = [
    ("W401", {AVAILABILITY: ("FRA,mech", "FRU,mech")}, f"{AVAILABILITY}:2 nation"),
    ("W401", {AVAILABILITY: ("GBR,medical", "GBR,Medicl")}, f"{AVAILABILITY}:4 capability"),
    ("W401", {COMMITMENTS: ("FRA,mech", "fra,mech")}, f"{COMMITMENTS}:2 nation"),
    ("W401", {PRECONDITIONS: ("open,ceasefire", "open,cease_fire")}, f"{PRECONDITIONS}:3 implies"),
    ("W401", {CAVEATS: ("west", "east")}, f"{CAVEATS}:2 task"),
    ("W401", {WORLDS: ("ceasefire", "armistice")}, f"{WORLDS}:2 precondition"),
    ("W401", {MODEL: ("[FRA, GBR]", "[FRA, GER]")}, f"{MODEL}:8 {TASK}.lead.any_of"),
    ("W401", {MODEL: ("axis: presence", "members: [FRA, GRB]")}, f"{MODEL}:5 {TASK}.members"),
    ("W401", {MODEL: ("{mech: 1}", "{mec: 1, mech: 1}")}, f"{MODEL}:10 {LINE}.any_of"),
    ("W401", {MODEL: ("one_per: 5000", "one_per: 5000, of: [east]")},
     f"{MODEL}:11 {TASK}.lines[care].of"),
    ("W401", {"models/second.yaml": _SECOND, MODEL: ("5000", "5000, of: [south]")},
     f"{MODEL}:11 {TASK}.lines[care].of"),
    ("W401", {MODEL: ("axis: presence", "reinforces: [wset]")}, f"{MODEL}:5 {TASK}.reinforces"),
    ("W401", {"models/second.yaml": _SECOND, MODEL: ("axis: presence", "reinforces: south")},
     f"{MODEL}:5 {TASK}.reinforces"),
    ("W407", {MODEL: ("axis: presence", "reinforces: [west]")}, f"{MODEL}:5 {TASK}.reinforces"),
    ("W402", {NATIONS: SMALL[NATIONS] + "FRA,France,\n"}, f"{NATIONS}:4 nation"),
    ("W402", {COMMITMENTS: SMALL[COMMITMENTS] + SMALL[COMMITMENTS].splitlines()[1]},
     f"{COMMITMENTS}:3 commitment"),
    ("W402", {MODEL: ("line: care", "line: manoeuvre")}, f"{MODEL}:11 {LINE}.line"),
    ("W402", {MODEL: "name: small\ntasks:\n  - &\n".replace("  - &\n", (
        "  - {task: west, lines: [{capability: mech, minimum: 1}]}\n") * 2)},
     f"{MODEL}:4 {TASK}.task"),
    ("W403", {CAVEATS: ("ceasefire", "ceasefire and GBR")}, f"{CAVEATS}:2 requires"),
    ("W403", {CAVEATS: ("ceasefire", "joins(GRB)")}, f"{CAVEATS}:2 requires"),
    ("W403", {MODEL: ("requires: ceasefire", "requires: staffed(east)")},
     f"{MODEL}:7 {TASK}.requires"),
    ("W403", {CAVEATS: ("ceasefire", "ceasefire or led_by(GRB)")}, f"{CAVEATS}:2 requires"),
    ("W404", {COMMITMENTS: ("ceasefire", "led_by(FRA)")}, f"{COMMITMENTS}:2 release_requires"),
    ("W404", {COMMITMENTS: ("ceasefire", "joins(FRA)")}, f"{COMMITMENTS}:2 release_requires"),
    ("W404", {COMMITMENTS: ("ceasefire", "staffed(west) or ceasefire")},
     f"{COMMITMENTS}:2 release_requires"),
    ("W406", {PRECONDITIONS: "precondition,name,kind,status,after\n"
      "ceasefire,Ceasefire,political,open,\npeace,Peace,political,open,joins(FRA)\n"},
     f"{PRECONDITIONS}:3 after"),
    ("W406", {PRECONDITIONS: "precondition,name,kind,status,after\n"
      "ceasefire,Ceasefire,political,open,\npeace,Peace,political,open,led_by(FRA)\n"},
     f"{PRECONDITIONS}:3 after"),
    ("W205", {COMMITMENTS: ("mech,1", "mech,Rest")}, f"{COMMITMENTS}:2 quantity"),
    ("W206", {COMMITMENTS: ("mech,1", "mech,-1")}, f"{COMMITMENTS}:2 quantity"),
    ("W408", {COMMITMENTS: ("mech,1,nato,Reserve,no", "mech,rest,nato,Reserve,yes")},
     f"{COMMITMENTS}:2 quantity"),
    ("W409", {COMMITMENTS: _RESTS}, f"{COMMITMENTS}:3 quantity"),
    ("W410", {COMMITMENTS: ("FRA,mech,1", "GBR,mech,rest"),
              OFFERS: offered("o1,GBR,mech,1,,,firm,,,estimate"),
              AVAILABILITY: ("GBR,mech,5,1-4", "GBR,mech,5,1-3")}, f"{COMMITMENTS}:2 quantity"),
    ("W221", {CAVEATS: SMALL[CAVEATS].replace("requires,basis", "requires,as_of,basis").replace(
        "ceasefire,", "ceasefire,31.1.2026,")}, f"{CAVEATS}:2 as_of"),
    ("W208", {NATIONS: ("nation,name,active_personnel\nFRA,France,200000",
                        "nation,name,basis\nFRA,France,guess")}, f"{NATIONS}:2 basis"),
    ("W405", {PRECONDITIONS: ("open,ceasefire", "open,peace")}, f"{PRECONDITIONS}:3 implies"),
]  # fmt: skip
