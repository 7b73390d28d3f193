"""The block of a coordinator's desk about recommendations whose day has passed."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from adam.queries import recommendations as questions
from adam.services.work import Work
from adam.web import filters
from adam.web.desk_rows import MOST, Section, section


def sections(w: Work) -> list[Section]:
    """One block where a follow-up is overdue, none otherwise."""
    query = questions.listed(w.actor, questions.Filters(overdue_on=w.today))
    total = questions.total(w.session, query)
    if not total:
        return []
    rows = questions.overdue(w.session, query, MOST)
    more = {"label": _("See all %(number)s", number=total), "url": "/recommendations?status=overdue"}
    items = [_item(row) for row in rows]
    return [
        section("follow-up", _("Follow-up overdue"), items, count=total, todo=True, more=more, empty=None)
    ]


def _item(row: Any) -> dict[str, Any]:
    partners = ", ".join(filters.partner_name(one.partner) for one in row.partners)
    until = _("was due on %(day)s", day=filters.day(row.due))
    return {
        "title": row.title,
        "url": f"/recommendations/{row.id}",
        "reference": row.reference,
        "text": f"{partners}: {until}" if partners else until,
    }
