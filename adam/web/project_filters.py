"""The filters of the list of projects: from the address to a question, and to the form that changes them."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import g, request
from flask_babel import gettext as _

from adam.domain.actors import Actor
from adam.http.work import actor
from adam.queries.projects import LISTS, RELEVANCE, Filters
from adam.schemas.projects import STATUSES
from adam.web import choices, pager

LONGEST = 200
NAMES = (*LISTS, "from", "to", "q")


def asked() -> Filters:
    """The filters in the address; what can't be read is left out, and an unknown code finds nothing."""
    listed: dict[str, Any] = {name: _codes(name) for name in LISTS}
    pillars, commitments = listed["pillar"], listed["commitment"]
    listed["pillar"] = tuple(code for code in pillars if "." not in code)
    listed["commitment"] = commitments + tuple(code for code in pillars if "." in code)
    return Filters(**listed, active_from=_day("from"), active_to=_day("to"), text=_text("q"))


def kept() -> str:
    """The filters in force as the query of another address that takes them, with its question mark; or nothing."""
    asked_for = [(name, value) for name in NAMES for value in request.args.getlist(name)[:50]]
    return f"?{urlencode(asked_for)}" if asked_for else ""


def _codes(name: str) -> tuple[str, ...]:
    given = (code.replace("\x00", "")[:LONGEST] for code in request.args.getlist(name)[:50])
    return tuple(code for code in given if code)


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _text(name: str) -> str:
    return request.args.get(name, "").replace("\x00", "").strip()[:LONGEST]


def form(filters: Filters) -> list[dict[str, Any]]:
    """The fields of the filter form."""
    words, everywhere = g.vocabulary, _("All")
    return [
        {"name": "q", "label": _("Words, place or identifier"), "type": "search", "value": filters.text},
        _select("country", _("Country"), choices.countries(words), everywhere),
        _select("pillar", _("Pillar"), choices.pillars(words), everywhere),
        _select("assistance_type", _("Kind of help"), choices.named(words.assistance_types), everywhere),
        _select("organization", _("Partner or its agencies"), _partners(), everywhere),
        _select("status", _("Status"), choices.labelled(STATUSES, "state"), everywhere),
        {"name": "from", "label": _("Active from"), "value": request.args.get("from", "")},
        {"name": "to", "label": _("Active to"), "value": request.args.get("to", "")},
        _select("sort", _("Order"), _orders(), None),
    ]


def _select(name: str, label: str, options: list[Any], everything: str | None) -> dict[str, Any]:
    value = request.args.get(name, "")
    return {
        "name": name,
        "label": label,
        "type": "select",
        "options": options,
        "value": value,
        "all": everything,
    }


def _partners() -> list[dict[str, Any]]:
    return [choices.choice(code, row.name) for code, row in g.vocabulary.partners.items()]


def _orders() -> list[dict[str, Any]]:
    best = [choices.choice(RELEVANCE, _("Best first"))] if _text("q") else []
    return best + [
        choices.choice("newest", _("Newest record first")),
        choices.choice("title", _("Title")),
        choices.choice("start", _("Latest start first")),
        choices.choice("money", _("Most money first")),
    ]


def order(who: Actor) -> str:
    """The order asked for; by money only for those who may see it."""
    given = request.args.get("sort") or (RELEVANCE if _text("q") else "newest")
    return given if given != "money" or who.signed_in else "newest"


def chips() -> list[dict[str, Any]]:
    """Quick filters, and each filter in force that the form doesn't show, to take it away again."""
    who = actor()
    found = []
    if who.partner:
        mine = request.args.get("owner") == who.partner
        found.append(_chip(_("Reported by us"), "owner", None if mine else who.partner, mine))
    shown = request.args.get("owner")
    if shown and shown != who.partner:
        name = g.vocabulary.partner(shown)
        found.append(_chip(_("Reported by %(partner)s: take away", partner=name), "owner", None, True))
    for name in ("commitment", "role", "sector"):
        for code in request.args.getlist(name):
            found.append(
                _chip(_("%(filter)s %(code)s: take away", filter=name, code=code[:60]), name, None, True)
            )
    return found


def _chip(label: str, name: str, value: str | None, current: bool) -> dict[str, Any]:
    return {
        "label": label,
        "url": pager.url(**{name: value, "page": None}),
        "current": current,
        "count": None,
    }
