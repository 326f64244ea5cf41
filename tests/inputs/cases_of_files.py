"""Faults of files, tables and YAML: code, edits, and the place where the issue is expected."""

from __future__ import annotations

from workspace_files import SMALL, Edit

NATIONS, CAVEATS, MODEL = "inputs/nations.csv", "inputs/caveats.csv", "models/small.yaml"
AVAILABILITY = "inputs/availability.csv"
_BOMB = "a: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nname: small\n"

Case = tuple[str, dict[str, Edit], str]

FILES: list[Case] = [
    ("W104", {MODEL: None}, "models"),
    ("W105", {NATIONS: None}, NATIONS),
    ("W108", {NATIONS: SMALL[NATIONS].encode("utf-16")}, NATIONS),
    ("W108", {NATIONS: SMALL[NATIONS].encode("utf-16-le")}, NATIONS),
    ("W108", {MODEL: SMALL[MODEL].encode("utf-32")}, MODEL),
    ("W109", {NATIONS: SMALL[NATIONS].encode() + b"TUR,T\xfcrkiye,1\n"}, f"{NATIONS}:4"),
    ("W110", {NATIONS: SMALL[NATIONS] + "TUR,T\0rkiye,1\n"}, f"{NATIONS}:4"),
    ("W111", {NATIONS: ""}, NATIONS),
    ("W111", {CAVEATS: "\n \n,,\n"}, CAVEATS),
    ("W112", {NATIONS: SMALL[NATIONS].replace(",", ";")}, f"{NATIONS}:1"),
    ("W112", {NATIONS: SMALL[NATIONS].replace(",", "\t")}, f"{NATIONS}:1"),
    ("W113", {NATIONS: ("France", '"France')}, f"{NATIONS}:2"),
    ("W113", {NATIONS: ("France", '"Fra"nce')}, f"{NATIONS}:2"),
    ("W114", {NATIONS: ("France", "F" * 140_000)}, f"{NATIONS}:2"),
    ("W115", {NATIONS: ("name,active", "name,,active")}, f"{NATIONS}:1"),
    ("W119", {NATIONS: SMALL[NATIONS].replace("200000", "200000,,note")}, f"{NATIONS}:2"),
    ("W128", {NATIONS: "Forces by nation,,\n\n" + SMALL[NATIONS]}, f"{NATIONS}:1"),
    ("W527", {NATIONS: "sep=,\n" + SMALL[NATIONS]}, f"{NATIONS}:1"),
    ("W527", {NATIONS: "SEP=;\r\n" + SMALL[NATIONS].replace(",", ";")}, f"{NATIONS}:1"),
    ("W116", {NATIONS: ("active_personnel", "name")}, f"{NATIONS}:1 name"),
    ("W116", {NATIONS: ("active_personnel", "nation")}, f"{NATIONS}:1 nation"),
    ("W116", {AVAILABILITY: ("periods", "quantity")}, f"{AVAILABILITY}:1 quantity"),
    ("W117", {NATIONS: ("active_personnel", "Active-Personel")}, f"{NATIONS}:1 Active-Personel"),
    ("W118", {NATIONS: ("name,active", "note,active")}, f"{NATIONS}:1 name"),
    ("W119", {NATIONS: ("200000", "200,000")}, f"{NATIONS}:2"),
    ("W120", {NATIONS: "nation,name\n"}, NATIONS),
    ("W121", {MODEL: None, "models/README.md": "none yet"}, "models"),
    ("W131", {MODEL: "name: [small\n"}, f"{MODEL}:2"),
    ("W131", {MODEL: "name: 'small\n"}, f"{MODEL}:2"),
    ("W132", {MODEL: _BOMB}, f"{MODEL}:1"),
    ("W132", {MODEL: "name: small\ntasks: *t\n"}, f"{MODEL}:2"),
    ("W133", {MODEL: "name: !!python/object/apply:os.system ['true']\n"}, f"{MODEL}:1"),
    ("W133", {MODEL: "name: !mine small\n"}, f"{MODEL}:1"),
    ("W134", {MODEL: ("axis: presence", "axis: presence\n    axis: presence")}, f"{MODEL}:6"),
    ("W135", {MODEL: SMALL[MODEL] + "---\nname: second\n"}, f"{MODEL}:12"),
    ("W136", {MODEL: "- name: small\n"}, MODEL),
    ("W136", {MODEL: ""}, MODEL),
    ("W137", {MODEL: "name: " + "[" * 5000}, f"{MODEL}:1"),
    ("W138", {MODEL: ("    axis: presence", "\taxis: presence")}, f"{MODEL}:5"),
    ("W139", {MODEL: ("axis: presence", '"\\ud800": 1')}, f"{MODEL}:5"),
    ("W139", {MODEL: "name: small\n? [a]\n: 1\n"}, f"{MODEL}:2"),
]
