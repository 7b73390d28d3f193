"""The history of a record or a submission on its page: when, who, what in words, and each field before and after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import gettext as _
from sqlalchemy import Select

from adam.domain.actors import ROLE_NAMES
from adam.http import paging
from adam.queries import accounts, history
from adam.queries.history import Told
from adam.services.work import Work
from adam.web import differences, filters, steps
from adam.web.form_errors import part

MOST = 20
SAID = ("submission.returned", "submission.rejected", "submission.replied", "submission.remarked")
"""Steps at which somebody said something."""
Shown = dict[str, Any]


def of_record(w: Work, project_id: str) -> Shown:
    """A page of a record's history, for macros/history.html; whether the reader may know is asked before."""
    return _page(w, history.of_record(project_id), f"/projects/{project_id}")


def of_submission(w: Work, submission: Any) -> Shown:
    """The same of a submission, as far as it is this reader's to see."""
    return _page(w, history.of_submission(w.actor, submission), f"/submissions/{submission.id}")


def _page(w: Work, query: Select[Any], url: str) -> Shown:
    after = paging.position() if request.path == url else None
    story = history.story(w.session, w.actor, query, (int(after[0]) if after else None, MOST))
    return {
        "entries": _entries(w, story.entries),
        "earlier_url": f"{_earlier(url, story.following)}#history" if story.following else None,
        "newest_url": f"{url}#history" if after else None,
    }


def _earlier(url: str, following: int) -> str:
    """Where the earlier ones are; a page that answers a form leads to the page itself, which leads there."""
    return paging.next_url(paging.cursor_for([following])) if request.path == url else url


def _entries(w: Work, told: list[Told]) -> list[Shown]:
    people = accounts.known(w.session, (entry.account for entry in told if entry.account))
    return [_entry(entry, _whose(people.get(entry.account or ""))) for entry in told]


def _entry(entry: Told, whose: str) -> Shown:
    """One entry; what is new as a whole names no fields in its sentence."""
    found = changes(entry)
    names = [one["field"] for one in found] if entry.before else []
    step = history.Step(entry.at, entry.actor, entry.action, names, entry.after)
    return {
        "when": entry.at,
        "by": entry.actor,
        "whose": whose,
        "text": _begun(steps.sentence(step)),
        "said": entry.after.get("comment") if entry.action in SAID else None,
        "changes": found,
    }


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _whose(account: Any) -> str:
    """The partner that somebody writes for, or their role; nothing for the system and for who is no longer there."""
    if account is None:
        return ""
    return filters.partner_name(account.partner) if account.partner else _(ROLE_NAMES[account.role])


def changes(entry: Told) -> list[Shown]:
    """Each field that differs, before and after, for macros/differences.html."""
    found = differences.between(entry.before, entry.after)
    return [*found, *_confirmed(entry), *_others(entry)]


def _confirmed(entry: Told) -> Iterable[Shown]:
    """Pillars that are no longer only proposed: a difference that a comparison of the partner's words leaves out."""
    if entry.action != "assignment.confirmed":
        return
    after = {(row["pillar"], row["commitment"]): row for row in entry.after.get("pillars") or ()}
    for row in entry.before.get("pillars") or ():
        now = after.get((row["pillar"], row["commitment"]))
        if now and row.get("proposed") and not now.get("proposed"):
            before, then = (differences.row_text("pillars", one) for one in (row, now))
            yield _single("pillars", part("pillars"), before, then)


def _others(entry: Told) -> Iterable[Shown]:
    """What differs beside the document: figures, answers, reasons and words."""
    for key, name in _names().items():
        before, after = entry.before.get(key), entry.after.get(key)
        if before != after and (key != "usd" or entry.action == "project.converted"):
            yield _single(key, name, _text(key, before), _text(key, after))


def _names() -> dict[str, str]:
    return {
        "usd": _("Figure in US dollars"),
        "last_confirmed_on": _("Last confirmed"),
        "answer": _("Answer"),
        "remark": _("Remark"),
        "reason": _("Reason"),
        "settlement": _("Settled"),
    }


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str):
        return ""
    if key == "usd":
        return filters.plain(filters.money(value, "USD"))
    if key == "answer":
        words = {"same": _("the same"), "related": _("related"), "different": _("different")}
        return words.get(value, str(value))
    return differences.text_of(key, value) if key == "last_confirmed_on" else value


def _single(field: str, name: str, before: str, after: str) -> Shown:
    return {"field": field, "name": name, "before": before, "after": after, "rows": None, "words": None}
