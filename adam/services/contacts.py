"""Whom to call about a cell: the focal points of its country and of its donors who answer for it today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from adam.queries import directory
from adam.services.work import Work

Asked = tuple[str | None, str | None, Iterable[str]]
"""A cell's country and pillar, and the codes of those who pay there."""


def of_cell(w: Work, country: str | None, pillar: str | None, donors: Iterable[str]) -> list[dict[str, Any]]:
    """Partner by partner, the country itself first: {partner, name, donor: bool, people}; people as the directory
    shows them, and none at all to whoever isn't signed in. A partner whom nobody answers for stands there with nobody.
    """
    return of_cells(w, [(country, pillar, donors)])[0]


def of_cells(w: Work, asked: Sequence[Asked]) -> list[list[dict[str, Any]]]:
    """The same for many cells, in as many statements as for one."""
    if not (w.actor.signed_in or w.actor.system):
        return [[] for _ in asked]
    partners = [_partners(w, cell) for cell in asked]
    people = _people(w, {code for listed in partners for code, _ in listed})
    return [
        [
            {
                "partner": code,
                "name": w.vocabulary.partner(code),
                "donor": donor,
                "people": [one for one in people if one["partner"] == code and _answers(one, cell)],
            }
            for code, donor in listed
        ]
        for listed, cell in zip(partners, asked, strict=True)
    ]


def _partners(w: Work, cell: Asked) -> list[tuple[str, bool]]:
    known = w.vocabulary.partners
    paying = [code for code in dict.fromkeys(cell[2]) if code in known]
    own = [(cell[0], False)] if cell[0] and cell[0] in known and cell[0] not in paying else []
    return [*own, *((code, True) for code in paying)]


def _people(w: Work, partners: set[str]) -> list[dict[str, Any]]:
    if not partners:
        return []
    query = directory.focal_points(sorted(partners), directory.answering(w.today))
    return directory.shown_focal_points(w.session, w.session.scalars(query.order_by(*directory.BY_NAME)))


def _answers(person: dict[str, Any], cell: Asked) -> bool:
    """Whether a person answers for a cell: for what it names, and for all where it names none."""
    country, pillar, _ = cell
    return (not person["pillars"] or not pillar or pillar in person["pillars"]) and (
        not person["countries"] or not country or country in person["countries"]
    )
