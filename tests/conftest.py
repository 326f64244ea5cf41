"""Nothing is timed in the tests: an example that takes long on a busy machine is no fault."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Processes that tests start, and stop as they write, keep nothing that they compile: a module of
# which Python could write only half would be read by all that start later.
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
