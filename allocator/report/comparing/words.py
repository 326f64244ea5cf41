"""What the columns of several tables mean."""

RUN = "name of the run, as in the table runs"
BASE = "the same in the base, the first run"
LESS = "in this run less in the base"
