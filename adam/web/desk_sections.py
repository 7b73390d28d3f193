"""The blocks of the desk, by role: each a list of things with what one can do about them."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from adam.domain import lifecycle
from adam.domain.actors import COORDINATOR, FOCAL_POINT
from adam.queries import desk, findings, mentions
from adam.queries import submissions as questions
from adam.services import waiting
from adam.services.work import Work
from adam.web import desk_cases, desk_follow_up, desk_rounds, desk_rows, filters, finding_rows
from adam.web import desk_others as others
from adam.web import desk_people as people
from adam.web import desk_queues as queues
from adam.web.desk_rows import MOST, Section, section
from adam.web.labels import label


def of(w: Work) -> list[Section]:
    """The blocks of whoever is signed in, in the order in which they matter."""
    if w.actor.role == FOCAL_POINT and w.actor.partner:
        listed = [
            people.handovers_offered(w),
            _submissions(w, lifecycle.RETURNED),
            others.mentions(w),
            others.disputes(w),
            _questions(w),
            others.additions(w),
            *desk_cases.sections(w),
            *desk_rounds.sections(w),
            _to_confirm(w),
            _submissions(w, lifecycle.DRAFT),
            _submissions(w, lifecycle.SUBMITTED),
            _submissions(w, lifecycle.VALIDATED),
            _ending(w),
        ]
        return [one for one in listed if one["count"] or one["id"] not in EXCEPTIONS]
    if w.actor.role == COORDINATOR:
        return [
            queues.to_validate(w),
            queues.disputes(w),
            queues.by_kind(w, "record"),
            queues.by_kind(w, "coordination"),
            *desk_cases.sections(w),
            *desk_follow_up.sections(w),
            *desk_rounds.sections(w),
            queues.newest_reports(w),
            *people.unanswered(w),
        ]
    return [queues.newest_reports(w)] if w.actor.signed_in else []


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
        cases = {"label": _("Cases"), "url": "/cases"}
        rounds = {"label": _("Validation rounds"), "url": "/validation-rounds"}
        return [{"label": _("Run a report"), "url": "/reports/new", "main": True}, cases, rounds]
    return []


def figures(w: Work) -> list[dict[str, Any]]:
    """One's own partner's records, by status."""
    if not w.actor.writes_for:
        return []
    counts = waiting.kept(w, "records", lambda: desk.records(w.session, w.actor))
    base = f"/projects?owner={w.actor.partner}"
    found = [{"label": _("Records of ours"), "value": filters.number(sum(counts.values())), "url": base}]
    found += [
        {"label": label(code, "state"), "value": filters.number(counts[code]), "url": f"{base}&status={code}"}
        for code in ("active", "pipeline", "completed")
        if counts.get(code)
    ]
    alone = waiting.kept(w, "alone", lambda: desk.alone(w.session, w.actor))
    confirmed = mentions.confirmed_by_others(w.session, w.actor)
    if alone:
        note = _("a country and a pillar where nobody else is recorded as working now")
        found.append({"label": _("Cells where only we work"), "value": filters.number(alone), "note": note})
    if confirmed:
        note = _("by partners that they name")
        found.append({"label": _("Confirmed by others"), "value": filters.number(confirmed), "note": note})
    proposed = waiting.kept(w, "proposed", lambda: desk.proposed(w.session, w.actor))
    if proposed:
        note = _("to confirm or refuse on the page of the record")
        found.append({"label": _("With a proposed pillar"), "value": filters.number(proposed), "note": note})
    return found


EXCEPTIONS = ("disputes", "additions", "handovers")
"""Blocks that are there only when there is something in them."""
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
    total = waiting.kept(w, ("submissions", state), lambda: questions.count(w.session, query))
    rows = questions.page(w.session, query, (0, MOST))
    more = (
        {"label": _("See all %(number)s", number=total), "url": f"/submissions?state={state}"}
        if total > MOST
        else None
    )
    return section(
        key,
        str(title),
        desk_rows.submissions(w, rows),
        count=total,
        todo=state == lifecycle.RETURNED,
        side=state != lifecycle.RETURNED,
        more=more,
        empty={"title": _("Nothing here"), "text": str(nothing)},
    )


def _questions(w: Work) -> Section:
    """Findings that touch the partner's records."""
    filters = findings.Filters()
    total = waiting.tally(w, filters).of()
    first = waiting.kept(w, ("first", filters), lambda: _weightiest(w, filters))
    rows = finding_rows.rows(w, findings.of_ids(w.session, w.actor, first))
    return section(
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


def _weightiest(w: Work, filters: findings.Filters) -> tuple[str, ...]:
    found = findings.page(w.session, findings.folded(w.actor, filters), (0, MOST))
    return tuple(finding.id for finding in found)


def _to_confirm(w: Work) -> Section:
    total = waiting.kept(w, "confirm", lambda: desk.number_to_confirm(w.session, w.actor, w.today))
    rows = desk.to_confirm(w.session, w.actor, w.today, (0, MOST)) if total else []
    return section(
        "confirm",
        _("Still correct?"),
        [_record(row, _last(row)) | {"actions": _confirm(row)} for row in rows],
        count=total,
        note=_("One click confirms a record with today's date. Running records come here once a year."),
        more=_all(total, "/desk/confirm", _("Confirm several on one page")) if total > 1 else None,
        empty={
            "title": _("All confirmed"),
            "text": _("Running records come here once a year, to be confirmed or updated."),
        },
    )


def _all(total: int, url: str, text: str) -> dict[str, Any]:
    return {"label": text if total <= MOST else f"{text} ({filters.number(total)})", "url": url}


def _last(row: Any) -> str:
    where = filters.country_names([one["country"] for one in row.document.get("countries") or []], 2)
    said = f"{where} · {label(row.status, 'state').lower()} · "
    if row.last_confirmed_on is None:
        return said + _("never confirmed")
    return said + _("confirmed %(day)s", day=filters.day(row.last_confirmed_on))


def _confirm(row: Any) -> list[dict[str, Any]]:
    confirm = {"label": _("Still correct"), "url": f"/projects/{row.id}/still-correct", "method": "post"}
    return [
        confirm | {"name": "back", "value": "desk", "main": True},
        {"label": _("Update"), "url": f"/projects/{row.id}/update"},
    ]


def to_confirm_row(row: Any) -> dict[str, Any]:
    """One record to be ticked."""
    return _record(row, _last(row)) | {"id": row.id}


def _record(row: Any, text: str) -> dict[str, Any]:
    return {"title": row.title, "url": f"/projects/{row.id}", "reference": row.reference, "text": text}


def _ending(w: Work) -> Section:
    rows, total = desk.ending(w.session, w.actor, w.today, MOST)
    return section(
        "ending",
        _("Ending soon"),
        [_record(row, _("ends %(day)s", day=filters.day(row.ends))) for row in rows],
        count=total,
        side=True,
        more=_all(total, f"/projects?owner={w.actor.partner}&status=active", _("All our active records"))
        if total > MOST
        else None,
        empty={
            "title": _("Nothing ends in the next 12 months"),
            "text": _(
                "Records whose planned end comes near appear here, so that a follow-up can be entered in time."
            ),
        },
    )
