"""Made-up projects and their look-alikes: next phases, instalments, siblings, lots, neighbours in a template."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import copysign
from random import Random

import _generator_money as money
from _generator_names import RECIPIENTS, REGIONS, SYLLABLES, Organization, World
from _generator_words import ACTIONS, DETAILS, INSTITUTIONS, QUALIFIERS, THEME_WEIGHTS, THEMES

ALONE, SIBLING, PHASE, INSTALMENT, TEMPLATE, LOT = (
    "alone",
    "sibling",
    "continuation",
    "instalment",
    "template",
    "lot",
)
FAMILIES = {ALONE: 77.7, SIBLING: 7.2, PHASE: 5.2, INSTALMENT: 4.4, TEMPLATE: 2.9, LOT: 2.6}
"""How many of a hundred families are of which kind."""
_FIRST, _LAST = date(2004, 1, 1).toordinal(), date(2025, 6, 1).toordinal()
_KINDS, _SHARES = tuple(FAMILIES), tuple(FAMILIES.values())
_THEMES = range(len(THEMES))


@dataclass(frozen=True, slots=True)
class Project:
    """What is really done: subject, place, money, time, who pays and who does the work."""

    theme: int
    action: int
    institution: int
    detail: int
    qualifier: int
    name: str
    places: tuple[str, ...]
    countries: tuple[str, ...]
    funder: Organization
    implementer: Organization
    start: int
    months: int
    amount: float
    currency: str
    reached: int
    phase: int = 1


def pick(chance: Random, many: int, share: float) -> int:
    """A number below `many`, or -1 for none at all."""
    return int(chance.random() * many) if chance.random() < share else -1


def start_day(chance: Random) -> int:
    """A start: later years are fuller, 1 January and 1 July stand out."""
    year = 2004 + int(21.4 * chance.random() ** 0.75)
    at = chance.random()
    if at < 0.24:
        return date(year, 1, 1).toordinal()
    if at < 0.33:
        return date(year, 7, 1).toordinal()
    month = 1 + int(chance.random() * 12)
    if at < 0.55:
        return date(year, month, 1).toordinal()
    return date(year, month, 1 + int(chance.random() * 28)).toordinal()


def duration(chance: Random) -> int:
    """Months a project runs."""
    at = chance.random()
    if at < 0.62:
        return (12, 24, 36, 12, 48, 6, 18, 60)[int(chance.random() * 8)]
    return 2 + int(chance.random() * 58)


def project(chance: Random, world: World) -> Project:
    """A project of its own."""
    country = world.countries.draw(chance)
    countries = (country,)
    at = chance.random()
    if at < 0.06:
        countries = REGIONS[int(chance.random() * len(REGIONS))]
    elif at < 0.16:
        countries = tuple(dict.fromkeys((country, *(world.countries.draw(chance) for _ in range(2)))))
    elif at < 0.19:
        countries = ()
    funder = world.funders.draw(chance)
    at = chance.random()
    currency = funder.currency if at < 0.6 else "EUR" if at < 0.7 else "USD"
    return Project(
        theme=chance.choices(_THEMES, THEME_WEIGHTS)[0],
        action=int(chance.random() ** 1.4 * len(ACTIONS)),
        institution=pick(chance, len(INSTITUTIONS), 0.55),
        detail=pick(chance, len(DETAILS), 0.35),
        qualifier=pick(chance, len(QUALIFIERS), 0.2),
        name=_name(chance) if chance.random() < 0.14 else "",
        places=_sites(chance, world, countries),
        countries=countries,
        funder=funder,
        implementer=_doer(chance, world, countries),
        start=start_day(chance),
        months=duration(chance),
        amount=money.amount(chance),
        currency=currency,
        reached=int(10 ** chance.uniform(1.6, 5)),
    )


def _name(chance: Random) -> str:
    syllables = SYLLABLES[int(chance.random() * len(SYLLABLES))]
    found = "".join(chance.choice(syllables) for _ in range(2 + int(chance.random() * 2)))
    return found.upper() if chance.random() < 0.6 else found.capitalize()


def _sites(chance: Random, world: World, countries: tuple[str, ...]) -> tuple[str, ...]:
    if not countries or chance.random() < 0.25:
        return ()
    many = 2 if chance.random() < 0.22 else 1
    return tuple(dict.fromkeys(world.places[countries[0]].draw(chance) for _ in range(many)))


def _doer(chance: Random, world: World, countries: tuple[str, ...]) -> Organization:
    if chance.random() < 0.55:
        return world.agencies.draw(chance)
    near = world.by_country[countries[0]] if countries else ()
    if near and chance.random() < 0.7:
        return near[int(chance.random() ** 1.5 * len(near))]
    return world.local.draw(chance)


def family(chance: Random, world: World) -> tuple[str, list[Project]]:
    """A project alone, or several that are easily taken for one another; and in what way they are akin."""
    kind = chance.choices(_KINDS, _SHARES)[0]
    first = project(chance, world)
    if kind == ALONE:
        return kind, [first]
    if kind in (PHASE, INSTALMENT):
        return kind, _in_time(chance, first, kind)
    many = 2 + int(chance.random() ** 2.6 * (4 if kind == LOT else 6))
    make = {SIBLING: _sibling, TEMPLATE: _template, LOT: _lot}[kind]
    return kind, [first, *(make(chance, world, first) for _ in range(many - 1))]


def _in_time(chance: Random, first: Project, kind: str) -> list[Project]:
    """Phases follow each other with other sums; instalments come year by year, often with the same sum."""
    found = [first]
    many = 2 + int(chance.random() ** 2.6 * (3 if kind == PHASE else 4))
    for number in range(2, many + 1):
        last = found[-1]
        if kind == PHASE:
            gap = 0 if chance.random() < 0.5 else int(chance.random() * 200) - 60
            start = last.start + int(last.months * 30.44) + gap
            kept = chance.random() < 0.12
            months = last.months if chance.random() < 0.5 else duration(chance)
        else:
            start = last.start + 365 + (0 if chance.random() < 0.6 else int(chance.random() * 60) - 30)
            start = date.fromordinal(start + 3).replace(day=1).toordinal() if chance.random() < 0.5 else start
            kept, months = chance.random() < 0.35, last.months
        size = last.amount if kept else varied(chance, last.amount)
        phase = number if kind == PHASE else 1
        found.append(replace(last, start=start, months=months, amount=size, phase=phase))
    return found


def varied(chance: Random, size: float) -> float:
    """Another sum of about the same order."""
    step = chance.gauss(0, 0.33)
    size = max(500.0, size * 10 ** (step + copysign(0.05, step)))
    return money.rounded(size, 2) if chance.random() < 0.5 else float(round(size))


def _near(chance: Random, first: Project) -> Project:
    """The same programme: the start mostly kept, the sum mostly another."""
    start = first.start if chance.random() < 0.55 else first.start + int(chance.gauss(0, 120))
    at = chance.random()
    size = first.amount if at < 0.05 else varied(chance, first.amount)
    return replace(first, start=start, amount=size, reached=int(10 ** chance.uniform(1.6, 5)))


def _sibling(chance: Random, world: World, first: Project) -> Project:
    """The same for another country, another place or another institution."""
    made, at = _near(chance, first), chance.random()
    if at < 0.42 or not first.countries:
        country = world.countries.draw(chance)
        while country in first.countries:
            country = RECIPIENTS[int(chance.random() * len(RECIPIENTS))]
        doer = made.implementer if chance.random() < 0.65 else _doer(chance, world, (country,))
        places = _sites(chance, world, (country,)) if first.places else ()
        return replace(made, countries=(country,), places=places, implementer=doer)
    if at < 0.82:
        place = world.places[first.countries[0]].draw(chance)
        while place in first.places:
            place = world.places[first.countries[0]].draw(chance)
        return replace(made, places=(place,))
    other = (first.institution + 1 + int(chance.random() * (len(INSTITUTIONS) - 1))) % len(INSTITUTIONS)
    return replace(made, institution=other)


def _template(chance: Random, world: World, first: Project) -> Project:
    """Another subject in the words of the same call: same payer, country and day."""
    made = _near(chance, first)
    doer = made.implementer if chance.random() < 0.5 else _doer(chance, world, first.countries)
    theme = chance.choices(_THEMES, THEME_WEIGHTS)[0]
    theme = (theme + 1) % len(THEMES) if theme == first.theme else theme
    return replace(made, theme=theme, implementer=doer, detail=pick(chance, len(DETAILS), 0.35))


def _lot(chance: Random, world: World, first: Project) -> Project:
    """Another grant of the same call to another body, or a second one to the same body a little later."""
    size = varied(chance, first.amount)
    if chance.random() < 0.6:
        return replace(first, implementer=_doer(chance, world, first.countries), amount=size)
    return replace(first, amount=size, start=first.start + 20 + int(chance.random() * 200))
