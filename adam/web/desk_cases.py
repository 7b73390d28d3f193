"""The block of the desk about cases: the open ones of one's partner, or of everybody, what is overdue first."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from adam.domain.cases import OPEN, OVERDUE
from adam.queries import cases as questions
from adam.services.work import Work
from adam.web import case_page, filters
from adam.web.desk_rows import MOST, Section, section


def sections(w: Work) -> list[Section]:
    """One block where a case is open, none otherwise; a coordinator is asked for those that are overdue."""
    query = questions.listed(w.actor, questions.Filters(OPEN), w.today)
    counts = questions.counts(w.session, query, w.today)
    if not counts[OPEN]:
        return []
    rows = [case_page.row(w, case) for case in questions.page(w.session, query, (0, MOST))]
    items = [
        {
            "title": row["title"],
            "url": row["url"],
            "reference": row["reference"],
            "kind": row["kind"],
            "text": " · ".join((" / ".join(row["partners"]), _when(row))),
        }
        for row in rows
    ]
    late = counts[OVERDUE]
    own = w.actor.writes_for is not None
    note = _("%(number)s of them overdue", number=late) if late else None
    more = {"label": _("All cases"), "url": "/cases?state=open"}
    found = section(
        "cases", _("Cases"), items, count=counts[OPEN], todo=own or bool(late), note=note, more=more
    )
    return [found]


def _when(row: dict[str, Any]) -> str:
    if row["days_late"]:
        return case_page.waiting(row["days_late"])
    return _("until %(day)s", day=filters.day(row["due_on"]))
