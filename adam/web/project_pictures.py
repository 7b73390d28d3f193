"""The pictures of a project's page: its parts, wholes and phases in time, its countries by share, its money by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain.visibility import fields_for
from adam.http import languages
from adam.pictures.timelines import Span
from adam.queries import projects, relations
from adam.services.work import Work
from adam.web import filters, tiles
from adam.web.labels import label

MOST, MARGIN, ACROSS = 12, timedelta(days=120), 3
Document = dict[str, Any]
Named = Mapping[str, str]
"""Id of a record → what it is to this one."""


def shown(w: Work, project: Any, document: Document) -> Document:
    """What there is to draw of {time, where, years}, each with the rows of its table; None of what there isn't."""
    return {
        "place": f"/projects/{project.id}/pictures",
        "time": _in_time(w, project, _related(w, project, document["relations"])),
        "where": _where(document["countries"]),
        "years": _years(project, document["contributions"] or ()),
    }


def _related(w: Work, project: Any, said: Iterable[Document]) -> Named:
    """The records that this one names, or a verdict links with it, and those that name it: what they are to it."""
    found: dict[str, str] = {}
    for row in said:
        if row.get("url"):
            other = {"part": "whole", "whole": "part"}.get(row.get("role") or "")
            found.setdefault(row["url"].rpartition("/")[2], _word(row["kind"], other))
    for one in relations.naming(w.session, w.actor, project.id, MOST * 4):
        found.setdefault(one.id, _word(one.kind, one.role))
    return found


def _word(kind: str, role: str | None) -> str:
    """What another record is to this one."""
    words = {"part": _("a part of this one"), "whole": _("the whole of which this is a part")}
    return words.get(role or "") or label(kind, "relation")


def _in_time(w: Work, project: Any, related: Named) -> Document | None:
    """This record and those related with it as bars; None where it stands alone or nobody gives a day."""
    others = list(projects.named(w.session, w.actor, sorted(related)).values()) if related else []
    dated = sorted((one for one in others if one.begins or one.ends), key=_start)
    rows = [project, *dated[: MOST - 1]]
    days = [day for one in rows for day in (one.begins, one.ends) if day]
    if not dated or not days:
        return None
    lines = [_line(w, one, related.get(one.id)) for one in sorted(rows, key=_start)]
    left = len(others) - len(rows) + 1
    return {
        "span": Span(
            bars=[_bar(line) for line in lines],
            start=min(days) - MARGIN,
            end=max(days) + MARGIN,
            direction=languages.direction(),
        ),
        "said": _(
            "This project and %(num)s related ones in time; the table holds the same", num=len(lines) - 1
        ),
        "rows": lines,
        "more": ngettext("One more is not drawn.", "%(num)s more are not drawn.", left) if left else None,
    }


def _start(one: Any) -> tuple[str, str]:
    return str(one.begins or one.ends or ""), one.reference


def _line(w: Work, one: Any, what: str | None) -> Document:
    seen = fields_for(w.actor, one.owner) != "public"
    return {
        "url": f"/projects/{one.id}" if what else None,
        "reference": one.reference,
        "title": one.title,
        "what": what or _("this project"),
        "own": what is None,
        "start": one.begins,
        "end": one.ends,
        "usd": one.usd if seen else None,
    }


def _bar(line: Document) -> Document:
    usd = line["usd"]
    return {
        "label": line["title"],
        "note": f"{line['reference']}, {line['what']}",
        "start": line["start"],
        "end": line["end"],
        "text": "" if usd is None else filters.plain(filters.millions(usd, "USD")),
        "strong": line["own"],
    }


def _where(countries: Sequence[Document]) -> Document | None:
    """The countries as tiles with their shares: those of the region in their places, the others below them."""
    named = {row["country"]: row["share"] for row in countries if row["country"]}
    if not named:
        return None
    if len(named) == 1 and None in named.values():
        named = dict.fromkeys(named, Decimal(100))
    given = sum((Decimal(share) for share in named.values() if share is not None), Decimal(0))
    rows: list[Document] = [{"country": code, "share": share} for code, share in named.items()]
    if given < 100:
        rows.append({"country": None, "share": 100 - given})
    return {
        "tiles": _tiles(named),
        "rows": rows,
        "said": _("Its countries and their shares; the table holds the same"),
    }


def _tiles(named: Mapping[str, Any]) -> list[Document]:
    inside = any(code in tiles.PLACES for code in named)
    places = dict(tiles.PLACES) if inside else {}
    below = 1 + max((y for _x, y in places.values()), default=-1)
    for at, code in enumerate(code for code in named if code not in tiles.PLACES):
        places[code] = (at % ACROSS, below + at // ACROSS)
    return [_tile(code, place, named) for code, place in places.items()]


def _tile(code: str, place: tuple[int, int], named: Mapping[str, Any]) -> Document:
    share = named.get(code)
    text = filters.percent(share) if share is not None else _("no share")
    return {
        "code": code,
        "name": filters.country_name(code),
        "x": place[0],
        "y": place[1],
        "share": share,
        "text": text if code in named else None,
    }


def _years(project: Any, contributions: Iterable[Document]) -> Document | None:
    """What is counted of it by the years of the value dates, where there are several."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for row in contributions:
        if (
            row["kind"] == project.usd_kind
            and row.get("usd")
            and row["value_date"]
            and not row.get("counted_once")
        ):
            sums[row["value_date"].year] += Decimal(row["usd"])
    if len(sums) < 2:
        return None
    rows = [
        {"label": str(year), "value": usd, "text": filters.plain(filters.millions(usd, "USD"))}
        for year, usd in sorted(sums.items())
    ]
    said = _("%(kind)s by year of value date, US dollars", kind=label(project.usd_kind, "contribution"))
    return {"bars": rows[-MOST * 2 :], "said": said, "direction": languages.direction()}
