"""How findings stand, for their rows and pages: who decided when, what reopened them, whether a review is due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from adam.domain.findings import DECIDED, REOPENED
from adam.queries import finding_changes
from adam.queries import findings as questions
from adam.services.work import Work
from adam.web import filters, navigation
from adam.web.form_errors import part

Standing = dict[str, Any]


def of(w: Work, found: Sequence[Any]) -> dict[str, Standing]:
    """Finding id to {verdict, by, when, reason, review_on, due, because: text or None}, of those ever decided."""
    judged = questions.newest(w.session, [one.id for one in found if one.state in (DECIDED, REOPENED)])
    back = [one for one in found if one.state == REOPENED and one.id in judged and one.a_id]
    changed = finding_changes.since(
        w.session, w.actor, {(one.a_id, one.b_id): judged[one.id].at for one in back}
    )
    return {
        one.id: _standing(w, one, judged[one.id], changed.get((one.a_id, one.b_id), []))
        for one in found
        if one.id in judged
    }


def _standing(w: Work, item: Any, judgement: Any, changed: list[str]) -> Standing:
    due = judgement.review_on is not None and judgement.review_on <= w.today
    return {
        "verdict": judgement.verdict,
        "reason": judgement.reason,
        "by": judgement.author,
        "when": judgement.at,
        "review_on": judgement.review_on,
        "due": due and item.state == DECIDED,
        "labour": (judgement.terms or {}).get("division_of_labour"),
        "case_url": _case(judgement.terms or {}),
        "because": _because(changed, judgement.review_on if due else None)
        if item.state == REOPENED
        else None,
    }


def _case(terms: dict[str, Any]) -> str | None:
    """The page of the case that a verdict opened."""
    return f"/cases/{terms['case']}" if terms.get("case") and navigation.exists("/cases") else None


def _because(changed: list[str], review_on: Any) -> str:
    """Why a decided finding is asked again."""
    if changed:
        return _("changed since: %(fields)s", fields=", ".join(part(name) for name in changed))
    if review_on:
        return _("to be looked at again on %(day)s", day=filters.day(review_on))
    return _("a deciding field changed")


def earlier(w: Work, item: Any) -> list[Standing]:
    """What was decided on the same pair or cell before, newest first, and who took it back; what stands is apart."""
    said = questions.judgements(w.session, item.id)
    stands = next((one.id for one in said if one.undone_at is None), None)
    return [
        {"verdict": one.verdict, "reason": one.reason, "by": one.author, "when": one.at}
        | {"undone_by": one.undone_by, "undone_at": one.undone_at, "undone_because": one.undone_because}
        for one in said
        if one.id != stands
    ]
