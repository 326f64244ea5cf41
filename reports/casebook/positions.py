"""What the report's chapters say of each actor, in our own words (GMF, *Coalition of the
Willing*, Ebert and Major, eds., May 2025), and which actors have no chapter."""

CHAPTERS = {
    "FRA": (
        "Leads. Would place troops only in strategic places away from the line of contact, never "
        "instead of Ukrainian forces or of an international peacekeeping force, and only once the "
        "Kremlin has signed a ceasefire; with or without the United States. The president decides "
        "alone; parliament must prolong after four months."
    ),
    "GBR": (
        "Leads together with France. Well behind the front, 200 to 300 km. Options between 10,000 "
        "and 100,000 have been looked at. Stresses a US backstop without closing the door; "
        "worries about the flank and about the length of the commitment, and will not cut its "
        "mission in Estonia."
    ),
    "DEU": (
        "No position yet. Presupposes a ceasefire. Nearly all forces are assigned to NATO, and a "
        "brigade is being built in Lithuania until 2027. Requests for land forces and fighters "
        "are likely; no troops without key US capabilities."
    ),
    "POL": (
        "No troops in Ukraine, across all parties. Runs the hub at Rzeszów-Jasionka and trains. "
        "Would need a US commitment, a NATO or UN mandate and a clear path to the EU for Ukraine; "
        "that may move after the presidential election."
    ),
    "FIN": (
        "No peacekeepers in Ukraine, least of all at the line of contact. From outside: "
        "intelligence, training, airspace, navy, with the United States involved in some way. A "
        "peace agreement under an international mandate leaves the door open. Its own border of "
        "1,340 km comes first."
    ),
    "EST": (
        "Plans a contribution, small, that must not weaken its own defence. Wants to know the "
        "terms of the ceasefire. Parliament decides."
    ),
    "LVA": (
        "Has training in its plan. The number of troops depends on its border and on the nature "
        "of the ceasefire. Parliament is supportive, with limits."
    ),
    "LTU": "Joins; its tasks are not announced. Presses for US participation. Parliament decides.",
    "CAN": (
        "Will probably follow London and Paris. Short of people, and bound to bring its brigade "
        "in Latvia to 2,200 by 2026. Trains already; analysis and intelligence at first."
    ),
    "TUR": (
        "Ready for a peacekeeping force once a ceasefire stands, for monitoring and stabilisation "
        "by non-combatants. Not tied to a US backstop. Wants a central role. Keeps the Straits."
    ),
    "EU": (
        "Trains, pays, manages crises. Has neither the command structure nor the capabilities for "
        "a force. A mission in Ukraine needs unanimity, which Hungary has blocked."
    ),
    "UKR": (
        "The host. Wants air defence, long-range weapons, training and protected infrastructure. "
        "Its own forces oversee the demilitarised zone. Has not formally asked for troops, and "
        "does not take them in place of NATO membership."
    ),
    "USA": (
        "Unwilling. No troops, no Article 5 cover. Could back up with air support, logistics and "
        "intelligence."
    ),
}
ACTORS = tuple(CHAPTERS)
