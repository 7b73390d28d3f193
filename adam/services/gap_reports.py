"""The gaps report: needs nobody answers, cells that will soon be empty, and where nothing is recorded at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from adam.domain.coverage import Cell
from adam.models import findings as tables
from adam.models.recommendations import RecommendationProject
from adam.queries import recommendations
from adam.services import coverage, grids, overlap
from adam.services.coverage import Picture
from adam.services.grids import APART
from adam.services.work import Work

MOST_DONORS = 5
METHOD = [
    "A gap is a recorded need, or an open recommendation that names the country, which no project answers that is "
    "active on the day of the report in that country under that pillar; where the need names a kind of help, of that "
    "kind. A recommendation with a linked project that is active counts as answered.",
    "A coming gap is a cell of country, pillar and kind of help whose last project ends within twelve months, while "
    "none is recorded that begins later.",
    'Where nobody has stated a need, an empty cell is "no recorded assistance" and no gap: it may be that none is '
    "needed, or that nobody has recorded it here.",
    "Donors to ask are those who pay in the same country now; then those who pay under the same pillar elsewhere, the "
    "most active first. They are proposals.",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """A need, wherever it is recorded."""

    source: str
    id: str
    reference: str
    statement: str
    country: str
    pillar: str
    assistance_type: str | None
    day: date | None
    said_in: str | None


def figures(w: Work, scope: Mapping[str, Any]) -> dict[str, Any]:
    """All that the report shows, as it is on the day of this work."""
    today = {"date_from": w.today, "date_to": w.today}
    now = coverage.picture(w, {**scope, **today})
    fine = coverage.picture(w, {**scope, **today}, grids.TYPE)
    later = coverage.picture(w, {**scope, "date_from": w.today, "date_to": None}, grids.TYPE)
    answered, open_ones = _needs(w, scope, (now, fine))
    coming = list(_coming(w, fine, later))
    empty = list(_empty(w, scope, now, open_ones))
    return {
        "scope": overlap.named(w, scope),
        "key": {
            "projects": len(now),
            "needs": len(answered) + len(open_ones),
            "unanswered": len(open_ones),
            "coming": len(coming),
            "empty": len(empty),
        },
        "unanswered": open_ones,
        "answered": answered,
        "coming": coming,
        "empty": empty,
        "matrix": coverage.table(w, now),
        "method": METHOD,
        "records": now.total.ids(now.total.chosen),
    }


Row = dict[str, Any]


def _needs(w: Work, scope: Mapping[str, Any], shown: tuple[Picture, Picture]) -> tuple[list[Row], list[Row]]:
    """The needs of the scope that are answered, and those that are not, each with the donors to ask."""
    now, fine = shown
    active = set(now.total.ids(now.total.chosen))
    linked: dict[str, list[str]] = {}
    table = RecommendationProject
    for key, project in w.session.execute(select(table.recommendation_id, table.project_id)):
        if project in active:
            linked.setdefault(key, []).append(project)
    answered, open_ones = [], []
    for need in asked(w, scope):
        cell = _cell(now, fine, need)
        projects = len(cell.projects) or len(linked.get(need.id, ()))
        row = _told(w, need) | {"projects": projects}
        if projects:
            answered.append(row | {"donors": sorted(cell.donors)})
        else:
            open_ones.append(row | {"donors": donors_to_ask(now, need.country, need.pillar)})
    return answered, open_ones


def asked(w: Work, scope: Mapping[str, Any]) -> Iterator[Asked]:
    """Every need of the scope: those recorded, and those that open recommendations state."""
    rows = w.session.scalars(
        select(tables.Need).order_by(tables.Need.country, tables.Need.pillar, tables.Need.id)
    )
    found = [
        Asked(
            *("need", str(row.id), "", row.statement, row.country, row.pillar, row.assistance_type),
            *(row.recorded_on, row.source),
        )
        for row in rows
    ]
    found += [
        Asked(
            *("recommendation", row.recommendation_id, row.reference, row.title, row.country, row.pillar),
            *(row.assistance_type, row.due, None),
        )
        for row in recommendations.needs(w.session)
    ]
    for need in found:
        inside = need.country in (scope["countries"] or [need.country])
        if inside and need.pillar in (scope["pillars"] or [need.pillar]):
            yield need


def _cell(now: Picture, fine: Picture, need: Asked) -> Cell:
    """What stands where the need is: of its kind of help, where it names one."""
    if need.assistance_type is None:
        return now.cells.get((need.country, need.pillar), Cell())
    return fine.cells.get((need.country, f"{need.pillar}{APART}{need.assistance_type}"), Cell())


def donors_to_ask(now: Picture, country: str, pillar: str) -> list[str]:
    """Who pays in the country now, then who pays under the pillar elsewhere, the most active first."""
    here: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for key, cell in now.cells.items():
        if key[0] == country:
            here.update(cell.donors)
        elif key[1] == pillar:
            there.update(cell.donors)
    ranked = [
        name
        for found in (here, there)
        for name, _ in sorted(found.items(), key=lambda one: (-one[1], one[0]))
    ]
    return list(dict.fromkeys(ranked))[:MOST_DONORS]


def _told(w: Work, need: Asked) -> Row:
    kind = need.assistance_type
    return {
        "source": need.source,
        "id": need.id,
        "reference": need.reference,
        "statement": need.statement,
        "country": need.country,
        "country_name": w.vocabulary.country(need.country),
        "pillar": need.pillar,
        "pillar_name": w.vocabulary.pillar(need.pillar),
        "assistance_type": kind,
        "assistance_type_name": w.vocabulary.assistance_type(kind) if kind else None,
        "day": need.day.isoformat() if need.day else None,
        "said_in": need.said_in,
    }


def _coming(w: Work, fine: Picture, later: Picture) -> Iterator[Row]:
    """The cells that will be empty within a year, the nearest first."""
    found = []
    for key, cell in fine.cells.items():
        country, column = key
        pillar, _, kind = (column or "").partition(APART)
        follows = len(later.cells.get(key, Cell()).projects) > len(cell.projects)
        if country and pillar and cell.ends_soon(w.today) and not follows:
            found.append((cell.last_end or w.today + timedelta(days=365), key, cell, (pillar, kind)))
    for end, (country, _column), cell, (pillar, kind) in sorted(found, key=lambda one: (one[0], one[1])):
        yield {
            "country": country,
            "country_name": w.vocabulary.country(country or ""),
            "pillar": pillar,
            "pillar_name": w.vocabulary.pillar(pillar),
            "assistance_type": kind or None,
            "assistance_type_name": w.vocabulary.assistance_type(kind) if kind else None,
            "ends": end.isoformat(),
            "projects": len(cell.projects),
            "usd": coverage.text(cell.usd),
            "donors": sorted(cell.donors),
        }


def _empty(w: Work, scope: Mapping[str, Any], now: Picture, open_ones: list[Row]) -> Iterator[Row]:
    """Cells of the scope's countries, or of the priority countries, without a project and without a stated need."""
    priority = [code for code, row in w.vocabulary.countries.items() if row.priority]
    stated = {(row["country"], row["pillar"]) for row in open_ones}
    for country in scope["countries"] or sorted(priority, key=w.vocabulary.country):
        for pillar in now.pillars:
            there = now.cells.get((country, pillar), Cell())
            if not len(there.projects) and (country, pillar) not in stated:
                yield {
                    "country": country,
                    "country_name": w.vocabulary.country(country),
                    "pillar": pillar,
                    "pillar_name": w.vocabulary.pillar(pillar),
                }
