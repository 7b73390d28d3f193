"""The partners of the partnership, with the records that one may see and who speaks for them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.http import guards
from adam.http.work import actor, work
from adam.queries import partners
from adam.services.work import Work
from adam.web import partner_page, person_rows

blueprint = Blueprint("partners", __name__)
GROUPS = ("country", "organization")


@blueprint.get("/partners")
@guards.anyone
def listed() -> str:
    """Every partner; focal points are named to those who are signed in."""
    text = request.args.get("q", "").replace("\x00", "").strip()[:100]
    with work(read_only=True) as w:
        found = partners.standing(w.session, text)
        counts = partners.counts(w.session, w.actor)
        people = partners.focal_points(w.session, w.today) if w.actor.signed_in else {}
        rows = [_row(w, item, counts, people.get(item.code, [])) for item in found]
    return render_template(
        "partners/list.html",
        lede=_lede(rows),
        named=actor().signed_in,
        waiting=_waiting(rows) if actor().sees_all_records else None,
        filters=[{"name": "q", "label": _("Name or code"), "type": "search", "value": text}],
        groups=[group for kind in GROUPS if (group := _group(kind, rows))["partners"]],
    )


@blueprint.get("/partners/<partner_code>")
@guards.anyone
def show(partner_code: str) -> str:
    """One partner."""
    with work(read_only=True) as w:
        return partner_page.page(w, partner_code)


def _row(
    w: Work, item: partners.Standing, counts: dict[str, int], people: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "code": item.code,
        "kind": item.kind,
        "name": item.name,
        "url": f"/partners/{item.code}",
        "records_url": f"/projects?owner={item.code}" if counts.get(item.code) else None,
        "since": item.since,
        "until": item.until,
        "projects": counts.get(item.code, 0),
        "focal_points": [person_rows.row(w, person) for person in people],
    }


def _waiting(rows: list[dict[str, Any]]) -> str | None:
    """What coordinators read above the list when partners have nobody who answers for them."""
    number = sum(not row["focal_points"] for row in rows)
    if not number:
        return None
    return ngettext("One partner has no focal point.", "%(num)s partners have no focal point.", number)


def _group(kind: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    title = _("Countries") if kind == "country" else _("Organizations")
    return {
        "title": title,
        "partners": [row for row in rows if (row["kind"] == "country") == (kind == "country")],
    }


def _lede(rows: list[dict[str, Any]]) -> str:
    countries = sum(row["kind"] == "country" for row in rows)
    one = ngettext("One country", "%(num)s countries", countries)
    other = ngettext("one organization", "%(num)s organizations", len(rows) - countries)
    return _(
        "%(countries)s and %(organizations)s. Records are counted as you may see them.",
        countries=one,
        organizations=other,
    )
