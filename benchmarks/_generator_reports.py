"""What partners report of a made-up project: the same thing told twice, with what gets lost and changed on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

import _generator_money as money
import _generator_titles as titles
import _generator_words as words
from _generator_names import REGIONS, SPOKEN, Organization
from _generator_projects import Project
from _generator_titles import GRANT, LONG, SHORT, Voice

FIELDS = (
    "id,source,title,description,language,reporter,funders,implementers,beneficiaries,countries,pillars,commitments,"
    "assistance_types,sectors,start,end,amount,currency,value_date,identifiers"
).split(",")
SOURCES = ("iati", "fts", "crs", "list")
OMITTED = (
    ("description", 0.35), ("language", 0.35), ("beneficiaries", 0.6), ("pillars", 0.5), ("commitments", 0.6),
    ("assistance_types", 0.6), ("sectors", 0.2), ("end", 0.12), ("value_date", 0.35), ("identifiers", 0.65),
)  # fmt: skip
"""Fields, and how many of a hundred reporters never fill them."""
OFTEN_EMPTY = ("description", "beneficiaries", "assistance_types", "sectors", "end", "value_date")
COMPILER = (
    Organization("AID", ("Aid Tracker", "AidTracker database")),
    Organization("CRS", ("OECD CRS", "CRS")),
)


@dataclass(frozen=True, slots=True)
class Report:
    """One record: its fields without the id, who it is of, and whether an outside compiler wrote it."""

    fields: dict[str, str]
    project: int
    by: str


def language_of(chance: Random, body: Organization, countries: tuple[str, ...]) -> str:
    """The language a body reports in: mostly its own, at times that of the place."""
    at = chance.random()
    if at < 0.76:
        return body.language
    if at < 0.88:
        return "en"
    return SPOKEN.get(countries[0] if countries else "", words.LANGUAGES[int(chance.random() * 6)])


def voice(chance: Random, project: Project, pays: bool) -> Voice:
    """How the payer, or whoever does the work, writes about a project: payers tend to short titles."""
    reporter = project.funder if pays else project.implementer
    at = chance.random()
    if at < 0.028:
        template = GRANT
    elif at < (0.4 if pays else 0.16):
        template = SHORT[int(chance.random() * len(SHORT))]
    else:
        template = LONG[int(chance.random() * len(LONG))]
    forms = [int(chance.random() ** 1.5 * 3) for _ in range(3)]
    told = range(len(words.SENTENCES))
    return Voice(
        reporter, pays, SOURCES[int(chance.random() * 4)], language_of(chance, reporter, project.countries),
        template, *forms, phase=int(chance.random() * 8), dated=chance.random() < 0.06,
        upper=chance.random() < 0.06, short=chance.random() < 0.06, name=chance.random() < 0.75,
        sentences=tuple(chance.sample(told, 1 + int(chance.random() * 3))), coding=int(chance.random() * 100),
        omits=tuple(name for name, share in OMITTED if chance.random() < share),
    )  # fmt: skip


def copied(chance: Random, voice: Voice, first: Voice) -> Voice:
    """A voice that took the title, and at times the description, over from the other side."""
    return replace(
        voice, language=first.language, template=first.template, action=first.action, theme=first.theme,
        institution=first.institution, phase=first.phase, dated=first.dated, upper=first.upper,
        short=first.short, name=first.name,
        sentences=first.sentences if chance.random() < 0.5 else voice.sentences,
    )  # fmt: skip


def report(chance: Random, project: Project, as_voice: Voice) -> dict[str, str]:
    """A record as a careful reporter leaves it; fields that nobody asked for are empty."""
    start = date.fromordinal(project.start).isoformat()
    theme = words.THEMES[project.theme]
    found = {
        "source": as_voice.source,
        "title": titles.title(chance, project, as_voice),
        "description": titles.description(project, as_voice),
        "language": as_voice.language,
        "reporter": as_voice.reporter.own,
        "funders": _payers(chance, project, as_voice),
        "implementers": _doers(chance, project, as_voice),
        "beneficiaries": _institution(project, as_voice),
        "countries": ";".join(project.countries),
        "pillars": theme.commitment.split(".")[0],
        "commitments": theme.commitment,
        "assistance_types": words.ACTIONS[project.action][1],
        "sectors": _sectors(theme.sector, as_voice.coding),
        "start": start,
        "end": _end(project).isoformat(),
        "amount": money.told(project.amount),
        "currency": project.currency,
        "value_date": start,
        "identifiers": _identifier(chance, as_voice),
    }
    for name in as_voice.omits:
        found[name] = ""
    for name in OFTEN_EMPTY:
        if chance.random() < 0.08:
            found[name] = ""
    return found


def _payers(chance: Random, project: Project, as_voice: Voice) -> str:
    if as_voice.pays:
        return as_voice.reporter.own if chance.random() < 0.9 else project.funder.spelled(chance)
    return project.funder.spelled(chance) if chance.random() < 0.9 else ""


def _doers(chance: Random, project: Project, as_voice: Voice) -> str:
    at = chance.random()
    if not as_voice.pays:
        return as_voice.reporter.own if at < 0.85 else ""
    if at < 0.8:
        return project.implementer.spelled(chance)
    return ("NGOs", "Other", "Various")[int(chance.random() * 3)] if at < 0.88 else ""


def _institution(project: Project, as_voice: Voice) -> str:
    if project.institution < 0:
        return ""
    return titles.wording(words.INSTITUTIONS[project.institution], as_voice.language, as_voice.institution)


def _sectors(sector: str, coding: int) -> str:
    """The code as a reporter gives it: the fitting one, one more, a neighbour's, or the group alone."""
    if coding < 62:
        return sector
    near = words.THEMES[coding % len(words.THEMES)].sector
    if coding < 75:
        return f"{sector};{near}" if near != sector else sector
    return near if coding < 87 else sector[:3]


