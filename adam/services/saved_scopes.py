"""Verbs of saved scopes: keep a report under a name, run it now or on its day, pause it, forget it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from adam.domain import rhythms
from adam.domain.actors import system
from adam.domain.documents import plain
from adam.errors import AdamError, Forbidden, Stale
from adam.models.accounts import Account
from adam.models.reports import Report
from adam.models.saved_scopes import SavedScope
from adam.queries import saved_scopes as questions
from adam.services import accounts, messages, reports
from adam.services.mails import Sessions
from adam.services.rules import Rules
from adam.services.work import Work, working

CHANGEABLE = ("name", "forms", "rhythm", "day", "paused")
log = logging.getLogger("adam.jobs")


def save(w: Work, draft: Mapping[str, Any]) -> SavedScope:
    """Keep a scope under a name. Raises Forbidden without an account, Invalid as running it would."""
    if w.actor.account is None:
        raise Forbidden("Sign in to save a scope.")
    reports.known(w, draft["scope"])
    found = SavedScope(
        **{name: draft[name] for name in CHANGEABLE},
        kind=draft["kind"],
        scope=plain(dict(draft["scope"])),
        owner_id=w.actor.account,
        created_at=w.now,
        version=1,
    )
    _plan(w, found)
    w.session.add(found)
    w.session.flush()
    w.record("saved_scope.saved", _key(found), None, document(found))
    return found


def change(w: Work, scope_id: str, draft: Mapping[str, Any], version: int | None = None) -> SavedScope:
    """Change its name, its files, or when it runs. Raises NotFound, or Stale where it was changed since."""
    found = _locked(w, scope_id, version)
    before = document(found)
    for name in CHANGEABLE:
        if name in draft:
            setattr(found, name, draft[name])
    if document(found) != before:
        _plan(w, found)
        found.version += 1
        w.session.flush()
        w.record("saved_scope.changed", _key(found), before, document(found))
    return found


def forget(w: Work, scope_id: str, version: int | None = None) -> None:
    """Take it away; the reports it made stay."""
    found = _locked(w, scope_id, version)
    w.record("saved_scope.forgotten", _key(found), document(found), None)
    w.session.delete(found)
    w.session.flush()


def run(w: Work, scope_id: str) -> Report:
    """Run it now, as its owner; when it runs next stays as it is."""
    return _run(w, questions.one(w.session, w.actor, scope_id))


def run_due(make: Sessions, rules: Rules) -> int:
    """Run every saved scope whose day has come, each in a transaction of its own; answers how many ran.

    However many days were missed, it runs once, and its next day lies ahead. One that fails is left until its next day.
    """
    with working(make, system("schedule"), rules, read_only=True) as w:
        ids = list(questions.due(w.session, w.today))
    return sum(_run_once(make, rules, one) for one in ids)


def _run_once(make: Sessions, rules: Rules, scope_id: str) -> bool:
    try:
        with working(make, system("schedule"), rules) as w:
            return _due(w, scope_id) is not None
    except AdamError:
        log.exception("the scheduled report %s failed", scope_id)
    with working(make, system("schedule"), rules) as w:
        found = w.session.get(SavedScope, scope_id)
        if found is not None:
            _plan(w, found)
    return False


def _due(w: Work, scope_id: str) -> Report | None:
    """Run one whose day has come, and tell its owner; None where another worker did, or the owner is gone."""
    found = w.session.get(SavedScope, scope_id, with_for_update=True)
    if found is None or found.paused or found.next_on is None or found.next_on > w.today:
        return None
    owner = w.session.get(Account, found.owner_id)
    if owner is None or not owner.active:
        found.paused, found.next_on = True, None
        w.record("saved_scope.paused", _key(found), None, {"reason": "its owner's account is closed"})
        return None
    report = _run(replace(w, actor=accounts.actor_at(w, owner)), found)
    _plan(w, found)
    w.announce("report.ready", ("report", report.id), {"name": found.name})
    messages.tell(w, owner.id, "scheduled", ("report", report.id), title=found.name)
    return report


def _run(w: Work, found: SavedScope) -> Report:
    report = reports.run(w, found.kind, reports.draft_of(found.scope))
    found.last_run_at, found.last_report_id = w.now, report.id
    w.session.flush()
    return report


def _plan(w: Work, found: SavedScope) -> None:
    """The next day on which it runs by itself."""
    found.next_on = None if found.paused else rhythms.following(found.rhythm, found.day, w.today)


def document(found: SavedScope) -> dict[str, Any]:
    """What its owner said of it."""
    return {name: getattr(found, name) for name in (*CHANGEABLE, "kind", "scope")}


def _locked(w: Work, scope_id: str, version: int | None) -> SavedScope:
    found = questions.one(w.session, w.actor, scope_id)
    w.session.refresh(found, with_for_update=True)
    if version is not None and version != found.version:
        raise Stale()
    return found


def _key(found: SavedScope) -> tuple[str, str]:
    return ("saved_scope", found.id)
