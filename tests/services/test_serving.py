"""What a server has ready before it is asked, and how short it keeps the search for garbage."""

import gc
from collections.abc import Iterator
from threading import Thread

import pytest
from sqlalchemy.orm import sessionmaker

from adam.services import holdings, register, rules, serving


@pytest.fixture
def as_it_was() -> Iterator[None]:
    """The search for garbage goes on afterwards as before."""
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)
    gc.callbacks[:] = [called for called in gc.callbacks if not isinstance(called, serving.Lasting)]


def begun(read: list[str], name: str) -> Thread:
    """A thread that has read its part."""
    thread = Thread(target=read.append, args=(name,))
    thread.start()
    thread.join()
    return thread


def searched(lasting: serving.Lasting, generation: int) -> int:
    """How many things are left out of later searches after one of this generation."""
    lasting("start", {"generation": generation})
    lasting("stop", {"generation": generation})
    return gc.get_freeze_count()


@pytest.mark.usefixtures("as_it_was")
def test_what_outlives_a_whole_search_is_left_out_of_the_next() -> None:
    lasting, before = serving.Lasting(), gc.get_freeze_count()

    among_the_young, of_all = searched(lasting, 1), searched(lasting, 2)

    assert among_the_young == before
    assert of_all > before + 10_000


@pytest.mark.usefixtures("as_it_was")
def test_every_tenth_whole_search_goes_through_all_so_that_nothing_is_kept_for_good() -> None:
    lasting = serving.Lasting()
    for _ in range(serving.WHOLE - 1):
        searched(lasting, 2)
    left_out = gc.get_freeze_count()

    lasting("start", {"generation": 2})

    assert left_out > 10_000
    assert gc.get_freeze_count() == 0


@pytest.mark.usefixtures("as_it_was")
def test_a_server_settles_once_its_figures_and_its_index_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    settled: list[tuple[str, ...]] = []
    monkeypatch.setattr(serving, "settle", lambda: settled.append(tuple(read)))
    for part in (holdings, register):
        monkeypatch.setattr(part, "warm", lambda *_, name=part.__name__: begun(read, name))

    serving.warm(sessionmaker(), rules.load()).join()

    assert settled[-1] == (holdings.__name__, register.__name__)


@pytest.mark.usefixtures("as_it_was")
def test_settling_twice_watches_the_search_for_garbage_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc, "collect", lambda: 0)

    serving.settle()
    serving.settle()

    assert gc.get_threshold()[0] == serving.YOUNG
    assert sum(isinstance(called, serving.Lasting) for called in gc.callbacks) == 1