def _end(project: Project) -> date:
    return date.fromordinal(project.start + int(project.months * 30.4375) - 1)


def _identifier(chance: Random, as_voice: Voice) -> str:
    number = int(chance.random() * 10**7)
    scheme = "iati" if as_voice.source == "iati" else as_voice.source
    return f"{scheme}:{as_voice.reporter.code}-{number:07d}"


def retold(chance: Random, first: Voice, project: Project) -> Voice:
    """The voice in which the same is told again by whoever told it first: as before, reworded, or translated."""
    at = chance.random()
    if at < 0.5:
        return first
    if at < 0.62:
        return replace(first, language=words.LANGUAGES[int(chance.random() * 6)])
    again = voice(chance, project, first.pays)
    return replace(again, language=first.language if at < 0.9 else again.language)


def blurred(chance: Random, fields: dict[str, str], project: Project) -> dict[str, str]:
    """A record as others leave it: sums rounded or converted, dates shifted, fields dropped, slips in the title."""
    at = chance.random()
    carelessness = 0.2 if at < 0.66 else 0.42 if at < 0.95 else 0.85
    for blur in (_blur_title, _blur_sum, _blur_time, _blur_place):
        if chance.random() < carelessness:
            blur(chance, fields, project)
    for name, share in (("description", 0.2), ("sectors", 0.2), ("implementers", 0.07), ("funders", 0.05)):
        if chance.random() < share * carelessness:
            fields[name] = ""
    return fields


def _blur_title(chance: Random, fields: dict[str, str], project: Project) -> None:
    at, text = chance.random(), fields["title"]
    if at < 0.34:
        text = words.mistyped(chance, text)
    elif at < 0.56:
        text = words.thinned(chance, text, 0.2)
    elif at < 0.72:
        text = words.turned(chance, text)
    elif at < 0.84:
        text = words.abbreviated(chance, text)
    elif at < 0.92:
        text = text[:38].rstrip()
    fields["title"] = text


def _blur_sum(chance: Random, fields: dict[str, str], project: Project) -> None:
    at, size = chance.random(), project.amount
    if at < 0.28:
        fields["amount"] = money.told(money.rounded(size, 2 if at < 0.2 else 3))
    elif at < 0.8:
        other = "USD" if project.currency != "USD" else ("EUR", "GBP", "CHF", "EUR")[int(chance.random() * 4)]
        exchanged = money.converted(chance, size, (project.currency, other), project.start + 20)
        fields["amount"], fields["currency"] = money.told(exchanged), other
    elif at < 0.92:
        fields["amount"] = money.told(float(round(size * chance.uniform(0.88, 0.98))))
    elif at < 0.94:
        fields["amount"] = money.told(float(round(size * chance.uniform(0.3, 1.5))))
    else:
        fields["amount"] = fields["currency"] = fields["value_date"] = ""


def _blur_time(chance: Random, fields: dict[str, str], project: Project) -> None:
    at = chance.random()
    day = project.start
    if at < 0.5:
        day += int(chance.gauss(0, 8))
    elif at < 0.76:
        day += int(chance.gauss(6, 25))
    elif at < 0.94:
        found = date.fromordinal(day)
        day = found.replace(day=1).toordinal() if at < 0.92 else found.replace(month=1, day=1).toordinal()
    else:
        fields["start"] = fields["value_date"] = ""
        return
    fields["start"] = date.fromordinal(day).isoformat()
    fields["value_date"] = fields["start"] if fields["value_date"] else ""
    if fields["end"] and chance.random() < 0.45:
        fields["end"] = date.fromordinal(_end(project).toordinal() + int(chance.gauss(20, 60))).isoformat()
        if fields["end"] < fields["start"]:
            fields["end"] = ""


def _blur_place(chance: Random, fields: dict[str, str], project: Project) -> None:
    at, countries = chance.random(), project.countries
    if at < 0.18:
        fields["countries"] = ""
    elif at < 0.28 and countries:
        region = next((codes for codes in REGIONS if countries[0] in codes), countries)
        fields["countries"] = ";".join(region)
    elif at < 0.34 and len(countries) > 1:
        fields["countries"] = countries[0]


def bare(chance: Random, fields: dict[str, str]) -> dict[str, str]:
    """A record with nearly every field missing."""
    kept = {"source", "reporter", "title" if chance.random() < 0.85 else "amount"}
    kept |= {name for name in ("countries", "start", "funders") if chance.random() < 0.3}
    return {name: value if name in kept else "" for name, value in fields.items()}
