"""Whom to ask about a finding: those who answer for the partners in it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask_babel import gettext as _

from adam.queries import partners
from adam.services.work import Work


def answering(w: Work, owners: list[str]) -> list[dict[str, Any]]:
    """The focal points of these partners; where there is none, that is said."""
    known = partners.focal_points(w.session, w.today)
    return [
        person for owner in dict.fromkeys(owners) for person in _people_of(w, owner, known.get(owner, ()))
    ]


def _people_of(w: Work, owner: str, found: Any) -> list[dict[str, Any]]:
    name = w.vocabulary.partner(owner)
    if not found:
        return [{"name": name, "role_text": _("nobody answers for it today"), "url": None}]
    return [
        {
            "name": person["name"],
            "role_text": _("focal point of %(partner)s", partner=name),
            "url": f"mailto:{quote(person['email'], safe='@')}" if person["email"] else None,
            "mail": person["email"],
        }
        for person in found
    ]
