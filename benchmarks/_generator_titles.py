"""Titles and descriptions of made-up projects, in the words of whoever reports them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

import _generator_words as words
from _generator_names import Organization, country_name, spelled_in
from _generator_projects import Project

LONG, SHORT, GRANT = (0, 0, 1, 2, 3, 4, 4), (5, 6, 7), 8


@dataclass(frozen=True, slots=True)
class Voice:
    """How one reporter writes about a family of projects: language, template, which of the wordings."""

    reporter: Organization
    pays: bool
    source: str
    language: str
    template: int
    action: int
    theme: int
    institution: int
    phase: int
    dated: bool
    upper: bool
    short: bool
    name: bool
    sentences: tuple[int, ...]
    coding: int
    omits: tuple[str, ...]


def wording(phrases: words.Phrases, language: str, form: int) -> str:
    """One of the wordings of a meaning."""
    listed = phrases[language]
    return listed[form % len(listed)]


def title(chance: Random, project: Project, voice: Voice) -> str:
    """The title that a voice gives a project."""
    found = _plain(project, voice)
    language = voice.language
    if project.phase > 1 and voice.phase < 6:
        number = words.phase(language, project.phase, voice.phase)
        found += ("" if language == "zh" else ", " if voice.phase % 2 else " ") + number
    if voice.dated:
        found += f" {date.fromordinal(project.start).year}"
    if voice.short:
        found = words.abbreviated(chance, found)
    if voice.upper:
        found = found.upper()
    return found


def _plain(project: Project, voice: Voice) -> str:
    language, template = voice.language, voice.template
    if template == GRANT:
        return _grant(project, voice)
    theme = wording(words.THEMES[project.theme].wordings, language, voice.theme)
    action = wording(words.ACTIONS[project.action][0], language, voice.action)
    country = _countries(project, language)
    place = _places(project, language)
    name = spelled_in(project.name, language) if project.name and voice.name else ""
    if template in SHORT:
        theme = words.alone(theme, language)
        theme = theme[:1].upper() + theme[1:]
        if template == 5:
            return f"{country} - {theme}" if country else theme
        where = place or country if template == 6 else f"({country})" if country else ""
        return " ".join(each for each in (theme, where, name if template == 7 else "") if each)
    gap = "" if language == "zh" else " "
    bound = theme if language in ("fr", "es") else words.alone(theme, language)
    if language in ("fr", "es") and not bound.startswith(("d", "de")):
        bound = f"de {bound}"
    found = f"{action}{gap}{bound}"
    if template == 2:
        return (
            f"{theme[:1].upper() + theme[1:]}: {_institution(project, voice) or action} - {place or country}"
        )
    if template == 3:
        found = f"{name}: {found}" if name else found
        return found + (words.IN[language] + country if country else "")
    who = _institution(project, voice)
    if who and template != 1:
        found += words.FOR[language] + who
    if template == 4 and project.detail >= 0:
        found += words.WITH[language] + wording(words.DETAILS[project.detail], language, 0)
    where = ", ".join(each for each in (place, country if template != 1 or not place else "") if each)
    found += words.IN[language] + where if where else ""
    if template == 1 and project.qualifier >= 0:
        found += f" ({wording(words.QUALIFIERS[project.qualifier], language, 0)})"
    return f"{found} - {name}" if name and template == 0 else found


def _grant(project: Project, voice: Voice) -> str:
    forms = words.GRANT[voice.language]
    country = _countries(project, voice.language)
    year = date.fromordinal(project.start).year
    who = project.implementer.code if voice.action % 2 else project.implementer.names[0]
    return " ".join(forms[voice.theme % len(forms)].format(who=who, country=country, year=year).split())


def _countries(project: Project, language: str) -> str:
    if len(project.countries) > 3 or not project.countries:
        return ""
    return words.AND[language].join(country_name(code, language) for code in project.countries[:2])


def _places(project: Project, language: str) -> str:
    return words.AND[language].join(spelled_in(place, language) for place in project.places)


def _institution(project: Project, voice: Voice) -> str:
    if project.institution < 0:
        return ""
    return wording(words.INSTITUTIONS[project.institution], voice.language, voice.institution)


def description(project: Project, voice: Voice) -> str:
    """One to three sentences, the ones that the voice uses for all of a family."""
    language = voice.language
    detail = project.detail if project.detail >= 0 else project.reached % len(words.DETAILS)
    institution = (
        project.institution if project.institution >= 0 else project.reached % len(words.INSTITUTIONS)
    )
    meaning = {
        "theme": wording(words.THEMES[project.theme].wordings, language, voice.theme),
        "place": _places(project, language) or _countries(project, language) or project.funder.code,
        "institution": wording(words.INSTITUTIONS[institution], language, voice.institution),
        "detail": wording(words.DETAILS[detail], language, 0),
        "number": str(project.reached),
        "months": str(project.months),
    }
    return " ".join(words.SENTENCES[at][language][0].format_map(meaning) for at in voice.sentences)
