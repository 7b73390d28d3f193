"""What waits for somebody, as the navigation of every page says it: counted once for as long as nothing changes."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from adam.domain.actors import Actor
from adam.queries import changes, desk
from adam.services.work import Work

KEPT = 500
"""For so many people at once; who was not here for longest is counted anew."""
_Key = tuple[str, Actor]
_known: OrderedDict[_Key, tuple[changes.Mark, dict[str, int]]] = OrderedDict()
_lock = Lock()


def counts(w: Work) -> dict[str, int]:
    """Page to the number of things that wait there for who asks.

    Every change is in the history, so as long as its newest entry is the same nothing else can have been counted.
    """
    key, mark = (str(w.session.get_bind().engine.url), w.actor), changes.last(w.session)
    with _lock:
        known = _known.get(key)
    if known and known[0] == mark and mark.number:
        return known[1]
    found = desk.waiting(w.session, w.actor)
    with _lock:
        _known[key] = mark, found
        _known.move_to_end(key)
        while len(_known) > KEPT:
            _known.popitem(last=False)
    return found
