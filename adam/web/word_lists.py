"""The lists of codes as people read them: code, name, what it means, and which field of a project takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from adam.domain import findings, lifecycle, money
from adam.domain.visibility import LEVELS
from adam.schemas.projects import RELATIONS, ROLES, STATUSES
from adam.web.choices import SEEN_BY
from adam.web.labels import label
from adam.web.lexicon import folded
from adam.web.words import Words

MEANS: dict[str, dict[str, object]] = {
    "status": {
        "pipeline": _l("Planned or being agreed; nothing has begun."),
        "active": _l("Under way."),
        "suspended": _l("Stopped for a time."),
        "completed": _l("Ended as it was meant to."),
        "cancelled": _l("Ended before its time, or never begun. Counted in no total."),
    },
    "role": {
        "funding": _l("Pays."),
        "extending": _l("Manages the funder's money."),
        "accountable": _l("Answers for the outcome."),
        "implementing": _l("Does the work."),
    },
    "contribution": {
        "pledge": _l("Announced, not yet agreed."),
        "commitment": _l("Agreed in writing."),
        "disbursement": _l("Paid to whoever does the work."),
        "expenditure": _l("Spent on goods and services."),
    },
    "relation": {
        "component": _l("One of the two is a part of the other."),
        "continuation": _l("One follows the other, such as a second phase."),
        "same_money": _l("Both report the same money."),
        "co_financed": _l("Two payers of one activity."),
        "complementary": _l("The two share out the work."),
    },
    "state": {
        "draft": _l("Only its partner sees it."),
        "submitted": _l("Waits for a coordinator."),
        "returned": _l("Came back with comments, to be mended."),
        "validated": _l("Accepted: a project."),
        "rejected": _l("Not accepted."),
        "withdrawn": _l("Taken back by its partner."),
    },
}


@dataclass(frozen=True, slots=True)
class Word:
    """One code; `more` is what else finds it, such as its names in other languages; `url` leads to more about it."""

    code: str
    name: str
    about: str = ""
    more: str = ""
    url: str | None = None

    def says(self, sought: list[str]) -> bool:
        """Whether it holds every one of these folded words."""
        told = folded(f"{self.code} {self.name} {self.about} {self.more}")
        return all(word in told for word in sought)


@dataclass(frozen=True, slots=True)
class WordList:
    """A list of codes: `fields` of the project object that take them, `long` ones have a page of their own."""

    name: str
    title: str
    fields: str
    words: list[Word] = field(default_factory=list)
    api: bool = True
    long: bool = False

    @property
    def url(self) -> str:
        """Where it stands."""
        return f"/vocabulary/{self.name}" if self.long else f"/vocabulary#{self.name}"

    def found(self, text: str) -> list[Word]:
        """Its words that say this text."""
        sought = folded(text).split()
        return [word for word in self.words if word.says(sought)]


def lists(words: Words) -> list[WordList]:
    """Every list but that of the organizations, in the order of the form; long ones last."""
    return [*_of_places(words), *_of_the_project(words), *_of_the_software(), *_long(words)]


def _of_places(words: Words) -> Iterator[WordList]:
    pillars = [Word(code, row.title, row.source) for code, row in words.pillars.items()]
    yield WordList("pillars", _("Pillars"), "pillars[].pillar", pillars)
    commitments = [
        Word(code, row.title, f"{row.pillar}. {words.pillar(row.pillar)}")
        for code, row in words.commitments.items()
    ]
    yield WordList("commitments", _("Commitments"), "pillars[].commitment", commitments)


def _of_the_project(words: Words) -> Iterator[WordList]:
    kinds = _rows(words.assistance_types, lambda row: row.description)
    yield WordList("assistance-types", _("Assistance types"), "assistance_types[]", kinds)
    benefits = _rows(words.beneficiary_kinds, lambda row: "")
    yield WordList("beneficiary-kinds", _("Institutions that benefit"), "beneficiaries[].kind", benefits)
    areas = _rows(words.result_areas, lambda row: words.result_area(row.parent) if row.parent else "")
    yield WordList("result-areas", _("Result areas"), "result_areas[]", areas)
    plans = _rows(words.action_plans, lambda row: row.subject)
    yield WordList("action-plans", _("Action plans"), "action_plans[]", plans)


def _of_the_software() -> Iterator[WordList]:
    yield _own("statuses", _("Status of a project"), "status", _labelled(STATUSES, "state", MEANS["status"]))
    yield _own("visibility", _("Visibility"), "visibility", _labelled(LEVELS, "visibility", SEEN_BY))
    roles = _labelled(ROLES, "role", MEANS["role"])
    yield _own("roles", _("Roles of organizations"), "organizations[].role", roles)
    kinds = _labelled(money.KINDS, "contribution", MEANS["contribution"])
    yield _own("contribution-kinds", _("Kinds of money"), "contributions[].kind", kinds)
    related = _labelled(RELATIONS, "relation", MEANS["relation"])
    yield _own("relation-kinds", _("Relations between records"), "relations[].kind", related)
    states = _labelled(lifecycle.STATES, "state", MEANS["state"])
    yield _own("submission-states", _("States of a submission"), "state", states)
    found = _labelled(findings.KINDS, "kind", findings.REMEDIES)
    yield _own("finding-kinds", _("Kinds of findings"), "kind", found)
    verdicts = _labelled(findings.VERDICTS, "kind", findings.EFFECTS)
    yield _own("verdicts", _("Verdicts on a finding"), "verdict", verdicts)


def _long(words: Words) -> Iterator[WordList]:
    countries = [
        Word(code, words.country(code), row.region or "", f"{row.iso3} {_spellings(words, code)}")
        for code, row in words.countries.items()
    ]
    countries.sort(key=lambda word: folded(word.name))
    named = "countries[].country, locations[].country"
    yield WordList("countries", _("Countries"), named, countries, long=True)
    sectors = [Word(code, title, scheme) for (scheme, code), title in sorted(words.sectors.items())]
    yield WordList("sectors", _("Sectors"), "sectors[].code", sectors, long=True)
    currencies = [Word(code, row.name) for code, row in words.currencies.items()]
    yield WordList("currencies", _("Currencies"), "contributions[].currency", currencies, long=True)


def _own(name: str, title: str, fields: str, words: list[Word]) -> WordList:
    return WordList(name, title, fields, words, api=False)


def _rows(table: Mapping[str, Any], about: Callable[[Any], str]) -> list[Word]:
    return [Word(code, row.title, about(row) or "") for code, row in table.items()]


def _labelled(codes: Iterable[str], group: str, means: Mapping[str, object]) -> list[Word]:
    return [Word(code, label(code, group), _(str(means.get(code, "")))) for code in codes]


def _spellings(words: Words, code: str) -> str:
    return " ".join(names.get(code, "") for names in words.country_names.values())
