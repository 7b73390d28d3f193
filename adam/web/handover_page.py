"""A handover as its page and the page of an invitation show it: who, from when, and what moves."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from adam.queries import directory
from adam.queries import handovers as questions
from adam.services.work import Work

STATES = {
    questions.OFFERED: _l("waits for an answer"),
    questions.ACCEPTED: _l("accepted; the work moves on the day"),
    questions.DONE: _l("done: the work has moved"),
    questions.DECLINED: _l("given back"),
    questions.WITHDRAWN: _l("withdrawn"),
}


def of(w: Work, handover: Any) -> dict[str, Any]:
    """All that the page says."""
    person = directory.person(w.session, handover.focal_point_id)
    open_still = handover.state in (questions.OFFERED, questions.ACCEPTED)
    return {
        "id": handover.id,
        "person": person.name,
        "person_url": f"/focal-points/{person.id}",
        "successor": handover.name,
        "partner": w.vocabulary.partner(handover.partner),
        "day": handover.day,
        "state": str(STATES[handover.state]),
        "open": handover.state == questions.OFFERED,
        "moves": moves(questions.moving(w.session, handover)) if open_still else [],
        "closes": open_still and person.account_id is not None,
    }


def moves(counted: dict[str, int]) -> list[str]:
    """What passes on, a sentence for each; what there is none of is left out."""
    said = (
        (counted["draft"], ngettext("one draft", "%(num)s drafts", counted["draft"])),
        (
            counted["returned"],
            ngettext("one submission to mend", "%(num)s submissions to mend", counted["returned"]),
        ),
        (
            counted["submitted"],
            ngettext(
                "one submission that waits for a coordinator",
                "%(num)s submissions that wait for a coordinator",
                counted["submitted"],
            ),
        ),
        (counted["messages"], ngettext("one unread message", "%(num)s unread messages", counted["messages"])),
    )
    stays = ngettext(
        "the one record of the partner and its open questions, which every focal point of it looks after",
        "the %(num)s records of the partner and their open questions, which every focal point of it looks after",
        counted["records"],
    )
    found = [words for number, words in said if number]
    return found + ([stays] if counted["records"] else []) or [_("nothing is open")]
