"""Spoils certificates and counts how many are refused.

    python tests/benchmarks/bench_spoiled.py --number 1000 --docs

Of the reference case and a family with shared pools, every blocking set has its proof. One after
another is spoiled: a step left out, a number, a place or a line changed, or the set itself, while
its proof stays. What the checker takes all the same has to follow still: of a set that was not
changed the no stands, whatever became of one of its steps; a changed set has to hold a known
blocking set. If one is taken that does not, the run ends with an error.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]

from bench_facts import PAGE, ROOT, facts, write_section
from blocker_workspaces import TASK, Case, write

import allocator
from allocator.checker.proofs import proof_faults
from allocator.frames import Run
from allocator.inputs.problem import Problem, World
from allocator.results.certificate import Proof, Refuted, Step


@dataclass(frozen=True)
class Claim:
    """A blocking set with its proof, and all blocking sets of the task."""

    problem: Problem
    world: World
    task: str
    one: Refuted
    all: tuple[frozenset[str], ...]

    def stands(self, members: Sequence[str], proof: Proof) -> bool:
        """Whether the checker takes the proof for a no without these."""
        open_ = self.problem.open_preconditions(self.world)
        met = self.problem.meeting(self.world, [n for n in open_ if n not in members])
        return not any(proof_faults(self.problem, met, self.task, self.problem.nations, proof))

    def follows(self, members: Sequence[str]) -> bool:
        return any(known <= set(members) for known in self.all)


def claims(problem: Problem, world: World, run: Run) -> list[Claim]:
    found = []
    for part in run.certificate.tasks:
        if part.preconditions is not None and part.preconditions.complete:
            all_ = tuple(frozenset(one.members) for one in part.preconditions.blocking)
            shown = [one for one in part.preconditions.blocking if one.proof.by != "engines"]
            found += [Claim(problem, world, part.task, one, all_) for one in shown]
    return found


def spoiled_step(rng: Random, steps: tuple[Step, ...]) -> tuple[str, tuple[Step, ...]]:
    number = rng.randrange(len(steps))
    step = steps[number]
    if step.cases and rng.random() < 0.7:
        place = rng.randrange(len(step.cases))
        what, case = spoiled_step(rng, step.cases[place])
        changed = step.model_copy(
            update={"cases": (*step.cases[:place], case, *step.cases[place + 1 :])}
        )
        return what, (*steps[:number], changed, *steps[number + 1 :])
    if rng.random() < 0.4:
        return "a step left out", (*steps[:number], *steps[number + 1 :])
    if step.added:
        addends = list(step.added)
        place = rng.randrange(len(addends))
        times = addends[place].times
        addends[place] = addends[place].model_copy(
            update={"times": max(1, times + rng.choice((-1, 1, times)))}
        )
        changed = step.model_copy(update={"added": tuple(addends)})
    elif step.bound:
        changed = step.model_copy(update={"units": step.units + rng.choice((-2, -1, 1, 2))})
    else:
        changed = step.model_copy(update={"period": step.period + rng.choice((-1, 1))})
    return "a number in a step", (*steps[:number], changed, *steps[number + 1 :])


def spoiled(rng: Random, claim: Claim) -> tuple[str, tuple[str, ...], Proof]:
    """What was changed, the set, and the proof."""
    members, proof = claim.one.members, claim.one.proof
    if rng.random() < 0.34:
        return "the set", other_set(rng, claim), proof
    if proof.by == "steps":
        what, steps = spoiled_step(rng, proof.steps)
        return what, members, proof.model_copy(update={"steps": steps})
    if proof.by == "splits" and rng.random() < 0.7:
        number = rng.randrange(len(proof.coming))
        one = proof.coming[number]
        other = one.model_copy(update={"units": one.units + rng.choice((-1, 1))})
        coming = (*proof.coming[:number], other, *proof.coming[number + 1 :])
        return "a number", members, proof.model_copy(update={"coming": coming})
    if proof.by == "sum" and rng.random() < 0.7:
        name = rng.choice(("need", "supply"))
        value = getattr(proof, name) + rng.choice((-1, 1))
        return "a number", members, proof.model_copy(update={name: value})
    if proof.by in ("sum", "splits"):
        return "the lines", members, proof.model_copy(update={"lines": proof.lines[1:]})
    return "the set", other_set(rng, claim), proof


def other_set(rng: Random, claim: Claim) -> tuple[str, ...]:
    """The set with one member less, or another in the place of one."""
    members = list(claim.one.members)
    gone = members.pop(rng.randrange(len(members)))
    open_ = claim.problem.open_preconditions(claim.world)
    others = [name for name in open_ if name not in members and name != gone]
    if others and rng.random() < 0.5:
        members.append(rng.choice(others))
    return tuple(sorted(members))


def tried(rng: Random, found: Sequence[Claim], number: int) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for _ in range(number):
        claim = rng.choice(found)
        what, members, proof = spoiled(rng, claim)
        taken = claim.stands(members, proof)
        if taken and not claim.follows(members):
            raise SystemExit(f"{claim.task}: {members} is taken as blocking: {proof}")
        counts[what, "taken" if taken else "refused"] += 1
    return counts


def gathered(limit: float) -> list[Claim]:
    """Of both cases; those of the larger one thinned out."""
    planner = allocator.load(ROOT)
    problem = planner.problem()
    run = planner.blockers(time_limit=limit)
    found = claims(problem, planner.world(problem), run)
    with tempfile.TemporaryDirectory() as room:
        write(Case.named("choices-16"), Path(room))
        planner = allocator.load(room)
        problem = planner.problem()
        run = planner.blockers(TASK, time_limit=limit)
        return found + claims(problem, planner.world(problem), run)[::2]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--number", type=int, default=1000, help="so many are spoiled")
    parser.add_argument("--limit", type=float, default=200.0, help="seconds of each search")
    parser.add_argument("--docs", action="store_true", help=f"write to docs/{PAGE.name}")
    asked = parser.parse_args()
    found = gathered(asked.limit)
    kinds = Counter(claim.one.proof.by for claim in found)
    counts = tried(Random(0), found, asked.number)
    lines = [
        "| changed | tried | refused | taken, and follows still |",
        "| --- | ---: | ---: | ---: |",
    ]
    for what in sorted({what for what, _ in counts}):
        refused, taken = counts[what, "refused"], counts[what, "taken"]
        lines.append(f"| {what} | {refused + taken} | {refused} | {taken} |")
    by = ", ".join(f"{number} by {kind}" for kind, number in sorted(kinds.items()))
    told = facts("tests/benchmarks/bench_spoiled.py", "ortools", about=[f"proofs: {by}"])
    lines += ["", *told]
    print("\n".join(lines))
    if asked.docs:
        write_section("spoiled", lines)


if __name__ == "__main__":
    main()
