"""What a submission adds to the record, in a sentence of real figures: the thanks for ten minutes of work."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from adam.queries import effects
from adam.services.work import Work
from adam.web import filters

MOST = 12
ORDINALS = (
    *(_l("The first"), _l("The second"), _l("The third"), _l("The fourth"), _l("The fifth")),
    *(_l("The sixth"), _l("The seventh"), _l("The eighth"), _l("The ninth"), _l("The tenth")),
)


def sentence(w: Work, item: Any, touching: int) -> str:
    """The sentence for a submission that `touching` records look like; "" where it names neither country nor pillar."""
    document = item.document
    countries = [row["country"] for row in document.get("countries") or []][:MOST]
    pillars = list(dict.fromkeys(row["pillar"] for row in document.get("pillars") or []))
    if not countries or not pillars or item.project_id:
        return ""
    among = effects.others(w.actor, item.project_id)
    known = effects.by_pillar(w.session, among, countries, pillars)
    cells = [(country, pillar) for country in countries for pillar in pillars]
    country, pillar = min(cells, key=lambda cell: known.get(cell, 0))
    parts = [
        _place(known.get((country, pillar), 0), country, pillar),
        _help(w, among, country, document.get("assistance_types") or []),
        _institutions(w, among, document.get("beneficiaries") or []),
        _touching(touching),
    ]
    return "; ".join(part for part in parts if part) + "."


def _place(before: int, country: str, pillar: str) -> str:
    where = {"country": filters.country_name(country), "pillar": filters.pillar_name(pillar)}
    if before < len(ORDINALS):
        return _("%(nth)s project in %(country)s under pillar %(pillar)s", nth=ORDINALS[before], **where)
    return _("Project number %(number)s in %(country)s under pillar %(pillar)s", number=before + 1, **where)


def _help(w: Work, among: Any, country: str, kinds: list[str]) -> str:
    known = effects.by_help(w.session, among, country, kinds) if kinds else {}
    alone = [filters.assistance_name(kind).lower() for kind in kinds if kind not in known]
    return _("the only one there with %(kinds)s", kinds=_(" and ").join(alone[:2])) if alone else ""


def _institutions(w: Work, among: Any, rows: list[dict[str, Any]]) -> str:
    names = [row["name"] for row in rows if row.get("name")]
    number = effects.helping(w.session, among, names) if names else 0
    if not number:
        return _("nobody else is recorded as helping %(name)s", name=names[0]) if names else ""
    return ngettext(
        "one other helps the same institution", "%(num)s others help the same institution", number
    )


def _touching(number: int) -> str:
    if not number:
        return _("no record you may see looks like it")
    return ngettext("one record touches it", "%(num)s records touch it", number)
