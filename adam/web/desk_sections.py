"""The blocks of the desk, by role: each a list of things with what one can do about them."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from adam.domain import lifecycle
from adam.domain.actors import COORDINATOR, FOCAL_POINT
from adam.domain.findings import KINDS, queue
from adam.queries import desk, finding_groups, findings
from adam.queries import submissions as questions
from adam.services import reports
from adam.services.work import Work
from adam.web import filters, finding_rows
from adam.web.labels import label
from adam.web.submission_page import comments_of

Section = dict[str, Any]
MOST = 5


def of(w: Work) -> list[Section]:
    """The blocks of whoever is signed in, in the order in which they matter."""
    if w.actor.role == FOCAL_POINT and w.actor.partner:
        return [
            _submissions(w, lifecycle.RETURNED),
            _questions(w),
            _to_confirm(w),
            _submissions(w, lifecycle.DRAFT),
            _submissions(w, lifecycle.SUBMITTED),
            _submissions(w, lifecycle.VALIDATED),
            _ending(w),
        ]
    if w.actor.role == COORDINATOR:
        return [_to_validate(w), _by_kind(w, "record"), _by_kind(w, "coordination"), _reports(w)]
    return [_reports(w)] if w.actor.signed_in else []


def lede(w: Work, sections: list[Section]) -> str:
    """How much waits, in a sentence."""
    who = w.vocabulary.partner(w.actor.partner) if w.actor.partner else w.actor.label
    number = sum(section["count"] or 0 for section in sections if section["todo"])
    if not number:
        return _("%(who)s: nothing waits for you.", who=who)
    return f"{who}: {ngettext('one thing waits for you.', '%(num)s things wait for you.', number)}"


def actions(w: Work) -> list[dict[str, Any]]:
    """What one may begin from here."""
    if w.actor.writes_for:
        mine = {"label": _("All our submissions"), "url": "/submissions"}
        file = {"label": _("Projects from a file"), "url": "/imports"}
        return [{"label": _("Enter a project"), "url": "/submissions/new", "main": True}, file, mine]
    if w.actor.coordinates:
        return [{"label": _("Run a report"), "url": "/reports/new", "main": True}]
    return []


def figures(w: Work) -> list[dict[str, Any]]:
    """One's own partner's records, by status."""
    if not w.actor.writes_for:
        return []
    counts = desk.records(w.session, w.actor)
    base = f"/projects?owner={w.actor.partner}"
    found = [{"label": _("Records of ours"), "value": filters.number(sum(counts.values())), "url": base}]
    found += [
        {"label": label(code, "state"), "value": filters.number(counts[code]), "url": f"{base}&status={code}"}
        for code in ("active", "pipeline", "completed")
        if counts.get(code)
    ]
    proposed = desk.proposed(w.session, w.actor)
    if proposed:
        note = _("to confirm or refuse on the page of the record")
        found.append({"label": _("With a proposed pillar"), "value": filters.number(proposed), "note": note})
    return found


def _section(key: str, title: str, items: list[dict[str, Any]], **more: Any) -> Section:
    base = {"id": key, "title": title, "items": items, "count": len(items), "todo": False, "side": False}
    return base | {"note": None, "more": None, "empty": None} | more


WORDS = {
    lifecycle.RETURNED: (
        "to-mend",
        _l("To mend"),
        _l("A submission that a coordinator sends back stands here."),
    ),
    lifecycle.DRAFT: ("drafts", _l("Drafts"), _l("What you save before it is complete stands here.")),
    lifecycle.SUBMITTED: (
        "waiting",
        _l("Waiting for a coordinator"),
        _l("What you submit stands here until then."),
    ),
    lifecycle.VALIDATED: (
        "accepted",
        _l("Lately accepted"),
        _l("What a coordinator accepts becomes a record."),
    ),
}


def _submissions(w: Work, state: str) -> Section:
    key, title, nothing = WORDS[state]
    query = questions.listed(w.actor, (state,), w.actor.partner)
    total = questions.count(w.session, query)
    rows = questions.page(w.session, query, (0, MOST))
    more = (
        {"label": _("See all %(number)s", number=total), "url": f"/submissions?state={state}"}
        if total > MOST
        else None
    )
    return _section(
        key,
        str(title),
        [_submission(w, row) for row in rows],
        count=total,
        todo=state == lifecycle.RETURNED,
        side=state in (lifecycle.SUBMITTED, lifecycle.VALIDATED),
        more=more,
        empty={"title": _("Nothing here"), "text": str(nothing)},
    )


def _submission(w: Work, row: Any) -> dict[str, Any]:
    edit = {
        "label": _("Mend it") if row.state == lifecycle.RETURNED else _("Go on"),
        "url": f"/submissions/{row.id}/edit",
    }
    said = comments_of(w, row.id) if row.state == lifecycle.RETURNED else []
    returned = [one["text"] for one in said if one["move"] == "returned"]
    accepted = row.state == lifecycle.VALIDATED and row.project_id
    return {
        "title": row.title,
        "url": f"/projects/{row.project_id}" if accepted else f"/submissions/{row.id}",
        "reference": row.reference,
        "quote": returned[0] if returned else None,
        "when": filters.day(row.decided_at or row.submitted_at or row.updated_at),
        "actions": [edit | {"main": row.state == lifecycle.RETURNED}]
        if lifecycle.may_edit(row.state)
        else [],
    }


def _questions(w: Work) -> Section:
    """Findings that touch the partner's records."""
    query = findings.listed(w.actor, findings.Filters())
    total = findings.total(w.session, query)
    rows = finding_rows.rows(w, findings.page(w.session, finding_groups.heads(query), (0, MOST)))
    return _section(
        "questions",
        _("Questions that touch us"),
        [
            {"title": row["title"], "url": row["url"], "kind": row["kind"], "text": row["reason"]}
            for row in rows
        ],
        count=total,
        todo=True,
        more={"label": _("See all %(number)s", number=total), "url": "/findings"} if total > MOST else None,
        empty={
            "title": _("No question"),
            "text": _("Records of others that look like yours stand here, with the reasons."),
        },
    )


