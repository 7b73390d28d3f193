"""How requests are counted: in windows that end, without a thread, and forgotten afterwards."""

import threading

import pytest

from adam.http import limits
from adam.http.limits import Counts


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which the test sets."""
    now = [1000.0]
    monkeypatch.setattr(limits, "time", lambda: now[0])
    return now


def test_a_window_begins_with_its_first_request_and_ends_as_told(clock: list[float]):
    counts = Counts()

    assert [counts.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    assert counts.get("a") == 3 and counts.get_expiry("a") == 1060

    clock[0] = 1060
    assert counts.get("a") == 0
    assert counts.incr("a", 60) == 1 and counts.get_expiry("a") == 1120


def test_what_is_over_is_forgotten(clock: list[float]):
    counts = Counts()
    for name in "abc":
        counts.incr(name, 1)

    clock[0] += Counts.SWEEP + 1
    counts.incr("d", 60)

    assert counts.reset() == 1


def test_counting_starts_no_thread_and_loses_nothing_between_threads():
    counts, before = Counts(), threading.active_count()

    def count() -> None:
        for _ in range(500):
            counts.incr("a", 60)

    workers = [threading.Thread(target=count) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert counts.get("a") == 2000
    assert threading.active_count() == before
