"""The blocks of the desk about people: handovers that wait for an answer, and partners whom nobody answers for."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from adam.queries import directory, handovers, partners
from adam.services.work import Work
from adam.web import filters
from adam.web.desk_rows import MOST, Section, section


def handovers_offered(w: Work) -> Section:
    """What colleagues ask one to take over."""
    items = [_offer(w, one) for one in handovers.waiting_for(w.session, w.actor)]
    return section("handovers", _("You are asked to take over"), items, todo=True)


def _offer(w: Work, handover: Any) -> dict[str, Any]:
    person = directory.person(w.session, handover.focal_point_id)
    return {
        "title": _(
            "%(name)s hands over the work for %(partner)s",
            name=person.name,
            partner=w.vocabulary.partner(handover.partner),
        ),
        "url": f"/handovers/{handover.id}",
        "text": _("from %(day)s on", day=filters.day(handover.day)),
        "actions": [
            {"label": _("See what moves, and answer"), "url": f"/handovers/{handover.id}", "main": True}
        ],
    }


def unanswered(w: Work) -> list[Section]:
    """Partners with running records and nobody who answers for them, the most records first; nothing without."""
    rows = [row for row in partners.unanswered(w.session, w.actor, w.today) if row[2]]
    if not rows:
        return []
    items = [
        {
            "title": name,
            "url": f"/projects?owner={code}",
            "text": ngettext(
                "One running record hangs on it.", "%(num)s running records hang on it.", records
            ),
        }
        for code, name, records in rows[:MOST]
    ]
    more = {"label": _("See all %(number)s", number=len(rows)), "url": "/focal-points"}
    title = _("Partners without a focal point")
    return [
        section(
            "unanswered", title, items, count=len(rows), side=True, more=more if len(rows) > MOST else None
        )
    ]
