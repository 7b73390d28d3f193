"""Pickers: the lists behind fields where one types a name, and what a name that nobody knows may have meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from flask import Blueprint, Response, g, jsonify, request
from werkzeug.exceptions import NotFound

from adam.domain.actors import FOCAL_POINT
from adam.http import guards
from adam.http.work import work
from adam.queries import partners
from adam.web import lexicon
from adam.web.lexicon import Lexicon, Spellings, folded
from adam.web.rows import Values

blueprint = Blueprint("pickers", __name__)
KINDS = ("countries", "organizations", "currencies", "sectors")
OF_GROUP = {
    ("countries", "country"): "countries",
    ("locations", "country"): "countries",
    ("organizations", "name"): "organizations",
    ("contributions", "by"): "organizations",
    ("contributions", "currency"): "currencies",
    ("sectors", "code"): "sectors",
}
LIKE, MOST = 0.72, 4
DAY = 86400


@blueprint.get("/choices/<kind>")
@guards.role(FOCAL_POINT)
def choices(kind: str) -> Response:
    """A list for the picker of a field, kept by the browser for a day: value, what stands beside it, its spellings."""
    if kind not in KINDS:
        raise NotFound
    with work(read_only=True) as w:
        bodies = partners.bodies(w.session)
        known = lexicon.lexicon(w.vocabulary, bodies, partners.aliases(w.session))
    answer = jsonify(_listed(kind, known))
    answer.headers["Cache-Control"] = f"private, max-age={DAY}"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _listed(kind: str, known: Lexicon) -> list[list[str]]:
    spellings = _spellings(kind, known)
    of_code: dict[str, list[str]] = {}
    for spelling, code in spellings.items():
        of_code.setdefault(code, []).append(spelling)
    rows = [(*_shown(kind, code, known), "|".join(found)) for code, found in of_code.items()]
    return [list(row) for row in sorted(rows, key=lambda row: folded(row[0]))]


def _spellings(kind: str, known: Lexicon) -> Spellings:
    found: Mapping[str, Spellings] = {
        "countries": known.countries,
        "organizations": known.bodies,
        "currencies": known.currencies,
        "sectors": known.sectors,
    }
    return found[kind]


def _shown(kind: str, code: str, known: Lexicon) -> tuple[str, str]:
    """What the field holds once it is chosen, and what stands beside it in the list."""
    if kind == "countries":
        return g.vocabulary.country(code), code
    if kind == "organizations":
        return known.names.get(code, code), code
    if kind == "currencies":
        return code, g.vocabulary.currencies[code].name
    return code, g.vocabulary.sectors["DAC", code]


def meant(values: Values, known: Lexicon) -> dict[str, dict[str, Any]]:
    """Fields whose text is on no list → what may be meant: for each a button, and whether it may stay as it is."""
    found = {}
    for (group, key), kind in OF_GROUP.items():
        spellings = _spellings(kind, known)
        for at, row in enumerate(values[group]):
            typed = row.get(key, "")
            if typed and folded(typed) not in spellings:
                place = f"{group}.{at}.{FIELD.get((group, key), key)}"
                found[place] = {
                    "free": kind == "organizations",
                    "buttons": _buttons((group, at, key), kind, _near(folded(typed), spellings), known),
                }
    return found


FIELD = {("contributions", "by"): "organization"}


def _near(typed: str, spellings: Spellings) -> list[str]:
    """Codes whose spellings come nearest, each once: those that hold what was typed first."""
    holding = [code for spelling, code in spellings.items() if len(typed) > 1 and _begins(spelling, typed)]
    alike = get_close_matches(typed, spellings, n=MOST * 3, cutoff=LIKE)
    return list(dict.fromkeys([*holding, *(spellings[name] for name in alike)]))[:MOST]


def _begins(spelling: str, typed: str) -> bool:
    return spelling.startswith(typed) or f" {typed}" in spelling


def _buttons(
    place: tuple[str, int, str], kind: str, codes: Iterable[str], known: Lexicon
) -> list[dict[str, str]]:
    group, at, key = place
    found = []
    for code in codes:
        value, beside = _shown(kind, code, known)
        label = f"{value} {beside}" if kind in ("currencies", "sectors") else value
        found.append({"label": label, "action": f"pick:{group}:{at}:{key}:{value}"})
    return found
