"""One deadline for a whole command: parts end with it, cancelling reaches all of them."""

from __future__ import annotations

from threading import Thread

import pytest

from allocator import deadline as module
from allocator.deadline import Deadline, TimeUpError


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still until a test moves it."""
    now = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    return now


def test_what_remains(clock: list[float]) -> None:
    """Seconds from now on, never below 0."""
    deadline = Deadline(10)
    clock[0] += 4
    assert (deadline.remaining(), deadline.expired) == (6, False)
    clock[0] += 6
    assert (deadline.remaining(), deadline.expired) == (0, True)
    clock[0] += 1
    assert deadline.remaining() == 0


@pytest.mark.parametrize("seconds", [0, -5])
def test_no_time_is_over_at_once(seconds: float, clock: list[float]) -> None:
    """And it is not cancelled: the reason it ended is another."""
    deadline = Deadline(seconds)
    assert (deadline.expired, deadline.cancelled) == (True, False)


def test_a_part_is_a_share_of_what_is_left(clock: list[float]) -> None:
    """It ends by itself, no later than the whole; a part of a part likewise."""
    whole = Deadline(10)
    clock[0] += 2
    half = whole.part(0.5)
    assert half.remaining() == 4
    assert half.part(0.25).remaining() == 1
    assert whole.part(1.0).remaining() == whole.remaining()
    clock[0] += 4
    assert (half.expired, whole.expired) == (True, False)


def test_cancelling_a_part_ends_the_whole_and_its_other_parts() -> None:
    """From any thread."""
    whole = Deadline(60)
    one, other = whole.part(0.5), whole.part(0.5).part(0.5)
    thread = Thread(target=one.cancel)
    thread.start()
    thread.join()
    for deadline in (whole, one, other, whole.part(0.1)):
        assert (deadline.remaining(), deadline.expired, deadline.cancelled) == (0, True, True)


def test_cancelling_stops_what_is_under_way() -> None:
    """Those within their block, of any part, once for each cancel; those that ended are left."""
    whole = Deadline(60)
    calls: list[str] = []
    with whole.stopping(lambda: calls.append("ended")):
        pass
    with whole.part(0.5).stopping(lambda: calls.append("one")):
        with whole.stopping(lambda: calls.append("two")):
            whole.cancel()
        assert calls == ["one", "two"]
        whole.cancel()
    assert calls == ["one", "two", "one"]


def test_what_begins_after_the_cancel_is_stopped_at_once() -> None:
    """A search that is just being started does not slip through."""
    whole = Deadline(60)
    whole.cancel()
    calls: list[str] = []
    with whole.part(0.5).stopping(lambda: calls.append("late")):
        assert calls == ["late"]


def test_a_block_that_fails_is_forgotten() -> None:
    """Its stop function is not called afterwards."""
    whole = Deadline(60)
    with pytest.raises(ZeroDivisionError), whole.stopping(lambda: pytest.fail("called")):
        _ = 1 / 0
    whole.cancel()


def test_work_that_is_no_use_in_part_is_given_up(clock: list[float]) -> None:
    """Once the time is up, and only within the block that says so."""
    deadline = Deadline(10)
    deadline.check()
    clock[0] += 10
    with pytest.raises(TimeUpError):
        deadline.check()
    with deadline.within_limits():
        deadline.check()
        pytest.fail("went on")
    assert not deadline.out_of_memory
    with deadline.within_limits():
        raise MemoryError
    assert deadline.out_of_memory


def test_a_part_may_have_so_many_seconds_at_least(clock: list[float]) -> None:
    """But never more than there are."""
    whole = Deadline(10)
    parts = [whole.part(0.1, 0.5), whole.part(0.1, 3), whole.part(0.1, 30)]
    assert [part.remaining() for part in parts] == pytest.approx([1, 3, 10])
    clock[0] += 11
    assert whole.part(0.1, 3).expired


def test_a_later_and_an_earlier_end(clock: list[float]) -> None:
    """Of the same whole; what has passed long ago stays passed."""
    whole = Deadline(10)
    later, earlier = whole.shifted(2), whole.shifted(-4)
    assert (later.remaining(), earlier.remaining()) == (12, 6)
    clock[0] += 11
    assert [d.expired for d in (whole, later, earlier)] == [True, False, True]
    assert whole.shifted(0.5).expired
    whole.cancel()
    assert later.expired
