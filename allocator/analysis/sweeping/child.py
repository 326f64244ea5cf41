"""A process that answers cases: lines of JSON come in, one goes out for each.

First comes the workspace, in one line. It ends where nobody asks any more.
"""

from __future__ import annotations

import json
import os
import signal
import sys

from allocator.analysis.sweeping.cases import CaseQuestion
from allocator.analysis.sweeping.solving import CaseSolver
from allocator.deadline import Deadline


def main() -> None:
    """Answer until the questions end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asks.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # Libraries print a line of their own now and then.
    questions = sys.stdin.buffer
    solver = CaseSolver(questions.readline())
    for line in questions:
        asked = json.loads(line)
        seconds = min(CaseQuestion.read(asked["question"]).seconds, asked["seconds"])
        record = solver.record(asked["question"], Deadline(seconds))
        answers.write(record.model_dump_json().encode() + b"\n")
        answers.flush()
