"""The condition language: what it reads, what it refuses and where, and what it means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.inputs.conditions import (
    KEYWORDS,
    MAX_DEPTH,
    MAX_LENGTH,
    Always,
    And,
    AtLeast,
    Condition,
    ConditionError,
    Joins,
    LedBy,
    Never,
    Or,
    Precondition,
    Staffed,
    holds,
    leaders_in,
    leaves,
    nations_in,
    parse,
    preconditions_in,
    show,
    tasks_always_in,
    tasks_in,
)

a, b, c = (Precondition(name) for name in "abc")
MANY = settings(max_examples=300, deadline=None)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("", Always()),
        ("  \t\r\n ", Always()),
        ("a", a),
        (" \n a\t", a),
        ("always", Always()),
        ("NEVER", Never()),
        ("a AND b", And((a, b))),
        ("a Or b", Or((a, b))),
        ("A", Precondition("A")),  # ids as they are written
        ("a or b and c", Or((a, And((b, c))))),
        ("a and b or c", Or((And((a, b)), c))),
        ("(a or b) and c", And((Or((a, b)), c))),
        ("((((a))))", a),
        ("a and b and c", And((a, b, c))),
        ("joins(FRA)", Joins("FRA")),
        ("Joins ( FRA )", Joins("FRA")),
        ("led_by(FRA) OR Led_By(GBR)", Or((LedBy("FRA"), LedBy("GBR")))),
        ("led_by_x", Precondition("led_by_x")),
        ("STAFFED(t1)", Staffed("t1")),
        ("at_least(2, a, b or c, a)", AtLeast(2, (a, Or((b, c)), a))),
        ("At_Least(1,a)", AtLeast(1, (a,))),
        ("at_least(02, a)", AtLeast(2, (a,))),
        ("android", Precondition("android")),  # begins like a keyword
        ("oracle and never_mind", And((Precondition("oracle"), Precondition("never_mind")))),
        ("and_a or or_b", Or((Precondition("and_a"), Precondition("or_b")))),
        ("_x1", Precondition("_x1")),
        ("__import__", Precondition("__import__")),  # a name like any other
        ("(a)and(b)", And((a, b))),
    ],
)
def test_reads(text: str, condition: Condition) -> None:
    """`and` binds tighter, keywords in any case, blanks anywhere between words."""
    assert parse(text) == condition


@pytest.mark.parametrize(
    ("text", "column", "problem"),
    [
        ("a b", 3, "unexpected 'b'"),
        ("a and", 6, "ends too early"),
        ("and", 1, "unexpected 'and'"),
        ("or a", 1, "unexpected 'or'"),
        ("a and or b", 7, "unexpected 'or'"),
        ("(a", 3, "ends too early"),
        ("a)", 2, "unexpected ')'"),
        ("()", 2, "unexpected ')'"),
        ("not a", 5, "unexpected 'a'"),
        ("!a", 1, "unexpected '!'"),
        ("a & b", 3, "unexpected '&'"),
        ("a, b", 2, "unexpected ','"),
        ("joins", 6, "ends too early"),
        ("joins()", 7, "unexpected ')'"),
        ("joins(FRA, GBR)", 10, "unexpected ','"),
        ("led_by", 7, "ends too early"),
        ("led_by(joins(FRA))", 8, "unexpected 'joins'"),
        ("joins(joins(FRA))", 7, "unexpected 'joins'"),
        ("staffed(never)", 9, "unexpected 'never'"),
        ("at_least(a, b)", 10, "unexpected 'a'"),
        ("at_least(2)", 11, "unexpected ')'"),
        ("at_least(-1, a)", 10, "unexpected '-'"),
        ("at_least(1.5, a)", 11, "unexpected '.'"),
        ("__import__('os')", 11, "unexpected '('"),
        ("a; b", 2, "unexpected ';'"),
        ("1a", 1, "unexpected '1'"),
        ("ä", 1, "unexpected 'ä'"),
        ("a\u00a0b", 2, "unexpected"),
        ("a\x00", 2, "unexpected"),
    ],
)
def test_refuses_and_says_where(text: str, column: int, problem: str) -> None:
    """The character at which it stops making sense, counted from 1, and what would fit."""
    with pytest.raises(ConditionError) as caught:
        parse(text)
    assert caught.value.column == column
    assert problem in caught.value.problem
    assert "expected a precondition" in str(caught.value)


@pytest.mark.parametrize("keyword", sorted(KEYWORDS))
@pytest.mark.parametrize("form", ["{}", "joins({})", "led_by({})", "staffed({})"])
def test_keywords_are_no_ids(keyword: str, form: str) -> None:
    """In any case, also inside the brackets: `always` and `never` only as the constants."""
    for text in (form.format(keyword), form.format(keyword.upper())):
        try:
            assert parse(text) in (Always(), Never())
        except ConditionError:
            continue
        assert form == "{}"
        assert keyword in ("always", "never")


def test_length_and_depth_are_capped() -> None:
    """At the limit it is read, one beyond it is refused, without a crash however deep."""
    deepest = "(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH
    assert parse(deepest) == a
    with pytest.raises(ConditionError, match="brackets within each other") as caught:
        parse(f"({deepest})")
    assert caught.value.column == MAX_DEPTH + 1
    longest = "a" * MAX_LENGTH
    assert parse(longest) == Precondition(longest)
    with pytest.raises(ConditionError, match=f"{MAX_LENGTH + 1} characters"):
        parse(longest + "a")
    with pytest.raises(ConditionError):
        parse("(" * 100_000)


def test_many_parts_on_one_level_need_no_depth() -> None:
    """As many as fit."""
    assert parse(" or ".join(["a"] * 800)) == Or((a,) * 800)


_ids = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,5}", fullmatch=True).filter(
    lambda name: name.lower() not in KEYWORDS
)
_leaves = st.one_of(
    st.just(Always()),
    st.just(Never()),
    st.builds(Precondition, _ids),
    st.builds(Joins, _ids),
    st.builds(LedBy, _ids),
    st.builds(Staffed, _ids),
)


def _grown(below: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(below, min_size=2, max_size=3).map(tuple)
    count = st.integers(0, 4)
    return st.one_of(st.builds(And, parts), st.builds(Or, parts), st.builds(AtLeast, count, parts))


CONDITIONS = st.recursive(_leaves, _grown, max_leaves=12)


def _flat(condition: Condition) -> Condition:
    """`and` within `and`, `or` within `or` as one: brackets that mean nothing are not kept."""
    match condition:
        case AtLeast(count=count, parts=parts):
            return AtLeast(count, tuple(map(_flat, parts)))
        case And(parts=parts) | Or(parts=parts):
            kind = type(condition)
            found: list[Condition] = []
            for part in map(_flat, parts):
                found += part.parts if isinstance(part, kind) else (part,)
            return kind(tuple(found))
    return condition


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("(a or b) or (c)", "a or b or c"),
        ("a and ((b and c) and d)", "a and b and c and d"),
        ("(a or b) and (c or (d or e))", "(a or b) and (c or d or e)"),
        ("at_least(1, (a or b) or c, d)", "at_least(1, a or b or c, d)"),
    ],
)
def test_brackets_that_say_nothing_leave_no_trace(text: str, same: str) -> None:
    """A run's copy of its inputs shows conditions without them, and has to be the same problem:
    its page, made again, would else look edited."""
    assert parse(text) == parse(same)
    assert show(parse(text)) == same


@MANY
@given(CONDITIONS)
def test_what_is_shown_reads_back(condition: Condition) -> None:
    """The same condition, up to nesting that means nothing."""
    assert parse(show(condition)) == _flat(condition)


@MANY
@given(CONDITIONS, st.sets(_ids), st.sets(_ids), st.sets(_ids), st.sets(_ids))
def test_conditions_are_monotone(
    condition: Condition, met: set[str], joining: set[str], staffed: set[str], leading: set[str]
) -> None:
    """What holds keeps holding when more does; everything that the searches do rests on it."""
    names = {leaf.id for leaf in leaves(condition) if isinstance(leaf, Precondition)}
    if holds(condition, met, joining, staffed, leading):
        assert holds(condition, met | names, joining, staffed, leading)
        more = joining | set(nations_in(condition)), staffed | set(tasks_in(condition))
        assert holds(condition, met, *more, leading | set(leaders_in(condition)))


@MANY
@given(CONDITIONS)
def test_the_names_in_a_condition_are_all_that_it_asks_for(condition: Condition) -> None:
    """With everything that it names it holds or nothing helps; others make no difference."""
    ids_of = (preconditions_in, nations_in, tasks_in, leaders_in)
    named = [of(condition) for of in ids_of]
    everything = [{*names, "x_other"} for names in named]
    assert holds(condition, *named) == holds(condition, *everything)


@MANY
@given(CONDITIONS)
def test_without_a_task_that_it_always_asks_for_a_condition_never_holds(
    condition: Condition,
) -> None:
    """Whatever else it names."""
    met, nations, tasks, leaders = (
        of(condition) for of in (preconditions_in, nations_in, tasks_in, leaders_in)
    )
    for task in tasks_always_in(condition):
        assert not holds(condition, met, nations, tasks - {task}, leaders)


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("staffed(a) and (b or staffed(c))", {"a"}),
        ("staffed(a) or staffed(a) and b", {"a"}),
        ("at_least(2, staffed(a), staffed(b), c)", set()),
        ("at_least(2, staffed(a), staffed(a), c)", {"a"}),
        ("at_least(0, staffed(a))", set()),
    ],
)
def test_what_a_condition_always_asks_for(text: str, tasks: set[str]) -> None:
    assert tasks_always_in(parse(text)) == tasks


def test_at_least_counts_entries_not_names() -> None:
    """A repeated entry counts each time; at least none always holds."""
    assert holds(parse("at_least(2, a, a, b)"), {"a"})
    assert not holds(parse("at_least(3, a, a, b)"), {"a"})
    assert holds(parse("at_least(3, a, a, b)"), {"a", "b"})
    assert holds(parse("at_least(0, never)"), set())
    assert not holds(parse("at_least(3, a, b)"), {"a", "b"})


def test_leaves_come_in_reading_order() -> None:
    """Repeated ones each time."""
    found = list(leaves(parse("b and (joins(FRA) or at_least(1, a, led_by(GBR))) and never")))
    assert found == [b, Joins("FRA"), a, LedBy("GBR"), Never()]
