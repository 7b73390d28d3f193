"""The annual report on the implementation of the Vienna Declaration: a year beside a baseline, pillar by pillar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from adam.domain.equity import Spread
from adam.domain.recommendations import STATUSES, overdue
from adam.queries import meetings, recommendations
from adam.queries import rounds as asked_rounds
from adam.queries.recommendations import Filters
from adam.services import coverage, equity, overlap, rounds
from adam.services.coverage import Key, Picture
from adam.services.work import Work

Row = dict[str, Any]
MEASURES = ("projects", "donors", "countries", "usd")
MOST_ROUNDS = 20
EVERY = 10_000
METHOD = [
    "A project counts in a year if it was active on any of its days, by its actual dates or, where none are given, by "
    "its planned ones; cancelled projects are left out. One without dates counts in every year.",
    "Money is the whole counted budget of the projects that were active in the year, in US dollars, each dollar once; "
    "it is not what was spent in that year. A budget that runs over several years stands in each of them, so that "
    "years must not be added up.",
    "A project of several pillars or countries stands in each of them and its money is divided by its shares; the "
    "line of all pillars counts it once.",
    "Countries reached are those in which at least one project of the pillar was active. Donors are the bodies that "
    "fund, each under the partner that it belongs to.",
    "The Herfindahl index is the sum of the squares of the shares of money: near its least value, money is spread "
    "evenly; at 1, one country or pillar has all of it. It says nothing about what would be fair.",
    "The figures rest on what partners have recorded and confirmed. Change from one year to the other may be change in "
    "recording: the share of stale records says how far to trust it.",
]


def figures(w: Work, scope: Mapping[str, Any]) -> dict[str, Any]:
    """All that the report shows; the scope's `year` is this year unless given, its `baseline` the year before."""
    year = scope["year"] or w.today.year
    baseline = scope["baseline"] or year - 1
    before, after = (_picture(w, scope, one) for one in (baseline, year))
    told = list(_recommendations(w, scope))
    return {
        "scope": overlap.named(w, scope),
        "year": year,
        "baseline": baseline,
        "key": {"projects": len(after), "recommendations": len(told)},
        "pillars": _pillars(w, before, after),
        "countries": _countries(w, before, after),
        "recommendations": told,
        "statuses": _statuses(w, told),
        "rounds": list(_rounds(w, year)),
        "meetings": list(_meetings(w, year)),
        "equity": _equity(before, after),
        "matrix": coverage.table(w, after),
        "method": METHOD,
        "records": sorted({*before.total.ids(before.total.chosen), *after.total.ids(after.total.chosen)}),
    }


def _picture(w: Work, scope: Mapping[str, Any], year: int) -> Picture:
    return coverage.picture(w, {**scope, "date_from": date(year, 1, 1), "date_to": date(year, 12, 31)})


def _pillars(w: Work, before: Picture, after: Picture) -> list[Row]:
    """A row a pillar, one for what is under none, and one for all together."""
    codes: list[str | None] = [*after.pillars, None]
    rows = [
        {"pillar": code, "name": coverage.column_name(w, code)}
        | _beside(
            *(_measured(shown, [key for key in shown.cells if key[1] == code]) for shown in (before, after))
        )
        for code in codes
    ]
    whole = _beside(*(_measured(shown, list(shown.cells)) for shown in (before, after)))
    return [*rows, {"pillar": "all", "name": "All together, each project once"} | whole]


def _countries(w: Work, before: Picture, after: Picture) -> list[Row]:
    """A row a country in which something stands in either year."""
    codes = {key[0] for shown in (before, after) for key in shown.cells if key[0]}
    wanted = set(before.countries) | set(after.countries)
    return [
        {"country": code, "name": w.vocabulary.country(code)}
        | _beside(
            *(_measured(shown, [key for key in shown.cells if key[0] == code]) for shown in (before, after))
        )
        for code in sorted(codes & wanted, key=w.vocabulary.country)
    ]


