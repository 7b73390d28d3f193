"""Who does what, where, when, for whom, with how much: the parts that the pages of places and partners share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote_plus, urlencode

from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain.findings import KINDS as FINDING_KINDS
from adam.domain.findings import queue
from adam.queries import directory, partners
from adam.queries import findings as questions
from adam.queries import projects as records
from adam.queries.partners import RUNNING
from adam.queries.projects import Filters
from adam.services import counting, totals, waiting
from adam.services.counting import LIVING, Counted
from adam.services.totals import Line
from adam.services.work import Work
from adam.web import filters as looks
from adam.web import person_rows, projects
from adam.web.labels import label

Part = dict[str, Any]
MARK = "~key~"
FIRST, BARS, PEOPLE, SOON = 10, 12, 12, 365
"""So many records, bars and people stand on a page; so many days are soon."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a page is about: the filters that choose its records, counted once."""

    w: Work
    filters: Filters
    counted: Counted

    @property
    def money(self) -> bool:
        """Amounts are for those who are signed in."""
        return self.w.actor.signed_in

    def address(self, path: str = "/projects", **more: Any) -> str:
        """The list of these records, narrowed further."""
        names = ("country", "pillar", "commitment", "organization", "role", "status", "owner")
        asked = [(name, code) for name in names if name not in more for code in getattr(self.filters, name)]
        return f"{path}?{urlencode([*asked, *((name, value) for name, value in more.items())], doseq=True)}"


def many(shown: Profile, **more: Any) -> int:
    """How many of the visible records pass these filters with some changed; nothing is counted of their money."""
    asked = replace(shown.filters, **more)
    asked = asked if asked.status else replace(asked, status=LIVING)
    return int(counting.selected(shown.w, shown.counted.columns, asked).sum())


def figures(shown: Profile, donors: int | None = None) -> list[Part]:
    """The key figures: records, what runs, what ends soon, donors, money."""
    w = shown.w
    running = many(shown, status=RUNNING)
    later = many(shown, status=RUNNING, active_from=w.today + timedelta(SOON))
    found = [
        _figure(_("Projects"), len(shown.counted), shown.address()),
        _figure(_("Running or planned"), running, shown.address(status=RUNNING)),
        _figure(_("End within 12 months"), running - later),
    ]
    if donors is not None:
        found.append(_figure(_("Donors"), donors))
    if shown.money:
        found.append(_money(shown))
    return found


def _money(shown: Profile) -> Part:
    """What of the records' money lies here: a regional project counts with its share alone."""
    by = next((name for name in ("country", "pillar") if getattr(shown.filters, name)), None)
    here = sum((line.usd for line in lines(shown, by)), Decimal(0)) if by else shown.counted.grand
    whole = looks.plain(looks.millions(shown.counted.grand))
    said = {"label": _("Money here, counted once"), "value": looks.plain(looks.millions(here, "USD"))}
    return said | (
        {"note": _("of %(whole)s of these records", whole=whole)} if here != shown.counted.grand else {}
    )


def _figure(name: str, value: int, url: str | None = None) -> Part:
    return {"label": name, "value": looks.number(value), "url": url if value else None}


def lines(shown: Profile, by: str) -> list[Line]:
    """The lines of one grouping that are about these records: not the countries that they also stand in."""
    found = totals.lines(shown.w, shown.counted, by)
    wanted = getattr(shown.filters, by, ())
    return [line for line in found if not wanted or line.key in wanted]


def breakdown(
    shown: Profile, title: str, listed: Sequence[Line], link: Callable[[Line], str | None]
) -> Part | None:
    """A grouping as a table with a bar each: by money where it is known and may be read, else by records.

    None without lines; what is beyond the longest bars is folded away.
    """
    there = [line for line in listed if line.records]
    if not there:
        return None
    money = shown.money and any(line.usd for line in there if line.key)

    def size(line: Line) -> Any:
        return line.usd if money else line.records

    most = sorted(there, key=size, reverse=True)[:BARS]
    longest = max(size(line) for line in there)
    rows = [_row(line, link, shown.money) | {"bar": size(line)} for line in there]
    return {
        "title": title,
        "money": shown.money,
        "longest": longest,
        "rows": [row for row, line in zip(rows, there, strict=True) if line in most],
        "more": [row for row, line in zip(rows, there, strict=True) if line not in most],
    }


