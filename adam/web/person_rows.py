"""Focal points as pages show them: rows, cards, filters and choices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import request
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from adam.errors import Invalid, Problem
from adam.exchange.vcards import Card
from adam.http.work import state
from adam.queries import directory, partners
from adam.services.work import Work
from adam.web import filters

KINDS = {"national": _l("national"), "institutional": _l("institutional")}
ROLES = {"national": _l("National focal point"), "institutional": _l("Institutional focal point")}
ACTIONS = {
    "focal_point.designated": _l("designated"),
    "focal_point.ended": _l("end entered"),
    "focal_point.changed": _l("changed"),
    "focal_point.account_given": _l("given an account"),
}


def asked(w: Work) -> Any:
    """The focal points that the address asks for, who answer today, by partner and name."""
    wanted = {name: request.args.get(name, "").strip()[:32] for name in ("partner", "pillar", "country")}
    wanted = {name: "" if "\x00" in value else value for name, value in wanted.items()}
    conditions = directory.answers_for(wanted["pillar"] or None, wanted["country"] or None)
    of = [wanted["partner"]] if wanted["partner"] else []
    query = directory.focal_points(of, directory.answering(w.today), *conditions)
    return query.order_by(*directory.BY_NAME)


def row(w: Work, person: dict[str, Any]) -> dict[str, Any]:
    """One person of the list."""
    return {
        "id": person["id"],
        "url": f"/focal-points/{person['id']}",
        "name": person["name"],
        "email": person["email"],
        "partner": w.vocabulary.partner(person["partner"]),
        "code": person["partner"],
        "kind": str(KINDS.get(person["kind"], person["kind"])),
        "since": person["since"],
        "until": person["until"],
        "answers_for": answers_for(w, person),
    }


def answers_for(w: Work, person: dict[str, Any]) -> str:
    """Such as: pillars I, II; Afghanistan, Tajikistan. Nothing where the person answers for all."""
    pillars, language = person["pillars"], str(get_locale() or "en")
    countries = sorted(w.vocabulary.country(code, language) for code in person["countries"])
    said = [ngettext("pillar %(codes)s", "pillars %(codes)s", len(pillars), codes=", ".join(pillars))]
    return "; ".join((said if pillars else []) + ([", ".join(countries)] if countries else []))


def card(w: Work, person: dict[str, Any]) -> Card:
    """One person for an address book."""
    return Card(
        uid=person["id"],
        name=person["name"],
        organization=w.vocabulary.partner(person["partner"]),
        role=str(ROLES.get(person["kind"], person["kind"])),
        email=person["email"],
        categories=("ADAM", *(f"Pillar {code}" for code in person["pillars"])),
        note=answers_for(w, person) or None,
        url=f"{state().settings.public_url.rstrip('/')}/focal-points/{person['id']}",
    )


def fields(w: Work) -> list[dict[str, Any]]:
    """The filters of the list."""
    known = choices(w)
    return [
        {
            "name": name,
            "label": label,
            "options": known[options],
            "value": request.args.get(name, ""),
            "all": _("All"),
        }
        for name, label, options in (
            ("partner", _("Partner"), "partners"),
            ("pillar", _("Pillar"), "pillars"),
            ("country", _("Country"), "countries"),
        )
    ]


def choices(w: Work) -> dict[str, list[dict[str, str]]]:
    """What a form offers: partners, kinds, pillars and countries by name."""
    language = str(get_locale() or "en")
    named = {code: w.vocabulary.country(code, language) for code in w.vocabulary.countries}
    return {
        "partners": _sorted({code: word.name for code, word in w.vocabulary.partners.items()}),
        "kinds": [{"value": code, "label": str(word)} for code, word in KINDS.items()],
        "pillars": [
            {"value": code, "label": f"{code}. {w.vocabulary.pillar(code)}"} for code in w.vocabulary.pillars
        ],
        "countries": _sorted(named),
    }


def _sorted(named: dict[str, str]) -> list[dict[str, str]]:
    return [{"value": code, "label": name} for code, name in sorted(named.items(), key=lambda item: item[1])]


def unanswered(w: Work) -> list[dict[str, Any]]:
    """Partners whom nobody answers for, with the records that hang on them."""
    return [
        {"code": code, "name": name, "records": number, "url": f"/projects?owner={code}" if number else None}
        for code, name, number in partners.unanswered(w.session, w.actor, w.today)
    ]


def changes(entries: Iterable[Any]) -> list[dict[str, str]]:
    """The history of a person: when, who, what."""
    return [
        {
            "when": filters.moment(entry.at),
            "who": entry.actor,
            "what": str(ACTIONS.get(entry.action, entry.action)),
        }
        for entry in entries
    ]


def errors_of(error: Invalid) -> dict[str, list[str]]:
    """Sentences by field."""
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        found.setdefault(problem.pointer.removeprefix("#/").split("/")[0], []).append(problem.detail)
    return found


def day_of(text: str | None) -> date | None:
    """A day as it was typed; raises Invalid."""
    if not text or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        sentence = "Give a day as year, month and day, such as 2026-03-01."
        raise Invalid([Problem("#/until", "date", sentence)]) from None
