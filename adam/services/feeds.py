"""Feeds and calendars: what changed and what is due as their reader may see it, and the addresses to read them by."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.errors import Forbidden, NotFound
from adam.exchange import atom, calendars
from adam.models import new_id
from adam.models.feeds import FeedKey
from adam.queries import feeds as questions
from adam.queries import projects
from adam.services import accounts
from adam.services.work import Work

CHANGES, CALENDAR = "changes", "calendar"
KINDS = (CHANGES, CALENDAR)
BACK, AHEAD = timedelta(days=31), timedelta(days=366)


def open_address(w: Work, kind: str) -> str:
    """The secret of a new personal address, there this once; one that was there before is worth nothing from now on.

    Raises Forbidden for whoever has no account, NotFound for a kind that isn't known.
    """
    account_id = _account(w, kind)
    before = questions.keys(w.session, account_id).get(kind)
    if before is not None:
        w.session.delete(before)
        w.session.flush()
    secret = secrets.token_urlsafe(32)
    key = FeedKey(
        id=new_id(), account_id=account_id, kind=kind, secret_hash=accounts.digest(secret), created_at=w.now
    )
    w.session.add(key)
    w.session.flush()
    w.record("feed.opened", ("account", account_id), None, {"kind": kind})
    return secret


def close_address(w: Work, kind: str) -> None:
    """Take a personal address back at once. Raises NotFound where there is none."""
    account_id = _account(w, kind)
    found = questions.keys(w.session, account_id).get(kind)
    if found is None:
        raise NotFound("There is no such address.")
    w.session.delete(found)
    w.session.flush()
    w.record("feed.closed", ("account", account_id), {"kind": kind}, None)


def _account(w: Work, kind: str) -> str:
    if kind not in KINDS:
        raise NotFound("There is no such kind of feed.")
    if w.actor.account is None:
        raise Forbidden("A personal address is made for an account.")
    return w.actor.account


def actor_of(session: Session, kind: str, secret: str, today: Any) -> Actor:
    """Whose address this is, as somebody who only reads. Raises NotFound for one that isn't, or is no longer, ours."""
    found = questions.holder(session, kind, accounts.digest(secret), today)
    if found is None:
        raise NotFound("This address isn't known, or was taken back.")
    return accounts.actor_of(found[0], frozenset({"read"}), ended=found[1])


def changes(w: Work, filters: projects.Filters, addresses: tuple[str, str, str]) -> atom.Feed:
    """The records changed last; `addresses` are that of this installation, of the feed, and of its page."""
    base, own, page = addresses
    entries = [_entry(w, row, base) for row in questions.changed(w.session, w.actor, filters)]
    return atom.Feed(own, _title(w, filters), own, page, tuple(entries))


def _title(w: Work, filters: projects.Filters) -> str:
    words = w.vocabulary
    # What nobody knows isn't said: it may be anything, and XML can't hold everything.
    about = [words.country(code) for code in filters.country if code in words.countries]
    about += [f"pillar {code}, {words.pillar(code)}" for code in filters.pillar if code in words.pillars]
    about += [f"reported by {words.partner(code)}" for code in filters.owner if code in words.partners]
    return f"ADAM: changed projects ({'; '.join(about)})" if about else "ADAM: changed projects"


def _entry(w: Work, project: Any, base: str) -> atom.Entry:
    words, document = w.vocabulary, project.document
    pillars = sorted({row["pillar"] for row in document["pillars"] if not row["proposed"]})
    countries = [row["country"] for row in document["countries"]]
    where = ", ".join(words.country(code) for code in countries) or "no country given"
    what = ", ".join(f"{code} {words.pillar(code)}" for code in pillars) or "no pillar assigned"
    done = "Recorded" if project.version == 1 else "Changed"
    partner = words.partner(project.owner)
    return atom.Entry(
        id=f"urn:uuid:{project.id}",
        title=project.title,
        url=f"{base}/projects/{project.id}",
        published=project.created_at,
        updated=project.updated_at,
        summary=f"{done}: {project.reference}, {project.status}; {where}; {what}; reported by {partner}.",
        author=partner,
        categories=(
            *((f"{base}/api/v1/vocabulary/countries", code, words.country(code)) for code in countries),
            *((f"{base}/api/v1/vocabulary/pillars", code, words.pillar(code)) for code in pillars),
        ),
    )


def due(w: Work, base: str) -> list[calendars.Due]:
    """What is due for this reader, by its days: rounds and cases, meetings, recommendations, ends of projects."""
    window = (w.today - BACK, w.today + AHEAD)
    found = [*_rounds(w, base), *_meetings(w, base, window), *_recommendations(w, base, window)]
    found += [*_cases(w, base), *_endings(w, base, window)]
    return sorted(found, key=lambda one: (one.day, one.id))


def _rounds(w: Work, base: str) -> list[calendars.Due]:
    return [
        calendars.Due(
            f"round-{row.id}@adam",
            row.deadline,
            f"Answers due: {row.title}",
            f"{row.reference}: the validation round ends on this day.",
            f"{base}/validation-rounds/{row.id}",
            row.reminded_at or row.opened_at,
        )
        for row in questions.open_rounds(w.session, w.actor)
    ]


def _meetings(w: Work, base: str, window: tuple[date, date]) -> list[calendars.Due]:
    return [
        calendars.Due(
            f"meeting-{row.id}@adam",
            row.starts_on,
            row.title,
            row.summary or row.reference,
            f"{base}/meetings/{row.id}",
            row.created_at,
            row.ends_on,
            row.place,
        )
        for row in questions.held(w.session, w.actor, window)
        if row.starts_on is not None
    ]


def _recommendations(w: Work, base: str, window: tuple[date, date]) -> list[calendars.Due]:
    return [
        calendars.Due(
            f"recommendation-{row.id}@adam",
            row.due,
            f"Recommendation due: {row.title}",
            row.reference,
            f"{base}/recommendations/{row.id}",
            row.updated_at,
        )
        for row in questions.asked_of(w.session, w.actor, window)
        if row.due is not None
    ]


def _cases(w: Work, base: str) -> list[calendars.Due]:
    """By reference alone: a case may be about a confidential record, and its reading is not written down here."""
    return [
        calendars.Due(
            f"case-{row.id}@adam",
            row.due_on,
            f"Agreement due: case {row.reference}",
            f"{w.vocabulary.partner(row.partner_a)}; {w.vocabulary.partner(row.partner_b)}",
            f"{base}/cases/{row.id}",
            row.updated_at,
        )
        for row in questions.open_cases(w.session, w.actor, w.today)
    ]


def _endings(w: Work, base: str, window: tuple[date, date]) -> list[calendars.Due]:
    return [
        calendars.Due(
            f"end-{row.id}@adam",
            row.ends,
            f"Ends: {row.title}",
            f"{row.reference}, {row.status}, reported by {w.vocabulary.partner(row.owner)}.",
            f"{base}/projects/{row.id}",
            row.updated_at,
        )
        for row in questions.ending(w.session, w.actor, window)
        if row.ends is not None
    ]
