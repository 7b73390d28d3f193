"""The gaps report: needs nobody answers, cells that will soon be empty, and where nothing is recorded at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from adam.domain.coverage import Cell
from adam.matching import Gap
from adam.services import coverage, gaps, grids, needs, overlap
from adam.services.coverage import Picture
from adam.services.gaps import Answer, Ruled
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


def figures(w: Work, scope: Mapping[str, Any]) -> dict[str, Any]:
    """All that the report shows, as it is on the day of this work; what a gap is, services/gaps says."""
    today = {"date_from": w.today, "date_to": w.today}
    now = coverage.picture(w, {**scope, **today})
    fine = coverage.picture(w, {**scope, **today}, grids.TYPE)
    countries, pillars, bodies = (tuple(scope[name]) for name in ("countries", "pillars", "organizations"))
    said = gaps.ruled(w, countries, pillars, bodies)
    answered, open_ones = _needs(w, said, (now, fine), needs.carried_out(w, bodies))
    return {
        "scope": overlap.named(w, scope),
        "key": {
            "projects": len(now),
            "needs": len(said.needs),
            "unanswered": len(open_ones),
            "coming": len(said.coming),
            "empty": len(said.silent),
        },
        "unanswered": open_ones,
        "answered": answered,
        "coming": [_coming(w, gap, fine) for gap in said.coming],
        "empty": [_place(w, country, pillar) for country, pillar in said.silent],
        "matrix": coverage.table(w, now),
        "method": METHOD,
        "records": now.total.ids(now.total.chosen),
    }


Row = dict[str, Any]


def _needs(
    w: Work, said: Ruled, shown: tuple[Picture, Picture], linked: Mapping[str, int]
) -> tuple[list[Row], list[Row]]:
    """The needs that are answered, and those that are not, each with the donors to ask."""
    now, fine = shown
    answered, open_ones = [], []
    for one in sorted(said.needs, key=lambda one: (one.recommended, one.need.country, one.need.pillar)):
        row = _told(w, one)
        if one.answered:
            cell = _cell(now, fine, one.need)
            projects = len(cell.projects) or linked.get(row["id"], 0)
            answered.append(row | {"projects": projects, "donors": sorted(cell.donors)})
        else:
            donors = donors_to_ask(now, one.need.country, one.need.pillar)
            open_ones.append(row | {"projects": 0, "donors": donors})
    return answered, open_ones


def _cell(now: Picture, fine: Picture, need: Any) -> Cell:
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


def _told(w: Work, one: Answer) -> Row:
    need: Any = one.need
    if one.recommended:
        stated = ("recommendation", need.recommendation_id, need.reference, need.title, need.due, None)
    else:
        stated = ("need", str(need.id), "", need.statement, need.recorded_on, need.source)
    source, key, reference, statement, day, said_in = stated
    return {
        "source": source,
        "id": key,
        "reference": reference,
        "statement": statement,
        **_place(w, need.country, need.pillar),
        **_kind(w, need.assistance_type),
        "day": day.isoformat() if day else None,
        "said_in": said_in,
    }


def _coming(w: Work, gap: Gap, fine: Picture) -> Row:
    """A cell whose last project ends soon, with its money and donors."""
    cell = fine.cells.get((gap.country, f"{gap.pillar}{APART}{gap.assistance_type or ''}"), Cell())
    return {
        **_place(w, gap.country, gap.pillar),
        **_kind(w, gap.assistance_type),
        "ends": gap.ends.isoformat() if gap.ends else None,
        "projects": len(gap.projects),
        "usd": coverage.text(cell.usd),
        "donors": sorted(cell.donors),
    }


def _place(w: Work, country: str, pillar: str) -> Row:
    return {
        "country": country,
        "country_name": w.vocabulary.country(country),
        "pillar": pillar,
        "pillar_name": w.vocabulary.pillar(pillar),
    }


def _kind(w: Work, code: str | None) -> Row:
    return {
        "assistance_type": code,
        "assistance_type_name": w.vocabulary.assistance_type(code) if code else None,
    }
