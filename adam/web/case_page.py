"""The list of cases, and the page of one: what was seen, the messages of both sides, and how it ends."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain.cases import CLOSED, OPEN, OPENED, OUTCOMES, OVERDUE, SAID, overdue
from adam.domain.findings import CASE_VERDICTS, GONE, REOPENED
from adam.errors import AdamError, Invalid
from adam.queries import cases as questions
from adam.queries import history
from adam.services import cases, readings
from adam.services.work import Work
from adam.web import choices, filters, finding_people, pager, steps
from adam.web.labels import label

Failure = tuple[str, dict[str, str], AdamError]
"""Which form it was (the end of its address), its values, and what stood in the way."""
TABS = (None, OPEN, OVERDUE, CLOSED)


def listed(w: Work) -> str:
    """The list, with its filters and how many there are of each state."""
    state = request.args.get("state")
    state = state if state in TABS else None
    asked = {"kind": _one_of("kind", CASE_VERDICTS), "partner": request.args.getlist("partner")[:9]}
    kinds, partners = tuple(asked["kind"]), tuple(code for code in asked["partner"] if code)
    text = request.args.get("q", "").strip()[:200]
    every = questions.listed(w.actor, questions.Filters(None, kinds, partners, None, text), w.today)
    query = questions.listed(w.actor, questions.Filters(state, kinds, partners, None, text), w.today)
    counts, rows = (
        questions.counts(w.session, every, w.today),
        questions.page(w.session, query, pager.window()),
    )
    return render_template(
        "cases/list.html",
        tabs=_tabs(state, counts),
        filters=_filters(w, kinds, partners, text),
        hidden={"state": state} if state else {},
        cases=[row(w, case) for case in rows],
        pager=pager.links(len(rows), questions.total(w.session, query)),
        filtered=bool(kinds or partners or text),
    )


def _one_of(name: str, known: tuple[str, ...]) -> list[str]:
    return [code for code in request.args.getlist(name) if code in known]


def _tabs(current: str | None, counts: dict[str, int]) -> list[dict[str, Any]]:
    number = {None: counts[OPEN] + counts[CLOSED]} | counts
    return [
        {
            "label": _("All") if code is None else label(code, "case"),
            "url": pager.url(state=code, page=None),
            "count": number[code],
            "current": code == current,
        }
        for code in TABS
    ]


def _filters(w: Work, kinds: tuple[str, ...], partners: tuple[str, ...], text: str) -> list[dict[str, Any]]:
    named = [choices.choice(code, one.name) for code, one in w.vocabulary.partners.items()]
    found = [
        {
            "name": "kind",
            "label": _("What it is about"),
            "all": _("Both"),
            "options": [choices.choice(code, label(code, "kind")) for code in CASE_VERDICTS],
            "value": kinds[0] if kinds else None,
        },
        {
            "name": "partner",
            "label": _("Partner") if w.actor.coordinates else _("With partner"),
            "all": _("Any"),
            "options": named,
            "value": partners[0] if partners else None,
        },
    ]
    return [*found, {"name": "q", "label": _("Words of the titles"), "value": text, "type": "search"}]


def row(w: Work, case: Any) -> dict[str, Any]:
    """A case in a list or on a desk."""
    late = overdue(case.state, case.due_on, w.today)
    return {
        "reference": case.reference,
        "url": f"/cases/{case.id}",
        "title": case.title,
        "kind": case.kind,
        "state": OVERDUE if late else case.state,
        "partners": [w.vocabulary.partner(code) for code in dict.fromkeys((case.partner_a, case.partner_b))],
        "due_on": case.due_on,
        "days_late": (w.today - case.due_on).days if late else 0,
        "outcome": label(case.outcome, "outcome") if case.outcome else None,
        "updated_at": case.updated_at,
        "closed_at": case.closed_at,
    }


def page(w: Work, case_id: str, failure: Failure | None = None) -> str:
    """The page, with what stood in the way of what was sent. Raises NotFound."""
    case = readings.case(w, case_id)
    finding = questions.finding_of(w.session, case)
    decides, is_open = cases.may_decide(w, case), case.state == OPEN
    form, values, error = failure or (None, {}, None)
    return render_template(
        "cases/show.html",
        case=row(w, case)
        | {
            "version": case.version,
            "author": case.author,
            "opened_at": case.opened_at,
            "closed_by": case.closed_by,
            "outcome_text": case.outcome_text,
            "finding_url": f"/findings/{case.finding_id}",
        },
        again=_again(finding),
        seen=_seen(w, case.seen),
        messages=[_message(w, one) for one in questions.messages(w.session, case.id)],
        people=finding_people.answering(w, [case.partner_a, case.partner_b]),
        may={
            "say": is_open and cases.may_say(w, case),
            "decide": decides and is_open,
            "reopen": decides and not is_open,
            "own": w.actor.coordinates and not decides,
        },
        outcomes=[
            {"value": code, "label": label(code, "outcome"), "note": NOTES.get(code)} for code in OUTCOMES
        ],
        form=form,
        values=values,
        errors=_errors(error),
        history=steps.said(history.of(w.session, "case", case.id)) if w.actor.coordinates else [],
    )


NOTES = {
    "labour_divided": "The verdict becomes complementary; your words say who does what.",
    "no_overlap": "The verdict becomes unrelated.",
}


def _again(finding: Any) -> str | None:
    """What happened to the finding since."""
    if finding is not None and finding.state == REOPENED:
        return _("A deciding field of one of the records changed since: the question is asked again.")
    if finding is None or finding.state == GONE:
        return _("The records changed, and the finding no longer holds.")
    return None


def _seen(w: Work, seen: dict[str, Any]) -> dict[str, Any]:
    records = [
        one
        | {
            "url": f"/projects/{one['id']}",
            "owner": w.vocabulary.partner(one["owner"]),
            "period": filters.period(one["begins"], one["ends"]),
            "usd": Decimal(one["usd"]) if one["usd"] else None,
        }
        for one in seen["records"]
    ]
    stake = Decimal(seen["stake"]) if seen["stake"] else None
    return seen | {"records": records, "stake": stake, "score": float(seen["score"])}


def _message(w: Work, said: Any) -> dict[str, Any]:
    doing = None if said.move == SAID else label(said.move, "case_move")
    return {
        "by": said.author,
        "side": w.vocabulary.partner(said.partner) if said.partner else _("coordination"),
        "when": said.at,
        "text": said.text,
        "doing": doing,
        "first": said.move == OPENED,
    }


def _errors(error: AdamError | None) -> dict[str, list[str]]:
    """The sentences at the fields."""
    if error is None:
        return {}
    if not isinstance(error, Invalid):
        return {"form": [str(error)]}
    missing = {
        "text": _("Write a word."),
        "reason": _("Say why, in a sentence."),
        "outcome": _("Choose how it ends."),
        "due_on": _("Give the new day."),
    }
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        key = problem.pointer.removeprefix("#/")
        said = missing.get(key, problem.detail) if problem.code == "required" else problem.detail
        found.setdefault(key, []).append(said)
    return found


def waiting(number: int) -> str:
    """How many days a case is late, in words."""
    return ngettext("one day overdue", "%(num)s days overdue", number)
