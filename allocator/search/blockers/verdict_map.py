"""How a task stands in every world of the open preconditions, not in the solved one alone.

The *ground* of a world is what cannot be taken from it: preconditions that are met, those that are
ruled out and hold all the same, and those that come in a later period. On top of it each open
precondition is brought about from period 1, or is not. The minimal sets that make the task ready
there decide its verdict in every such world, and what still unlocks it: of a world's own
preconditions nothing more need be brought about.
"""

from __future__ import annotations

from allocator.deadline import Deadline
from allocator.inputs.problem import Problem, World
from allocator.results.blocking import VerdictMap
from allocator.results.result import TaskRecord, by_size
from allocator.search.blockers.verdict import JudgedTask
from allocator.search.feasibility.oracle import StaffingOracle


def base_world(problem: Problem, world: World) -> World:
    """The world without the open preconditions that hold in it from period 1."""
    kept = {
        name: start
        for name, start in world.starts.items()
        if start > 1 or problem.preconditions[name].status != "open"
    }
    return problem.meeting(World(world.name, kept), ())


def reversible_preconditions(problem: Problem, world: World) -> tuple[str, ...]:
    """The open preconditions that hold from period 1 in the world and not in its ground, by id."""
    known = problem.open_preconditions(base_world(problem, world))
    return tuple(name for name in known if world.starts.get(name) == 1)


def from_record(problem: Problem, world: World, record: TaskRecord) -> VerdictMap:
    """Return what the answer for one world says of the others on the same ground.

    problem: the model that is asked about, with its tables. record: what the result says of the
    task.
    """
    held = reversible_preconditions(problem, world)
    if record.verdict == "short":
        return VerdictMap(True)
    if record.verdict == "ready":
        return VerdictMap(not held, (held,))
    if record.verdict == "blocked" and record.unlocking.complete and not held:
        return VerdictMap(True, record.unlocking.sets)
    ready = by_size({*members, *held} for members in record.unlocking.sets)
    not_ready = set(record.blocking.sets)
    if record.verdict == "blocked":
        others = problem.open_preconditions(base_world(problem, world))
        not_ready.add(tuple(name for name in others if name not in held))
    return VerdictMap(False, ready, by_size(not_ready))


def searched(standing: JudgedTask, deadline: Deadline) -> VerdictMap:
    """What a search on the ground itself finds; `standing` is the task's in the ground."""
    match standing.verdict:
        case "ready":
            return VerdictMap(True, ((),))
        case "short":
            return VerdictMap(True)
        case "unknown":
            return from_questions(standing.questions)
    questions = standing.questions
    found = questions.search(deadline)
    ready = by_size(questions.names(mask) for mask in found.minimal)
    if found.complete:
        return VerdictMap(True, ready)
    blocking = by_size(questions.names(mask) for mask in found.blocking)
    return VerdictMap(False, ready, blocking).beside(from_questions(questions))


def from_questions(questions: StaffingOracle) -> VerdictMap:
    """What single answers say: what allocations were found with, and what was certainly not
    enough, in the worlds on the ground of the questions' own."""
    problem, world = questions.problem, questions.scope.world
    held = reversible_preconditions(problem, world)
    elements = problem.open_preconditions(base_world(problem, world))
    enough = {tuple(sorted({*questions.names(on), *held})) for on in questions.known_yes()}
    # An element that the questions are not about makes no difference to the task.
    named = {name for _, name in questions.elements}
    too_few = {
        tuple(name for name in elements if name in named - {*questions.names(on)})
        for on in questions.known_no()
    }
    return VerdictMap(False, by_size(enough), by_size(too_few))
