"""Whom to call about a cell: the focal points of its country and of its donors who answer for it today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from adam.queries import directory
from adam.services.work import Work


def of_cell(w: Work, country: str | None, pillar: str | None, donors: Iterable[str]) -> list[dict[str, Any]]:
    """Partner by partner, the country itself first: {partner, name, donor: bool, people}; people as the directory
    shows them, and none to whoever isn't signed in. A partner whom nobody answers for stands there with nobody.
    """
    known = w.vocabulary.partners
    paying = [code for code in dict.fromkeys(donors) if code in known]
    own = [country] if country in known and country not in paying else []
    wanted = [code for code in (*own, *paying) if code]
    if not (w.actor.signed_in or w.actor.system) or not wanted:
        return []
    query = directory.focal_points(
        wanted, directory.answering(w.today), *directory.answers_for(pillar, country)
    )
    people = directory.shown_focal_points(w.session, w.session.scalars(query.order_by(*directory.BY_NAME)))
    return [
        {
            "partner": code,
            "name": w.vocabulary.partner(code),
            "donor": code in paying,
            "people": [person for person in people if person["partner"] == code],
        }
        for code in wanted
    ]
