"""A question that is asked again and again while its tables are edited: soonest first, and nothing
twice."""
