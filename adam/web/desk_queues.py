"""The blocks of a coordinator's desk, and the newest reports, which everybody has."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain.findings import KINDS, queue
from adam.queries import findings, mentions
from adam.queries import submissions as questions
from adam.services import reports, waiting
from adam.services.work import Work
from adam.web import desk_rows, filters
from adam.web.desk_rows import MOST, Section, section
from adam.web.labels import label
from adam.web.mentions import disputed


def to_validate(w: Work) -> Section:
    query = questions.to_decide(w.actor)
    total = questions.count(w.session, query)
    rows = questions.page(w.session, query, (0, MOST), oldest_first=True)
    items = [
        desk_rows.submission(w, row) | {"text": w.vocabulary.partner(row.partner), "actions": [_read(row)]}
        for row in rows
    ]
    return section(
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


def by_kind(w: Work, which: str) -> Section:
    within = tuple(kind for kind in KINDS if queue(kind) == which)
    counts = waiting.tally(w, findings.Filters(queue=which))
    kinds = [kind for kind in within if counts.of(kind=kind)]
    items = [
        {
            "title": label(kind, "kinds"),
            "url": f"/findings?tab={which}&kind={kind}",
            "kind": kind,
            "text": ngettext("One waits.", "%(num)s wait.", counts.of(kind=kind)),
        }
        for kind in kinds
    ]
    title = _("Questions about records") if which == "record" else _("Questions about assistance")
    empty = {"title": _("Nothing waits here"), "text": _("Findings appear here after each screening.")}
    return section(which, title, items, count=counts.of(), todo=True, empty=empty)


def newest_reports(w: Work) -> Section:
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
    return section("reports", _("Newest reports"), items, count=None, side=True, more=more, empty=empty)


def disputes(w: Work) -> Section:
    """What partners that a record names dispute."""
    found = w.session.execute(mentions.disputes(w.actor).order_by(mentions.OLDEST).limit(MOST)).all()
    total = mentions.open_disputes(w.session, w.actor)
    items = []
    for mention, project in found:
        row = disputed(w, mention, project)
        said = _("%(partner)s says: %(reason)s", partner=row["partner"], reason=row["reason"])
        items.append(
            {"title": row["title"], "url": row["url"], "reference": row["reference"], "text": said}
            | {"actions": [{"label": _("Settle it"), "url": "/disputes"}]}
        )
    return section(
        "disputes",
        _("Disputed"),
        items,
        count=total,
        todo=True,
        more={"label": _("See all %(number)s", number=total), "url": "/disputes"} if total > MOST else None,
        empty={
            "title": _("No open dispute"),
            "text": _("What a partner disputes of a record that names it appears here."),
        },
    )
