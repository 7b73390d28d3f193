"""What the form offers to choose from: lists of {value, label, group?, note?}, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from adam.domain.money import KINDS
from adam.domain.visibility import CONFIDENTIAL, PARTNERS, PUBLIC
from adam.http import languages
from adam.queries.partners import Body
from adam.schemas.projects import RELATIONS, ROLES, STATUSES
from adam.web.labels import LABELS, label
from adam.web.words import Words

Choice = dict[str, Any]
SEEN_BY = {
    PARTNERS: _l("All partners read it, amounts included; the public doesn't."),
    PUBLIC: _l("Everybody reads it, without the amounts by payer and the documents."),
    CONFIDENTIAL: _l("Only you and the coordinators read it; each reading is recorded."),
}
PAYMENTS = ("commitment", *(kind for kind in KINDS if kind != "commitment"))
SCHEMES = {
    "iati": "IATI",
    "unodc": _l("UNODC project number"),
    "own": _l("Your own number"),
    "other": _l("Other"),
}


def of_form(words: Words, bodies: Iterable[Body], lists: Mapping[str, Iterable[str]]) -> dict[str, list[Any]]:
    """Every list of the submission form; `lists` has codes in use that no list of ours holds (identifier schemes)."""
    return {
        "languages": [choice(code, languages.OWN_NAMES[code]) for code in languages.OWN_NAMES],
        "statuses": labelled(STATUSES, "state"),
        "roles": labelled(ROLES, "role"),
        "countries": countries(words),
        "pillars": pillars(words),
        "assistance_types": named(words.assistance_types),
        "beneficiary_kinds": named(words.beneficiary_kinds),
        "contribution_kinds": labelled(PAYMENTS, "contribution"),
        "currencies": list(words.currencies),
        "visibilities": [
            choice(level, label(level, "visibility")) | {"note": str(note)} for level, note in SEEN_BY.items()
        ],
        "identifier_schemes": [choice(code, str(name)) for code, name in SCHEMES.items()]
        + [choice(code, code) for code in sorted(set(lists.get("schemes", ())) - set(SCHEMES))],
        "result_areas": [
            choice(code, f"{code} {row.title}") for code, row in words.result_areas.items() if "." in code
        ],
        "action_plans": [
            choice(code, row.title) | {"note": row.subject} for code, row in words.action_plans.items()
        ],
        "relation_kinds": relations(),
        "organizations": [body.name for body in bodies],
    }


def choice(value: str, text: str, group: str | None = None) -> Choice:
    """One thing to choose."""
    return {"value": value, "label": text, "group": group}


def labelled(codes: Iterable[str], group: str) -> list[Choice]:
    """Codes that the software defines."""
    return [choice(code, label(code, group)) for code in codes]


def named(rows: Mapping[str, Any]) -> list[Choice]:
    """Codes of a vocabulary whose rows have a title."""
    return [choice(code, row.title) for code, row in rows.items()]


def relations() -> list[Choice]:
    """How one record may be related to another; a component says which of the two is the whole."""
    others = [code for code in RELATIONS if code != "component"]
    return [
        choice("component:part", _("Component: ours is a part of it")),
        choice("component:whole", _("Component: it is a part of ours")),
        *labelled(others, "relation"),
    ]


def countries(words: Words) -> list[Choice]:
    """The priority countries first, then all others, each by name."""
    first, others = _("Priority countries"), _("Other countries")
    listed = [
        choice(code, words.country(code), first if row.priority else others)
        for code, row in words.countries.items()
    ]
    return sorted(listed, key=lambda item: (item["group"] != first, item["label"].casefold()))


def pillars(words: Words) -> list[Choice]:
    """Each pillar as a whole, then its commitments."""
    found = []
    for code, row in words.pillars.items():
        group = f"{code}. {row.title}"
        found.append(choice(code, _("%(pillar)s as a whole", pillar=group), group))
        inner = [item for item in words.commitments.values() if item.pillar == code]
        found.extend(choice(item.code, f"{item.code} {item.title}", group) for item in inner)
    return found


def options(group: str) -> list[Choice]:
    """All codes of a group of labels."""
    return [choice(code, str(text)) for code, text in LABELS[group].items()]