def _row(line: Line, link: Callable[[Line], str | None], money: bool) -> Part:
    return {
        "name": line.name if line.key else _undivided(line),
        "url": link(line) if line.key else None,
        "records": line.records,
        "usd": line.usd if money else None,
    }


def _undivided(line: Line) -> str:
    names = {
        "Not allocated to a country": _("Not allocated to a country"),
        "Not assigned to a pillar": _("Not assigned to a pillar"),
        "Not assigned to a commitment": _("Not assigned to a commitment"),
        "Donor not stated": _("Donor not stated"),
        "Not allocated to an implementer": _("Not allocated to an implementer"),
        "Year not stated": _("Year not stated"),
        "Not allocated to a kind of help": _("Not allocated to a kind of help"),
    }
    return names.get(line.name, line.name)


def of_body(shown: Profile, role: str) -> Callable[[Line], str | None]:
    """A donor or implementer leads to its page where it is a partner, else to its records here."""

    start, _mark, end = shown.address(organization=MARK, role=role).partition(MARK)

    def link(line: Line) -> str | None:
        if line.key in shown.w.vocabulary.partners:
            return f"/partners/{line.key}"
        return f"{start}{quote_plus(line.key or '')}{end}"

    return link


def table(shown: Profile) -> Part:
    """The newest of the records, and the way to all of them."""
    asked = shown.filters if shown.filters.status else replace(shown.filters, status=LIVING)
    query = records.matching(shown.w.actor, asked)
    found = records.page(shown.w.session, query, "newest", (0, FIRST))
    return {
        "rows": [projects.row(item, shown.w.actor) for item in found],
        "more": max(len(shown.counted) - len(found), 0),
        "url": shown.address(status=LIVING),
        "exports": projects.ways_out(shown.address(status=LIVING).partition("?")[2]),
    }


def people(shown: Profile, of: Sequence[str] = ()) -> list[Part]:
    """Who answers for it today: those of some partners, or those who answer for this country and pillar."""
    w = shown.w
    if not w.actor.signed_in:
        return []
    place = [next(iter(getattr(shown.filters, name)), None) for name in ("pillar", "country")]
    answer = directory.answers_for(*place) if not of else ()
    query = directory.focal_points(of, directory.answering(w.today), *answer)
    found = w.session.scalars(query.order_by(*directory.BY_NAME).limit(PEOPLE))
    return [person_rows.row(w, one) for one in directory.shown_focal_points(w.session, found)]


def donors_people(shown: Profile, donors: Sequence[Line]) -> list[Part]:
    """Who answers for the partners that give most here."""
    codes = [line.key for line in donors if line.key in shown.w.vocabulary.partners][:6]
    return people(shown, [code for code in codes if code]) if codes else []


def open_questions(shown: Profile, asked: questions.Filters, address: str) -> list[Part]:
    """How many open questions there are of each kind, for those who may see them."""
    w = shown.w
    if not (w.actor.sees_all_records or w.actor.writes_for):
        return []
    tally = waiting.tally(w, asked)
    return [
        {
            "kind": kind,
            "label": label(kind, "kinds"),
            "count": number,
            "url": f"{address}&tab={queue(kind)}&kind={kind}",
        }
        for kind in FINDING_KINDS
        if (number := tally.of(kind=kind))
    ]


def notes(shown: Profile) -> list[str]:
    """What the money counted and what it left out, and why."""
    if not shown.money:
        return [_("Amounts are for partners who are signed in.")]
    counted = shown.counted
    found = [
        _(
            "These records, counted once: %(usd)s US dollars, wherever the money lies. "
            "Who pays and who does it are told of whole records.",
            usd=looks.plain(looks.millions(counted.grand)),
        )
    ]
    left = counted.reported - counted.grand
    if counted.left_out:
        links = ngettext("one link", "%(num)s links", len(counted.left_out))
        usd = looks.plain(looks.millions(left))
        found.append(_("%(usd)s left out as the same money or as parts, in %(links)s.", usd=usd, links=links))
    if counted.silent.any():
        number = int(counted.silent.sum())
        found.append(ngettext("One record gives no amount.", "%(num)s records give no amount.", number))
    return found


def memberships(w: Work, code: str) -> list[Part]:
    """From when until when a partner belonged, as far as the sources say."""
    return [
        {"since": row.since, "until": row.until}
        for row in partners.standing(w.session, code)
        if row.code == code
    ]
