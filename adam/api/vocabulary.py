"""The shared words: codes with their names, for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint
from adam.http import guards
from adam.http.work import work
from adam.queries.vocabulary import Vocabulary
from adam.schemas.api_answers import WordAnswer, page_of
from adam.schemas.api_queries import PageQuery

blueprint = Blueprint("vocabulary", __name__, "The shared words: codes and their names.")
Items = list[dict[str, Any]]


def _countries(words: Vocabulary) -> Items:
    languages = sorted({"en", *words.country_names})
    return [
        {"code": row.code, "iso3": row.iso3, "name": row.name}
        | {"names": {language: words.country(row.code, language) for language in languages}}
        | {"region": row.region, "subregion": row.subregion, "priority": row.priority}
        for row in words.countries.values()
    ]


def _rows(table: str, *names: str) -> Callable[[Vocabulary], Items]:
    """A table's rows with `title` as their name and the columns named."""

    def read(words: Vocabulary) -> Items:
        listed = getattr(words, table).values()
        return [
            {"code": row.code, "name": row.title} | {name: getattr(row, name) for name in names}
            for row in listed
        ]

    return read


def _sectors(words: Vocabulary) -> Items:
    return [
        {"vocabulary": key[0], "code": key[1], "name": title} for key, title in sorted(words.sectors.items())
    ]


def _currencies(words: Vocabulary) -> Items:
    return [
        {"code": row.code, "name": row.name, "minor_units": row.minor_units}
        for row in words.currencies.values()
    ]


LISTS: dict[str, Callable[[Vocabulary], Items]] = {
    "countries": _countries,
    "pillars": _rows("pillars", "short_title", "source"),
    "commitments": _rows("commitments", "pillar", "source"),
    "result-areas": _rows("result_areas", "parent", "depth", "source"),
    "assistance-types": _rows("assistance_types", "description"),
    "action-plans": _rows("action_plans", "subject", "status", "pillar", "source"),
    "beneficiary-kinds": _rows("beneficiary_kinds"),
    "sectors": _sectors,
    "currencies": _currencies,
}
NAMES = ", ".join(f'"{name}"' for name in LISTS)


@blueprint.route(f"/vocabulary/<any({NAMES}):name>")
@guards.scope_if_signed_in("read")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(WordAnswer))
def listed(_asked: dict[str, Any], name: str) -> Response:
    """A list of the shared words, all of it unless a limit is asked for

    Countries carry `names` in the six languages of the United Nations.
    """
    with work(read_only=True) as w:
        return answers.whole(LISTS[name](w.vocabulary))
