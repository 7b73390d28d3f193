"""What waits for somebody and how much there is of it: counted once for as long as nothing changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from adam.queries import changes, desk, finding_counts, findings
from adam.queries.finding_counts import Tally
from adam.services.work import Work

KEPT = 2000
"""So many counts at once; what was not asked for the longest time is counted anew."""
Count = TypeVar("Count")
_Key = tuple[Hashable, ...]
_known: OrderedDict[_Key, tuple[changes.Mark, Any]] = OrderedDict()
_lock = Lock()


def counts(w: Work) -> dict[str, int]:
    """Page to the number of things that wait there for who asks, as the navigation of every page says it."""
    return kept(w, "waiting", lambda: desk.waiting(w.session, w.actor))


def tally(w: Work, filters: findings.Filters) -> Tally:
    """How many of the questions that pass there are for who asks, by queue, kind and state."""
    query = findings.listed(w.actor, filters)
    return kept(w, ("tally", filters), lambda: finding_counts.tally(w.session, query))


def kept(w: Work, what: Hashable, ask: Callable[[], Count]) -> Count:
    """The answer to a question of who asks, today; `what` names it. It must be nothing that anybody changes.

    Every change is in the history, so as long as its newest entry is the same nothing else can have been counted;
    that somebody read something is no change.
    """
    key: _Key = (str(w.session.get_bind().engine.url), w.actor, w.today, what)
    mark = w.changed
    with _lock:
        known = _known.get(key)
        if known and known[0] == mark and mark.number:
            _known.move_to_end(key)
            found: Count = known[1]
            return found
    found = ask()
    with _lock:
        _known[key] = mark, found
        _known.move_to_end(key)
        while len(_known) > KEPT:
            _known.popitem(last=False)
    return found
