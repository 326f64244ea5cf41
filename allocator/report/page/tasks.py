"""A card a task: its verdict, what unlocks it, who may come, what it asks for, who waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from markupsafe import Markup

from allocator.inputs.conditions import Always, show
from allocator.inputs.problem import Line, Task
from allocator.report.page.packages import PackagesView, packages_view
from allocator.report.page.rows import Rows
from allocator.report.page.text import short
from allocator.report.page.what_if import WhatIf
from allocator.report.pictures.ways import ways_picture
from allocator.report.sentences import (
    Held,
    Own,
    basis_phrase,
    how_far,
    names,
    needed,
    overview,
    waiting,
)
from allocator.report.sentences import situation as say
from allocator.report.sentences.before import comes_before
from allocator.report.sentences.coming import Coming
from allocator.report.sentences.formulas import value
from allocator.report.sentences.supply import Net
from allocator.report.sentences.ways import ways as priced
from allocator.report.tables.decisions import in_plan
from allocator.report.terminal import blocks
from allocator.report.terminal.details import also
from allocator.report.terminal.ways import cheapest_sentence, influence, map_sentence
from allocator.results.result import TaskRecord
from allocator.results.run import RunRecord
from allocator.words import listing, some

WAYS_SHOWN = 6
HELD_SHOWN = 60
BLOCKING_SHOWN = 5
ACTS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class WayView:
    """acts: the preconditions by name and id, which is blank where it is the name."""

    acts: tuple[tuple[str, str], ...]
    effort: int
    likelihood: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nations:
    """Which nations may come: in each period, in some, in none. waits: for open preconditions;
    never: whatever is brought about."""

    may: tuple[str, ...]
    partly: tuple[str, ...]
    waits: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineView:
    line: str
    takes: str
    minimum: str
    target: str
    filled: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HeldView:
    nation: str
    forces: str
    requires: str
    kind: str
    basis: str
    place: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Card:
    number: int
    id: str
    title: str
    record: TaskRecord
    priority: int
    facts: str
    situation: str
    ways: tuple[WayView, ...]
    cheapest: str
    ways_found: str
    ways_drawn: Markup
    needed: tuple[str, ...]
    in_plan: str
    nations: Nations
    lines: tuple[LineView, ...]
    solved: tuple[tuple[str, str], ...]
    own: tuple[Own, ...]
    held: tuple[HeldView, ...]
    held_more: int
    packages: PackagesView | None
    influence: tuple[Sequence[str], list[Sequence[str]]] | None
    lacks: str
    packages_found: str
    rows: tuple[int, ...]


def cards(run: RunRecord, rows: Rows, found: WhatIf) -> tuple[Card, ...]:
    """Return the cards in the order of the tasks.

    run: what is shown. rows: numbers of the rows of the inputs, for references. found: how the
    tasks stand in other worlds.
    """
    net = Net(run.problem)
    records = enumerate(run.result.tasks)
    return tuple(_card(run, rows, found, number, record, net) for number, record in records)


def _card(
    run: RunRecord, rows: Rows, found: WhatIf, number: int, record: TaskRecord, net: Net
) -> Card:
    task = run.problem.task(record.task)
    known = waiting(run.problem, run.world, task.id, net)
    ways = tuple(_ways(run, record))
    holding = run.world.holding(1)
    return Card(
        number=number,
        id=task.id,
        title=task.title,
        record=record,
        priority=task.priority,
        facts="; ".join(_facts(run, task)),
        situation=say.situation(record),
        ways=ways,
        cheapest=in_short(ways[0]) if ways else "",
        ways_found=say.ways_found(record.unlocking),
        ways_drawn=Markup(ways_picture(run.problem, priced(run.problem, record.unlocking.sets))),
        needed=needed.in_words(run.problem, run.world, record, names.of_preconditions(run.problem)),
        in_plan=in_plan(run, task.id) or "not known",
        nations=_nations(found.coming[task.id], holding),
        lines=tuple(_line(run, rows, task, line) for line in task.lines),
        solved=tuple(_solved(run, record)),
        own=known.own,
        held=tuple(_held(run, rows, held) for held in known.held[:HELD_SHOWN]),
        held_more=max(0, len(known.held) - HELD_SHOWN),
        packages=packages_view(run, record),
        influence=_influence(run, record),
        lacks=overview.outlook(run.problem, record) if record.verdict == "short" else "",
        packages_found=say.packages_found(record.packages),
        rows=rows.of("task", task.id),
    )


def _facts(run: RunRecord, task: Task) -> Iterable[str]:
    yield f"priority {task.priority}"
    if task.axis:
        yield f"line of effort: {task.axis}"
    if task.area:
        yield f"area: {task.area}"
    if len(task.periods) < run.problem.horizon:
        yield run.problem.calendar.phrase(task.periods)
    if task.reinforces:
        yield f"a reserve for {listing(names.tasks(run.problem, task.reinforces))}"
    if not isinstance(task.requires, Always):
        yield f"requires {short(names.condition(run.problem, show(task.requires)), 300)}"
    if task.min_nations:
        yield f"at least {task.min_nations} nations"
    if task.max_nations is not None:
        yield f"at most {task.max_nations} nations"
    if task.members:
        yield f"contributions of {listing(task.members)}"
    if task.max_share is not None:
        yield f"no nation sends more than {task.max_share / 10:g} % of its people"
    if task.lead:
        yield f"led by {_leaders(task)}"


def _leaders(task: Task) -> str:
    lead = task.lead
    if lead is None:
        return ""
    who = "any nation"
    if lead.any_of is not None:
        who = f"one of {', '.join(lead.any_of)}"
    if lead.all_of is not None:
        who = f"each of {', '.join(lead.all_of)}"
    provides = f" with {lead.provides}" if lead.provides else ""
    share = f" and {lead.min_share / 10:g} % of its people" if lead.min_share else ""
    return f"{who}{provides}{share}"


def _ways(run: RunRecord, record: TaskRecord) -> Iterable[WayView]:
    for way in priced(run.problem, _cheapest(run, record.unlocking.sets))[:WAYS_SHOWN]:
        chance = way.likelihood
        acts = tuple(_act(run, one) for one in way.preconditions)
        yield WayView(acts, way.effort, percent(chance), way.holders)


def in_short(way: WayView) -> str:
    """The acts of the way by name, as many as a cell bears; the script writes it too."""
    return some([name for name, _ in way.acts], ACTS_SHOWN, "; ")


def _act(run: RunRecord, precondition: str) -> tuple[str, str]:
    name = run.problem.preconditions[precondition].name or precondition
    return name, "" if name == precondition else precondition


def _cheapest(run: RunRecord, sets: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Those among which the first ways are: no dearer than the last of them."""
    effort = {name: known.effort for name, known in run.problem.preconditions.items()}
    costs = [sum(effort[name] for name in members) for members in sets]
    most = max(nsmallest(WAYS_SHOWN, costs), default=0)
    return [members for members, cost in zip(sets, costs, strict=True) if cost <= most]


