"""The actors of the report and their chapters; which nations have a position of their own."""

CHAPTERS = {
    "FRA": "France",
    "GBR": "United Kingdom",
    "DEU": "Germany",
    "POL": "Poland",
    "FIN": "Finland",
    "EST": "Baltic Countries",
    "LVA": "Baltic Countries",
    "LTU": "Baltic Countries",
    "CAN": "Canada",
    "TUR": "Türkiye",
    "EU": "European Union",
    "UKR": "Ukraine",
    "USA": "United States",
}
"""Of each actor that has one. What a chapter says: `statements.csv`."""
ACTORS = tuple(CHAPTERS)

STATED = frozenset({"BEL", "BGR", "ESP", "GRC", "ITA", "NLD", "ROU", "SWE"})
"""Nations without a chapter that have said, elsewhere or by the way, whether and how they come."""