def _measured(shown: Picture, keys: list[Key]) -> Row:
    """What stands in some cells together."""
    found = shown.together(keys)
    reached = {key[0] for key in keys if key[0] and len(shown.cells[key].projects)}
    return {
        "projects": found["projects"],
        "donors": found["donors"],
        "countries": len(reached),
        "usd": coverage.text(found["money"]),
    }


def _beside(before: Row, after: Row) -> Row:
    change = {name: after[name] - before[name] for name in MEASURES if name != "usd"}
    money = Decimal(after["usd"]) - Decimal(before["usd"])
    return {"baseline": before, "year": after, "change": change | {"usd": coverage.text(money)}}


def _recommendations(w: Work, scope: Mapping[str, Any]) -> Iterator[Row]:
    """The compendium with what became of it; of each the projects that the reader may see."""
    filters = Filters(pillar=tuple(scope["pillars"]), country=tuple(scope["countries"]))
    rows = recommendations.page(w.session, recommendations.listed(w.actor, filters), (0, EVERY))
    linked = recommendations.projects(w.session, w.actor, [row.id for row in rows])
    names = meetings.names(w.session)
    for row in rows:
        yield {
            "id": row.id,
            "reference": row.reference,
            "title": row.title,
            "pillar": row.pillar,
            "status": row.status,
            "due": row.due.isoformat() if row.due else None,
            "overdue": overdue(row.status, row.due, w.today),
            "outcome": row.outcome,
            "meeting": names.get(row.meeting_id or ""),
            "partners": [w.vocabulary.partner(one.partner) for one in row.partners],
            "projects": [
                {"id": one.id, "reference": one.reference, "title": one.title}
                for _link, one in linked[row.id]
            ],
        }


def _statuses(w: Work, told: list[Row]) -> list[Row]:
    """How many of each status, pillar by pillar."""
    found = []
    for code in dict.fromkeys(row["pillar"] for row in told):
        own = [row for row in told if row["pillar"] == code]
        counts = {status: sum(row["status"] == status for row in own) for status in STATUSES}
        late = {
            "overdue": sum(row["overdue"] for row in own),
            "linked": sum(bool(row["projects"]) for row in own),
        }
        found.append({"pillar": code, "name": w.vocabulary.pillar(code), "all": len(own)} | counts | late)
    return found


def _rounds(w: Work, year: int) -> Iterator[Row]:
    """The validation rounds whose day for answers lies in the year, as far as they are there for the actor."""
    for row in asked_rounds.page(w.session, w.actor, (0, MOST_ROUNDS)):
        if row.deadline.year == year:
            counts = rounds.progress(w, row)["all"]
            own = {"reference": row.reference, "title": row.title, "state": row.state}
            yield own | {"deadline": row.deadline.isoformat()} | counts


def _meetings(w: Work, year: int) -> Iterator[Row]:
    for row in meetings.page(w.session, meetings.visible(w.actor), (0, EVERY)):
        if row.starts_on and row.starts_on.year == year:
            named = {"reference": row.reference, "title": row.title, "pillar": row.pillar, "place": row.place}
            yield named | {"starts_on": row.starts_on.isoformat()}


def _equity(before: Picture, after: Picture) -> list[Row]:
    """How evenly money lies over countries and over pillars, in both years."""
    return [
        {"over": over, "baseline": _spread(measure(before)), "year": _spread(measure(after))}
        for over, measure in (("countries", equity.by_country), ("pillars", equity.by_pillar))
    ]


def _spread(found: Spread) -> Row:
    largest = found.largest
    share = found.share(largest) if largest else None
    return {
        "parts": len(found.parts),
        "index": _text(found.concentration),
        "even": _text(found.even),
        "as_if": _text(found.as_if),
        "largest": largest.code if largest else None,
        "largest_share": None if share is None else format(share, ".1f"),
        "nobody": found.nobody,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