def percent(chance: float | None) -> str:
    """As the script writes it too."""
    if chance is None:
        return "no estimate"
    return "under 0.1 %" if chance < 0.001 else f"{100 * chance:.1f} %"


def _nations(found: Iterable[Coming], holding: frozenset[str]) -> Nations:
    by_state: dict[str, list[str]] = {"may": [], "partly": [], "waits": [], "never": []}
    for one in found:
        by_state[_state(one, holding)].append(one.nation)
    return Nations(**{state: tuple(nations) for state, nations in by_state.items()})


def _state(one: Coming, holding: frozenset[str]) -> str:
    if value(one.always, holding):
        return "may"
    if value(one.sometimes, holding):
        return "partly"
    # A formula that could hold in some world is no constant.
    return "never" if one.sometimes is False else "waits"


def _line(run: RunRecord, rows: Rows, task: Task, line: Line) -> LineView:
    takes = ", ".join(
        run.problem.capabilities[c].name + (f" (counts {weight})" if weight != 1 else "")
        for c, weight in line.weights.items()
    )
    scaled = "" if line.one_per is None else f"one for every {line.one_per:,} people"
    minimum = f"{line.minimum:,}" if line.minimum or not scaled else ""
    return LineView(
        line.id,
        takes,
        "; ".join(part for part in (minimum, scaled) if part),
        f"{line.target:,}" if line.target else "",
        _filled(run, task, line),
        rows.of("line", task.id, line.id),
    )


def _filled(run: RunRecord, task: Task, line: Line) -> str:
    """What the plan fills in the worst period; blank where the task is not in it."""
    if task.id not in run.result.plan.staffed:
        return ""
    filled = dict.fromkeys(task.periods, 0)
    for cell in run.result.plan.allocation:
        if (cell.task, cell.line) == (task.id, line.id):
            filled[cell.period] += line.weights[cell.capability] * cell.quantity
    return f"{min(filled.values()):,}"


def _solved(run: RunRecord, record: TaskRecord) -> Iterable[tuple[str, str]]:
    """What was worked out for the solved world alone; ways have their own place."""
    if record.verdict != "blocked":
        yield from blocks.block(run, record)
    else:
        yield from _of_blocked(run, record)
    yield from also(run, record)


def _of_blocked(run: RunRecord, record: TaskRecord) -> Iterable[tuple[str, str]]:
    name = names.of_preconditions(run.problem)
    if proofs := blocks.proofs(run, record.task, run.notes.get(record.task)):
        yield "Proof", "; ".join(proofs)
    counted = filter(None, [say.blocking_counted(record.blocking)])
    for text in (*counted, *say.blocking(record.blocking.sets[:BLOCKING_SHOWN], name)):
        yield "What blocks it", text
    if (notes := run.notes.get(record.task)) and notes.cheapest:
        yield "Effort", cheapest_sentence(run, notes.cheapest)
    if notes and notes.world_map:
        yield "Worlds", map_sentence(notes.world_map)
    if before := comes_before(run.problem, run.world, record.unlocking):
        yield "What has to come before", "; ".join(before)


def _influence(
    run: RunRecord, record: TaskRecord
) -> tuple[Sequence[str], list[Sequence[str]]] | None:
    """How much each precondition matters, where that was worked out."""
    notes = run.notes.get(record.task)
    return influence(run, notes.world_map) if notes and notes.world_map else None


def _held(run: RunRecord, rows: Rows, held: Held) -> HeldView:
    return HeldView(
        held.nation,
        blocks.forces(run, held.forces),
        short(names.condition(run.problem, held.requires), 300) + how_far(run.problem, held),
        held.table,
        basis_phrase(held.basis),
        held.place,
        rows.of(held.table, held.row),
    )
