"""Verbs of meetings: enter one, change it, load those of the sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from adam.domain.documents import plain
from adam.errors import Forbidden, Stale
from adam.models.meetings import Meeting
from adam.queries import meetings as questions
from adam.services import counters
from adam.services.work import Work

FIELDS = ("title", "kind", "pillar", "place", "host", "starts_on", "ends_on", "summary", "source")


def record(w: Work, draft: dict[str, Any]) -> Meeting:
    """Enter a meeting. Raises Forbidden but for coordinators."""
    _may(w)
    meeting = Meeting(
        reference=counters.reference(w.session, "meeting"), created_at=w.now, version=1, **draft
    )
    w.session.add(meeting)
    w.session.flush()
    w.record("meeting.recorded", _key(meeting), None, document(meeting))
    return meeting


def change(w: Work, meeting_id: str, draft: dict[str, Any], version: int | None = None) -> Meeting:
    """Change what the draft names. Raises NotFound, Forbidden, or Stale where somebody else changed it since."""
    meeting = questions.one(w.session, w.actor, meeting_id)
    _may(w)
    w.session.refresh(meeting, with_for_update=True)
    if version is not None and version != meeting.version:
        raise Stale()
    before = document(meeting)
    for name, value in draft.items():
        setattr(meeting, name, value)
    if document(meeting) != before:
        meeting.version += 1
        w.session.flush()
        w.record("meeting.changed", _key(meeting), before, document(meeting))
    return meeting


def load(w: Work, rows: Iterable[dict[str, Any]]) -> int:
    """Enter the meetings of a file that are not there yet, by title and day; answers how many."""
    known = {
        (row.title, row.starts_on) for row in w.session.execute(select(Meeting.title, Meeting.starts_on))
    }
    new = [row for row in rows if (row["title"], row["starts_on"]) not in known]
    for row in new:
        record(w, row)
    return len(new)


def document(meeting: Meeting) -> dict[str, Any]:
    """What was entered, as the history holds it."""
    return plain({name: getattr(meeting, name) for name in FIELDS})


def _may(w: Work) -> None:
    if not (w.actor.coordinates or w.actor.system):
        raise Forbidden("Only a coordinator enters or changes a meeting.")


def _key(meeting: Meeting) -> tuple[str, str]:
    return ("meeting", meeting.id)
