"""The blocks of a focal point's desk about others: what they say about us, dispute of ours and add to it."""

from __future__ import annotations

from flask_babel import gettext as _

from adam.queries import mentions as naming
from adam.queries import submissions as questions
from adam.services import waiting
from adam.services.work import Work
from adam.web import filters
from adam.web.desk_rows import MOST, Section, section
from adam.web.mentions import disputed, rows


def mentions(w: Work) -> Section:
    """Records of other partners that name ours, until we say whether that is right."""
    query = naming.listed(w.actor, naming.OPEN)
    total = waiting.kept(w, "mentions", lambda: naming.count(w.session, query))
    items = rows(w, naming.page(w.session, query, (0, MOST)))
    for item in items:
        item["text"] = f"{item['text']} {item['again']}" if item["again"] else item["text"]
    return section(
        "mentions",
        _("What others say about us"),
        items,
        count=total,
        todo=True,
        note=_(
            "Records of other partners that name %(who)s.", who=w.vocabulary.partner(w.actor.partner or "")
        ),
        more={"label": _("See all %(number)s", number=total), "url": "/mentions"}
        if total > MOST
        else {"label": _("What we have answered"), "url": "/mentions?state=confirmed"},
        empty={
            "title": _("Nothing to answer"),
            "text": _("A record of another partner that names yours stands here, to confirm or dispute."),
        },
    )


def disputes(w: Work) -> Section:
    """What others dispute of our records; the block is there only where there is something."""
    found = w.session.execute(naming.disputes(w.actor).order_by(naming.OLDEST).limit(MOST)).all()
    total = naming.open_disputes(w.session, w.actor)
    items = []
    for mention, project in found:
        row = disputed(w, mention, project)
        said = _("%(partner)s says: %(reason)s", partner=row["partner"], reason=row["reason"])
        items.append(
            {"title": row["title"], "url": row["url"], "reference": row["reference"], "text": said}
            | {
                "actions": [{"label": _("Update"), "url": row["update_url"]}],
                "when": filters.day(row["when"]),
            }
        )
    return section(
        "disputes",
        _("Disputed by others"),
        items,
        count=total,
        todo=True,
        more={"label": _("See all %(number)s", number=total), "url": "/disputes"} if total > MOST else None,
        empty={
            "title": _("Nothing is disputed"),
            "text": _("A partner that a record of yours names may say that something is not so."),
        },
    )


def additions(w: Work) -> Section:
    """What others add to our records, while a coordinator has not decided."""
    query = questions.to_ours(w.actor)
    total = questions.count(w.session, query)
    found = questions.page(w.session, query, (0, MOST), oldest_first=True)
    items = [
        {
            "title": row.title,
            "url": f"/submissions/{row.id}",
            "reference": row.reference,
            "text": _("%(partner)s adds what it knows", partner=w.vocabulary.partner(row.partner)),
            "actions": [{"label": _("Read it"), "url": f"/submissions/{row.id}"}],
        }
        for row in found
    ]
    return section(
        "additions",
        _("Others add to our records"),
        items,
        count=total,
        side=True,
        empty={
            "title": _("Nothing waits"),
            "text": _(
                "What a partner adds to a record of yours stands here until a coordinator has decided."
            ),
        },
    )