def _to_confirm(w: Work) -> Section:
    rows, total = desk.to_confirm(w.session, w.actor, w.today, MOST)
    return _section(
        "confirm",
        _("Still correct?"),
        [_record(row, _last(row)) | {"actions": _confirm(row)} for row in rows],
        count=total,
        todo=True,
        note=_("Running records that nobody has confirmed for a year."),
        empty={
            "title": _("All confirmed"),
            "text": _("Running records come here once a year, to be confirmed or updated."),
        },
    )


def _last(row: Any) -> str:
    if row.last_confirmed_on is None:
        return _("never confirmed")
    return _("confirmed %(day)s", day=filters.day(row.last_confirmed_on))


def _confirm(row: Any) -> list[dict[str, Any]]:
    confirm = {"label": _("Still correct"), "url": f"/projects/{row.id}/still-correct", "method": "post"}
    return [
        confirm | {"name": "back", "value": "desk", "main": True},
        {"label": _("Update"), "url": f"/projects/{row.id}/update"},
    ]


def _record(row: Any, text: str) -> dict[str, Any]:
    return {"title": row.title, "url": f"/projects/{row.id}", "reference": row.reference, "text": text}


def _ending(w: Work) -> Section:
    rows, total = desk.ending(w.session, w.actor, w.today, MOST)
    return _section(
        "ending",
        _("Ending soon"),
        [_record(row, _("ends %(day)s", day=filters.day(row.ends))) for row in rows],
        count=total,
        side=True,
        empty={
            "title": _("Nothing ends in the next 12 months"),
            "text": _(
                "Records whose planned end comes near appear here, so that a follow-up can be entered in time."
            ),
        },
    )


def _to_validate(w: Work) -> Section:
    query = questions.listed(w.actor, (lifecycle.SUBMITTED,))
    total = questions.count(w.session, query)
    rows = questions.page(w.session, query, (0, MOST), oldest_first=True)
    items = [
        _submission(w, row) | {"text": w.vocabulary.partner(row.partner), "actions": [_read(row)]}
        for row in rows
    ]
    return _section(
        "validate",
        _("To validate"),
        items,
        count=total,
        todo=True,
        more={"label": _("The whole queue"), "url": "/validate"} if total > MOST else None,
        empty={
            "title": _("Nothing waits for you"),
            "text": _("Submissions of partners appear here as soon as they are sent."),
        },
    )


def _read(row: Any) -> dict[str, Any]:
    return {"label": _("Read and decide"), "url": f"/submissions/{row.id}"}


def _by_kind(w: Work, which: str) -> Section:
    within = tuple(kind for kind in KINDS if queue(kind) == which)
    query = findings.listed(w.actor, findings.Filters(kinds=within))
    counts = findings.counts(w.session, query)
    kinds = [kind for kind in within if counts.get(kind)]
    items = [
        {
            "title": label(kind, "kinds"),
            "url": f"/findings?tab={which}&kind={kind}",
            "kind": kind,
            "text": ngettext("One waits.", "%(num)s wait.", counts[kind]),
        }
        for kind in kinds
    ]
    title = _("Questions about records") if which == "record" else _("Questions about assistance")
    empty = {"title": _("Nothing waits here"), "text": _("Findings appear here after each screening.")}
    return _section(which, title, items, count=findings.total(w.session, query), todo=True, empty=empty)


def _reports(w: Work) -> Section:
    rows = reports.listed(w, (0, MOST))
    items = [
        {
            "title": row.title,
            "url": f"/reports/{row.id}",
            "reference": row.reference,
            "when": filters.day(row.created_at),
        }
        for row in rows
    ]
    empty = {
        "title": _("No report has been run yet"),
        "text": _("Run one: it is stored and can be read again."),
    }
    more = {"label": _("All reports"), "url": "/reports"} if items else None
    return _section("reports", _("Newest reports"), items, count=None, side=True, more=more, empty=empty)
