"""Everything that is ever said, as data and look-ups, and how a run is kept and read."""
