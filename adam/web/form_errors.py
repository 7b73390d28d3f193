"""Problems of a document at the fields of the submission form: sentences by field, and the summary above it."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from adam.errors import Problem
from adam.web.forms import LISTS, Places
from adam.web.rows import GROUPS

Errors = dict[str, list[str]]
ORDER = (
    *("title", "description", "language", "status", "organizations", "beneficiaries", "countries"),
    *("start_planned", "end_planned", "start_actual", "end_actual", "pillars", "assistance_types"),
    *("contributions", "visibility", "identifiers", "locations", "result_areas", "action_plans", "sectors"),
    *("documents", "translations", "relations", "last_confirmed_on"),
)
FIELDS = {
    "organizations": {"organization": "name"},
    "pillars": {"commitment": "pillar"},
    "contributions": {"name": "organization"},
    "identifiers": {"owner": "value"},
    "locations": {"latitude": "name", "longitude": "name"},
    "sectors": {"vocabulary": "code"},
    "relations": {"identifier": "project"},
}
"""Fields of the document that stand in the form under another name, or behind another field."""
WHOLE_ROWS = ("contributions",)
"""Groups that show a fault of a whole row at the row; the others show it at its first field."""
MISSING = {
    "title": _l("Give the project a title."),
    "status": _l("Choose the status."),
    "visibility": _l("Choose who may see it."),
    "countries.country": _l("Choose a country."),
    "pillars.pillar": _l("Choose a pillar."),
    "organizations.role": _l("Choose the organization's role."),
    "beneficiaries.name": _l("Name the institution that benefits."),
    "contributions.kind": _l("Choose the kind of contribution."),
    "contributions.amount": _l("Give the amount."),
    "contributions.currency": _l("Choose a currency."),
    "identifiers.scheme": _l("Choose the scheme of the identifier."),
    "identifiers.value": _l("Give the identifier."),
    "locations.name": _l("Name the place."),
    "sectors.code": _l("Give the sector code."),
    "documents.title": _l("Give the document's title."),
    "documents.url": _l("Give the document's address."),
    "translations.language": _l("Choose the language of the translation."),
    "translations.title": _l("Give the title in this language."),
    "relations.kind": _l("Choose the kind of relation."),
}
DECIMALS = {
    "amount": _l("Give the amount in figures, with a point before the cents. Example: 1 200 000.00"),
    "share": _l("Give the share in percent, with a point where it isn't whole. Example: 33.33"),
}
NAMES = {
    "title": _l("Title"),
    "description": _l("Description"),
    "start_planned": _l("Planned start"),
    "end_planned": _l("Planned end"),
    "start_actual": _l("Actual start"),
    "end_actual": _l("Actual end"),
    "last_confirmed_on": _l("Last confirmed on"),
    "organizations.name": _l("Organization %(n)s"),
    "beneficiaries.name": _l("Institution %(n)s"),
    "countries.country": _l("Country %(n)s"),
    "countries.share": _l("Share of country %(n)s"),
    "pillars.pillar": _l("Pillar %(n)s"),
    "pillars.share": _l("Share of pillar %(n)s"),
    "pillars.rationale": _l("Reason for pillar %(n)s"),
    "contributions": _l("Contribution %(n)s"),
    "contributions.organization": _l("Payer of contribution %(n)s"),
    "contributions.amount": _l("Amount of contribution %(n)s"),
    "contributions.currency": _l("Contribution %(n)s"),
    "contributions.value_date": _l("Value date of contribution %(n)s"),
    "identifiers.value": _l("Identifier %(n)s"),
    "locations.name": _l("Place %(n)s"),
    "locations.country": _l("Country of place %(n)s"),
    "sectors.code": _l("Sector %(n)s"),
    "sectors.share": _l("Share of sector %(n)s"),
    "documents.title": _l("Document %(n)s"),
    "documents.url": _l("Document %(n)s"),
    "translations.title": _l("Translation %(n)s"),
    "relations.project": _l("Relation %(n)s"),
}
PARTS = {
    "due": _l("Day of the follow-up"),
    "outcome": _l("What came of it"),
    "partners": _l("Addressed to"),
    "meeting_id": _l("Meeting"),
    "text": _l("Text"),
    "assistance_type": _l("Kind of help"),
    "starts_on": _l("First day"),
    "ends_on": _l("Last day"),
    "place": _l("Place"),
    "host": _l("Host"),
    "language": _l("Language"),
    "status": _l("Status"),
    "organizations": _l("Organizations"),
    "beneficiaries": _l("Institutions that benefit"),
    "countries": _l("Countries"),
    "pillars": _l("Pillars"),
    "assistance_types": _l("Kinds of help"),
    "contributions": _l("Money"),
    "visibility": _l("Who may see it"),
    "identifiers": _l("Identifiers"),
    "locations": _l("Places"),
    "result_areas": _l("Result areas"),
    "action_plans": _l("Rainbow Strategy papers"),
    "sectors": _l("Sectors"),
    "documents": _l("Documents"),
    "translations": _l("Other languages"),
    "relations": _l("Related projects"),
    "source": _l("Source"),
    "merged_into": _l("Merged"),
    "stated_by": _l("Stated by"),
}
SPEAKS_FOR_ITSELF = ("end_before_start", "shares_exceed_100", "commitment_of_other_pillar")


def located(problems: Iterable[Problem], places: Places) -> list[tuple[str, Problem]]:
    """Each problem with its field of the form, in the order of the page; "form" where no field is meant."""
    found = [(key_of(problem.pointer, places), problem) for problem in problems]
    return sorted(found, key=lambda item: _place(item[0]))


def key_of(pointer: str, places: Places) -> str:
    """ "#/project/countries/0/share" → "countries.2.share", as rows are counted in the form."""
    parts = pointer.removeprefix("#/").removeprefix("project/").split("/")
    name = parts[0]
    if name not in ORDER:
        return "form"
    if len(parts) == 1 or name in LISTS or name not in GROUPS:
        return name
    row = places.get(f"{name}/{parts[1]}", f"{name}.{parts[1]}")
    if len(parts) == 2 and name in WHOLE_ROWS:
        return row
    inner = parts[2] if len(parts) > 2 else next(iter(GROUPS[name]))
    return f"{row}.{FIELDS.get(name, {}).get(inner, inner)}"


def _place(key: str) -> tuple[int, int]:
    name, _, rest = key.partition(".")
    row = rest.partition(".")[0]
    return (ORDER.index(name) if name in ORDER else -1, int(row) if row.isdigit() else -1)


def by_field(found: Iterable[tuple[str, Problem]]) -> Errors:
    """Field → the sentences that stand beside it."""
    errors: Errors = {}
    for key, problem in found:
        errors.setdefault(key, []).append(sentence(key, problem))
    return errors


def joined(errors: Errors, more: Errors) -> Errors:
    """Both, with all sentences of a field together."""
    keys = dict.fromkeys([*errors, *more])
    return {key: [*errors.get(key, []), *more.get(key, [])] for key in keys}


def sentence(key: str, problem: Problem) -> str:
    """What is wrong and the way out; a missing answer is asked for by its name."""
    if problem.code == "required":
        return str(MISSING.get(_kind(key), problem.detail))
    if problem.code == "decimal" and key.rpartition(".")[2] in DECIMALS:
        return str(DECIMALS[key.rpartition(".")[2]])
    return problem.detail


def _kind(key: str) -> str:
    return ".".join(part for part in key.split(".") if not part.isdigit())


def summary(found: Iterable[tuple[str, Problem]]) -> list[dict[str, str]]:
    """The list above the form: where to go and what to mend, with the name of the field."""
    return [{"href": f"#{anchor(key)}", "text": named(key, problem)} for key, problem in found]


def anchor(key: str) -> str:
    """The id of a field in the page."""
    return "main" if key == "form" else key.replace(".", "-")


def named(key: str, problem: Problem) -> str:
    """What is wrong, after the name of the field where the sentence does not name it."""
    said = sentence(key, problem)
    name = NAMES.get(_kind(key))
    if name is None or problem.code in SPEAKS_FOR_ITSELF or (problem.code == "required" and "." not in key):
        return said
    number = next((int(part) + 1 for part in key.split(".") if part.isdigit()), 0)
    return gettext("%(name)s: %(said)s", name=str(name) % {"n": number}, said=said)


def part(name: str) -> str:
    """The name of a field of the document in words."""
    return str(PARTS.get(name) or NAMES.get(name) or name)
