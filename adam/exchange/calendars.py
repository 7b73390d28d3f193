"""Calendars (RFC 5545) out: days on which something is due, under ids that stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

KIND = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Due:
    """Something due on a day (or on the days up to `until`): an id of its own, a line, more words, and its page."""

    id: str
    day: date
    title: str
    about: str
    url: str
    changed: datetime
    until: date | None = None
    place: str | None = None


def written(name: str, listed: Iterable[Due]) -> bytes:
    """The calendar; the same days give the same bytes. A day is a whole day, wherever one is."""
    calendar = Calendar()
    calendar.add("prodid", "-//ADAM//Paris Pact//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for due in listed:
        calendar.add_component(_event(due))
    return calendar.to_ical()


def _event(due: Due) -> Event:
    event = Event()
    event.add("uid", due.id)
    event.add("dtstamp", due.changed)
    event.add("last-modified", due.changed)
    event.add("dtstart", due.day)
    event.add("dtend", (due.until or due.day) + timedelta(days=1))
    event.add("summary", due.title)
    event.add("description", due.about)
    event.add("url", due.url)
    if due.place:
        event.add("location", due.place)
    event.add("transp", "TRANSPARENT")
    return event
