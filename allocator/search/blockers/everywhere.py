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
from allocator.results.blocking import Everywhere
from allocator.results.result import TaskRecord, by_size
from allocator.search.blockers.verdict import Standing
from allocator.search.feasibility.questions import Questions


def ground(problem: Problem, world: World) -> World:
    """The world without the open preconditions that hold in it from period 1."""
    kept = {
        name: start
        for name, start in world.starts.items()
        if start > 1 or problem.preconditions[name].status != "open"
    }
    return problem.meeting(World(world.name, kept), ())


def on_top(problem: Problem, world: World) -> tuple[str, ...]:
    """The open preconditions that hold from period 1 in the world and not in its ground, by id."""
    known = problem.open_preconditions(ground(problem, world))
    return tuple(name for name in known if world.starts.get(name) == 1)


def from_record(problem: Problem, world: World, record: TaskRecord) -> Everywhere:
    """What the answer for one world says of the others on the same ground."""
    held = on_top(problem, world)
    if record.verdict == "short":
        return Everywhere(True)
    if record.verdict == "ready":
        return Everywhere(not held, (held,))
    if record.verdict == "blocked" and record.unlocking.complete and not held:
        return Everywhere(True, record.unlocking.sets)
    ready = by_size({*members, *held} for members in record.unlocking.sets)
    not_ready = set(record.blocking.sets)
    if record.verdict == "blocked":
        others = problem.open_preconditions(ground(problem, world))
        not_ready.add(tuple(name for name in others if name not in held))
    return Everywhere(False, ready, by_size(not_ready))


def searched(standing: Standing, deadline: Deadline) -> Everywhere:
    """What a search on the ground itself finds; `standing` is the task's in the ground."""
    match standing.verdict:
        case "ready":
            return Everywhere(True, ((),))
        case "short":
            return Everywhere(True)
        case "unknown":
            return from_questions(standing.questions)
    questions = standing.questions
    found = questions.search(deadline)
    ready = by_size(questions.names(mask) for mask in found.minimal)
    if found.complete:
        return Everywhere(True, ready)
    blocking = by_size(questions.names(mask) for mask in found.blocking)
    return Everywhere(False, ready, blocking).beside(from_questions(questions))


def from_questions(questions: Questions) -> Everywhere:
    """What single answers say: what allocations were found with, and what was certainly not
    enough, in the worlds on the ground of the questions' own."""
    problem, world = questions.problem, questions.scope.world
    held = on_top(problem, world)
    elements = problem.open_preconditions(ground(problem, world))
    enough = {tuple(sorted({*questions.names(on), *held})) for on in questions.known_yes()}
    # An element that the questions are not about makes no difference to the task.
    named = {name for _, name in questions.elements}
    too_few = {
        tuple(name for name in elements if name in named - {*questions.names(on)})
        for on in questions.known_no()
    }
    return Everywhere(False, by_size(enough), by_size(too_few))
